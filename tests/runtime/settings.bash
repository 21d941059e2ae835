# shellcheck shell=bash
# People's scripts among fake tools, each run in a group of processes of its
# own. To be loaded after helper.

# compose BODY CALL: a script as the emitter writes it, with the facts that the
# function facts() prints. Once a file is enough.
compose() {
    local body=$1 call=$2 name names
    read -ra names < <(sed -n '1s/^# needs: //p' "$ROOT/runtime/$body")
    printf '#!/usr/bin/env bash\nset -euo pipefail\n'
    facts
    for name in "${names[@]}" "$body"; do
        cat "$ROOT/runtime/$name"
    done
    printf '%s "$@"\n' "$call"
}

# alone SCRIPT ARGUMENTS...: its group of processes is in FAKE/main, for a fake
# that is to kill it. TOOLS are folders of fakes that come first.
alone() {
    # shellcheck disable=SC2016
    PATH=$TOOLS:$ROOT/tests/runtime/fakes:$PATH \
        setsid --wait bash -c 'printf "%d\n" "$$" >"$FAKE/main" && exec bash "$@"' \
        - "$@" 2>&1
}

settings_setup() {
    common_setup
    unset GITHUB_ACTIONS GITHUB_ACTOR GITHUB_OUTPUT GITHUB_STEP_SUMMARY \
        GITHUB_ENV BRX_NAMESPACE BRX_COLOR_LABEL
    export ROOT BRX_HOME=$FAKE/home TOOLS=$ROOT/tests/runtime/forge
    export -f alone
    mkdir -p "$FAKE/forge"
    forge repository '{"full_name": "acme/shop", "visibility": "private",
        "owner": {"type": "Organization"}, "permissions": {"admin": true}}'
    forge teams,brewers '{"id": 7, "slug": "brewers"}'
    forge teams,tasters '{"id": 8, "slug": "tasters"}'
}

# forge NAME JSON: what GitHub has.
forge() {
    jq -c . <<<"$2" >"$FAKE/forge/$1"
}

# holds NAME FILTER: prints what GitHub has now.
holds() {
    jq -c "$2" "$FAKE/forge/$1"
}

# changes: how many calls so far were changes.
changes() {
    grep -cE -- '--method (PUT|POST|PATCH|DELETE)' "$FAKE/calls" || true
}

# every_fault KINDS COMMAND...: COMMAND with a fault at its first call, then at
# its second and so on, until it runs through without one; of KINDS one after
# the other. After each, the function repaired() must hold.
every_fault() {
    local kinds number=0 what
    read -ra kinds <<<"$1"
    shift
    while true; do
        what=${kinds[number % ${#kinds[@]}]}
        number=$((number + 1))
        : >"$FAKE/calls"
        rm -f -- "$FAKE/faulted"
        printf '%d %s\n' "$number" "$what" >"$FAKE/fault"
        run "$@"
        rm -f -- "$FAKE/fault"
        [[ -e $FAKE/faulted ]] || break
        repaired "$what" "$number"
    done
    ((number > 10))
}
