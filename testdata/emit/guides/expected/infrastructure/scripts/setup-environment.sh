#!/usr/bin/env bash
# Sets an environment up, so that releases can come.
#
# Made by broxc. Facts come first: edit the program for them, not this file.
# What follows them is broxc's runtime as it is.
set -euo pipefail

# ---- facts ----

readonly BRX_PROJECT='kiosk'
readonly BRX_REPOSITORY='acme/kiosk'
readonly BRX_UP='../..'
readonly BRX_HOSTING='.github'
readonly BRX_PLAN=''
readonly BRX_REGISTRY='kiosk.azurecr.io'
readonly BRX_KUBERNETES='1.33 1.36'
readonly BRX_TENANT=''
readonly BRX_SUBSCRIPTION=''
readonly BRX_MANIFESTS='infrastructure/kubernetes'
readonly BRX_FACTS='test BRX_SHORT test
test BRX_TIER development
test BRX_CLUSTER kiosk-test
test BRX_RESOURCE_GROUP kiosk-test-rg
test BRX_NAMESPACE kiosk-test
test BRX_NODES 2
test BRX_BRANCH feature/it'\''s
test BRX_WORKFLOW cd-test.yml
test BRX_GITHUB test
test BRX_GITHUBS test
test BRX_IDENTITY kiosk-test-pipeline
test BRX_OVERLAY infrastructure/kubernetes/overlays/test
test BRX_VAULT kiosk-test-kv
test BRX_VAULT_IDENTITY kiosk-test-vault
test BRX_VAULT_HOLE VAULT_IDENTITY_TEST
test BRX_SECRETS database-url
test BRX_INGRESS_CLASS nginx
live BRX_SHORT live
live BRX_TIER production
live BRX_CLUSTER kiosk-live
live BRX_RESOURCE_GROUP kiosk-live-rg
live BRX_NAMESPACE kiosk-live
live BRX_NODES 6
live BRX_BRANCH main
live BRX_WORKFLOW cd-live.yml
live BRX_GITHUB live
live BRX_GITHUBS live
live BRX_GITHUBS live-approval-1
live BRX_IDENTITY kiosk-live-pipeline
live BRX_OVERLAY infrastructure/kubernetes/overlays/live
live BRX_VAULT kiosk-live-kv
live BRX_VAULT_IDENTITY kiosk-live-vault
live BRX_VAULT_HOLE VAULT_IDENTITY_LIVE
live BRX_SECRETS database-url
live BRX_INGRESS_CLASS nginx
live BRX_ADDRESS 203.0.113.30
live BRX_RECORDS shop.kiosk.example. 300 IN A 203.0.113.30
live BRX_URLS https://shop.kiosk.example/ready'

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

# ---- runtime/lib/facts.sh ----

# shellcheck shell=bash
# One script for many environments: a fact with lines `ENVIRONMENT NAME VALUE`.
# Needs log.sh.

# The environments and their short names, for a message.
brx_environment_names() {
    local environment name value said=
    while read -r environment name value; do
        [[ $name != BRX_SHORT ]] || said+=", $environment ($value)"
    done <<<"$BRX_FACTS"
    printf '%s\n' "${said#, }"
}

# The name of the environment that is called so, or has that short name;
# nothing when there is none.
brx_environment_find() {
    local environment name value
    while read -r environment name value; do
        if [[ $name == BRX_SHORT && ($environment == "$1" || $value == "$1") ]]; then
            printf '%s\n' "$environment"
            return
        fi
    done <<<"$BRX_FACTS"
}

# brx_environment NAME: its facts become read-only variables, and its own name
# BRX_ENVIRONMENT. A fact with several lines in the table has several lines.
brx_environment() {
    local environment name value names=
    BRX_ENVIRONMENT=$(brx_environment_find "$1")
    [[ -n $BRX_ENVIRONMENT ]] || brx_stop 2 \
        "there is no environment '$1'; there are $(brx_environment_names)"
    while read -r environment name value; do
        [[ $environment == "$BRX_ENVIRONMENT" ]] || continue
        [[ $name =~ ^BRX_[A-Z0-9_]+$ ]] ||
            brx_fail "a line of BRX_FACTS is not well formed: $name"
        if [[ " $names " == *" $name "* ]]; then
            value=${!name}$'\n'$value
        fi
        printf -v "$name" '%s' "$value"
        names+=" $name"
    done <<<"$BRX_FACTS"
    read -ra names <<<"BRX_ENVIRONMENT $names"
    readonly "${names[@]}"
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

# ---- runtime/lib/answer.sh ----

# shellcheck shell=bash
# Asking a tool for JSON. Needs log.sh, retry.sh and wait.sh.

# brx_answer_once TYPE COMMAND...: the answer is one and of that type, or there
# is none. It ends within two minutes.
brx_answer_once() {
    local type=$1 answer
    shift
    answer=$(brx_bounded 120 "$@") || return
    jq -sce --arg type "$type" 'select(map(type) == [$type]) | .[0]' \
        <<<"$answer" 2>/dev/null || {
        printf '%s gave no answer that can be read: %s\n' \
            "$1" "${answer:0:200}" >&2
        return 1
    }
}

# brx_answer WHAT TYPE COMMAND...: asked again when there is no answer; WHAT is
# for a message, `WHAT is not known`.
brx_answer() {
    local what=$1
    shift
    brx_retry 3 2 brx_answer_once "$@" ||
        brx_fail "$what is not known: $2 gave no answer"
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

# ---- runtime/setup/todo.sh ----

# shellcheck shell=bash
# What remains for a person, gathered until the end. Needs log.sh.

BRX_TODO=()

# brx_todo TEXT...: said now, and again in the summary.
brx_todo() {
    BRX_TODO+=("$*")
    brx_log "  by hand: $*"
}

brx_todo_list() {
    local i
    if ((${#BRX_TODO[@]} == 0)); then
        brx_log "Nothing remains to be done by hand."
        return
    fi
    brx_log "What remains to be done by hand:"
    for i in "${!BRX_TODO[@]}"; do
        brx_log "  $((i + 1)). ${BRX_TODO[i]}"
    done
}

# ---- runtime/setup/azure.sh ----

# shellcheck shell=bash
# Azure: identities that a pipeline and the vault's reader act as, and what
# they may. Nothing here holds a password. Needs answer.sh and steps.sh; reads
# BRX_RESOURCE_GROUP, BRX_ACCOUNT (of the subscription) and BRX_LOCATION.

# Every call names its subscription, so that nobody's default is changed.

# brx_az_list WHAT ARGUMENTS...: an array; what is absent is an empty one.
brx_az_list() {
    local what=$1
    shift
    brx_answer "$what" array az "$@" --subscription "$BRX_ACCOUNT" \
        --only-show-errors --output json
}

# brx_az_change ARGUMENTS...: a change; the next run finds what it did.
brx_az_change() {
    brx_bounded 600 az "$@" --subscription "$BRX_ACCOUNT" --only-show-errors \
        --output none </dev/null ||
        brx_fail "Azure refused: az ${*:1:3}; may you do that in" \
            "$BRX_RESOURCE_GROUP?"
}

# brx_identity NAME CLIENT: BRX_FOUND, the identity as {name, clientId,
# principalId, resourceGroup}; one of that client id, wherever it is, comes
# before one of that name. Made when there is none; empty in a rehearsal.
brx_identity() {
    local all
    all=$(brx_az_list "which identities there are" identity list)
    BRX_FOUND=$(jq -c --arg name "$1" --arg client "$2" \
        --arg group "$BRX_RESOURCE_GROUP" '
        ([.[] | select($client != "" and .clientId == $client)] + [.[]
            | select(.name == $name and (.resourceGroup | ascii_downcase)
                == ($group | ascii_downcase))])
        | first // empty' <<<"$all")
    if [[ -n $BRX_FOUND ]]; then
        brx_log "  identity $(jq -r .name <<<"$BRX_FOUND") is there"
        return
    fi
    brx_do "make the identity $1" brx_az_change identity create --name "$1" \
        --resource-group "$BRX_RESOURCE_GROUP" --location "$BRX_LOCATION"
    [[ -z ${BRX_DRY_RUN:-} ]] || return 0
    all=$(brx_az_list "which identities there are" identity list)
    BRX_FOUND=$(jq -c --arg name "$1" '[.[] | select(.name == $name)]
        | first // empty' <<<"$all")
    [[ -n $BRX_FOUND ]] || brx_fail "Azure does not show the identity $1"
}

# brx_federate NAME ISSUER SUBJECT: whoever GitHub or the cluster says to be
# SUBJECT is the identity in BRX_FOUND. Azure compares letter by letter, and
# takes 20 of them.
brx_federate() {
    local all identity group
    [[ -n $BRX_FOUND ]] || {
        brx_log "  would trust $3"
        return
    }
    identity=$(jq -r .name <<<"$BRX_FOUND")
    group=$(jq -r .resourceGroup <<<"$BRX_FOUND")
    all=$(brx_az_list "whom $identity trusts" identity federated-credential \
        list --identity-name "$identity" --resource-group "$group")
    if jq -e --arg issuer "$2" --arg subject "$3" 'any(.[];
        (.issuer | rtrimstr("/")) == ($issuer | rtrimstr("/"))
        and .subject == $subject)' <<<"$all" >/dev/null; then
        brx_log "  $identity trusts $3"
        return
    fi
    # One of this name that trusts somebody else is changed: Azure replaces it.
    if (($(jq --arg name "$1" 'map(select(.name != $name)) | length' \
        <<<"$all") >= 20)); then
        brx_fail "$identity trusts 20 subjects, the most that Azure takes;" \
            "take one away that is not needed any more"
    fi
    brx_do "let $identity trust $3" brx_az_change identity \
        federated-credential create --name "$1" --identity-name "$identity" \
        --resource-group "$group" --issuer "$2" --subject "$3" \
        --audiences api://AzureADTokenExchange
}

# brx_role ROLE SCOPE WHAT: the identity in BRX_FOUND has ROLE on WHAT.
brx_role() {
    local all principal
    [[ -n $BRX_FOUND ]] || {
        brx_log "  would give it the role $1 on $3"
        return
    }
    principal=$(jq -r .principalId <<<"$BRX_FOUND")
    all=$(brx_az_list "which roles there are on $3" role assignment list \
        --scope "$2" --include-inherited)
    if jq -e --arg role "$1" --arg principal "$principal" 'any(.[];
        .roleDefinitionName == $role and .principalId == $principal)' \
        <<<"$all" >/dev/null; then
        brx_log "  it has the role $1 on $3"
        return
    fi
    brx_do "give it the role $1 on $3" brx_az_change role assignment create \
        --assignee-object-id "$principal" \
        --assignee-principal-type ServicePrincipal --role "$1" --scope "$2"
}

# ---- runtime/setup/cluster.sh ----

# shellcheck shell=bash
# The cluster: the way to it, what it must have, what an administrator puts
# there. Needs answer.sh, azure.sh, steps.sh and todo.sh.

# brx_kube_get WHAT ARGUMENTS...: an object; nothing when there is none.
brx_kube_get() {
    local what=$1 answer
    shift
    answer=$(brx_retry 3 2 brx_bounded 60 kubectl get "$@" --ignore-not-found \
        --output json) || brx_fail "$what is not known: the cluster gave no answer"
    [[ -n $answer ]] || return 0
    jq -sce 'select(map(type) == ["object"]) | .[0]' <<<"$answer" \
        2>/dev/null ||
        brx_fail "$what is not known: no object in the cluster's answer"
}

# A kubeconfig of our own: nothing that was there can be picked by chance.
brx_setup_connect() {
    local clusters name
    clusters=$(brx_az_list "which clusters there are" aks list \
        --resource-group "$BRX_RESOURCE_GROUP")
    BRX_AKS=$(jq -c --arg name "$BRX_CLUSTER" \
        '[.[] | select(.name == $name)] | first // empty' <<<"$clusters")
    [[ -n $BRX_AKS ]] || brx_fail "there is no cluster $BRX_CLUSTER in" \
        "$BRX_RESOURCE_GROUP; make it first: az aks create --name" \
        "$BRX_CLUSTER --resource-group $BRX_RESOURCE_GROUP" \
        "--enable-oidc-issuer --enable-workload-identity --enable-aad"
    BRX_LOCATION=$(jq -r .location <<<"$BRX_AKS")
    KUBECONFIG=$BRX_FOLDER/kubeconfig
    export KUBECONFIG
    brx_retry 3 3 brx_bounded 120 az aks get-credentials --only-show-errors \
        --subscription "$BRX_ACCOUNT" --overwrite-existing \
        --resource-group "$BRX_RESOURCE_GROUP" --name "$BRX_CLUSTER" \
        --file "$KUBECONFIG" || brx_fail "no way to $BRX_CLUSTER"
    brx_bounded 60 kubelogin convert-kubeconfig --login azurecli \
        --kubeconfig "$KUBECONFIG" || brx_fail "kubelogin failed"
    name=$(brx_bounded 60 kubectl config view --minify \
        --output 'jsonpath={.clusters[0].name}') ||
        brx_fail "kubectl cannot read $KUBECONFIG"
    [[ $name == "$BRX_CLUSTER" ]] ||
        brx_fail "connected to '$name' instead of '$BRX_CLUSTER'"
    brx_log "  connected to $BRX_CLUSTER, in $BRX_LOCATION"
}

brx_setup_verify_cluster() {
    brx_verify_version
    brx_verify_nodes
    brx_verify_ingress
    brx_verify_part externalsecrets.external-secrets.io \
        'External Secrets Operator' "${BRX_VAULT:+needed}"
    brx_verify_part certificates.cert-manager.io cert-manager "${BRX_TLS:-}"
    BRX_OIDC=$(jq -r '.oidcIssuerProfile.issuerUrl // ""' <<<"$BRX_AKS")
    [[ -n $BRX_OIDC ]] || brx_fail "$BRX_CLUSTER vouches for nobody: az aks" \
        "update --name $BRX_CLUSTER --resource-group $BRX_RESOURCE_GROUP" \
        "--enable-oidc-issuer --enable-workload-identity"
    brx_bounded 60 kubectl auth can-i create namespaces >/dev/null ||
        brx_fail "you may not make namespaces in $BRX_CLUSTER: it takes an" \
            "administrator of the cluster"
}

brx_verify_version() {
    local version minor lowest highest
    version=$(brx_answer "the cluster's version" object kubectl version \
        --output json | jq -r '.serverVersion | "\(.major).\(.minor)"')
    [[ $version =~ ^1\.([0-9]+)\+?$ ]] ||
        brx_fail "the cluster says no version: $version"
    minor=${BASH_REMATCH[1]}
    lowest=${BRX_KUBERNETES%% *} highest=${BRX_KUBERNETES##* }
    if ((minor < ${lowest#1.} || minor > ${highest#1.})); then
        brx_fail "$BRX_CLUSTER runs Kubernetes $version; the manifests are" \
            "made for $lowest to $highest: upgrade it, or say so in \`project\`"
    fi
    brx_log "  Kubernetes $version"
}

brx_verify_nodes() {
    local ready
    ready=$(brx_answer "which nodes there are" object kubectl get nodes \
        --output json | jq '[.items[] | select(any(.status.conditions[]?;
            .type == "Ready" and .status == "True"))] | length')
    if [[ -n ${BRX_NODES:-} ]] && ((ready < BRX_NODES)); then
        brx_todo "$BRX_CLUSTER has $ready nodes that are ready; the program" \
            "counts on $BRX_NODES"
    fi
    brx_log "  $ready nodes are ready"
}

brx_verify_ingress() {
    local class
    [[ -n ${BRX_INGRESS_CLASS:-} ]] || return 0
    class=$(brx_kube_get "the ingress class" ingressclass "$BRX_INGRESS_CLASS")
    [[ -n $class ]] || brx_fail "$BRX_CLUSTER has no ingress class" \
        "$BRX_INGRESS_CLASS: install its controller (for application routing:" \
        "az aks approuting enable)"
    brx_log "  ingress class $BRX_INGRESS_CLASS"
}

# brx_verify_part CRD NAME NEEDED: what others install.
brx_verify_part() {
    local found
    [[ -n $3 ]] || return 0
    found=$(brx_kube_get "whether $2 is there" crd "$1")
    [[ -n $found ]] || brx_fail "$BRX_CLUSTER has no $2: install it with Helm," \
        "then run this again"
    brx_log "  $2 is installed"
}

brx_setup_render() {
    BRX_RENDERED=$BRX_FOLDER/rendered.yaml
    [[ -d $BRX_ROOT/$BRX_OVERLAY ]] ||
        brx_fail "there is no $BRX_OVERLAY: build the program first"
    brx_bounded 60 kubectl kustomize "$BRX_ROOT/$BRX_OVERLAY" \
        >"$BRX_RENDERED" || brx_fail "$BRX_OVERLAY cannot be rendered"
    [[ -s $BRX_RENDERED ]] || brx_fail "$BRX_OVERLAY renders to nothing"
}

# brx_kube_apply ARGUMENTS...: as the pipelines do it, so that nobody fights.
brx_kube_apply() {
    brx_bounded 300 kubectl apply --server-side --field-manager=broxc \
        "$@" 2>&1 | brx_foreign || brx_fail "the cluster refused the objects"
}

# The namespace, the pipeline's Role, quota and defaults: what no pipeline may
# change.
brx_setup_namespace() {
    local namespace phase
    brx_setup_render
    namespace=$(brx_kube_get "the namespace" namespace "$BRX_NAMESPACE")
    phase=$(jq -rn --argjson namespace "${namespace:-null}" \
        '$namespace.status.phase // "absent"')
    [[ $phase != Terminating ]] ||
        brx_fail "namespace $BRX_NAMESPACE is being deleted: wait until it is gone"
    brx_log "  namespace $BRX_NAMESPACE is $phase"
    brx_do "apply the namespace, roles, quota and defaults" brx_kube_apply \
        --selector broxc/applied-by=administrator --filename "$BRX_RENDERED"
    [[ -z ${BRX_DRY_RUN:-} ]] || return 0
    namespace=$(brx_kube_get "the namespace" namespace "$BRX_NAMESPACE")
    [[ -n $namespace ]] ||
        brx_fail "the cluster does not show the namespace $BRX_NAMESPACE"
}

# The Role is bound to a group; on AKS the pipeline's identity is a user, known
# by the number of its principal.
brx_setup_bind() {
    local principal
    [[ -n $BRX_FOUND ]] || {
        brx_log "  would bind it to the Role deployer"
        return
    }
    principal=$(jq -r .principalId <<<"$BRX_FOUND")
    jq -n --arg namespace "$BRX_NAMESPACE" --arg principal "$principal" '{
        apiVersion: "rbac.authorization.k8s.io/v1", kind: "RoleBinding",
        metadata: {name: "deployer-identity", namespace: $namespace,
            labels: {"app.kubernetes.io/managed-by": "broxc",
                "broxc/applied-by": "administrator"}},
        roleRef: {apiGroup: "rbac.authorization.k8s.io", kind: "Role",
            name: "deployer"},
        subjects: [{apiGroup: "rbac.authorization.k8s.io", kind: "User",
            name: $principal}]}' >"$BRX_FOLDER/binding.json"
    brx_do "bind it to the Role deployer" brx_kube_apply \
        --filename "$BRX_FOLDER/binding.json"
}

# Everything but what runs: pods come with the first release, whose pipeline
# knows the images.
brx_setup_base() {
    local file
    brx_setup_render
    brx_bounded 120 kubectl create --dry-run=client --output json \
        --filename "$BRX_RENDERED" | jq -s '{apiVersion: "v1", kind: "List",
            items: [.[] | if .kind == "List" then .items[] else . end
            | select(.kind as $kind | ["Deployment", "StatefulSet", "CronJob",
                "Job", "HorizontalPodAutoscaler", "PodDisruptionBudget"]
                | index($kind) | not)]}' >"$BRX_FOLDER/base.json" ||
        brx_fail "the cluster does not know all the objects of $BRX_OVERLAY"
    [[ $(jq '.items | length' "$BRX_FOLDER/base.json") != 0 ]] ||
        brx_fail "$BRX_OVERLAY holds no objects"
    for file in "$BRX_ROOT/$BRX_MANIFESTS"/cluster/*.yaml; do
        [[ ! -f $file ]] || brx_do "apply ${file##*/} to the whole cluster" \
            brx_kube_apply --filename "$file"
    done
    brx_do "apply $(jq '.items | length' "$BRX_FOLDER/base.json") base objects" \
        brx_kube_apply --filename "$BRX_FOLDER/base.json"
}

# ---- runtime/setup/identity.sh ----

# shellcheck shell=bash
# Who a pipeline is at Azure, who reads the vault, and what GitHub is told of
# it. Needs azure.sh, cluster.sh, github-api.sh, plan.sh, inventory.sh, todo.sh.

# What GitHub says of a job that runs in an environment. Repositories made or
# renamed after the summer of 2026 have their numbers in it; GitHub itself says
# which form this one has.
brx_subject() {
    local answer prefix
    answer=$(brx_api_get "how it names its jobs" \
        "repos/$BRX_REPOSITORY/actions/oidc/customization/sub")
    [[ $(jq -rn --argjson answer "${answer:-null}" \
        '$answer.use_default == false') == false ]] ||
        brx_fail "$BRX_REPOSITORY has a subject of its own for OIDC: set it" \
            "back to GitHub's default, or make the credentials by hand"
    prefix=$(jq -rn --argjson answer "${answer:-null}" \
        '$answer.sub_claim_prefix // ""')
    if [[ -z $prefix ]]; then
        [[ $(jq -rn --argjson answer "${answer:-null}" \
            '$answer.use_immutable_subject // false') == false ]] ||
            prefix=$(brx_subject_numbers)
        prefix=${prefix:-repo:$BRX_REPOSITORY}
    fi
    printf '%s:environment:%s\n' "$prefix" "$1"
}

brx_subject_numbers() {
    brx_api_get "the numbers of $BRX_REPOSITORY" "repos/$BRX_REPOSITORY" |
        jq -r '(.full_name | split("/")) as [$owner, $name]
            | "repo:\($owner)@\(.owner.id)/\($name)@\(.id)"'
}

brx_setup_pipeline_identity() {
    local subject registry all
    subject=$(brx_subject "$BRX_GITHUB")
    brx_identity "$BRX_IDENTITY" ''
    brx_federate "github-$BRX_SHORT" \
        https://token.actions.githubusercontent.com "$subject"
    brx_role "Azure Kubernetes Service Cluster User Role" \
        "$(jq -r .id <<<"$BRX_AKS")" "$BRX_CLUSTER"
    if [[ $BRX_REGISTRY == *.azurecr.* ]]; then
        all=$(brx_az_list "which registries there are" acr list)
        registry=$(jq -r --arg server "$BRX_REGISTRY" \
            '[.[] | select(.loginServer == $server)] | first // {}
            | .id // empty' <<<"$all")
        if [[ -n $registry ]]; then
            brx_role AcrPush "$registry" "$BRX_REGISTRY"
        else
            brx_todo "make the registry $BRX_REGISTRY, or give $BRX_IDENTITY" \
                "the role AcrPush on it where it is"
        fi
    fi
    brx_setup_bind
    brx_setup_variable "$BRX_GITHUB"
}

# brx_setup_variable NAME: the pipeline finds its identity in a variable of the
# GitHub environment NAME.
brx_setup_variable() {
    local path have client=
    [[ -n $BRX_FOUND ]] || {
        brx_log "  would set AZURE_CLIENT_ID of $1"
        return
    }
    client=$(jq -r .clientId <<<"$BRX_FOUND")
    path=$(brx_environment_path "$1")/variables
    have=$(brx_api_list "which variables $1 has" \
        "$path?per_page=30" variables)
    have=$(jq -r 'map(select(.name == "AZURE_CLIENT_ID")) | first // {}
        | .value // ""' <<<"$have")
    if [[ $have == "$client" ]]; then
        brx_log "  AZURE_CLIENT_ID of $1 is set"
    elif [[ -z $have ]]; then
        brx_do "set AZURE_CLIENT_ID of $1" brx_api_send \
            "set AZURE_CLIENT_ID" POST "$path" "$(brx_client_body "$client")"
    else
        brx_do "change AZURE_CLIENT_ID of $1" brx_api_send \
            "change AZURE_CLIENT_ID" PATCH "$path/AZURE_CLIENT_ID" \
            "$(brx_client_body "$client")"
    fi
}

brx_client_body() {
    jq -cn --arg value "$1" '{name: "AZURE_CLIENT_ID", value: $value}'
}

brx_setup_vault() {
    local vaults vault client
    [[ -n ${BRX_VAULT:-} ]] || return 0
    vaults=$(brx_az_list "which vaults there are" keyvault list)
    vault=$(jq -r --arg name "$BRX_VAULT" \
        '[.[] | select(.name == $name)] | first // {} | .id // empty' \
        <<<"$vaults")
    if [[ -z $vault ]]; then
        brx_do "make the vault $BRX_VAULT" brx_az_change keyvault create \
            --name "$BRX_VAULT" --resource-group "$BRX_RESOURCE_GROUP" \
            --location "$BRX_LOCATION" --enable-rbac-authorization true \
            --enable-purge-protection true
        [[ -z ${BRX_DRY_RUN:-} ]] || return 0
        vaults=$(brx_az_list "which vaults there are" keyvault list)
        vault=$(jq -r --arg name "$BRX_VAULT" \
            '[.[] | select(.name == $name)] | first // {} | .id // empty' \
            <<<"$vaults")
        [[ -n $vault ]] || brx_fail "Azure does not show the vault $BRX_VAULT"
    else
        brx_log "  vault $BRX_VAULT is there"
    fi
    # The pipeline that reminds of old secrets reads their dates, no value.
    [[ -z ${BRX_REMIND:-} ]] || {
        brx_identity "$BRX_IDENTITY" ''
        brx_role "Key Vault Reader" "$vault" "$BRX_VAULT"
    }
    brx_identity "$BRX_VAULT_IDENTITY" "${BRX_VAULT_CLIENT:-}"
    brx_federate "vault-$BRX_SHORT" "$BRX_OIDC" \
        "system:serviceaccount:$BRX_NAMESPACE:vault-reader"
    brx_role "Key Vault Secrets User" "$vault" "$BRX_VAULT"
    if [[ -n $BRX_FOUND ]]; then
        client=$(jq -r .clientId <<<"$BRX_FOUND")
        [[ $client == "${BRX_VAULT_CLIENT:-}" ]] ||
            brx_todo "say in the program who reads $BRX_VAULT, build it and" \
                "commit: ${BRX_VAULT_HOLE:+given $BRX_VAULT_HOLE $client, or }" \
                "identity $client at its \`vault\`"
    fi
    brx_setup_secrets
}

# Names alone: a secret's value is never asked for.
brx_setup_secrets() {
    local have name
    if ! have=$(brx_answer_once array az keyvault secret list --vault-name \
        "$BRX_VAULT" --subscription "$BRX_ACCOUNT" --only-show-errors \
        --output json); then
        brx_todo "see that the vault $BRX_VAULT has these secrets (you may" \
            "not list them): ${BRX_SECRETS//$'\n'/, }"
        return
    fi
    for name in ${BRX_SECRETS:-}; do
        if jq -e --arg name "$name" 'any(.[]; .name == $name)' \
            <<<"$have" >/dev/null; then
            brx_log "  secret $name is in $BRX_VAULT"
        else
            brx_todo "az keyvault secret set --vault-name $BRX_VAULT --name" \
                "$name --file FILE"
        fi
    done
}

# The GitHub environments of this environment: itself and its gates.
brx_setup_github() {
    BRX_ONLY=$BRX_GITHUBS
    brx_hosting_begin
    brx_hosting_environments
    brx_hosting_warn
    brx_hosting_do
}

# ---- runtime/setup/preview.sh ----

# shellcheck shell=bash
# Who brings pull requests into the cluster: an identity that is nobody else's,
# since whoever may push a branch is it. Needs azure.sh, cluster.sh, identity.sh
# and todo.sh; reads BRX_PREVIEW, the GitHub environment, BRX_PREVIEW_IDENTITY
# and BRX_PREVIEW_ROLE, the ClusterRole.

# The admission policy is there before anybody is bound.
brx_setup_preview() {
    local subject
    [[ -n ${BRX_PREVIEW:-} ]] || return 0
    brx_setup_preview_rights
    subject=$(brx_subject "$BRX_PREVIEW")
    brx_identity "$BRX_PREVIEW_IDENTITY" ''
    brx_federate github-preview \
        https://token.actions.githubusercontent.com "$subject"
    brx_role "Azure Kubernetes Service Cluster User Role" \
        "$(jq -r .id <<<"$BRX_AKS")" "$BRX_CLUSTER"
    brx_setup_preview_bind
    brx_setup_variable "$BRX_PREVIEW"
    brx_setup_preview_registry
}

brx_setup_preview_rights() {
    local rights=$BRX_MANIFESTS/previews/rights.yaml
    [[ -f $BRX_ROOT/$rights ]] ||
        brx_fail "there is no $rights: build the program first"
    brx_do "apply $rights to the whole cluster" brx_kube_apply \
        --filename "$BRX_ROOT/$rights"
}

# It may make and delete namespaces, which RBAC knows for the whole cluster
# alone; the policy holds it to those of previews.
brx_setup_preview_bind() {
    local principal
    [[ -n $BRX_FOUND ]] || {
        brx_log "  would bind it to the ClusterRole $BRX_PREVIEW_ROLE"
        return
    }
    principal=$(jq -r .principalId <<<"$BRX_FOUND")
    jq -n --arg role "$BRX_PREVIEW_ROLE" --arg principal "$principal" '{
        apiVersion: "rbac.authorization.k8s.io/v1", kind: "ClusterRoleBinding",
        metadata: {name: "\($role)-identity",
            labels: {"app.kubernetes.io/managed-by": "broxc",
                "broxc/applied-by": "administrator"}},
        roleRef: {apiGroup: "rbac.authorization.k8s.io", kind: "ClusterRole",
            name: $role},
        subjects: [{apiGroup: "rbac.authorization.k8s.io", kind: "User",
            name: $principal}]}' >"$BRX_FOLDER/preview.json"
    brx_do "bind it to the ClusterRole $BRX_PREVIEW_ROLE" brx_kube_apply \
        --filename "$BRX_FOLDER/preview.json"
}

# A role on the whole registry would let a branch replace images of releases; on
# a part of it, only a registry with attribute-based access has roles, and a
# person says of which part.
brx_setup_preview_registry() {
    local role='Container Registry Repository Writer' all principal
    [[ $BRX_REGISTRY == *.azurecr.* ]] || {
        brx_todo "let $BRX_PREVIEW_IDENTITY push to $BRX_REGISTRY/previews/," \
            "and nowhere else"
        return
    }
    all=$(brx_az_list "which registries there are" acr list)
    all=$(jq -r --arg server "$BRX_REGISTRY" '[.[]
        | select(.loginServer == $server)] | first // {} | .id // empty' \
        <<<"$all")
    principal=$(jq -rn --argjson found "${BRX_FOUND:-null}" \
        '$found.principalId // "nobody"')
    if [[ -n $all ]]; then
        all=$(brx_az_list "which roles there are on $BRX_REGISTRY" \
            role assignment list --scope "$all" --include-inherited)
    fi
    if jq -e --arg role "$role" --arg principal "$principal" 'any(.[];
        .roleDefinitionName == $role and .principalId == $principal)' \
        <<<"${all:-[]}" >/dev/null; then
        brx_log "  it has the role $role on $BRX_REGISTRY"
    else
        brx_todo "give $BRX_PREVIEW_IDENTITY the role $role on $BRX_REGISTRY," \
            "with a condition on the repositories previews/: az acr update" \
            "--role-assignment-mode rbac-abac, then az role assignment create" \
            "--condition"
    fi
}

# ---- runtime/setup/proof.sh ----

# shellcheck shell=bash
# Does it work: what the cluster says of secrets and certificates, what names
# lead to, what hosts answer. Needs cluster.sh and todo.sh.

# brx_unready KIND: the names of those that are not ready, and why; nothing when
# all are.
brx_unready() {
    brx_answer "how the ${1%%.*} are" object kubectl --namespace \
        "$BRX_NAMESPACE" get "$1" --output json |
        jq -r '.items[] | ([.status.conditions[]? | select(.type == "Ready")]
            | first // {status: "Unknown", message: "nothing is said of it yet"})
            as $ready | select($ready.status != "True")
            | "\(.metadata.name): \($ready.message // $ready.reason // "not ready")"'
}

brx_all_ready() {
    local left
    left=$(brx_unready "$1") || return
    [[ -z $left ]]
}

# Waits for one kind, then says what is not ready; that is a person's to mend,
# since the pipeline is stopped by it and nothing else is.
brx_wait_for() {
    local left
    [[ -z ${BRX_DRY_RUN:-} ]] || return 0
    brx_until "$2" 10 brx_all_ready "$1" && {
        brx_log "  ${1%%.*}: all are ready"
        return
    }
    left=$(brx_unready "$1")
    [[ -z $left ]] || brx_todo "$3: ${left//$'\n'/; }"
}

brx_setup_wait() {
    [[ -z ${BRX_VAULT:-} ]] ||
        brx_wait_for externalsecrets.external-secrets.io 180 \
            "put the secrets into $BRX_VAULT; what the cluster says"
    [[ -z ${BRX_TLS:-} ]] || brx_wait_for certificates.cert-manager.io 180 \
        "certificates come when their names lead here; what the cluster says"
    brx_setup_deployments
}

brx_setup_deployments() {
    local names name
    names=$(brx_answer "what runs in $BRX_NAMESPACE" object kubectl \
        --namespace "$BRX_NAMESPACE" get deployments --output json |
        jq -r '.items[] | select(.spec.replicas != 0) | .metadata.name')
    [[ -n $names ]] || {
        brx_log "  nothing runs yet: the first release comes by the pipeline"
        return
    }
    for name in $names; do
        if brx_bounded 330 kubectl --namespace "$BRX_NAMESPACE" rollout status \
            "deployment/$name" --timeout 300s >/dev/null; then
            brx_log "  $name is well"
        else
            brx_todo "see to $name: it does not become healthy"
        fi
    done
}

# The address that the cluster itself shows, beside the one that was declared.
brx_setup_address() {
    local shown
    BRX_INGRESS_AT=''
    shown=$(brx_answer "which ingresses there are" object kubectl --namespace \
        "$BRX_NAMESPACE" get ingresses --output json |
        jq -r '[.items[].status.loadBalancer.ingress[]? | .ip // .hostname]
            | unique | join(" ")')
    BRX_INGRESS_AT=${shown%% *}
    if [[ -z $shown ]]; then
        brx_log "  the ingress has no address yet"
    elif [[ -z ${BRX_ADDRESS:-} ]]; then
        brx_todo "write the address $shown at the ingress of" \
            "$BRX_ENVIRONMENT, build the program and commit"
    elif [[ " $shown " != *" $BRX_ADDRESS "* ]]; then
        brx_todo "the ingress is at $shown, the program says $BRX_ADDRESS"
    else
        brx_log "  the ingress is at $BRX_ADDRESS"
    fi
}

# The records as a zone file has them, and whether the world sees them.
brx_setup_names() {
    local owner ttl class type value found
    while read -r owner ttl class type value; do
        [[ -n $owner ]] || continue
        [[ $value != \?* ]] || value=${BRX_INGRESS_AT:-$value}
        found=$(brx_bounded 20 getent ahosts "${owner%.}" 2>/dev/null |
            awk '{print $1}' | sort -u | tr '\n' ' ') || found=
        if [[ -n $found && " $found" == *" $value "* ]]; then
            brx_log "  ${owner%.} leads to $value"
        else
            brx_todo "DNS: $owner $ttl $class $type $value" \
                "(now: ${found:-nothing})"
        fi
    done <<<"${BRX_RECORDS:-}"
}

brx_setup_urls() {
    local url
    for url in ${BRX_URLS:-}; do
        if brx_bounded 30 curl --silent --show-error --fail --output /dev/null \
            --proto '=https' --max-time 20 "$url" 2>/dev/null; then
            brx_log "  $url answers"
        else
            brx_log "  $url does not answer yet"
        fi
    done
}

brx_setup_health() {
    brx_setup_address
    brx_setup_names
    brx_setup_urls
}

# ---- runtime/setup/setup.sh ----

# needs: lib/log.sh lib/retry.sh lib/exit.sh lib/home.sh lib/wait.sh lib/journal.sh lib/audit.sh lib/lock.sh lib/facts.sh lib/confirm.sh lib/steps.sh lib/answer.sh lib/github-api.sh hosting/compare.sh hosting/kinds.sh hosting/plan.sh hosting/inventory.sh setup/todo.sh setup/azure.sh setup/cluster.sh setup/identity.sh setup/preview.sh setup/proof.sh
# shellcheck shell=bash
# Sets an environment up, so that its pipeline can release to it: eleven steps,
# each of which looks first and does what is missing. It may be run whenever
# something is in doubt; what stands is left as it is.
#
# facts  BRX_PROJECT BRX_REPOSITORY BRX_REGISTRY BRX_KUBERNETES, `1.33 1.36`
#        BRX_TENANT BRX_SUBSCRIPTION, as far as the program says them
#        BRX_UP, from here to the root  BRX_HOSTING BRX_MANIFESTS, folders there
#        BRX_FACTS, what each environment is

BRX_SETUP_STEPS='Check prerequisites
Set environment variables
Authenticate with Azure
Connect to AKS cluster
Verify cluster configuration
Create or verify namespace
Set up identities and secrets
Deploy base resources
Wait for deployments
Run health checks
Print summary'

brx_setup_usage() {
    printf '%s\n' "usage: ${0##*/} ENVIRONMENT [--dry-run] [--from STEP] [--yes]" \
        "       ${0##*/} --list" \
        '' \
        'Sets an environment up. Environments:' \
        "    $(brx_environment_names)" \
        '' \
        '--dry-run    looks at everything, changes nothing' \
        '--from STEP  begins at this step; what it stands on is done all the same' \
        '--list       names the steps' \
        '--yes        stands for the typed word; never in production' \
        '' \
        'It takes az, signed in, kubectl, kubelogin, gh, signed in, jq and curl,' \
        'and the rights of an administrator. NO_COLOR is heard.' \
        '' \
        'Ends with 0 when the steps are through (the summary says what remains' \
        'by hand), 1 when a step failed (mend it and run it again: what stands' \
        'is found), 2 for a wrong command, 4 when nobody confirmed or another' \
        'run is at work.'
}

brx_setup_list() {
    local line number=0
    while IFS= read -r line; do
        number=$((number + 1))
        printf '%2d  %s\n' "$number" "$line"
    done <<<"$BRX_SETUP_STEPS"
}

brx_setup_options() {
    local name=
    while (($#)); do
        case $1 in
            --dry-run) BRX_DRY_RUN=yes ;;
            --yes) BRX_YES=yes ;;
            --from)
                (($# > 1)) || brx_stop 2 '--from needs the number of a step'
                BRX_FROM=$2
                shift
                ;;
            --list)
                brx_setup_list
                exit 0
                ;;
            --help | -h)
                brx_setup_usage
                exit 0
                ;;
            -*) brx_stop 2 "unknown option $1; --help tells them all" ;;
            *)
                [[ -z $name ]] || brx_stop 2 'one environment at a time'
                name=$1
                ;;
        esac
        shift
    done
    [[ -n $name ]] || {
        brx_setup_usage >&2
        brx_stop 2 'name an environment'
    }
    [[ ${BRX_FROM:-1} =~ ^([1-9]|1[01])$ ]] ||
        brx_stop 2 "no step is called $BRX_FROM; --list names them"
    brx_environment "$name"
}

# What later steps read even when the program says nothing of it.
brx_setup_defaults() {
    BRX_ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/$BRX_UP" && pwd)
    BRX_SETTINGS=$BRX_ROOT/$BRX_HOSTING
    BRX_FOUND='' BRX_OIDC='' BRX_AKS='' BRX_ACCOUNT=''
    BRX_FOLDER=$(mktemp -d "${TMPDIR:-/tmp}/broxc.XXXXXX")
    brx_at_exit brx_setup_clear
}

brx_setup_clear() {
    rm -rf -- "$BRX_FOLDER"
}

brx_setup_tools() {
    local tool missing=
    for tool in az kubectl kubelogin gh jq curl getent; do
        command -v "$tool" >/dev/null || missing+=" $tool"
    done
    [[ -z $missing ]] || brx_fail "these tools are missing:$missing"
    [[ -n $BRX_REPOSITORY ]] ||
        brx_fail "the program names no repository: write it in \`project\`"
    brx_log "  all tools are there"
}

brx_setup_say_facts() {
    local name
    for name in BRX_ENVIRONMENT BRX_TIER BRX_CLUSTER BRX_RESOURCE_GROUP \
        BRX_NAMESPACE BRX_VAULT BRX_REGISTRY BRX_GITHUB BRX_BRANCH; do
        printf '  %-20s %s\n' "$name" "${!name:--}"
    done
}

# Nobody's sign-in is changed: a wrong one is said.
brx_setup_account() {
    local account tenant group
    account=$(brx_answer "who you are at Azure (az login)" object az account \
        show ${BRX_SUBSCRIPTION:+--subscription "$BRX_SUBSCRIPTION"} \
        --only-show-errors --output json)
    BRX_ACCOUNT=$(jq -r '.id // ""' <<<"$account")
    tenant=$(jq -r '.tenantId // ""' <<<"$account")
    [[ -n $BRX_ACCOUNT ]] || brx_fail "Azure names no subscription; az login"
    [[ -z $BRX_TENANT || $BRX_TENANT == "$tenant" ]] ||
        brx_fail "you are signed in to the tenant $tenant; the program says" \
            "$BRX_TENANT: az login --tenant $BRX_TENANT"
    group=$(brx_az_list "which resource groups there are" group list)
    jq -e --arg name "$BRX_RESOURCE_GROUP" 'any(.[]; (.name | ascii_downcase)
        == ($name | ascii_downcase))' <<<"$group" >/dev/null ||
        brx_fail "there is no resource group $BRX_RESOURCE_GROUP: az group" \
            "create --name $BRX_RESOURCE_GROUP --location LOCATION"
    brx_log "  $(jq -r '"\(.user.name) in \(.name)"' <<<"$account")"
}

# The last look before the first change.
brx_setup_confirm() {
    ((${BRX_FROM:-1} <= 8)) || return 0
    [[ $BRX_TIER == production ]] || return 0
    brx_confirm "$BRX_ENVIRONMENT" \
        "From here on $BRX_CLUSTER, Azure and GitHub are changed."
}

brx_setup_identities() {
    brx_setup_github
    brx_setup_pipeline_identity
    brx_setup_vault
    brx_setup_preview
}

brx_setup_summary() {
    BRX_ONLY=$BRX_GITHUBS
    brx_inventory
    ((BRX_UNSET == 0)) || BRX_TODO+=("set what is \`not set\` above at GitHub")
    brx_todo_list
    brx_log "Then push to the branch $BRX_BRANCH: $BRX_WORKFLOW releases to" \
        "$BRX_ENVIRONMENT."
}

brx_setup_steps() {
    local names
    mapfile -t names <<<"$BRX_SETUP_STEPS"
    brx_step_always 1 "${names[0]}" brx_setup_tools
    brx_step_always 2 "${names[1]}" brx_setup_say_facts
    brx_step_always 3 "${names[2]}" brx_setup_account
    brx_step_always 4 "${names[3]}" brx_setup_connect
    brx_step_always 5 "${names[4]}" brx_setup_verify_cluster
    brx_setup_confirm
    brx_step 6 "${names[5]}" brx_setup_namespace
    brx_step 7 "${names[6]}" brx_setup_identities
    brx_step 8 "${names[7]}" brx_setup_base
    brx_step 9 "${names[8]}" brx_setup_wait
    brx_step 10 "${names[9]}" brx_setup_health
    brx_step 11 "${names[10]}" brx_setup_summary
}

brx_setup() {
    brx_setup_options "$@"
    brx_refuse_yes
    brx_setup_defaults
    brx_lock "setup-$BRX_ENVIRONMENT"
    brx_steps_begin "$(brx_home)/setup-$BRX_ENVIRONMENT" 11
    brx_setup_steps
    brx_steps_end
}

# ---- the call ----

brx_setup "$@"
