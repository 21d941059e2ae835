# shellcheck shell=bash
# Runs a script for people among fake tools, with a real git repository and its
# remote. To be loaded after helper. SC2030 and SC2031 are off: each test is a
# shell of its own.
# shellcheck disable=SC2030,SC2031

# people SCRIPT CALL: the script of runtime/release/ with the facts of facts(),
# and the pipelines' scripts beside it, once for all tests of a file. To be
# called by setup_file.
people() {
    local name file library libraries
    export SCRIPTS=$BATS_FILE_TMPDIR/scripts
    mkdir -p "$SCRIPTS/pipeline"
    for file in "$ROOT"/runtime/pipeline/*.sh; do
        name=${file##*/}
        assemble "$name" >"$SCRIPTS/pipeline/$name"
    done
    read -ra libraries < <(sed -n '1s/^# needs: //p' "$ROOT/runtime/release/$1")
    for library in lib/way-blue-green.sh \
        "${libraries[@]}" "release/$1"; do
        cat "$ROOT/runtime/$library"
    done >"$SCRIPTS/body"
    printf '%s "$@"\n' "$2" >>"$SCRIPTS/body"
}

# person NAME: with the facts as they are now.
person() {
    {
        printf 'set -euo pipefail\n'
        facts
        cat "$SCRIPTS/body"
    } >"$SCRIPTS/$1"
}

# a_project: FAKE_REMOTE, its branches, and a clone that is the current folder.
# The third commit is the release: staging has it, main stands at the second.
a_project() {
    export FAKE_REMOTE=$FAKE/remote/acme/shop.git
    export GIT_AUTHOR_DATE=2026-01-01T00:00:00Z GIT_COMMITTER_DATE=2026-01-01T00:00:00Z
    git init --quiet --bare --initial-branch main "$FAKE_REMOTE"
    a_commit
    git remote add origin "$FAKE_REMOTE"
    mkdir -p overlays/staging overlays/production
    echo one >overlays/production/kustomization.yaml
    git add . && git commit --quiet --message second
    git push --quiet origin main
    echo two >overlays/production/kustomization.yaml
    git add . && git commit --quiet --message third
    git push --quiet origin HEAD:staging
    COMMIT=$(git rev-parse HEAD)
    SOURCE=$(git rev-parse 'HEAD^{tree}')
    export COMMIT SOURCE
    git reset --quiet --hard HEAD~1
}

# The branch of the remote, or nothing.
tip() {
    git --git-dir "$FAKE_REMOTE" rev-parse --verify --quiet "refs/$1" || true
}

# run_as_person SCRIPT ARGUMENTS...: its group of processes is in FAKE/main for
# a fake that is to kill it.
run_as_person() {
    local script=$1
    shift
    # shellcheck disable=SC2016
    PATH=$ROOT/tests/runtime/hub:$ROOT/tests/runtime/fakes:$PATH \
        bash -c 'ps -o pgid= -p "$$" | tr -d " " >"$FAKE/main"; exec bash ${TRACE:+-x} "$@"' - \
        "$SCRIPTS/$script" "$@" 2>&1
}

person_setup() {
    common_setup
    unset GITHUB_ACTIONS GITHUB_ACTOR GITHUB_OUTPUT GITHUB_STEP_SUMMARY \
        GITHUB_ENV BRX_NAMESPACE BRX_COLOR_LABEL
    export ROOT BRX_HOME=$FAKE/home
    echo "$FAKE_CLUSTER" >"$FAKE/context"
    echo Active >"$FAKE/phase"
    export -f run_as_person
    a_project
}

# deployment NAME CONTAINER IMAGE
deployment() {
    object Deployment "$1" ".metadata.generation = 2
        | .metadata.annotations = {\"deployment.kubernetes.io/revision\": \"3\"}
        | .spec = {replicas: 2, template: {spec: {containers:
            [{name: \"$2\", image: \"$3\"}]}}}
        | .status = {observedGeneration: 2, replicas: 2, updatedReplicas: 2,
            readyReplicas: 2}"
}

image() {
    printf 'shopfloor.azurecr.io/api@%s\n' "$(digest "$1")"
}

# remember RECORD...: the releases in the cluster, as jq objects.
remember() {
    local record data='{}'
    for record in "$@"; do
        data=$(jq -c --argjson record "$(jq -cn "$record")" \
            '. + {"release-\($record.number)": ($record | tojson)}' <<<"$data")
    done
    object ConfigMap broxc-releases ".data = $(jq -c . <<<"$data")"
}
