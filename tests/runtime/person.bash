# shellcheck shell=bash
# Runs a script for people among fake tools, with a real git repository and its
# remote. To be loaded after helper. SC2030 and SC2031 are off: each test is a
# shell of its own; SC2154, since bats says the status and the output.
# shellcheck disable=SC2030,SC2031,SC2154

# people SCRIPT CALL: the script of runtime/release/ with the facts of facts(),
# and the pipelines' scripts beside it, once for all tests of a file. To be
# called by setup_file.
people() {
    local name names
    export SCRIPTS=$BATS_FILE_TMPDIR/scripts
    mkdir -p "$SCRIPTS/pipeline"
    for name in "$ROOT"/runtime/pipeline/*.sh; do
        name=${name##*/}
        assemble "$name" >"$SCRIPTS/pipeline/$name"
    done
    needs "$ROOT/runtime/release/$1"
    cat "$ROOT/runtime/lib/way-blue-green.sh" "${names[@]}" \
        "$ROOT/runtime/release/$1" - <<<"$2 \"\$@\"" >"$SCRIPTS/body"
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
    git init --quiet --template= --bare --initial-branch main "$FAKE_REMOTE"
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
    kept+=(FAKE_REMOTE COMMIT SOURCE GIT_AUTHOR_DATE GIT_COMMITTER_DATE)
}

# The branch of the remote, or nothing.
tip() {
    git --git-dir "$FAKE_REMOTE" rev-parse --verify --quiet "refs/$1" || true
}

# run_as_person SCRIPT ARGUMENTS...: takes the place of the shell. Where that is
# one of a terminal, its group of processes is in FAKE/main for a fake that is to
# kill it.
run_as_person() {
    local script=$1
    shift
    printf '%d\n' "$$" >"$FAKE/main"
    PATH=$ROOT/tests/runtime/hub:$ROOT/tests/runtime/fakes:$PATH \
        exec bash ${TRACE:+-x} "$SCRIPTS/$script" "$@" 2>&1
}

person_setup() {
    common_setup
    unset GITHUB_ACTIONS GITHUB_ACTOR GITHUB_OUTPUT GITHUB_STEP_SUMMARY \
        GITHUB_ENV BRX_NAMESPACE BRX_COLOR_LABEL
    export ROOT BRX_HOME=$FAKE/home
    echo "$FAKE_CLUSTER" >"$FAKE/context"
    echo Active >"$FAKE/phase"
    export -f run_as_person
    once begun begun
    FAKE_REMOTE=$FAKE/remote/acme/shop.git
    git remote set-url origin "$FAKE_REMOTE"
}

# found: all that a run finds, but for times and names of mktemp, and for what no
# run reads: the calls, the record, saved states, whose lock it was.
found() {
    local files
    mapfile -t files < <(cd "$FAKE" && find . -type f -not -name '*.count' \
        -not -path '*/logs/*' -not -name index \
        -not -path './home/*/backups/*' -not -name audit.jsonl -not -name '*.lock' \
        -not -name calls -not -name main -not -name 'fault*' \
        -not -name asked -not -name gone-wrong | LC_ALL=C sort)
    printf '%s\n' "${files[@]}"
    cd "$FAKE" && printf '%s\n' "${files[@]}" | grep -v /objects/ |
        xargs tail -n +1 |
        sed -E 's/20[0-9-]{8}T[0-9:]{8}Z/TIME/g; s/(broxc\.)[A-Za-z0-9]{6}/\1/g'
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

# each_call RUN ARRIVED CHANGES [OVER]: whichever call of RUN goes wrong, and how,
# RUN says so and its next run arrives, which ARRIVED looks at. Each call goes wrong
# in one of the ways; one that fits CHANGES is killed, too. A run that a fault does
# not stop goes on to the next one. Where a run would find just what an earlier one
# found that arrived, it is not run again; nor where OVER says that the first run
# has arrived already and the next one would go on.
each_call() {
    local -A arrived=()
    "$1"
    [ "$status" -eq 0 ]
    cp -a "$BATS_FILE_TMPDIR/once.begun" "$FAKE.begun"
    go_wrong fail,garbage,time-out,kill '' "$@"
    go_wrong kill "$3" "$@"
    ((${#arrived[@]} > 5))
}

go_wrong() { # HOW PART RUN ARRIVED CHANGES OVER
    local gone=() more=yes
    : >"$FAKE.gone"
    while [[ -n $more ]]; do
        goes_wrong "$@"
    done
    mapfile -t gone <"$FAKE.gone"
    echo "# ${#gone[@]} calls went wrong: $1 $2" >&3
    [[ -n $2 ]] || ((${#gone[@]} > 20))
    ((${#gone[@]} > 0))
}

# `more` is empty when no call was left that could go wrong.
goes_wrong() { # HOW PART RUN ARRIVED CHANGES OVER
    local found first
    back_to "$FAKE.begun"
    git remote set-url origin "$FAKE_REMOTE"
    cp "$FAKE.gone" "$FAKE/gone-wrong"
    echo "$1 $2" >"$FAKE/fault"
    "$3"
    rm "$FAKE/fault"
    [[ -e $FAKE/faulted ]] || {
        more=
        return 0
    }
    mv "$FAKE/gone-wrong" "$FAKE.gone"
    first=$output
    [ "$status" -eq 0 ] || [[ $(<"$FAKE/faulted") == kill:* ]] ||
        says_where
    ! "${6:-false}" || return 0
    found=$(found)
    [[ -z ${arrived[$found]:-} ]] || return 0
    "$3"
    if [ "$status" -ne 0 ] || ! "$4"; then
        printf 'after faults up to %s, of %s: %s\n' \
            "$(tail -n 1 "$FAKE.gone")" "$first" "$output" >&2
        return 1
    fi
    arrived[$found]=yes
}

# Where it stands, or that nothing was done.
says_where() {
    [[ $output == *'stopped in step'* || $output == *'Nothing was released'* ||
        $output == *'error:'* ]]
}
