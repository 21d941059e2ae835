#!/usr/bin/env bash
# Moves a release from one environment to the next.
#
# Made by broxc. Facts come first: edit the program for them, not this file.
# What follows them is broxc's runtime as it is.
set -euo pipefail

# ---- facts ----

readonly BRX_PROJECT='kiosk'
readonly BRX_REPOSITORY='acme/kiosk'
readonly BRX_DENIED=''
readonly BRX_REGISTRY='kiosk.azurecr.io'
readonly BRX_EDGES='staging production'
readonly BRX_NEVER=''
readonly BRX_EDGE_FACTS='staging production BRX_TIER production
staging production BRX_HEALTHY yes
staging production BRX_APPROVALS 1
staging production BRX_REVIEWS 0
staging production BRX_TAGS yes
staging production BRX_NOTIFY releases'
readonly BRX_FACTS='staging BRX_SHORT staging
staging BRX_CLUSTER kiosk-staging
staging BRX_RESOURCE_GROUP kiosk-staging-rg
staging BRX_NAMESPACE kiosk-staging
staging BRX_WAY blue-green
staging BRX_COLOR_LABEL broxc/colour
staging BRX_SERVICES api
staging BRX_SERVICES web
staging BRX_ROLLS admin
staging BRX_ROLLS mailer
staging BRX_REPOSITORIES api kiosk.azurecr.io/api
staging BRX_REPOSITORIES web kiosk.azurecr.io/web
staging BRX_REPOSITORIES admin kiosk.azurecr.io/admin
staging BRX_REPOSITORIES mailer kiosk.azurecr.io/mailer
staging BRX_REPOSITORIES report kiosk.azurecr.io/report
staging BRX_URLS https://api.staging.kiosk.example/health/ready
staging BRX_URLS https://staging.kiosk.example/health/ready
staging BRX_BRANCH develop
staging BRX_WORKFLOW cd-staging.yml
production BRX_SHORT prod
production BRX_CLUSTER kiosk-prod
production BRX_RESOURCE_GROUP kiosk-prod-rg
production BRX_NAMESPACE kiosk-production
production BRX_WAY blue-green
production BRX_COLOR_LABEL broxc/colour
production BRX_SERVICES api
production BRX_SERVICES web
production BRX_ROLLS admin
production BRX_ROLLS mailer
production BRX_REPOSITORIES api kiosk.azurecr.io/api
production BRX_REPOSITORIES web kiosk.azurecr.io/web
production BRX_REPOSITORIES admin kiosk.azurecr.io/admin
production BRX_REPOSITORIES mailer kiosk.azurecr.io/mailer
production BRX_REPOSITORIES report kiosk.azurecr.io/report
production BRX_URLS https://api.kiosk.example/health/ready
production BRX_URLS https://kiosk.example/health/ready
production BRX_BRANCH main
production BRX_WORKFLOW cd-prod.yml'

# ---- runtime/lib/way-rolling.sh ----

# shellcheck shell=bash
# runs: pipeline/render.sh pipeline/deploy-rolling.sh
# Where Deployments are replaced pod by pod; see lib/way.sh. Needs rollout.sh
# and step.sh.

# What SERVICE serves with now, by digest; nothing when it does not run.
brx_rolling_image() {
    brx_rolled "$1" | jq -rn --arg name "${1##*/}" 'input? // {}
        | [.spec.template.spec.containers[]? | select(.name == $name)
            | .image] | first // ""'
}

# The Deployments that serve.
brx_rolling_serving() {
    printf '%s\n' "$1"
}

# There is no second colour to turn to.
brx_rolling_road() {
    local image
    image=$(brx_rolling_image "$1")
    if [[ $image == "$2" ]]; then
        printf 'there\n'
    else
        printf 'deploy\n'
    fi
}

brx_rolling_deploy() {
    brx_pipeline 300 render "BRX_OVERLAY=$1" "BRX_IMAGES=$2" \
        "BRX_NAMESPACE=$BRX_NAMESPACE"
    brx_pipeline 3600 deploy-rolling "BRX_NAMESPACE=$BRX_NAMESPACE" \
        "BRX_RENDERED=$(brx_result rendered)" "BRX_COUNTS=$BRX_COUNTS" \
        "BRX_TIMEOUT=$BRX_TIMEOUT"
}

# brx_rolling_rest RENDERED: what stands beside services that come another way.
brx_rolling_rest() {
    [[ -n ${BRX_LATER:-} ]] || return 0
    brx_pipeline 3600 deploy-rolling "BRX_NAMESPACE=$BRX_NAMESPACE" \
        "BRX_RENDERED=$1" "BRX_COUNTS=${BRX_ROLL_COUNTS:-}" \
        "BRX_ONLY=$BRX_LATER" "BRX_TIMEOUT=$BRX_TIMEOUT"
}

# ---- runtime/lib/way-blue-green.sh ----

# shellcheck shell=bash
# runs: pipeline/colours.sh pipeline/render.sh pipeline/deploy-blue-green.sh pipeline/health.sh pipeline/switch-traffic.sh pipeline/roll-back-blue-green.sh
# Where two colours stand beside each other, also with a canary: going back is
# never shared out. See lib/way.sh. Needs rollout.sh, colour.sh, step.sh and
# way-rolling.sh.

brx_blue_green_image() {
    local live
    live=$(brx_live "$1")
    brx_colour_image "$1" "$live"
}

# brx_colour_image SERVICE COLOUR
brx_colour_image() {
    brx_get deployment "$1-$2" | jq -rn --arg name "$1" 'input? // {}
        | [.spec.template.spec.containers[]? | select(.name == $name)
            | .image] | first // ""'
}

brx_blue_green_serving() {
    local live
    live=$(brx_live "$1")
    printf '%s-%s\n' "$1" "$live"
}

# The other colour is turned to while it still holds the release and the memory
# says so; roll-back-blue-green.sh wakes it when its pods are gone.
brx_blue_green_road() {
    local live state other held goal
    live=$(brx_live "$1")
    state=$(brx_state "$1")
    other=$(brx_idle "$live")
    held=$(brx_colour_image "$1" "$live")
    goal=$(brx_state_key "$state" active)
    if [[ $held == "$2" && $live == "$goal" ]]; then
        printf 'there\n'
        return
    fi
    held=$(brx_colour_image "$1" "$other")
    # A run that died between memory and traffic was going to `active`.
    [[ $live != "$goal" ]] || goal=$(brx_state_key "$state" previous)
    if [[ $held == "$2" && $goal == "$other" ]]; then
        printf 'switch\n'
    else
        printf 'deploy\n'
    fi
}

# brx_blue_green_switch SERVICES
brx_blue_green_switch() {
    brx_pipeline 3600 roll-back-blue-green "BRX_SERVICES=$1" \
        "BRX_NAMESPACE=$BRX_NAMESPACE" "BRX_COLOR_LABEL=$BRX_COLOR_LABEL" \
        "BRX_TIMEOUT=$BRX_TIMEOUT"
}

brx_blue_green_deploy() {
    local overlay=$1 images=$2 version=$3 colors rendered
    local facts=("BRX_NAMESPACE=$BRX_NAMESPACE"
        "BRX_COLOR_LABEL=$BRX_COLOR_LABEL" "BRX_SERVICES=$BRX_SERVICES"
        "BRX_IMAGES=$images" "BRX_TIMEOUT=$BRX_TIMEOUT")
    brx_pipeline 300 colours "${facts[@]}"
    colors=$(brx_result colors)
    brx_pipeline 300 render "${facts[@]}" "BRX_OVERLAY=$overlay" \
        "BRX_COLORS=$colors"
    rendered=$(brx_result rendered)
    brx_pipeline 3600 deploy-blue-green "${facts[@]}" "BRX_COLORS=$colors" \
        "BRX_RENDERED=$rendered" "BRX_COUNTS=$BRX_COUNTS" \
        "BRX_VERSION=$version" "BRX_LATER=${BRX_LATER:-}"
    brx_pipeline 300 health "${facts[@]}" \
        "BRX_DEPLOYMENTS=$(brx_result deployments)" "BRX_PROBES=${BRX_PREVIEWS:-}"
    brx_pipeline 600 switch-traffic "${facts[@]}"
    brx_rolling_rest "$rendered"
}

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

# ---- runtime/lib/step.sh ----

# shellcheck shell=bash
# The scripts of pipelines, run by a person's script as a workflow's step runs
# them: facts in, outputs out. Needs log.sh, wait.sh and work.sh.

# brx_pipeline SECONDS SCRIPT [NAME=VALUE...]: for so long at most. What it
# gives out is asked for by brx_result. Facts go on no command line, since a
# secret may be among them.
brx_pipeline() {
    local seconds=$1 script=$BRX_SCRIPTS/pipeline/$2.sh fact facts status=0
    shift 2
    [[ -f $script ]] ||
        brx_fail "$script is missing: run \`broxc build\` and commit it"
    : >"$BRX_WORK/results"
    printf -v facts 'export %s=%q\n' GITHUB_OUTPUT "$BRX_WORK/results" \
        GITHUB_STEP_SUMMARY /dev/null GITHUB_ENV "$BRX_WORK/variables" \
        RUNNER_TEMP "$BRX_WORK"
    for fact in "$@"; do
        printf -v facts '%sexport %s=%q\n' "$facts" "${fact%%=*}" "${fact#*=}"
    done
    # shellcheck disable=SC2016 # for the other shell
    brx_bounded "$seconds" bash -c 'unset GITHUB_ACTIONS
        . /dev/fd/3 && exec 3<&- && . "$0"' "$script" 3<<<"$facts" || status=$?
    return "$status"
}

# brx_result NAME: an output of the last brx_pipeline; it may have many lines.
brx_result() {
    local line mark=
    while IFS= read -r line; do
        if [[ -z $mark ]]; then
            [[ $line != "$1<<"* ]] || mark=${line#*<<}
        elif [[ $line == "$mark" ]]; then
            break
        else
            printf '%s\n' "$line"
        fi
    done <"$BRX_WORK/results"
}

# ---- runtime/lib/work.sh ----

# shellcheck shell=bash
# What a person's script needs for its run: a folder that goes with it, a
# checkout of the release that it is about, a way to a cluster. Needs log.sh,
# exit.sh and step.sh.

# brx_tools NAME...: all that are missing are named at once.
brx_tools() {
    local tool missing=
    for tool in "$@"; do
        command -v "$tool" >/dev/null || missing+=" $tool"
    done
    [[ -z $missing ]] || brx_fail "these tools are missing:$missing"
}

# BRX_WORK is made, and gone at the end.
brx_work() {
    BRX_WORK=$(mktemp -d "${TMPDIR:-/tmp}/broxc.XXXXXX")
    brx_at_exit brx_work_end
}

brx_work_end() {
    rm -rf -- "$BRX_WORK"
    git worktree prune 2>/dev/null || true
}

# brx_checkout COMMIT: its files in BRX_WORK/source; nothing else is touched.
brx_checkout() {
    git worktree prune
    git worktree add --quiet --detach --force "$BRX_WORK/source" "$1" ||
        brx_fail "the commit $1 cannot be checked out"
}

# Connects to the cluster of BRX_ENVIRONMENT: every kubectl from now on.
brx_connect() {
    local name value
    brx_pipeline 300 connect "BRX_CLUSTER=$BRX_CLUSTER" \
        "BRX_RESOURCE_GROUP=$BRX_RESOURCE_GROUP" \
        "BRX_NAMESPACE=$BRX_NAMESPACE" >"$BRX_WORK/connected" ||
        brx_fail "no way to the cluster $BRX_CLUSTER; is \`az login\` done," \
            "and may you see it?"
    KUBECONFIG=''
    while IFS='=' read -r name value; do
        [[ $name != KUBECONFIG ]] || KUBECONFIG=$value
    done <"$BRX_WORK/variables"
    [[ -n $KUBECONFIG ]] || brx_fail "connect.sh says no KUBECONFIG"
    export KUBECONFIG
}

# ---- runtime/lib/gate.sh ----

# shellcheck shell=bash
# Gates: each is printed as passed, as waiting until a time or for somebody, or
# as failed, with the reason. Needs log.sh, journal.sh and
# steps.sh, and BRX_WORK.

BRX_GATES=passed # or waiting, or failed: the worst so far

# brx_gate NAME COMMAND...: the last line that COMMAND prints is the reason. It
# exits with 3 when time or other people will open the gate.
brx_gate() {
    local name=$1 said=$BRX_WORK/gate status=0 reason
    shift
    # In the background, since `set -e` does not work left of an `||`.
    "$@" >"$said" 2>&1 </dev/null &
    wait "$!" || status=$?
    reason=$(brx_foreign <"$said")
    reason=${reason##*$'\n'}
    reason=${reason#error: }
    case $status in
        0) brx_gate_line "$name" passed ": $reason" ;;
        3) brx_gate_line "$name" waiting " $reason" ;;
        124) brx_gate_line "$name" failed " because nothing answered in time" ;;
        *)
            sed '$d; s/^/    /' "$said" | brx_foreign
            brx_gate_line "$name" failed " because $reason"
            ;;
    esac
    [[ $BRX_GATES == passed || -n ${BRX_DRY_RUN:-} ]] || brx_gates_end
}

brx_gate_line() {
    brx_log "gate $1: $2$3"
    [[ $2 == passed || $BRX_GATES == failed ]] || BRX_GATES=$2
}

# brx_gate_wait REASON: what a gate's command ends with when it has to wait.
brx_gate_wait() {
    printf '%s\n' "$*"
    exit 3
}

# Ends the script unless every gate has passed: nothing was changed so far, so
# that it is in no step that could be taken up again.
brx_gates_end() {
    local code=1
    [[ $BRX_GATES != passed ]] || return 0
    # shellcheck disable=SC2034 # steps.sh reads it
    BRX_STEP=0
    [[ -n ${BRX_DRY_RUN:-} ]] || brx_journal_put "$BRX_JOURNAL" status stopped
    if [[ $BRX_GATES == waiting ]]; then
        brx_log "Nothing was released. When the gate is open, run the same" \
            "command again."
        code=3
    else
        brx_log "Nothing was released."
    fi
    exit "$code"
}

# ---- runtime/lib/edges.sh ----

# shellcheck shell=bash
# The graph on which releases move. Needs log.sh, facts.sh and way.sh.
#
# BRX_EDGES  lines `FROM TO`, the declared promotions
# BRX_NEVER  lines `FROM TO`, what is forbidden by any road
# BRX_EDGE_FACTS  lines `FROM TO NAME VALUE`

# brx_fact ENVIRONMENT NAME: of any environment; a fact may have many lines.
brx_fact() {
    local environment name value
    while read -r environment name value; do
        [[ $environment != "$1" || $name != "$2" ]] || printf '%s\n' "$value"
    done <<<"$BRX_FACTS"
}

# brx_name WORD: the environment that is called so, or has that short name.
brx_name() {
    local found
    found=$(brx_environment_find "$1")
    [[ -n $found ]] || brx_stop 2 \
        "there is no environment '$1'; there are $(brx_environment_names)"
    printf '%s\n' "$found"
}

# brx_path FROM TO: a shortest way along promotions, one environment a line;
# nothing when there is none.
brx_path() {
    local queue=("$1") seen=" $1 " at from to
    local -A before=()
    while ((${#queue[@]})); do
        at=${queue[0]}
        queue=("${queue[@]:1}")
        [[ $at != "$2" ]] || break
        while read -r from to; do
            [[ $from == "$at" && $seen != *" $to "* ]] || continue
            seen+="$to " before[$to]=$at
            queue+=("$to")
        done <<<"$BRX_EDGES"
    done
    [[ $seen == *" $2 "* ]] || return 0
    at=$2
    local path=$2
    while [[ $at != "$1" ]]; do
        at=${before[$at]}
        path=$at$'\n'$path
    done
    printf '%s\n' "$path"
}

# What to do instead of going from FROM to TO at once, as commands.
brx_detour() {
    local path previous='' at said=
    path=$(brx_path "$1" "$2")
    [[ -n $path ]] || {
        printf 'no promotions lead there\n'
        return
    }
    while read -r at; do
        [[ -z $previous ]] || said+=", then ${0##*/} $previous $at"
        previous=$at
    done <<<"$path"
    printf 'take %s\n' "${said#, then }"
}

# brx_edge FROM TO: both by name. Its facts become read-only variables. Stops
# with 2 when no promotion leads there at once.
brx_edge() {
    local from to name value seen='' names
    [[ $1 != "$2" ]] || brx_stop 2 "$1 is where the release is already"
    if brx_has_word "$BRX_NEVER" "$1 $2"; then
        brx_stop 2 "$1 -> $2 is forbidden; $(brx_detour "$1" "$2")"
    fi
    brx_has_word "$BRX_EDGES" "$1 $2" || brx_stop 2 \
        "nothing is promoted from $1 to $2 at once; $(brx_detour "$1" "$2")"
    while read -r from to name value; do
        [[ $from == "$1" && $to == "$2" ]] || continue
        [[ $name =~ ^BRX_[A-Z0-9_]+$ ]] ||
            brx_fail "a line of BRX_EDGE_FACTS is not well formed: $name"
        if [[ " $seen " == *" $name "* ]]; then
            value=${!name}$'\n'$value
        fi
        printf -v "$name" '%s' "$value"
        seen+=" $name"
    done <<<"$BRX_EDGE_FACTS"
    read -ra names <<<"$seen"
    ((!${#names[@]})) || readonly "${names[@]}"
}

# ---- runtime/lib/window.sh ----

# shellcheck shell=bash
# When a release may come in: not in a freeze, and only in a weekly window.
# Needs log.sh.
#
# BRX_FREEZES  lines `FIRST LAST ZONE REASON`, days; both belong to it
# BRX_WINDOWS  lines `FIRST LAST OPENS CLOSES ZONE`, e.g. `1 4 09:00 16:00 UTC`:
#              days of the week from 1 (Monday) to 7; open on any of the lines

# brx_seconds ZONE TEXT: since 1970.
brx_seconds() {
    TZ=$1 date --date "$2" +%s
}

# brx_frozen NOW: prints when the freeze that NOW is in ends, and why it is
# one; nothing when there is none.
brx_frozen() {
    local now=$1 first last zone reason start end
    while read -r first last zone reason; do
        [[ -n $first ]] || continue
        start=$(brx_seconds "$zone" "$first")
        end=$(brx_seconds "$zone" "$last + 1 day")
        ((start < end)) || brx_fail "not a freeze: $first $last"
        if ((now >= start && now < end)); then
            printf '%s %s\n' "$end" "$reason"
            return
        fi
    done <<<"${BRX_FREEZES:-}"
}

# brx_closing ZONE DATE AHEAD TIME: date(1) does not know 24:00.
brx_closing() {
    if [[ $4 == 24:00 ]]; then
        brx_seconds "$1" "$2 + $(($3 + 1)) days 00:00"
    else
        brx_seconds "$1" "$2 + $3 days $4"
    fi
}

# brx_closed NOW: prints when the next window opens; nothing when one is open,
# or none is asked for.
brx_closed() {
    local now=$1 first last opens closes zone next=
    local today ahead day start end
    [[ -n ${BRX_WINDOWS:-} ]] || return 0
    while read -r first last opens closes zone; do
        [[ -n $first ]] || continue
        today=$(TZ=$zone date --date "@$now" +%F)
        for ahead in 0 1 2 3 4 5 6 7; do
            start=$(brx_seconds "$zone" "$today + $ahead days $opens")
            end=$(brx_closing "$zone" "$today" "$ahead" "$closes")
            day=$(TZ=$zone date --date "@$start" +%u)
            ((day >= first && day <= last && now < end)) || continue
            ((now < start)) || return 0
            [[ -n $next ]] && ((next <= start)) || next=$start
            break
        done
    done <<<"$BRX_WINDOWS"
    printf '%s\n' "${next:?no window ever opens}"
}

# brx_window NOW: prints `UNTIL REASON` when nothing may come in now.
brx_window() {
    local frozen opens
    frozen=$(brx_frozen "$1")
    if [[ -n $frozen ]]; then
        printf '%s frozen: %s\n' "${frozen%% *}" "${frozen#* }"
        return
    fi
    opens=$(brx_closed "$1")
    [[ -z $opens ]] || printf '%s outside of its window\n' "$opens"
}

# brx_when SECONDS: for people, in UTC.
brx_when() {
    TZ=UTC printf '%(%Y-%m-%dT%H:%M:%SZ)T\n' "$1"
}

# ---- runtime/lib/deny.sh ----

# shellcheck shell=bash
# Releases that nobody may bring anywhere. Needs log.sh.
#
# BRX_DENIED  lines `X.Y.Z REASON`

# brx_denied VERSION: the reason; nothing when it is not denied. A candidate
# X.Y.Z-rc.N is denied with X.Y.Z.
brx_denied() {
    local version reason asked=${1#v}
    while read -r version reason; do
        if [[ -n $version && ($asked == "$version" ||
            ${asked%%-*} == "$version") ]]; then
            printf '%s\n' "${reason:-no reason is given}"
            return
        fi
    done <<<"${BRX_DENIED:-}"
}

# ---- runtime/lib/git.sh ----

# shellcheck shell=bash
# What a script does with git: it looks, and it moves a branch forward. Nothing
# is ever forced. Needs log.sh, wait.sh and retry.sh; reads the fact
# BRX_REPOSITORY, OWNER/NAME.

# The name of the remote that is the project's repository.
brx_git_remote() {
    local name url
    while read -r name url _; do
        url=${url%/}
        url=${url%.git}
        if [[ $url == *[/:]"$BRX_REPOSITORY" ]]; then
            printf '%s\n' "$name"
            return
        fi
    done < <(git remote -v 2>/dev/null)
    brx_fail "this is no checkout of $BRX_REPOSITORY: no remote of git has it"
}

# brx_git_fetch REMOTE: all its branches and tags. A tag that stands elsewhere
# here than there stops the script: one of them is wrong.
brx_git_fetch() {
    brx_retry 3 2 brx_bounded 120 git fetch --quiet --tags "$1" ||
        brx_fail "git cannot fetch from $1: nothing is known of what is there"
}

# brx_git_commit NAME: the commit that it stands for; nothing when there is none.
brx_git_commit() {
    git rev-parse --verify --quiet "$1^{commit}" || true
}

# Is commit A the same as B, or before it?
brx_git_is_within() {
    git merge-base --is-ancestor "$1" "$2"
}

# brx_git_tag TAG COMMIT MESSAGE: makes it here. One that stands is left: it
# must stand on the same commit.
brx_git_tag() {
    local found
    found=$(brx_git_commit "refs/tags/$1")
    [[ -z $found || $found == "$2" ]] ||
        brx_fail "the tag $1 stands on another commit, $found"
    [[ -n $found ]] || git tag --annotate --message "$3" "$1" "$2" ||
        brx_fail "git cannot make the tag $1"
}

# brx_git_push REMOTE REFSPEC...: all or none, and only forward.
brx_git_push() {
    local remote=$1 said
    shift
    if said=$(brx_bounded 180 git push --atomic --porcelain "$remote" \
        "$@" 2>&1); then
        return
    fi
    brx_foreign <<<"$said"
    case $said in
        *non-fast-forward* | *'fetch first'*)
            brx_fail "the branch has moved meanwhile: run the same command" \
                "again"
            ;;
        *GH006* | *GH013* | *'protected branch'*)
            brx_fail "the rules of the branch refuse it; what they ask for is" \
                "above. Nothing was moved: the same command goes on from here"
            ;;
    esac
    brx_fail "git could not push to $remote. Whether it got there is looked" \
        "at first when the same command is run again"
}

# ---- runtime/lib/github.sh ----

# shellcheck shell=bash
# What a script asks of GitHub: reviews, runs, who is at work. Needs log.sh,
# wait.sh, retry.sh and gate.sh; reads the fact BRX_REPOSITORY, OWNER/NAME.

# brx_gh TYPE ARGUMENTS...: an answer is whole or none. What is no JSON of that
# type is no answer.
brx_gh() {
    local answer type=$1
    shift
    answer=$(brx_bounded 60 gh "$@") || return
    jq -ce --arg type "$type" 'select(type == $type)' <<<"$answer" \
        2>/dev/null || {
        printf 'gh gave no answer that can be read: %s\n' "${answer:0:200}" >&2
        return 1
    }
}

# brx_ask WHAT TYPE ARGUMENTS...: asked again when there is no answer.
brx_ask() {
    local what=$1
    shift
    brx_retry 3 2 brx_gh "$@" ||
        brx_fail "GitHub does not say $what; is \`gh auth status\` well?"
}

# The login of who runs the script.
brx_me() {
    brx_ask "who you are" object api user | jq -r '.login | strings'
}

# brx_review COMMIT BRANCH: the open pull request that brings exactly this
# commit to that branch, as one JSON object; nothing when there is none.
brx_review() {
    brx_ask "which pull requests are open" array pr list --repo "$BRX_REPOSITORY" \
        --base "$2" --state open --limit 100 \
        --json number,url,author,headRefOid |
        jq -c --arg commit "$1" \
            '[.[] | select(.headRefOid == $commit)] | first // empty'
}

# brx_reviewers NUMBER COMMIT: who approved this very commit, one a line. The
# last word of each counts; a robot's and the author's do not.
brx_reviewers() {
    brx_ask "who reviewed" array api --paginate --slurp \
        "repos/$BRX_REPOSITORY/pulls/$1/reviews?per_page=100" |
        jq -r --arg commit "$2" 'flatten
        | map(select(.state != "COMMENTED" and .state != "PENDING"
            and (.user.type // "User") == "User"))
        | group_by(.user.login) | map(last)
        | .[] | select(.state == "APPROVED" and .commit_id == $commit)
        | .user.login'
}

# brx_run_find WORKFLOW BRANCH COMMIT: the newest run of it, as one JSON
# object; nothing when there is none.
brx_run_find() {
    brx_ask "which runs there are" array run list --repo "$BRX_REPOSITORY" \
        --workflow "$1" --branch "$2" --commit "$3" --limit 20 \
        --json databaseId,status,conclusion,url,event |
        jq -c 'first // empty'
}

# brx_run_busy WORKFLOW: addresses of its runs that are not through.
brx_run_busy() {
    brx_ask "what is running" array run list --repo "$BRX_REPOSITORY" \
        --workflow "$1" --limit 20 --json databaseId,status,url |
        jq -r '.[] | select(.status != "completed")
            | "\(.status) \(.databaseId) \(.url)"'
}

# brx_run_follow ID: to its end, whatever it is; prints the conclusion last.
# When the connection breaks, it is looked at again.
brx_run_follow() {
    local id=$1 run status tries=0
    while true; do
        run=$(brx_ask "how the run is" object run view "$id" \
            --repo "$BRX_REPOSITORY" --json status,conclusion)
        status=$(jq -r .status <<<"$run")
        [[ $status != completed ]] || break
        tries=$((tries + 1))
        ((tries <= 500)) ||
            brx_fail "run $id does not end; it goes on by itself"
        gh run watch "$id" --repo "$BRX_REPOSITORY" --interval 15 2>&1 |
            brx_foreign >&2 || sleep 5
    done
    jq -r .conclusion <<<"$run"
}

# Who let run ID pass its gates, one a line.
brx_run_approvers() {
    brx_ask "who approved" array api \
        "repos/$BRX_REPOSITORY/actions/runs/$1/approvals" |
        jq -r '[.[] | select(.state == "approved") | .user.login] | unique
            | .[]'
}

# ---- runtime/lib/rollout.sh ----

# shellcheck shell=bash
# Applying objects and waiting for what runs in BRX_NAMESPACE. A target is the
# name of a Deployment, or `statefulset/NAME`.

brx_kubectl() {
    kubectl --namespace "$BRX_NAMESPACE" "$@"
}

# brx_get KIND NAME: the object as JSON, or nothing when it does not exist.
brx_get() {
    brx_kubectl get "$1" "$2" --ignore-not-found --output json
}

# What is applied: never what an administrator applies, to which the pipeline
# has no right; not yet what is named in BRX_LATER; with BRX_ONLY that alone.
brx_selected() {
    local later only
    later=$(brx_lines BRX_LATER 1 | paste -sd , -)
    only=$(brx_lines BRX_ONLY 1 | paste -sd , -)
    printf 'broxc/applied-by!=administrator%s%s\n' \
        "${later:+,app.kubernetes.io/name notin ($later)}" \
        "${only:+,app.kubernetes.io/name in ($only)}"
}

# Applies a file ("-" is not possible: it may be read twice). What somebody
# changed by hand is named in a warning, then put back: git is the truth.
brx_apply() {
    local said selector
    selector=$(brx_selected)
    if said=$(brx_kubectl apply --server-side --field-manager=broxc \
        --selector "$selector" --filename "$1" 2>&1); then
        brx_log "$said"
        return
    fi
    [[ $said == *conflict* ]] || brx_fail "apply failed: $said"
    brx_warn "changed outside of git, and put back now: $said"
    brx_kubectl apply --server-side --field-manager=broxc \
        --selector "$selector" --force-conflicts --filename "$1"
}

# brx_kind TARGET
brx_kind() {
    case $1 in
        */*) printf '%s\n' "${1%%/*}" ;;
        *) printf 'deployment\n' ;;
    esac
}

# brx_rolled TARGET: the object as JSON, or nothing when it does not exist.
brx_rolled() {
    brx_get "$(brx_kind "$1")" "${1##*/}"
}

# brx_wait TIMEOUT TARGET: shows what is wrong when it gives up.
brx_wait() {
    if brx_kubectl rollout status "$(brx_kind "$2")/${2##*/}" \
        --timeout "$1"; then
        return
    fi
    {
        brx_kubectl get pods --output wide || true
        brx_kubectl get events --sort-by=.lastTimestamp | tail -n 25 || true
    } 2>&1 | brx_foreign
    brx_fail "$2 did not become healthy in $1; pods and events are above"
}

# The count that a target should have; 0 when it does not exist.
brx_count() {
    brx_rolled "$1" | jq -rn 'input? // {} | .spec.replicas // 0'
}

brx_scale() {
    brx_kubectl scale "$(brx_kind "$1")" "${1##*/}" --replicas "$2"
}

# brx_new ROWS: of the rows `TARGET COUNT` those whose target is not there yet.
# Where an autoscaler owns the count, the manifest has no `replicas`, and what
# is made would start with one: it is scaled once, when it is first made.
brx_new() {
    local target count found
    while read -r target count; do
        [[ -n $target ]] || continue
        [[ $count =~ ^[1-9][0-9]*$ ]] || brx_fail "not a count: $target $count"
        found=$(brx_rolled "$target")
        [[ -n $found ]] || printf '%s %s\n' "$target" "$count"
    done <<<"$1"
}

# brx_start ROWS: what brx_new said, once it is applied.
brx_start() {
    local target count
    while read -r target count; do
        [[ -n $target ]] || continue
        brx_log "$target is new and starts with $count"
        brx_scale "$target" "$count"
    done <<<"$1"
}

# brx_lines FACT WIDTH: checks that each line of a fact has WIDTH words, the
# first of them the name of a service, or a target. Prints them without the
# empty ones.
brx_lines() {
    local line words
    while IFS= read -r line; do
        read -ra words <<<"$line"
        ((${#words[@]})) || continue
        if ((${#words[@]} != $2)) ||
            [[ ! ${words[0]} =~ ^(statefulset/)?[a-z]([a-z0-9-]*[a-z0-9])?$ ]]; then
            brx_fail "a line of $1 is not well formed: $line"
        fi
        printf '%s\n' "${words[*]}"
    done <<<"${!1:-}"
}

# The revision of a target; 0 when it does not exist.
brx_revision() {
    local object name
    object=$(brx_rolled "$1")
    if [[ -z $object || $(brx_kind "$1") == deployment ]]; then
        jq -rn 'input? // {}
            | .metadata.annotations["deployment.kubernetes.io/revision"] // "0"' \
            <<<"$object"
        return
    fi
    name=$(jq -r '.status.updateRevision // ""' <<<"$object")
    [[ -n $name ]] || brx_fail "$1 does not say its revision yet"
    brx_get controllerrevision "$name" | jq -rn 'input? // {} | .revision // 0'
}

# Pods with a colour are another strategy's: beside them nothing else may serve.
brx_no_colours() {
    local colour count
    for colour in blue green; do
        count=$(brx_count "$1-$colour")
        ((count == 0)) ||
            brx_fail "$1-$colour still has $count pods: move $1 away from \
colours by hand first (docs: changing the strategy)"
    done
}

# ---- runtime/lib/colour.sh ----

# shellcheck shell=bash
# Which colour is live and what a release remembers. Needs rollout.sh.
#
# The selector of the Service says where traffic goes: it is the truth. The
# ConfigMap broxc-release-SERVICE is the memory beside it:
#   active version digest time                  what is live, since when
#   previous previous-version previous-digest   where a rollback goes
#   candidate candidate-version candidate-digest floor
#       what stands idle and ready; the minimum its autoscaler had before
#   share live-floor
#       of a canary: its part in percent, of the pods behind the Service; the
#       minimum that the live colour's autoscaler had before
#   previous-floor
#       the same, when traffic has gone on to the candidate
# While a canary has its share, the Service selects both colours, and the
# memory says which is live. It is always written whole, and before the selector
# moves. So a run that dies in between leaves the goal written down, and the next
# one gets there.

# The colour that SERVICE sends traffic to; `none` before the first switch.
brx_live() {
    local service live
    service=$(brx_get service "$1")
    [[ -n $service ]] || {
        printf 'none\n'
        return
    }
    live=$(jq -r --arg key "$BRX_COLOR_LABEL" \
        '.spec.selector[$key] // ""' <<<"$service")
    if [[ -z $live ]]; then
        live=$(brx_shared "$1")
    fi
    case $live in
        blue | green | none) printf '%s\n' "$live" ;;
        *) brx_fail "Service $1 has the colour '$live' in its selector" ;;
    esac
}

# The live colour of SERVICE while a canary shares its traffic; else nothing.
brx_shared() {
    local state
    state=$(brx_state "$1")
    jq -r 'select((.share // "") != "") | .active // ""' <<<"$state"
}

brx_idle() {
    case $1 in
        blue) printf 'green\n' ;;
        *) printf 'blue\n' ;;
    esac
}

# The memory of SERVICE as one JSON object, empty before the first release.
brx_state() {
    brx_get configmap "broxc-release-$1" | jq -cn 'input? // {} | .data // {}'
}

# brx_state_key STATE KEY: one value, or nothing.
brx_state_key() {
    jq -r --arg key "$2" '.[$key] // ""' <<<"$1"
}

# brx_state_put SERVICE STATE: empty values are left out.
brx_state_put() {
    jq -n --arg service "$1" --argjson state "$2" '{
        apiVersion: "v1", kind: "ConfigMap",
        metadata: {name: "broxc-release-\($service)"},
        data: ($state | map_values(select(. != "")))
    }' | brx_kubectl apply --server-side --field-manager=broxc-release \
        --force-conflicts --filename -
}

# brx_select SERVICE COLOUR: moves the traffic, then looks whether it moved.
brx_select() {
    local patch live
    patch=$(jq -cn --arg key "$BRX_COLOR_LABEL" --arg colour "$2" \
        '{spec: {selector: {($key): $colour}}}')
    brx_kubectl patch service "$1" --type merge --patch "$patch"
    live=$(brx_live "$1")
    [[ $live == "$2" ]] ||
        brx_fail "Service $1 does not select $2 after the switch"
}

# brx_open SERVICE: both colours get its traffic, then looks whether they do.
brx_open() {
    local patch service
    patch=$(jq -cn --arg key "$BRX_COLOR_LABEL" \
        '{spec: {selector: {($key): null}}}')
    brx_kubectl patch service "$1" --type merge --patch "$patch"
    service=$(brx_get service "$1")
    jq -e --arg key "$BRX_COLOR_LABEL" \
        '.spec.selector | has($key) | not' <<<"$service" >/dev/null ||
        brx_fail "Service $1 still selects one colour alone"
}

# brx_floor DEPLOYMENT COUNT: the least its autoscaler may go down to, within
# its maximum. Prints what it was before; nothing when there is no autoscaler.
brx_floor() {
    local scaler patch
    scaler=$(brx_get horizontalpodautoscaler "$1")
    [[ -n $scaler ]] || return 0
    patch=$(jq -c --arg count "$2" '{spec: {minReplicas:
        ([($count | tonumber), .spec.maxReplicas] | min)}}' <<<"$scaler")
    brx_kubectl patch horizontalpodautoscaler "$1" --type merge \
        --patch "$patch" >&2
    jq -r '.spec.minReplicas // 1' <<<"$scaler"
}

# The least that the autoscaler of a Deployment may go down to now; nothing
# when there is none.
brx_least() {
    brx_get horizontalpodautoscaler "$1" |
        jq -rn 'input? // empty | .spec.minReplicas // 1'
}

# brx_end_share SERVICE LIVE STATE: all traffic goes to the live colour, if a
# canary had a share of it. Nothing else is touched: this must be quick.
brx_end_share() {
    local share
    share=$(brx_state_key "$3" share)
    [[ -n $share ]] || return 0
    brx_select "$1" "$2"
    brx_log "$1: the canary's share of $share% ends, all traffic is on $2"
}

# brx_let_go SERVICE LIVE STATE: its autoscaler may go down again.
brx_let_go() {
    local floor
    floor=$(brx_state_key "$3" live-floor)
    [[ -z $floor ]] || brx_floor "$1-$2" "$floor" >/dev/null
}

brx_now() {
    TZ=UTC printf '%(%Y-%m-%dT%H:%M:%SZ)T\n' -1
}

# brx_is_untouched STATE LIVE: a release that failed early may not have changed
# every service yet. True when BRX_VERSION is given and is not the newest here.
brx_is_untouched() {
    local newest
    newest=$(jq -r '."candidate-version" // .version // ""' <<<"$1")
    [[ -n ${BRX_VERSION:-} && $newest != "$BRX_VERSION" &&
        $2 == "$(brx_state_key "$1" active)" ]] || return 1
    brx_log "$2 stays: $BRX_VERSION changed nothing here"
}

# ---- runtime/lib/releases.sh ----

# shellcheck shell=bash
# Which releases passed in an environment: the ConfigMap broxc-releases, written
# by record-release.sh at the end of a pipeline. Needs log.sh and rollout.sh.
#
# Key `release-N`, one JSON object each, the newest BRX_KEEP of them:
#   number version commit source time by run images {SERVICE: IMAGE@sha256:...}
#   restores   number of the release that it brought back
#   withdrawn  when somebody went back from it
# Key `going`: from to time by, while somebody is going back. It is written
# before anything moves, so that a run that dies leaves the goal written down.

# The ConfigMap's data as one JSON object: {going, releases}, oldest first. (With
# `input?` jq 1.6 would pass over what is wrong further on.)
brx_memory() {
    brx_get configmap broxc-releases | jq -cs '.[0].data // {}
        | {going: (.going // "null" | fromjson),
           releases: [to_entries[] | select(.key | startswith("release-"))
               | .value | fromjson | select(.images) | .number |= floor] | sort_by(.number)}' ||
        brx_fail "the ConfigMap broxc-releases cannot be read"
}

# brx_memory_put MEMORY: the newest releases alone; BRX_KEEP of them.
brx_memory_put() {
    jq -cn --argjson memory "$1" --argjson keep "${BRX_KEEP:-10}" '{
        apiVersion: "v1", kind: "ConfigMap",
        metadata: {name: "broxc-releases"},
        data: ([$memory.releases | sort_by(.number) | .[-$keep:][]
            | {key: "release-\(.number)", value: tojson}]
            + (if $memory.going then
                [{key: "going", value: ($memory.going | tojson)}] else [] end)
            | from_entries)
    }' | brx_kubectl apply --server-side --field-manager=broxc-release \
        --force-conflicts --filename -
}

# brx_images_json: lines `SERVICE IMAGE` on standard input as {SERVICE: IMAGE}.
brx_images_json() {
    jq -cRn '[inputs | split(" ") | select(length == 2)
        | {key: .[0], value: .[1]}] | from_entries'
}

# brx_memory_add MEMORY RECORD: prints the memory with one release more. What
# is the newest already, run again, is not added twice.
brx_memory_add() {
    jq -cn --argjson memory "$1" --argjson record "$2" '
        ($memory.releases | last // {number: 0}) as $newest
        | if ($newest | [.run, .source, .images]) ==
            ($record | [.run, .source, .images]) and $record.run != ""
          then $memory else
        $memory | .releases += [$record + {number: ($newest.number + 1)}] end'
}

# brx_release_of MEMORY IMAGES: the newest record with these images, a JSON
# object of what runs; `null` when there is none. A record has jobs, too.
brx_release_of() {
    jq -cn --argjson memory "$1" --argjson images "$2" '
        [$memory.releases[] | select(.images
            | with_entries(select(.key | in($images))) == $images)] | last'
}

# brx_release_key RECORD KEY: one value, or nothing.
brx_release_key() {
    jq -r --arg key "$2" '.[$key] // ""' <<<"$1"
}

# brx_release_name RECORD: for people.
brx_release_name() {
    jq -r '"release \(.number) (\(.version // "no version"), commit \(
        .commit[:12]), since \(.time))"' <<<"$1"
}

# The images of a record as lines `SERVICE IMAGE`.
brx_release_images() {
    jq -r '.images | to_entries[] | "\(.key) \(.value)"' <<<"$1"
}

# ---- runtime/lib/way.sh ----

# shellcheck shell=bash
# How releases come into an environment, as functions of lib/way-WAY.sh:
#
#   brx_WAY_image SERVICE       the image that takes the traffic, by digest
#   brx_WAY_serving SERVICE     the Deployment that takes it
#   brx_WAY_road SERVICE IMAGE  how to come back to that image:
#       there (it serves already), switch (it stands beside, ready), deploy
#   brx_WAY_switch SERVICES     where a road may be `switch`
#   brx_WAY_deploy OVERLAY IMAGES VERSION
#
# Needs log.sh and way-rolling.sh. Reads the facts BRX_WAY, BRX_SERVICES (they
# come that way) and BRX_ROLLS (what stands beside them and is replaced pod by
# pod).

brx_way() {
    local call=brx_${BRX_WAY//-/_}_$1
    shift
    declare -F "$call" >/dev/null ||
        brx_fail "releases come in by '$BRX_WAY' here: this script knows no" \
            "way back"
    "$call" "$@"
}

# What serves now, lines `SERVICE IMAGE`; a service that does not run is left
# out.
brx_running() {
    local service image
    for service in $BRX_SERVICES; do
        image=$(brx_way image "$service")
        [[ -z $image ]] || printf '%s %s\n' "${service##*/}" "$image"
    done
    for service in ${BRX_ROLLS:-}; do
        image=$(brx_rolling_image "$service")
        [[ -z $image ]] || printf '%s %s\n' "${service##*/}" "$image"
    done
}

# The Deployments that serve.
brx_serving() {
    local service
    for service in $BRX_SERVICES; do
        brx_way serving "$service"
    done
    for service in ${BRX_ROLLS:-}; do
        brx_rolling_serving "$service"
    done
}

# brx_roads IMAGES: lines `SERVICE ROAD`, of the services among `SERVICE IMAGE`
# that come this way.
brx_roads() {
    local service image road
    for service in $BRX_SERVICES; do
        image=$(awk -v name="${service##*/}" '$1 == name { print $2 }' <<<"$1")
        [[ -n $image ]] || continue
        road=$(brx_way road "$service" "$image")
        printf '%s %s\n' "$service" "$road"
    done
}

# brx_has_word LINES WORD
brx_has_word() {
    [[ -n $2 && $'\n'$1$'\n' == *$'\n'$2$'\n'* ]]
}

# ---- runtime/lib/tell.sh ----

# shellcheck shell=bash
# Tells people's channels what a script did. Needs log.sh and step.sh.
#
# BRX_NOTIFY  channels, one a line; the webhook of `deployments` is looked for
#             in the variable SLACK_WEBHOOK_DEPLOYMENTS

# brx_tell OUTCOME VERSION: a message that cannot be sent is a warning.
brx_tell() {
    local channel name
    for channel in ${BRX_NOTIFY:-}; do
        name=SLACK_WEBHOOK_${channel^^}
        name=${name//-/_}
        if [[ -z ${!name:-} ]]; then
            brx_log "  $channel is not told: $name is not set here"
            continue
        fi
        brx_pipeline 60 notify-slack "BRX_SLACK_WEBHOOK=${!name}" \
            "BRX_OUTCOME=$1" "BRX_VERSION=$2" "BRX_PROJECT=$BRX_PROJECT" \
            "BRX_ENVIRONMENT=${BRX_TARGET:-$BRX_ENVIRONMENT}" \
            "GITHUB_ACTOR=$(brx_who)" "GITHUB_REPOSITORY=$BRX_REPOSITORY" ||
            brx_warn "$channel was not told"
    done
}

# ---- runtime/release/promote.sh ----

# needs: lib/log.sh lib/retry.sh lib/exit.sh lib/home.sh lib/wait.sh lib/journal.sh lib/audit.sh lib/lock.sh lib/facts.sh lib/confirm.sh lib/steps.sh lib/step.sh lib/work.sh lib/gate.sh lib/edges.sh lib/window.sh lib/deny.sh lib/git.sh lib/github.sh lib/rollout.sh lib/colour.sh lib/releases.sh lib/way-rolling.sh lib/way.sh lib/tell.sh
# runs: pipeline/connect.sh pipeline/sign-in.sh pipeline/health.sh pipeline/resolve-digest.sh pipeline/version.sh pipeline/notify-slack.sh
# shellcheck shell=bash
# Moves a release from one environment to the next: looks whether every gate is
# open, then moves the branch forward, and follows the run that this starts.
#
# What moves is the release that the source environment says it runs: its
# commit, whose images the target's pipeline finds by content. Everything is
# looked at before anything is done, and what is done already is found, so that
# the same command may be run again whenever it was stopped.

brx_promote_usage() {
    printf '%s\n' "usage: ${0##*/} FROM TO [--version X.Y.Z] [--dry-run] [--yes]" \
        '' \
        'Moves the release of FROM to TO. Promotions:' \
        "    ${BRX_EDGES//$'\n'/$'\n'    }" \
        "Environments: $(brx_environment_names)" \
        '' \
        '--version  the version that it gets, where releases end' \
        '--dry-run  looks at every gate, changes nothing' \
        '--yes      stands for the typed word; never in production' \
        '' \
        'Ends with 0 when the release is in TO, 1 when a gate or a step' \
        'failed, 2 for a wrong command, 3 when a gate waits for its time or' \
        'for people, 4 when nobody confirmed or another run is at work.'
}

brx_promote_options() {
    local names=()
    BRX_WANTED=''
    while (($#)); do
        case $1 in
            --dry-run) BRX_DRY_RUN=yes ;;
            --yes) BRX_YES=yes ;;
            --version)
                (($# > 1)) || brx_stop 2 '--version needs a version, 1.2.3'
                BRX_WANTED=${2#v}
                shift
                ;;
            --help | -h)
                brx_promote_usage
                exit 0
                ;;
            -*) brx_stop 2 "unknown option $1; --help tells them all" ;;
            *) names+=("$1") ;;
        esac
        shift
    done
    ((${#names[@]} == 2)) || {
        brx_promote_usage >&2
        brx_stop 2 'name two environments, FROM and TO'
    }
    [[ -z $BRX_WANTED || $BRX_WANTED =~ ^[0-9]+\.[0-9]+\.[0-9]+$ ]] ||
        brx_stop 2 "not a version: $BRX_WANTED; expected X.Y.Z"
    BRX_SOURCE=$(brx_name "${names[0]}")
    BRX_TARGET=$(brx_name "${names[1]}")
}

# The release that the source runs, and that passed there.
brx_promote_source() {
    local running memory
    brx_connect
    running=$(brx_running)
    [[ -n $running ]] || brx_fail "nothing runs in $BRX_SOURCE"
    memory=$(brx_memory)
    [[ $(jq -c .going <<<"$memory") == null ]] ||
        brx_fail "somebody is going back in $BRX_SOURCE:" \
            "$(jq -c .going <<<"$memory")"
    running=$(brx_images_json <<<"$running")
    BRX_RELEASE=$(brx_release_of "$memory" "$running")
    [[ $BRX_RELEASE != null ]] ||
        brx_fail "what runs in $BRX_SOURCE is none of the releases" \
            "that passed there: a run is under way or failed; look at" \
            "${BRX_WORKFLOW:-its pipeline}"
    BRX_COMMIT=$(brx_release_key "$BRX_RELEASE" commit)
    BRX_IMAGES=$(brx_release_images "$BRX_RELEASE")
    brx_shape BRX_COMMIT '[0-9a-f]{40}'
    brx_log "$BRX_SOURCE runs $(brx_release_name "$BRX_RELEASE")"
}

# Where the branches stand. BRX_MOVED: the target's holds the release already.
brx_promote_look() {
    local tip
    BRX_REMOTE=$(brx_git_remote)
    brx_git_fetch "$BRX_REMOTE"
    tip=$(brx_git_commit "refs/remotes/$BRX_REMOTE/$BRX_TO_BRANCH")
    [[ -n $(brx_git_commit "$BRX_COMMIT") ]] ||
        brx_fail "the commit $BRX_COMMIT is not in $BRX_REPOSITORY any more"
    BRX_MOVED=''
    if [[ -z $tip ]]; then
        brx_log "the branch $BRX_TO_BRANCH is not there yet; it will be made"
    elif [[ $tip == "$BRX_COMMIT" ]]; then
        BRX_MOVED=yes
        brx_log "the branch $BRX_TO_BRANCH is at this commit already:" \
            "the gates were passed, the run is looked at"
    elif brx_git_is_within "$BRX_COMMIT" "$tip"; then
        brx_fail "$BRX_TO_BRANCH is ahead of what $BRX_SOURCE runs: there is" \
            "nothing to promote"
    elif ! brx_git_is_within "$tip" "$BRX_COMMIT"; then
        brx_fail "$BRX_TO_BRANCH has commits that $BRX_SOURCE never had, so" \
            "it cannot be moved forward: merge $BRX_TO_BRANCH into the branch" \
            "of $BRX_SOURCE, and release that there first"
    fi
    brx_checkout "$BRX_COMMIT"
}

brx_gate_health() {
    local serving
    serving=$(brx_serving)
    brx_pipeline 600 health "BRX_NAMESPACE=$BRX_NAMESPACE" \
        "BRX_DEPLOYMENTS=$serving" "BRX_IMAGES=$BRX_IMAGES" \
        "BRX_URLS=${BRX_URLS:-}"
    brx_log "$BRX_SOURCE is well"
}

# What was tested is what moves: the registry says of each image, by content,
# that it passed in the source, and it is the one that runs there.
brx_gate_image() {
    local found
    brx_pipeline 120 sign-in "BRX_REGISTRY=$BRX_REGISTRY"
    (cd "$BRX_WORK/source" && brx_pipeline 600 resolve-digest \
        "BRX_REPOSITORIES=$BRX_REPOSITORIES" "BRX_FROM=$BRX_SOURCE")
    found=$(brx_result images | sort)
    [[ $found == "$(sort <<<"$BRX_IMAGES")" ]] ||
        brx_fail "what passed in $BRX_SOURCE is not what runs there: $found"
    brx_log "$(wc -l <<<"$found") tested and running, the same by digest"
}

brx_gate_soak() {
    local since ready now
    now=$(date +%s)
    since=$(brx_release_key "$BRX_RELEASE" time)
    since=$(date --date "$since" +%s)
    ready=$((since + BRX_SOAK_SECONDS))
    ((now >= ready)) || brx_gate_wait "until $(brx_when "$ready"):" \
        "it runs in $BRX_SOURCE for $(((now - since) / 60)) of" \
        "$((BRX_SOAK_SECONDS / 60)) minutes"
    brx_log "in $BRX_SOURCE since $(brx_when "$since")"
}

brx_gate_window() {
    local closed
    closed=$(brx_window "$(date +%s)")
    [[ -z $closed ]] || brx_gate_wait \
        "until $(brx_when "${closed%% *}"): $BRX_TARGET is ${closed#* }"
    brx_log "$BRX_TARGET takes releases now"
}

brx_gate_denied() {
    local reason version
    for version in "$(brx_release_key "$BRX_RELEASE" version)" "$BRX_VERSION"; do
        reason=$(brx_denied "$version")
        [[ -z $reason ]] || brx_fail "$version is denied: $reason"
    done
    brx_log "${BRX_VERSION:-this commit} is not denied"
}

# People look at the release as a pull request into the target's branch; GitHub
# lets nothing else through either. Whoever promotes does not count.
brx_gate_reviews() {
    local review number people me count
    review=$(brx_review "$BRX_COMMIT" "$BRX_TO_BRANCH")
    [[ -n $review ]] || brx_gate_wait \
        "for a pull request into $BRX_TO_BRANCH; this script opens it"
    number=$(jq -r .number <<<"$review")
    me=$(brx_me)
    people=$(brx_reviewers "$number" "$BRX_COMMIT")
    people=$(grep -vixF -e "$me" \
        -e "$(jq -r '.author.login' <<<"$review")" <<<"$people" || true)
    count=$(grep -c . <<<"$people" || true)
    ((count >= BRX_REVIEWS)) || brx_gate_wait \
        "for reviews: $count of $BRX_REVIEWS at $(jq -r .url <<<"$review")"
    brx_log "by ${people//$'\n'/, }"
}

# The version that the release gets, where it gets one: the same answer that the
# target's pipeline will find.
brx_promote_version() {
    BRX_VERSION=''
    if [[ -z ${BRX_TAGS:-} ]]; then
        [[ -z $BRX_WANTED ]] || brx_stop 2 "no release ends in $BRX_TARGET:" \
            "its version is worked out by the pipeline"
        return
    fi
    (cd "$BRX_WORK/source" && brx_pipeline 120 version "BRX_TAG=v{version}" \
        BRX_VERSION_FROM=patch "BRX_VERSION_INPUT=$BRX_WANTED")
    BRX_VERSION=$(brx_result version)
    brx_log "in $BRX_TARGET it is $BRX_VERSION"
}

# Asked before the gate looks at it, since it is a change.
brx_promote_open_review() {
    local review branch=promote/$BRX_TARGET/${BRX_COMMIT:0:12}
    review=$(brx_review "$BRX_COMMIT" "$BRX_TO_BRANCH")
    [[ -z $review ]] || return 0
    brx_do "push $branch" brx_git_push "$BRX_REMOTE" \
        "$BRX_COMMIT:refs/heads/$branch"
    brx_do "open a pull request into $BRX_TO_BRANCH" brx_bounded 60 \
        gh pr create --repo "$BRX_REPOSITORY" --base "$BRX_TO_BRANCH" \
        --head "$branch" --title "Release to $BRX_TARGET: ${BRX_COMMIT:0:12}" \
        --body "$(brx_promote_message)"
}

brx_promote_message() {
    printf '%s\n' "$(brx_release_name "$BRX_RELEASE") of $BRX_SOURCE," \
        "promoted to $BRX_TARGET." '' "$BRX_IMAGES"
}

brx_promote_gates() {
    [[ -z ${BRX_HEALTHY:-} ]] ||
        brx_gate health brx_gate_health
    brx_gate image brx_gate_image
    [[ -z ${BRX_SOAK_SECONDS:-} ]] ||
        brx_gate soak brx_gate_soak
    brx_gate window brx_gate_window
    brx_gate denied brx_gate_denied
    if ((${BRX_REVIEWS:-0} > 0)); then
        [[ $BRX_GATES != passed ]] || brx_promote_open_review
        brx_gate reviews brx_gate_reviews
    fi
    [[ -z ${BRX_APPROVALS:-} ]] || brx_log "gate approvals: asked in the" \
        "run, of $BRX_APPROVALS people; whoever promotes does not count"
    brx_gates_end
}

brx_promote_move() {
    local refs=("$BRX_COMMIT:refs/heads/$BRX_TO_BRANCH")
    if [[ -n $BRX_MOVED ]]; then
        brx_log "  $BRX_TO_BRANCH is there already"
        return
    fi
    if [[ -n $BRX_VERSION ]]; then
        brx_do "tag v$BRX_VERSION" brx_git_tag "v$BRX_VERSION" "$BRX_COMMIT" \
            "$(brx_promote_message)"
        refs+=("refs/tags/v$BRX_VERSION")
    fi
    brx_do "move $BRX_TO_BRANCH forward to ${BRX_COMMIT:0:12}" \
        brx_git_push "$BRX_REMOTE" "${refs[@]}"
}

# The pipeline of the target, which the push started.
brx_promote_follow() {
    local run id url
    [[ -z ${BRX_DRY_RUN:-} ]] || {
        brx_log "  would follow the run of $BRX_TO_WORKFLOW to its end"
        return
    }
    brx_until 180 5 brx_promote_find_run || brx_fail "no run of" \
        "$BRX_TO_WORKFLOW has begun for this commit; look at its page in" \
        "$BRX_REPOSITORY, then run the same command again"
    run=$(<"$BRX_WORK/run")
    id=$(jq -r .databaseId <<<"$run")
    url=$(jq -r .url <<<"$run")
    brx_log "  $url"
    [[ -z ${BRX_APPROVALS:-} ]] || brx_log "  it waits there for the" \
        "approvals of $BRX_APPROVALS people"
    BRX_OUTCOME=$(brx_run_follow "$id")
    BRX_APPROVERS=$(brx_run_approvers "$id")
    brx_audit run "url=$url" "outcome=$BRX_OUTCOME" \
        "approvers=${BRX_APPROVERS//$'\n'/, }"
    [[ $BRX_OUTCOME == success ]] || brx_fail "the run ended with" \
        "'$BRX_OUTCOME': $url. Mend it and let it go on with" \
        "\`gh run rerun $id --failed\`, then run the same command again; or" \
        "go back with rollback-release.sh"
}

brx_promote_find_run() {
    brx_run_find "$BRX_TO_WORKFLOW" "$BRX_TO_BRANCH" "$BRX_COMMIT" \
        >"$BRX_WORK/run" && [[ -s $BRX_WORK/run ]]
}

brx_promote_end() {
    local branch=promote/$BRX_TARGET/${BRX_COMMIT:0:12}
    brx_audit promoted "from=$BRX_SOURCE" "commit=$BRX_COMMIT" \
        "version=$BRX_VERSION" "images=${BRX_IMAGES//$'\n'/, }"
    if [[ -n $(brx_git_commit "refs/remotes/$BRX_REMOTE/$branch") ]]; then
        brx_do "take $branch away" brx_bounded 60 git push --quiet \
            "$BRX_REMOTE" --delete "$branch" ||
            brx_warn "the branch $branch is left over"
    fi
    brx_tell success "${BRX_VERSION:-${BRX_COMMIT:0:12}}"
}

brx_promote() {
    BRX_SCRIPTS=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
    BRX_WHOLE=yes
    brx_promote_options "$@"
    brx_edge "$BRX_SOURCE" "$BRX_TARGET"
    brx_refuse_yes
    brx_environment "$BRX_SOURCE"
    BRX_TO_BRANCH=$(brx_fact "$BRX_TARGET" BRX_BRANCH)
    BRX_TO_WORKFLOW=$(brx_fact "$BRX_TARGET" BRX_WORKFLOW)
    brx_tools git gh kubectl kubelogin az docker jq flock timeout
    brx_lock "release-$BRX_TARGET"
    brx_work
    brx_steps_begin "$(brx_home)/promote-$BRX_SOURCE-$BRX_TARGET.journal" 7
    brx_step 1 "what $BRX_SOURCE runs" brx_promote_source
    brx_step 2 "where the branches stand" brx_promote_look
    brx_step 3 "which version it gets" brx_promote_version
    if [[ -z $BRX_MOVED ]]; then
        brx_step 4 "the gates into $BRX_TARGET" brx_promote_gates
        brx_step 5 "a person says yes" brx_promote_confirm
    fi
    brx_step 6 "the branch moves" brx_promote_move
    brx_step 7 "the run goes to its end" brx_promote_follow
    [[ -n ${BRX_DRY_RUN:-} ]] || brx_promote_end
    brx_steps_end
    brx_log "${BRX_DRY_RUN:+rehearsed: }$BRX_SOURCE -> $BRX_TARGET:" \
        "$(brx_release_name "$BRX_RELEASE")"
}

brx_promote_confirm() {
    if [[ -z ${BRX_TYPED:-} ]]; then
        brx_log "  no word has to be typed"
        return
    fi
    brx_confirm "$BRX_TYPED" "$(brx_release_name "$BRX_RELEASE") goes \
from $BRX_SOURCE to $BRX_TARGET."
}

# ---- the call ----

brx_promote "$@"
