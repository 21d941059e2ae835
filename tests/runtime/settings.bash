# shellcheck shell=bash
# People's scripts among fake tools, each run in a group of processes of its
# own. To be loaded after helper.

# compose BODY CALL: a script as the emitter writes it, with the facts that the
# function facts() prints. Once a file is enough.
compose() {
    local body=$1 call=$2 names
    needs "$ROOT/runtime/$body"
    printf '#!/usr/bin/env bash\nset -euo pipefail\n'
    facts
    cat "${names[@]}" "$ROOT/runtime/$body"
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
    once begun begun
}

# What GitHub has at first.
a_forge() {
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

# every_fault KINDS COMMAND...: COMMAND again and again, until each call of it has
# gone wrong once, in one of KINDS after the other; each run finds what the ones
# before it left, and goes on to the next fault where one did not stop it. The
# run without a fault comes to the same end as one that nothing befell, by the
# function state(). With ONLY, a pattern, others do not go wrong.
every_fault() {
    local kinds=$1 whole gone
    shift
    whole=$(undisturbed "$@")
    while true; do
        : >"$FAKE/calls"
        rm -f -- "$FAKE/faulted" "$FAKE/asked"
        echo "$kinds ${ONLY:-}" >"$FAKE/fault"
        run "$@"
        rm -f -- "$FAKE/fault"
        [[ -e $FAKE/faulted ]] || break
        # A question may be asked again, and then be answered. SC2154: bats' status.
        # shellcheck disable=SC2154
        ((status == 0)) || [[ $(<"$FAKE/faulted") == kill:* ]] || has 'error: '
    done
    [ "$status" -eq 0 ]
    [ "$(state)" = "$whole" ]
    mapfile -t gone <"$FAKE/gone-wrong"
    echo "# ${#gone[@]} calls went wrong: $kinds ${ONLY:-}" >&3
    ((${#gone[@]} >= ${LEAST:-10}))
}

# undisturbed COMMAND...: the state that it comes to; nothing is left of it.
undisturbed() {
    cp -R "$FAKE" "$FAKE.begun"
    "$@" >"$FAKE.said" 2>&1 || {
        cat "$FAKE.said" >&2
        return 1
    }
    state
    rm -rf "$FAKE"
    mv "$FAKE.begun" "$FAKE"
}
