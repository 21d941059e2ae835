# Made by broxc from its own runtime. Scripts beside this folder read it.
# shellcheck shell=bash
# GitHub's REST API through gh: what is there, and changes. Needs log.sh,
# retry.sh and wait.sh.

# brx_api_try ARGUMENTS...: BRX_ANSWER and BRX_HTTP, the status: 200, one that
# GitHub gave, or 0 when there was no answer that can be read.
brx_api_try() {
    local errors status=0
    errors=$(mktemp)
    BRX_ANSWER=$(brx_bounded 60 gh api \
        --header 'X-GitHub-Api-Version: 2022-11-28' "$@" 2>"$errors") || status=$?
    BRX_ERRORS=$(<"$errors")
    rm -f -- "$errors"
    BRX_HTTP=0
    if ((status == 0)); then
        BRX_HTTP=200
    elif [[ $BRX_ERRORS =~ \(HTTP\ ([0-9]{3})\) ]]; then
        BRX_HTTP=${BASH_REMATCH[1]}
    fi
}

# Asked again while there is no answer, or one that only says "later".
brx_api_patient() {
    local type=$1 try
    shift
    for try in 1 2 3; do
        brx_api_try "$@"
        if ((BRX_HTTP == 200)) && ! jq -se --arg type "$type" \
            'map(type) == [$type]' >/dev/null 2>&1 <<<"$BRX_ANSWER"; then
            BRX_HTTP=0
            BRX_ERRORS="no answer that can be read: ${BRX_ANSWER:0:200}"
        fi
        ((BRX_HTTP == 0 || BRX_HTTP == 429 || BRX_HTTP >= 500)) || return 0
        ((try == 3)) || sleep $((try * 3))
    done
}

# brx_api_get WHAT PATH: the JSON object; nothing when there is none. WHAT is
# for a message.
brx_api_get() {
    brx_api_patient object "$2"
    case $BRX_HTTP in
        200) printf '%s\n' "$BRX_ANSWER" ;;
        404) ;;
        *) brx_api_fail "GitHub does not say $1" ;;
    esac
}

# brx_api_list WHAT PATH KEY: every item of every page, as one JSON array; KEY
# is where a page has them, empty when a page is an array. A path that is not
# there has none.
brx_api_list() {
    brx_api_patient array --paginate --slurp "$2"
    case $BRX_HTTP in
        200)
            jq -ce --arg key "$3" '[.[] | if $key == "" then . else .[$key] end
                | if type == "array" then .[] else error("no list") end]' \
                <<<"$BRX_ANSWER" 2>/dev/null ||
                brx_fail "GitHub does not say $1: no list in its answer"
            ;;
        404) printf '[]\n' ;;
        *) brx_api_fail "GitHub does not say $1" ;;
    esac
}

# brx_api_send WHAT METHOD PATH [BODY]: a change. It is not tried again: the
# next run finds what it did.
brx_api_send() {
    local what=$1 arguments=(--method "$2" "$3")
    if (($# > 3)); then
        brx_api_try "${arguments[@]}" --input - <<<"$4"
    else
        brx_api_try "${arguments[@]}"
    fi
    ((BRX_HTTP == 200)) || brx_api_fail "GitHub refused to $what"
}

# The API's own words, and what they mostly mean.
brx_api_fail() {
    local why hint=
    why=$(jq -r '[.message, (.errors // [] | .[]
        | if type == "object" then .message // tojson else . end)]
        | map(strings) | join("; ")' <<<"$BRX_ANSWER" 2>/dev/null) || why=
    case $BRX_HTTP in
        0) hint='; is there a way to GitHub, and is gh signed in (gh auth status)?' ;;
        401) hint='; sign in with gh auth login' ;;
        403 | 404) hint='; it takes an administrator of the repository, and a
plan that has this (rules on private repositories: Pro, Team or Enterprise)' ;;
        422) hint='; reviewers and waiting times on private repositories take
GitHub Enterprise' ;;
    esac
    brx_fail "$1 (HTTP $BRX_HTTP): ${why:-$BRX_ERRORS}${hint//$'\n'/ }"
}

# A name as a part of a path.
brx_api_name() {
    jq -rn --arg name "$1" '$name | @uri'
}
