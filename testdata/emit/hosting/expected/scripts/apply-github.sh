#!/usr/bin/env bash
# Makes GitHub's settings what the program says.
#
# Made by broxc. Facts come first: edit the program for them, not this file.
# What follows them is broxc's runtime as it is.
set -euo pipefail

# ---- facts ----

readonly BRX_PROJECT='kiosk'
readonly BRX_REPOSITORY='acme/kiosk'
readonly BRX_UP='..'
readonly BRX_HOSTING='ops/github'
readonly BRX_PLAN='enterprise'

# ---- runtime/lib/log.sh ----

# shellcheck shell=bash
# What a script says, and where: the log, a failure, outputs, the summary.
# Every pipeline script stands on this file.

# Without this, `set -e` is off inside $(...), and a cluster that does not
# answer would look like an empty one. For the same reason no question to a
# cluster or a registry stands inside a [[ ]]: it is asked first.
shopt -s inherit_errexit

brx_log() {
    printf '%s\n' "$*"
}

# The text of a workflow command: what would end it is escaped.
brx_command() {
    local text=$2
    text=${text//'%'/'%25'}
    text=${text//$'\r'/'%0D'}
    text=${text//$'\n'/'%0A'}
    printf '::%s::%s\n' "$1" "$text"
}

# brx_say KIND TEXT: `error` or `warning`. A runner takes it as a command; a
# person gets a line, in colour on a terminal that may have it.
brx_say() {
    local shade=33
    if [[ ${GITHUB_ACTIONS:-} == true ]]; then
        brx_command "$1" "$2"
        return
    fi
    [[ $1 == warning ]] || shade=31
    if [[ -t 2 && -z ${NO_COLOR:-} && ${TERM:-dumb} != dumb ]]; then
        printf '\033[%sm%s:\033[0m %s\n' "$shade" "$1" "$2"
    else
        printf '%s: %s\n' "$1" "$2"
    fi
}

brx_warn() {
    brx_say warning "$*" >&2
}

# brx_stop CODE TEXT: an exit code that docs/setup.md tells the meaning of.
brx_stop() {
    local code=$1
    shift
    brx_say error "$*" >&2
    exit "$code"
}

brx_fail() {
    brx_stop 1 "$*"
}

# brx_need NAME...: the facts without which nothing is started.
brx_need() {
    local name
    for name in "$@"; do
        [[ ${!name:-} == *[![:space:]]* ]] ||
            brx_fail "the fact $name is missing or empty"
    done
}

# brx_shape NAME PATTERN: the whole value of the fact NAME fits PATTERN.
brx_shape() {
    brx_need "$1"
    [[ ${!1} =~ ^($2)$ ]] || brx_fail "the fact $1 is not well formed: ${!1}"
}

brx_token() {
    od -An -N16 -tx1 /dev/urandom | tr -d ' \n'
}

# Prints text of others (standard input): a runner takes no command from it, a
# terminal no control character.
brx_foreign() {
    local token
    if [[ ${GITHUB_ACTIONS:-} != true ]]; then
        tr -d '\000-\010\013-\037\177'
        return
    fi
    token=brx-$(brx_token)
    printf '::stop-commands::%s\n' "$token"
    cat
    printf '\n::%s::\n' "$token"
}

# brx_output NAME VALUE: an output of the step; the value may have many lines,
# none of which is the mark of its end.
brx_output() {
    local mark=brx-end
    while [[ $'\n'$2$'\n' == *$'\n'$mark$'\n'* ]]; do
        mark+=-
    done
    printf '%s<<%s\n%s\n%s\n' "$1" "$mark" "$2" "$mark" \
        >>"${GITHUB_OUTPUT:-/dev/stdout}"
}

brx_summary() {
    printf '%s\n' "$*" >>"${GITHUB_STEP_SUMMARY:-/dev/null}"
}

# ---- runtime/lib/retry.sh ----

# shellcheck shell=bash
# Trying again, for a bounded number of times, with growing pauses.

# brx_retry TRIES DELAY COMMAND...: DELAY seconds at first, doubled each time,
# a minute at most. Gives what the last try gave.
brx_retry() {
    local tries=$1 delay=$2 try=1 status
    shift 2
    while true; do
        status=0
        "$@" || status=$?
        if ((status == 0 || try >= tries)); then
            return "$status"
        fi
        printf 'try %d of %d failed, next in %ds\n' \
            "$try" "$tries" "$delay" >&2
        sleep "$delay"
        try=$((try + 1))
        delay=$((delay * 2 > 60 ? 60 : delay * 2))
    done
}

# ---- runtime/lib/exit.sh ----

# shellcheck shell=bash
# What is done at a script's end, however it ends. The last added comes first.

BRX_AT_EXIT=()

# brx_at_exit COMMAND: one word; it finds the exit code in BRX_CODE, and what
# it says of itself changes nothing.
brx_at_exit() {
    BRX_AT_EXIT=("$1" "${BRX_AT_EXIT[@]+"${BRX_AT_EXIT[@]}"}")
    trap 'brx_exit "$?"' EXIT
    # Else the code of a signal is that of the command before it.
    trap 'exit 129' HUP
    trap 'exit 130' INT
    trap 'exit 143' TERM
}

brx_exit() {
    local command
    BRX_CODE=$1
    trap - EXIT
    for command in "${BRX_AT_EXIT[@]}"; do
        "$command" || true
    done
    exit "$BRX_CODE"
}

# ---- runtime/lib/home.sh ----

# shellcheck shell=bash
# Where a person's scripts keep what they remember: one folder a project, of
# this person alone. Needs log.sh and the fact BRX_PROJECT.

# The folder's path; BRX_HOME says another one than ~/.local/state/broxc.
brx_home() {
    local root=${XDG_STATE_HOME:-${HOME:+$HOME/.local/state}}
    root=${BRX_HOME:-${root:+$root/broxc}}
    [[ $root == /* ]] || brx_fail "no folder to keep things in: set HOME"
    [[ -d $root/$BRX_PROJECT ]] ||
        (umask 077 && mkdir -p -- "$root/$BRX_PROJECT") || brx_fail \
        "$root/$BRX_PROJECT cannot be made; BRX_HOME says another one"
    printf '%s\n' "$root/$BRX_PROJECT"
}

# Who is at work, for people to read: a name and a machine.
brx_who() {
    local name='\u' machine='\H' # as a prompt has them
    printf '%s@%s\n' "${GITHUB_ACTOR:-${name@P}}" "${machine@P}"
}

brx_time() {
    TZ=UTC printf '%(%Y-%m-%dT%H:%M:%SZ)T\n' -1
}

# ---- runtime/lib/wait.sh ----

# shellcheck shell=bash
# Waiting, but never for ever. Needs log.sh.

# brx_bounded SECONDS COMMAND...: a command that hangs is ended, with 124.
brx_bounded() {
    timeout --foreground --kill-after=5 "$@"
}

# brx_until SECONDS DELAY COMMAND...: tried again every DELAY seconds until it
# succeeds; gives what the last try gave.
brx_until() {
    local seconds=$1 delay=$2 waited=0 status
    shift 2
    while true; do
        status=0
        "$@" || status=$?
        if ((status == 0 || waited >= seconds)); then
            return "$status"
        fi
        sleep "$delay"
        waited=$((waited + delay))
    done
}

# ---- runtime/lib/journal.sh ----

# shellcheck shell=bash
# A small memory of texts by key: a first line that says what it is, then lines
# `KEY TEXT`, where \n stands for a line break and \\ for a backslash. It is
# replaced as a whole, so that a run that is killed leaves the old one or the
# new. Needs log.sh.

# brx_journal_get FILE KEY: the text; nothing when there is none.
brx_journal_get() {
    local -A texts=()
    brx_journal_read "$1"
    printf '%s\n' "${texts[$2]:-}"
}

# brx_journal_put FILE KEY VALUE [KEY VALUE...]: all of them at once; an empty
# value takes the key out.
brx_journal_put() {
    local file=$1
    local -A texts=()
    brx_journal_read "$file"
    shift
    while (($#)); do
        texts[$1]=$2
        shift 2
    done
    (umask 077 && brx_journal_write >"$file.new" &&
        mv -f -- "$file.new" "$file") || brx_fail "$file cannot be written"
}

# brx_journal_read FILE: `texts` of the caller. What cannot be read is put aside:
# it must not stop the work that it is about.
brx_journal_read() {
    local line text lines
    [[ -e $1 ]] || return 0
    mapfile -t lines <"$1"
    for line in "${lines[@]:1}"; do
        [[ $line == [!\ ]*' '* ]] || lines[0]=''
    done
    if [[ ${lines[0]:-} != 'broxc journal' ]]; then
        brx_warn "$1 cannot be read; it is $1.broken now"
        mv -f -- "$1" "$1.broken"
        return
    fi
    for line in "${lines[@]:1}"; do
        printf -v text '%b' "${line#* }"
        texts[${line%% *}]=$text
    done
}

brx_journal_write() {
    local key text
    printf 'broxc journal\n'
    for key in "${!texts[@]}"; do
        text=${texts[$key]//\\/\\\\}
        [[ -z $text ]] || printf '%s %s\n' "$key" "${text//$'\n'/\\n}"
    done
}

# ---- runtime/lib/audit.sh ----

# shellcheck shell=bash
# Who did what and when: one JSON object a line, only ever added to. Needs
# log.sh and home.sh.

# brx_audit EVENT [KEY=VALUE...]: the texts are written as they are, so that
# no secret may be among them. A rehearsal leaves no trace.
brx_audit() {
    local event=$1 file pair line=
    shift
    [[ -z ${BRX_DRY_RUN:-} ]] || return 0
    file=$(brx_home)/audit.jsonl
    for pair in "time=$(brx_time)" "who=$(brx_who)" "script=${0##*/}" \
        "event=$event" "environment=${BRX_ENVIRONMENT:-}" "$@"; do
        brx_audit_add "${pair%%=*}" "${pair#*=}"
    done
    (umask 077 && printf '{%s}\n' "$line" >>"$file") ||
        brx_fail "nothing is done without a record, and $file takes none"
}

# brx_audit_add KEY TEXT: to `line` of the caller; nothing, when TEXT is empty.
# What is more than plain letters is left to jq.
brx_audit_add() {
    local LC_ALL=C text=$2
    [[ -n $text ]] || return 0
    if [[ ${text//$'\n'/} == *[!\ -~]* ]]; then
        text=$(jq -n --arg text "$text" '$text')
    else
        text=${text//\\/\\\\}
        text=${text//\"/\\\"}
        text=\"${text//$'\n'/\\n}\"
    fi
    line+=${line:+,}\"$1\":$text
}

# ---- runtime/lib/lock.sh ----

# shellcheck shell=bash
# One run at a time on this machine. The system lets go of a lock when the run
# and what it started have ended, however they end. Needs log.sh and home.sh.

# brx_lock NAME: held until the script's end; stops with 4 when another run
# holds it, and says which.
brx_lock() {
    local file
    file=$(brx_home)/$1.lock
    exec {BRX_LOCK}>>"$file"
    flock --nonblock "$BRX_LOCK" ||
        brx_stop 4 "another run is at work: $(<"$file")"
    printf '%s, process %s, since %s\n' "$(brx_who)" "$$" "$(brx_time)" >"$file"
}

# ---- runtime/lib/confirm.sh ----

# shellcheck shell=bash
# A person types a word before something is done. Needs log.sh, home.sh and
# audit.sh; reads the facts BRX_TIER, BRX_YES (of --yes) and BRX_DRY_RUN.

# brx_confirm WORD [QUESTION]: stops with 4 unless WORD is typed at a terminal.
# --yes stands for it, but never in production.
brx_confirm() {
    local typed=
    brx_log "${2:-Go on?}"
    if [[ -n ${BRX_DRY_RUN:-} ]]; then
        brx_log "would ask for: $1"
        return
    fi
    if [[ -n ${BRX_YES:-} ]]; then
        brx_refuse_yes
        brx_audit confirmed "word=$1" how=--yes
        return
    fi
    [[ -t 0 ]] ||
        brx_stop 4 "not confirmed: nobody sits at a terminal to type '$1'"
    printf 'Type %s to go on: ' "$1"
    IFS= read -r typed || true
    if [[ $typed != "$1" ]]; then
        brx_audit refused "word=$1"
        brx_stop 4 "not confirmed, nothing was done"
    fi
    brx_audit confirmed "word=$1" how=typed
}

# Called early too, so that --yes is refused before anything is looked at.
brx_refuse_yes() {
    [[ -z ${BRX_YES:-} || ${BRX_TIER:-production} != production ]] ||
        brx_stop 2 "--yes is refused for production: somebody must type it"
}

# ---- runtime/lib/steps.sh ----

# shellcheck shell=bash
# Work in numbered steps, which says where it stands: to the person, and to the
# run after one that was stopped. Each step looks first and does what is
# missing, so that it may always be run again. Needs log.sh, exit.sh, home.sh,
# journal.sh and audit.sh; reads BRX_DRY_RUN, BRX_FROM (a number) and BRX_WHOLE
# (of a script that cannot begin in the middle).

BRX_STEP=0

# brx_steps_begin JOURNAL COUNT: says what an earlier run left, if it did not
# get to its end.
brx_steps_begin() {
    local status
    BRX_JOURNAL=$1 BRX_STEP_COUNT=$2
    brx_at_exit brx_steps_stopped
    [[ -z ${BRX_DRY_RUN:-} ]] || return 0
    status=$(brx_journal_get "$BRX_JOURNAL" status)
    case $status in
        running | failed) brx_steps_left "$status" ;;
    esac
    brx_journal_put "$BRX_JOURNAL" status running step 0 name begin \
        who "$(brx_who)" started "$(brx_time)"
}

brx_steps_left() {
    local step name who started how='failed in'
    step=$(brx_journal_get "$BRX_JOURNAL" step)
    name=$(brx_journal_get "$BRX_JOURNAL" name)
    who=$(brx_journal_get "$BRX_JOURNAL" who)
    started=$(brx_journal_get "$BRX_JOURNAL" started)
    [[ $1 == failed ]] || how='was cut off in'
    brx_log "The run of $started by $who $how step $step of $BRX_STEP_COUNT," \
        "$name. What stands is found and left as it is."
}

# brx_step NUMBER NAME COMMAND...: left out when --from begins behind it.
brx_step() {
    if (($1 < ${BRX_FROM:-1})); then
        brx_log "[$1/$BRX_STEP_COUNT] $2: left out"
        return
    fi
    brx_step_always "$@"
}

# The same for a step that later ones stand on.
brx_step_always() {
    BRX_STEP=$1 BRX_STEP_NAME=$2
    shift 2
    brx_log "[$BRX_STEP/$BRX_STEP_COUNT] $BRX_STEP_NAME"
    [[ -n ${BRX_DRY_RUN:-} ]] ||
        brx_journal_put "$BRX_JOURNAL" step "$BRX_STEP" name "$BRX_STEP_NAME"
    "$@"
}

# brx_do WHAT COMMAND...: the one door to a change. A rehearsal only says it.
brx_do() {
    local what=$1
    shift
    if [[ -n ${BRX_DRY_RUN:-} ]]; then
        brx_log "  would $what"
        return
    fi
    brx_log "  $what"
    brx_audit change "what=$what"
    "$@"
}

brx_steps_end() {
    [[ -n ${BRX_DRY_RUN:-} ]] ||
        brx_journal_put "$BRX_JOURNAL" status 'done' ended "$(brx_time)"
    BRX_STEP=0
}

# At the script's end: was it inside a step?
brx_steps_stopped() {
    local again=", or with --from $BRX_STEP"
    ((BRX_STEP > 0 && BRX_CODE != 0)) || return 0
    [[ -z ${BRX_WHOLE:-} ]] || again=
    brx_warn "stopped in step $BRX_STEP of $BRX_STEP_COUNT, $BRX_STEP_NAME;" \
        "the steps before it are done. Mend what the message names, and run" \
        "the same command again$again"
    [[ -z ${BRX_DRY_RUN:-} ]] || return 0
    brx_journal_put "$BRX_JOURNAL" status failed
    brx_audit stopped "step=$BRX_STEP" "name=$BRX_STEP_NAME" "code=$BRX_CODE"
}

# ---- runtime/lib/github-api.sh ----

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

# ---- runtime/hosting/compare.sh ----

# shellcheck shell=bash
# Is what GitHub holds what a file says? Lists whose order means nothing are
# compared by key, and what GitHub adds to a setting of its own is left out.

# shellcheck disable=SC2016 # the dollars are jq's
BRX_COMPARE='
    def key: if has("actor_type") then "\(.actor_type) \(.actor_id)"
        elif has("context") then .context
        elif has("id") then "\(.type) \(.id)"
        elif has("name") then .name else .type // tojson end;
    def keyed: if type == "object" then map_values(keyed)
        elif type != "array" then .
        elif any(.[]; type == "object")
            then {"#": (map({key: key, value: keyed}) | from_entries)}
        else sort end;
    def onto($wanted): . as $have
        | if type != "object" or ($wanted | type) != "object" then .
        elif has("#") then {"#": (.["#"]
            | with_entries(.key as $k | .value |= onto($wanted["#"][$k]?)))}
        else reduce ($wanted | keys_unsorted[]) as $k ({};
            .[$k] = ($have[$k] | onto($wanted[$k]))) end;
    def leaves: [paths((type != "object" and type != "array") or length == 0)
            as $path | {key: ($path | map(select(. != "#") | tostring)
                | join(".")), value: getpath($path)}]
        | map(select(.key != ""));
'

# brx_compare WANTED HAVE: lines of what differs, `- ` what GitHub has and `+ `
# what the file says; nothing when they agree.
brx_compare() {
    jq -rn --argjson wanted "$1" --argjson have "$2" "$BRX_COMPARE"'
        ($wanted | keyed) as $w | ($have | keyed | onto($w)) as $h
        | ($w | leaves) as $w | ($h | leaves) as $h
        | ($h - $w | map("- \(.key): \(.value | tojson)"))
            + ($w - $h | map("+ \(.key): \(.value | tojson)"))
        | sort_by(.[2:]) | .[]'
}

# ---- runtime/hosting/kinds.sh ----

# shellcheck shell=bash
# The kinds of settings: for each, the files that say what is wanted, what
# GitHub has in the same shape, and the calls that make it so. Needs
# github-api.sh, steps.sh and compare.sh; reads BRX_REPOSITORY, BRX_SETTINGS (a
# folder) and BRX_TEAMS, {SLUG: NUMBER}.

# brx_files FOLDER: its files, in order.
brx_files() {
    local file
    for file in "$BRX_SETTINGS/$1"/*.json; do
        [[ ! -f $file ]] || printf '%s\n' "$file"
    done
}

# A file with the numbers of its teams in place of their slugs.
brx_wanted() {
    jq -ce --argjson teams "$BRX_TEAMS" 'walk(
        if type != "object" or (has("slug") | not) then .
        elif has("actor_type") then .actor_id = $teams[.slug] | del(.slug)
        else .id = $teams[.slug] | del(.slug) end)' "$1" ||
        brx_fail "$1 cannot be read"
}

# Every slug in the files, each once.
brx_slugs() {
    local files
    mapfile -t files < <(brx_files rulesets && brx_files environments &&
        brx_files branches)
    ((${#files[@]})) || return 0
    jq -r '.. | objects | .slug? // (.restrictions?.teams? // [])[]?
        | strings' "${files[@]}" | sort -u
}

# ---- rulesets ----

# What GitHub has of this name; the list holds no rules, so each is asked for.
brx_ruleset_have() {
    local id
    id=$(brx_ruleset_id "$1")
    [[ -n $id ]] || return 0
    brx_api_get "what the ruleset $1 says" "repos/$BRX_REPOSITORY/rulesets/$id"
}

brx_ruleset_id() {
    jq -r --arg name "$1" 'map(select(.name == $name)) | first // {}
        | .id // empty' <<<"$BRX_RULESETS"
}

brx_ruleset_put() {
    local id
    id=$(brx_ruleset_id "$1")
    if [[ -n $id ]]; then
        brx_api_send "change the ruleset $1" PUT \
            "repos/$BRX_REPOSITORY/rulesets/$id" "$2"
    else
        brx_api_send "make the ruleset $1" POST \
            "repos/$BRX_REPOSITORY/rulesets" "$2"
    fi
}

# ---- classic protection ----

# As the API takes it, from what it gives; with the two that are its own calls.
brx_branch_have() {
    local path have signatures
    path=repos/$BRX_REPOSITORY/branches/$(brx_api_name "$1")/protection
    have=$(brx_api_get "how $1 is protected" "$path")
    [[ -n $have ]] || return 0
    signatures=$(brx_api_get "whether $1 is signed" "$path/required_signatures")
    jq -c --arg branch "$1" --argjson signatures "${signatures:-null}" '
        def on: (. // {}) | .enabled // false;
        {branch: $branch, required_signatures: ($signatures | on),
        protection: {
            required_status_checks: (.required_status_checks
                | if . then {strict, checks} else null end),
            enforce_admins: (.enforce_admins | on),
            required_pull_request_reviews: .required_pull_request_reviews,
            restrictions: (.restrictions | if . then {
                users: [.users[]?.login], teams: [.teams[]?.slug],
                apps: [.apps[]?.slug]} else null end),
            required_linear_history: (.required_linear_history | on),
            allow_force_pushes: (.allow_force_pushes | on),
            allow_deletions: (.allow_deletions | on),
            block_creations: (.block_creations | on),
            required_conversation_resolution:
                (.required_conversation_resolution | on),
            lock_branch: (.lock_branch | on),
            allow_fork_syncing: (.allow_fork_syncing | on)}}' <<<"$have"
}

brx_branch_put() {
    local path method=DELETE
    path=repos/$BRX_REPOSITORY/branches/$(brx_api_name "$1")/protection
    brx_api_send "protect the branch $1" PUT "$path" \
        "$(jq -c .protection <<<"$2")"
    [[ $(jq .required_signatures <<<"$2") != true ]] || method=POST
    brx_api_send "say whether commits on $1 are signed" "$method" \
        "$path/required_signatures"
}

# ---- environments ----

brx_environment_path() {
    printf 'repos/%s/environments/%s\n' "$BRX_REPOSITORY" "$(brx_api_name "$1")"
}

brx_environment_have() {
    local path have branches
    path=$(brx_environment_path "$1")
    have=$(brx_api_get "how $1 is guarded" "$path")
    [[ -n $have ]] || return 0
    branches=$(brx_api_list "which branches $1 takes" \
        "$path/deployment-branch-policies?per_page=100" branch_policies)
    jq -c --arg name "$1" --argjson branches "$branches" '
        def rule($type): [.protection_rules[]? | select(.type == $type)]
            | first // {};
        rule("required_reviewers") as $review
        | {name: $name, settings: {
            wait_timer: (rule("wait_timer").wait_timer // 0),
            prevent_self_review: ($review.prevent_self_review // false),
            reviewers: ([$review.reviewers[]? | {type, id: .reviewer.id}]
                | if . == [] then null else . end),
            deployment_branch_policy},
          branch_policies: [$branches[] | {name, type: (.type // "branch")}]}' \
        <<<"$have"
}

# The settings, then the branches: those that are missing are added before
# others are taken away.
brx_environment_put() {
    local path have rows row
    path=$(brx_environment_path "$1")
    brx_api_send "set up the environment $1" PUT "$path" \
        "$(jq -c .settings <<<"$2")"
    path+=/deployment-branch-policies
    have=$(brx_api_list "which branches $1 takes" "$path?per_page=100" \
        branch_policies)
    rows=$(jq -c --argjson have "$have" '(.branch_policies
        - [$have[] | {name, type: (.type // "branch")}])[]' <<<"$2")
    while read -r row <&5; do
        [[ -z $row ]] ||
            brx_api_send "let a branch into $1" POST "$path" "$row"
    done 5<<<"$rows"
    rows=$(jq -r --argjson wanted "$2" '.[] | select([{name,
        type: (.type // "branch")}] - $wanted.branch_policies != [])
        | .id' <<<"$have")
    while read -r row <&5; do
        [[ -z $row ]] ||
            brx_api_send "keep a branch out of $1" DELETE "$path/$row"
    done 5<<<"$rows"
}

# ---- labels ----

brx_label_have() {
    jq -c --arg name "$1" 'map(select(.name | ascii_downcase
        == ($name | ascii_downcase))) | first // empty
        | {name, color, description}' <<<"$BRX_LABELS"
}

brx_label_put() {
    local have
    have=$(brx_label_have "$1")
    if [[ -n $have ]]; then
        brx_api_send "change the label $1" PATCH \
            "repos/$BRX_REPOSITORY/labels/$(brx_api_name "$1")" \
            "$(jq -c '{new_name: .name, color, description}' <<<"$2")"
    else
        brx_api_send "make the label $1" POST \
            "repos/$BRX_REPOSITORY/labels" "$2"
    fi
}

# ---- runtime/hosting/plan.sh ----

# shellcheck shell=bash
# What would change: every setting of every file beside what GitHub has. Needs
# kinds.sh.

# What belongs to whom, before anything is compared: BRX_REPOSITORY, BRX_OWNER,
# BRX_TEAMS. Everything that somebody must mend is said at once.
brx_hosting_begin() {
    local repository
    if [[ -z $BRX_REPOSITORY ]]; then
        brx_fail "the program names no repository: write it in \`project\`"
    fi
    [[ -d $BRX_SETTINGS ]] ||
        brx_fail "there is no folder $BRX_SETTINGS: build the program first"
    repository=$(brx_api_get "what $BRX_REPOSITORY is" "repos/$BRX_REPOSITORY")
    [[ -n $repository ]] || brx_fail "there is no repository $BRX_REPOSITORY," \
        "or you may not see it"
    [[ $(jq '.permissions.admin == true' <<<"$repository") == true ]] ||
        brx_fail "you are no administrator of $BRX_REPOSITORY"
    BRX_OWNER=${BRX_REPOSITORY%%/*}
    BRX_SEEN=$(jq -r '.visibility // "private"' <<<"$repository")
    brx_hosting_teams "$(jq -r '.owner.type // ""' <<<"$repository")"
    BRX_RULESETS=$(brx_api_list "which rulesets there are" \
        "repos/$BRX_REPOSITORY/rulesets?per_page=100&includes_parents=false" '')
    BRX_LABELS=$(brx_api_list "which labels there are" \
        "repos/$BRX_REPOSITORY/labels?per_page=100" '')
    BRX_PLAN_KINDS=() BRX_PLAN_NAMES=() BRX_PLAN_WANTED=() BRX_PLAN_STATES=()
    BRX_PLAN_CHANGES=0
}

brx_hosting_teams() {
    local slugs slug team missing=
    BRX_TEAMS='{}'
    slugs=$(brx_slugs)
    [[ -z $slugs || $1 != User ]] || brx_fail "$BRX_OWNER is a person: only" \
        "an organization has the teams ${slugs//$'\n'/, }"
    for slug in $slugs; do
        team=$(brx_api_get "which number the team $slug has" \
            "orgs/$BRX_OWNER/teams/$slug")
        if [[ -z $team ]]; then
            missing+=" $slug"
            continue
        fi
        BRX_TEAMS=$(jq -c --arg slug "$slug" --argjson team "$team" \
            '.[$slug] = ($team.id | numbers)' <<<"$BRX_TEAMS") ||
            brx_fail "GitHub gives no number for the team $slug"
    done
    [[ -z $missing ]] || brx_fail "no such team in $BRX_OWNER:$missing; make" \
        "it, or correct the program"
}

# brx_hosting_add KIND NAME WANTED: with what GitHub has of it.
brx_hosting_add() {
    local have difference state=same
    have=$("brx_$1_have" "$2")
    if [[ -z $have ]]; then
        state=create
        difference=
    else
        difference=$(brx_compare "$3" "$have")
        [[ -z $difference ]] || state=update
    fi
    BRX_PLAN_KINDS+=("$1")
    BRX_PLAN_NAMES+=("$2")
    BRX_PLAN_WANTED+=("$3")
    BRX_PLAN_STATES+=("$state")
    [[ $state == same ]] || BRX_PLAN_CHANGES=$((BRX_PLAN_CHANGES + 1))
    printf '  %-6s  %-11s  %s\n' "$state" "$1" "$2"
    [[ -z $difference ]] || brx_foreign <<<"            ${difference//$'\n'/$'\n'            }"
}

# brx_hosting_files KIND FOLDER KEY FIELDS: a setting for each file.
brx_hosting_files() {
    local file files wanted name
    files=$(brx_files "$2")
    [[ -n $files ]] || return 0
    while IFS= read -r file <&4; do
        wanted=$(brx_wanted "$file")
        name=$(jq -r --arg key "$3" '.[$key]' <<<"$wanted")
        if [[ -n ${BRX_ONLY:-} ]] && ! grep -qxF -e "$name" <<<"$BRX_ONLY"; then
            continue
        fi
        brx_hosting_add "$1" "$name" "$(jq -c "$4" <<<"$wanted")"
    done 4<<<"$files"
}

# GitHub refuses some of it on some plans; better said before than after.
brx_hosting_warn() {
    local held
    [[ $BRX_SEEN != public && $BRX_PLAN != enterprise ]] || return 0
    held=$(jq -r 'select(.settings.reviewers or .settings.wait_timer > 0)
        | .name' "$BRX_SETTINGS"/environments/*.json 2>/dev/null) || held=
    [[ -z $held ]] || brx_warn "$BRX_REPOSITORY is $BRX_SEEN: reviewers and" \
        "waiting times take GitHub Enterprise (${held//$'\n'/, })"
    [[ $BRX_PLAN != free ]] || brx_warn "$BRX_REPOSITORY is $BRX_SEEN: rules" \
        "for branches take GitHub Pro, Team or Enterprise"
}

# Environments first: a ruleset may ask for a deployment to one.
brx_hosting_environments() {
    brx_hosting_files environment environments name \
        '{name, settings, branch_policies}'
}

brx_hosting_all() {
    local labels label name
    brx_hosting_environments
    brx_hosting_files ruleset rulesets name .
    brx_hosting_files branch branches branch .
    [[ -f $BRX_SETTINGS/labels.json ]] || return 0
    labels=$(jq -c '.[]' "$BRX_SETTINGS/labels.json")
    while IFS= read -r label <&4; do
        name=$(jq -r .name <<<"$label")
        brx_hosting_add label "$name" "$label"
    done 4<<<"$labels"
}

# Rulesets that broxc made and no file says any more.
brx_hosting_left() {
    local declared
    declared=$(printf '%s\n' "${BRX_PLAN_NAMES[@]+"${BRX_PLAN_NAMES[@]}"}")
    jq -r --arg declared "$declared" '($declared | split("\n")) as $names
        | .[] | select((.name | startswith("broxc ")) and
            ([.name] - $names != [])) | "\(.id) \(.name)"' <<<"$BRX_RULESETS"
}

# Does what was planned; each change is one call of brx_do.
brx_hosting_do() {
    local i kind name
    for i in "${!BRX_PLAN_KINDS[@]}"; do
        kind=${BRX_PLAN_KINDS[i]} name=${BRX_PLAN_NAMES[i]}
        [[ ${BRX_PLAN_STATES[i]} != same ]] || continue
        brx_do "${BRX_PLAN_STATES[i]} the $kind $name" \
            "brx_${kind}_put" "$name" "${BRX_PLAN_WANTED[i]}"
    done
}

# ---- runtime/hosting/inventory.sh ----

# shellcheck shell=bash
# Which variables and secrets are set: names alone, never values. Needs
# github-api.sh and kinds.sh.

# Lines `gh …` for what is required and not set; BRX_UNSET counts them.
brx_inventory() {
    local file files name
    BRX_UNSET=0
    file=$BRX_SETTINGS/repository.json
    [[ ! -f $file ]] || brx_inventory_of "$file" \
        "repos/$BRX_REPOSITORY/actions" ''
    files=$(brx_files environments)
    while IFS= read -r file <&5; do
        [[ -n $file ]] || continue
        name=$(jq -r .name "$file")
        if [[ -n ${BRX_ONLY:-} ]] && ! grep -qxF -e "$name" <<<"$BRX_ONLY"; then
            continue
        fi
        brx_inventory_of "$file" "$(brx_environment_path "$name")" "$name"
    done 5<<<"$files"
}

# brx_inventory_of FILE PATH ENVIRONMENT: an empty environment is the
# repository itself.
brx_inventory_of() {
    local kind set rows required name what
    for kind in variable secret; do
        [[ $(jq ".${kind}s | length" "$1") != 0 ]] || continue
        set=$(brx_api_list "which ${kind}s ${3:-the repository} has" \
            "$2/${kind}s?per_page=30" "${kind}s")
        rows=$(jq -r --argjson set "$set" --arg kind "${kind}s" '.[$kind][]
            | select([.name] - [$set[].name] != [])
            | [(if .required then "required" else "optional" end), .name, .for]
            | @tsv' "$1")
        while IFS=$'\t' read -r required name what <&6; do
            [[ -z $name ]] || brx_inventory_say "$kind" "$required" "$name" \
                "$3" "$what"
        done 6<<<"$rows"
    done
}

brx_inventory_say() {
    local where=
    [[ -z $4 ]] || where=" --env $(printf '%q' "$4")"
    [[ $2 == required ]] || {
        brx_log "  optional  $1 $3${4:+ of $4}: $5"
        return
    }
    BRX_UNSET=$((BRX_UNSET + 1))
    brx_log "  not set   $1 $3${4:+ of $4}: $5"
    brx_log "            gh $1 set $3 --repo $BRX_REPOSITORY$where"
}

# ---- runtime/hosting/apply.sh ----

# needs: lib/log.sh lib/retry.sh lib/exit.sh lib/home.sh lib/wait.sh lib/journal.sh lib/audit.sh lib/lock.sh lib/confirm.sh lib/steps.sh lib/github-api.sh hosting/compare.sh hosting/kinds.sh hosting/plan.sh hosting/inventory.sh
# shellcheck shell=bash
# Makes GitHub's settings those of the files: rulesets, environments, branches,
# labels. Says first what would change, and asks; running it again does no
# harm. What it did not make, it does not delete.
#
# facts  BRX_PROJECT  BRX_REPOSITORY, OWNER/NAME; may be empty
#        BRX_UP, from here to the root  BRX_HOSTING, the settings' folder there
#        BRX_PLAN, GitHub's, when the program says it

brx_apply_usage() {
    printf '%s\n' "usage: ${0##*/} [--dry-run | --check] [--prune] [--yes]" \
        '' \
        "Makes the settings of ${BRX_REPOSITORY:-the repository} what the files" \
        "in $BRX_SETTINGS say." \
        '' \
        '--dry-run  says what would change, changes nothing' \
        '--check    the same, and ends with 3 when something differs' \
        '--prune    also deletes rulesets of broxc that no file says any more' \
        '--yes      does not ask' \
        '' \
        'Ends with 0 when GitHub is as the files say, 1 when something failed' \
        '(run it again: what is done is found), 2 for a wrong command, 3 when' \
        '--check found a difference, 4 when nobody confirmed or another run is' \
        'at work. It takes gh, signed in as an administrator, and jq.'
}

brx_apply_options() {
    local option
    BRX_CHECK='' BRX_PRUNE=''
    for option in "$@"; do
        case $option in
            --dry-run) BRX_DRY_RUN=yes ;;
            --check) BRX_DRY_RUN=yes BRX_CHECK=yes ;;
            --prune) BRX_PRUNE=yes ;;
            --yes) BRX_YES=yes ;;
            --help | -h)
                brx_apply_usage
                exit 0
                ;;
            *) brx_stop 2 "unknown argument $option; --help tells them all" ;;
        esac
    done
}

brx_apply_tools() {
    local tool missing=
    for tool in gh jq; do
        command -v "$tool" >/dev/null || missing+=" $tool"
    done
    [[ -z $missing ]] || brx_fail "these tools are missing:$missing"
}

brx_apply_left() {
    local id name
    BRX_LEFT=$(brx_hosting_left)
    while read -r id name; do
        [[ -n $id ]] || continue
        BRX_PLAN_CHANGES=$((BRX_PLAN_CHANGES + 1))
        brx_log "  left    ruleset      $name (no file says it; --prune deletes it)"
    done <<<"$BRX_LEFT"
}

brx_apply_prune() {
    local id name
    [[ -n $BRX_PRUNE ]] || return 0
    while read -r id name; do
        [[ -z $id ]] || brx_do "delete the ruleset $name" \
            brx_api_send "delete the ruleset $name" DELETE \
            "repos/$BRX_REPOSITORY/rulesets/$id"
    done <<<"$BRX_LEFT"
}

# What GitHub says afterwards is what counts.
brx_apply_proof() {
    brx_log "Looking again:"
    brx_hosting_begin
    brx_hosting_all
    ((BRX_PLAN_CHANGES == 0)) || brx_fail "GitHub took the changes and does" \
        "not show them; look at the differences above"
}

brx_apply_github() {
    # It is about all environments and none; --yes may stand for its word.
    BRX_TIER=shared
    BRX_SETTINGS=$(cd "$(dirname "${BASH_SOURCE[0]}")/$BRX_UP" && pwd)
    BRX_SETTINGS+=/$BRX_HOSTING
    brx_apply_options "$@"
    brx_apply_tools
    brx_lock apply-github
    brx_log "Settings of $BRX_REPOSITORY, from $BRX_SETTINGS:"
    brx_hosting_begin
    brx_hosting_all
    brx_apply_left
    brx_hosting_warn
    if ((BRX_PLAN_CHANGES > 0)) && [[ -z ${BRX_DRY_RUN:-} ]]; then
        brx_confirm APPLY "$BRX_PLAN_CHANGES settings would change."
        brx_steps_begin "$(brx_home)/apply-github" 1
        brx_step 1 "Change the settings" brx_hosting_do
        brx_apply_prune
        brx_apply_proof
        brx_steps_end
    fi
    brx_log "To be set by hand:"
    brx_inventory
    ((BRX_UNSET > 0)) || brx_log "  nothing that is required"
    brx_apply_verdict
}

brx_apply_verdict() {
    if [[ -n ${BRX_DRY_RUN:-} ]] && ((BRX_PLAN_CHANGES > 0)); then
        brx_log "$BRX_PLAN_CHANGES settings differ from the files"
        [[ -z $BRX_CHECK ]] || exit 3
        return
    fi
    brx_log "the settings are as the files say; $BRX_UNSET are to be set by hand"
    [[ -z $BRX_CHECK ]] || ((BRX_UNSET == 0)) || exit 3
}

# ---- the call ----

brx_apply_github "$@"
