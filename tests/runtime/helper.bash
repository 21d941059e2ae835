# shellcheck shell=bash
# Runs a pipeline script as a runner does, among fake tools. What the tools
# were asked is in FAKE/calls, what they answer is in files beside it.

ROOT=$(cd "$BATS_TEST_DIRNAME/../.." && pwd)
ROLE=$ROOT/testdata/emit/argo-canary/expected/infrastructure/kubernetes/base/rbac.yaml

# assemble SCRIPT: the text as the emitter writes it, libraries first.
assemble() {
    local file=$ROOT/runtime/pipeline/$1 name names
    read -ra names < <(sed -n '1s/^# needs: //p' "$file")
    for name in "${names[@]}"; do
        cat "$ROOT/runtime/$name"
    done
    cat "$file"
}

# pipeline SCRIPT: use with bats' `run`; facts are exported variables. It has
# the rights of the Role that broxc writes, and no others.
pipeline() {
    assemble "$1" >"$FAKE/script.sh"
    FAKE_ROLE=$ROLE PATH=$ROOT/tests/runtime/fakes:$PATH \
        bash --noprofile --norc -eo pipefail "$FAKE/script.sh" 2>&1
}

# library COMMANDS: with the functions of every library.
library() {
    PATH=$ROOT/tests/runtime/fakes:$PATH bash -euo pipefail -c \
        'for f in "$ROOT"/runtime/lib/*.sh; do . "$f"; done; eval "$1"' - "$1" 2>&1
}

# typed LINES COMMAND...: at a terminal, where somebody types LINES. The shell in
# between must be bash, or functions that were exported are lost.
typed() {
    local lines=$1 words
    shift
    printf -v words '%q ' "$@"
    printf '%s\n' "$lines" | SHELL=$BASH script --quiet --return --command "$words" /dev/null
}

common_setup() {
    export FAKE=$BATS_TEST_TMPDIR/fake FAKE_NAMESPACE=shop-production
    export GITHUB_OUTPUT=$FAKE/output GITHUB_STEP_SUMMARY=$FAKE/summary
    export GITHUB_ENV=$FAKE/env RUNNER_TEMP=$FAKE/temp
    export GITHUB_ACTIONS=true GITHUB_REPOSITORY=acme/shop GITHUB_RUN_ID=77 GITHUB_RUN_ATTEMPT=1
    export GITHUB_ACTOR=alice GITHUB_TRIGGERING_ACTOR=alice
    export BRX_NAMESPACE=shop-production BRX_COLOR_LABEL=acme.example/color
    mkdir -p "$FAKE/temp"
    touch "$FAKE/calls" "$FAKE/output" "$FAKE/summary"
    cd "$FAKE/temp" || return 1
}

# output NAME: a step output as the runner would read it.
output() {
    awk -v name="$1" 'index($0, name "<<") == 1 {
            mark = substr($0, length(name) + 3); found = 1; next }
        found && $0 == mark { exit } found' "$GITHUB_OUTPUT"
}

has() {
    # shellcheck disable=SC2154 # bats sets it
    [[ $output == *"$1"* ]] || {
        printf 'expected: %s\nin: %s\n' "$1" "$output" >&2
        return 1
    }
}

called() {
    grep -qF -- "$1" "$FAKE/calls" || {
        printf 'not called: %s\n' "$1" >&2
        cat "$FAKE/calls" >&2
        return 1
    }
}

never_called() {
    if grep -F -- "$1" "$FAKE/calls" >&2; then
        return 1
    fi
}

digest() {
    printf 'sha256:%064d' "$1"
}

# object KIND NAME FILTER: puts an object in the fake cluster.
object() {
    jq -n --arg kind "$1" --arg name "$2" \
        "{kind: \$kind, metadata: {name: \$name}} | $3" >"$FAKE/${1,,}.$2"
}

# see KIND NAME FILTER: what the cluster holds now.
see() {
    jq -r "$3" "$FAKE/${1,,}.$2"
}

a_commit() {
    git init --quiet --initial-branch main .
    git config user.email robot@example.org
    git config user.name robot
    git commit --quiet --allow-empty --message first
}
