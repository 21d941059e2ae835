# shellcheck shell=bash
# Runs a pipeline script as a runner does, among fake tools. What the tools
# were asked is in FAKE/calls, what they answer is in files beside it.

ROOT=$(cd "$BATS_TEST_DIRNAME/../.." && pwd)
ROLE=$ROOT/testdata/emit/argo-canary/expected/infrastructure/kubernetes/base/rbac.yaml

# needs FILE: `names`, the libraries of its first line, as files.
needs() {
    names=''
    read -r names <"$1"
    [[ $names == '# needs: '* ]] || names=
    read -ra names <<<"${names#\# needs: }"
    names=("${names[@]/#/$ROOT/runtime/}")
}

# assemble SCRIPT: the text as the emitter writes it, libraries first.
assemble() {
    local file=$ROOT/runtime/pipeline/$1 names
    needs "$file"
    cat "${names[@]}" "$file"
}

# pipeline SCRIPT: use with bats' `run`; facts are exported variables. It has
# the rights of the Role that broxc writes, and no others.
pipeline() {
    local script=$BATS_FILE_TMPDIR/$1
    [[ -s $script ]] || assemble "$1" >"$script"
    FAKE_ROLE=$ROLE PATH=$ROOT/tests/runtime/fakes:$PATH \
        bash --noprofile --norc -eo pipefail "$script" 2>&1
}

# library COMMANDS: with the functions of every library.
library() {
    PATH=$ROOT/tests/runtime/fakes:$PATH bash -euo pipefail -c \
        'for f in "$ROOT"/runtime/lib/*.sh; do . "$f"; done; eval "$1"' - "$1" 2>&1
}

# typed LINES COMMAND...: at a terminal, where somebody types LINES and ^D. The
# shell in between must be bash, or functions that were exported are lost. Where
# its input ends, `script` waits for seconds: what is typed comes by a pipe that
# stays open.
typed() {
    local lines=$1 words keyboard=$BATS_TEST_TMPDIR/keyboard
    shift
    printf -v words '%q ' "$@"
    [[ -p $keyboard ]] || mkfifo "$keyboard"
    {
        printf '%s\n\004' "$lines" >&0
        SHELL=$BASH script --quiet --return --command "$words" /dev/null
    } <>"$keyboard"
}

common_setup() {
    export FAKE=$BATS_TEST_TMPDIR/fake FAKE_NAMESPACE=shop-production
    export GITHUB_OUTPUT=$FAKE/output GITHUB_STEP_SUMMARY=$FAKE/summary
    export GITHUB_ENV=$FAKE/env RUNNER_TEMP=$FAKE/temp
    export GITHUB_ACTIONS=true GITHUB_REPOSITORY=acme/shop GITHUB_RUN_ID=77 GITHUB_RUN_ATTEMPT=1
    export GITHUB_ACTOR=alice GITHUB_TRIGGERING_ACTOR=alice
    export BRX_NAMESPACE=shop-production BRX_COLOR_LABEL=acme.example/color
    # What a script that is killed leaves goes with the test.
    export TMPDIR=$BATS_TEST_TMPDIR/tmp
    mkdir -p "$FAKE/temp" "$TMPDIR"
    touch "$FAKE/calls" "$FAKE/output" "$FAKE/summary"
    cd "$FAKE/temp" || return 1
}

# once NAME COMMAND...: what COMMAND does to FAKE is done for the first test of a
# file and copied for the others, and so are the variables that it names in
# `kept`. Afterwards FAKE/temp is the current folder.
once() {
    local made=$BATS_FILE_TMPDIR/once.$1 kept=() name
    shift
    if [[ -d $made ]]; then
        back_to "$made"
        # shellcheck disable=SC1091
        source "$FAKE/kept"
        return
    fi
    "$@"
    for name in "${kept[@]}"; do
        printf 'export %s=%q\n' "$name" "${!name}"
    done >"$FAKE/kept"
    cp -a "$FAKE" "$made"
}

# back_to COPY: FAKE is again as it was when it was copied.
back_to() {
    rm -rf "$FAKE"
    cp -a "$1" "$FAKE"
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
    git init --quiet --template= --initial-branch main .
    git config user.email robot@example.org
    git config user.name robot
    git commit --quiet --allow-empty --message first
}
