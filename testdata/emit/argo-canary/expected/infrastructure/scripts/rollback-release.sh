#!/usr/bin/env bash
# Takes an environment back to an earlier release.
#
# Made by broxc. Facts come first: edit the program for them, not this file.
# What follows them is broxc's runtime as it is.
set -euo pipefail

# ---- facts ----

readonly BRX_PROJECT='kiosk'
readonly BRX_REPOSITORY='acme/kiosk'
readonly BRX_DENIED=''
readonly BRX_REGISTRY='kiosk.azurecr.io'
readonly BRX_TIMEOUT='600s'
readonly BRX_KEEP='5'
readonly BRX_VERIFY='yes'
readonly BRX_REPORT=''
# shellcheck disable=SC2016 # a text, no code
readonly BRX_INCIDENT='# Incident: @PROJECT@ went back in @ENVIRONMENT@

| | |
|---|---|
| began | @BEGAN@ |
| ended | @ENDED@ |
| by | @WHO@ |
| reason given | @REASON@ |
| from | @FROM@ |
| to | @TO@ |
| how | @HOW@ |
| outcome | @OUTCOME@ |

## What was done

@STEPS@

## What runs now

@IMAGES@

## What was looked at afterwards

@VERIFIED@

## What was not taken back

@REMAINS@

## Saved before

The state of the cluster as it was: `@BACKUP@`

## For people to fill in

- What did users see, from when until when?
- What was the cause, and how was it found?
- What would have caught it in an earlier environment?
- What is done so that it does not happen again, by whom, until when?
'
readonly BRX_FACTS='staging BRX_SHORT staging
staging BRX_TIER staging
staging BRX_CLUSTER kiosk-staging
staging BRX_RESOURCE_GROUP kiosk-staging-rg
staging BRX_NAMESPACE kiosk-staging
staging BRX_WAY argo
staging BRX_SERVICES api
staging BRX_SERVICES web
staging BRX_ROLLS statefulset/store
staging BRX_ROLLS mailer
staging BRX_REPOSITORIES api kiosk.azurecr.io/api
staging BRX_REPOSITORIES web kiosk.azurecr.io/web
staging BRX_REPOSITORIES store kiosk.azurecr.io/store
staging BRX_REPOSITORIES mailer kiosk.azurecr.io/mailer
staging BRX_REPOSITORIES seed kiosk.azurecr.io/seed
staging BRX_URLS https://api.staging.kiosk.example/health/ready
staging BRX_URLS https://staging.kiosk.example/health/ready
staging BRX_BRANCH develop
staging BRX_WORKFLOW cd-staging.yml
staging BRX_GITHUB staging
staging BRX_OVERLAY infrastructure/kubernetes/overlays/staging
staging BRX_COUNTS api 2
staging BRX_COUNTS web 2
staging BRX_ROLL_COUNTS statefulset/store 1
staging BRX_ROLL_COUNTS mailer 1
staging BRX_PREVIEWS api-preview 3000 /health/ready
staging BRX_PREVIEWS web-preview 3000 /health/ready
staging BRX_LATER mailer
staging BRX_CHECKS errors|100 * sum(rate(http_requests_total{namespace="kiosk-staging",status=~"5.."}[2m])) / sum(rate(http_requests_total{namespace="kiosk-staging"}[2m])) >= 0 or vector(0)|<|1
production BRX_SHORT prod
production BRX_TIER production
production BRX_CLUSTER kiosk-prod
production BRX_RESOURCE_GROUP kiosk-prod-rg
production BRX_NAMESPACE kiosk-production
production BRX_WAY argo
production BRX_SERVICES api
production BRX_SERVICES web
production BRX_ROLLS statefulset/store
production BRX_ROLLS mailer
production BRX_REPOSITORIES api kiosk.azurecr.io/api
production BRX_REPOSITORIES web kiosk.azurecr.io/web
production BRX_REPOSITORIES store kiosk.azurecr.io/store
production BRX_REPOSITORIES mailer kiosk.azurecr.io/mailer
production BRX_REPOSITORIES seed kiosk.azurecr.io/seed
production BRX_URLS https://api.kiosk.example/health/ready
production BRX_URLS https://kiosk.example/health/ready
production BRX_BRANCH main
production BRX_WORKFLOW cd-prod.yml
production BRX_GITHUB production
production BRX_OVERLAY infrastructure/kubernetes/overlays/production
production BRX_COUNTS api 3
production BRX_COUNTS web 4
production BRX_ROLL_COUNTS statefulset/store 1
production BRX_ROLL_COUNTS mailer 2
production BRX_PREVIEWS api-preview 3000 /health/ready
production BRX_PREVIEWS web-preview 3000 /health/ready
production BRX_LATER mailer
production BRX_MIGRATIONS api reversible
production BRX_TYPED ROLLBACK PRODUCTION
production BRX_CHECKS errors|100 * sum(rate(http_requests_total{namespace="kiosk-production",status=~"5.."}[2m])) / sum(rate(http_requests_total{namespace="kiosk-production"}[2m])) >= 0 or vector(0)|<|1
production BRX_NOTIFY releases'

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

# ---- runtime/lib/way-argo.sh ----

# shellcheck shell=bash
# runs: pipeline/rollouts.sh pipeline/render.sh pipeline/deploy-argo.sh pipeline/advance-rollout.sh
# Where Argo Rollouts has the pods: going back is a release of the old image
# without pauses, and Argo wakes what it still has of it. See lib/way.sh. Needs
# rollout.sh, argo.sh, step.sh and way-rolling.sh.

# The image of the stable pods: also in the middle of an update, when the
# Deployment says another one already.
brx_argo_image() {
    local rollout hash
    rollout=$(brx_get rollout "$1")
    hash=$(jq -rn 'input? // {} | .status.stableRS // ""' <<<"$rollout")
    [[ -n $hash ]] || return 0
    brx_kubectl get replicasets --output json \
        --selector "rollouts-pod-template-hash=$hash" |
        jq -r --arg name "$1" '[.items[]?.spec.template.spec.containers[]?
            | select(.name == $name) | .image] | first // ""'
}

# No Deployment serves: Argo looks after the pods.
brx_argo_serving() {
    :
}

brx_argo_road() {
    local image
    image=$(brx_argo_image "$1")
    if [[ $image == "$2" ]]; then
        printf 'there\n'
    else
        printf 'deploy\n'
    fi
}

brx_argo_deploy() {
    local overlay=$1 images=$2 rendered
    local facts=("BRX_NAMESPACE=$BRX_NAMESPACE" "BRX_SERVICES=$BRX_SERVICES"
        "BRX_SECONDS=600")
    brx_pipeline 300 rollouts "${facts[@]}"
    brx_pipeline 300 render "${facts[@]}" "BRX_OVERLAY=$overlay" \
        "BRX_IMAGES=$images" "BRX_SELECTORS=$(brx_result selectors)"
    rendered=$(brx_result rendered)
    brx_pipeline 3600 deploy-argo "${facts[@]}" "BRX_RENDERED=$rendered" \
        "BRX_COUNTS=$BRX_COUNTS" "BRX_LATER=${BRX_LATER:-}"
    brx_pipeline 3600 advance-rollout "${facts[@]}" BRX_PAUSE=all \
        BRX_GOAL=through
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

# ---- runtime/lib/goal.sh ----

# shellcheck shell=bash
# Which release to go back to. Needs log.sh, releases.sh, deny.sh, git.sh and
# step.sh; reads BRX_MEMORY (of brx_memory) and BRX_RUNNING, {SERVICE: IMAGE}.

# The releases that are remembered, newest first, for people.
brx_goal_list() {
    jq -r --argjson running "$BRX_RUNNING" '.releases | reverse[]
        | "revision-\(.number)\t\(.version)\t\(.commit[:12])\t\(.time)\t" + (
            [if .withdrawn then "withdrawn \(.withdrawn)" else empty end,
             if .restores then "brings back \(.restores)" else empty end,
             if .images | with_entries(select(.key | in($running)))
                == $running then "runs now" else empty end] | join(", "))' \
        <<<"$BRX_MEMORY"
}

# brx_goal WANTED: BRX_GOAL, the record to go to. `previous` is what an
# unfinished way back was going to, if there is one.
brx_goal() {
    local going
    going=$(jq -c '.going // empty' <<<"$BRX_MEMORY")
    case $1 in
        previous)
            if [[ -n $going ]]; then
                brx_log "$(jq -r '"going back to release \(.to), begun at \(
                    .time) by \(.by), was not finished: it goes on"' \
                    <<<"$going")"
                BRX_GOAL=$(brx_goal_number "$(jq -r .to <<<"$going")")
            else
                BRX_GOAL=$(brx_goal_previous)
            fi
            ;;
        revision-*) BRX_GOAL=$(brx_goal_number "${1#revision-}") ;;
        *) BRX_GOAL=$(brx_goal_version "${1#v}") ;;
    esac
    brx_goal_denied
}

# The newest release before the one that runs, with other images, from which
# nobody has gone back: so going back twice does not bring the bad one back.
brx_goal_previous() {
    local found
    found=$(jq -c --argjson running "$BRX_RUNNING" '
        def runs: .images | with_entries(select(.key | in($running)))
            == $running;
        .releases as $all
        | ([$all[] | select(runs) | .restores // .number] | last // 1e9) as $now
        | [$all[] | select(.number < $now and (runs | not)
            and (.withdrawn | not))] | last // empty' <<<"$BRX_MEMORY")
    [[ -n $found ]] || brx_fail "no earlier release is remembered in" \
        "$BRX_ENVIRONMENT; what is:"$'\n'"$(brx_goal_list)"$'\n'"A version" \
        "that has a tag in git can be named: vX.Y.Z"
    printf '%s\n' "$found"
}

brx_goal_number() {
    local found
    found=$(jq -c --argjson number "$1" \
        '[.releases[] | select(.number == $number)] | last // empty' \
        <<<"$BRX_MEMORY")
    [[ -n $found ]] || brx_fail "release $1 is not remembered in" \
        "$BRX_ENVIRONMENT; what is:"$'\n'"$(brx_goal_list)"
    printf '%s\n' "$found"
}

# A version is looked for in the memory, then in git: its tag names a commit,
# and the registry says which images of it passed here.
brx_goal_version() {
    local found commit
    found=$(jq -c --arg version "$1" \
        '[.releases[] | select(.version == $version)] | last // empty' \
        <<<"$BRX_MEMORY")
    if [[ -n $found ]]; then
        printf '%s\n' "$found"
        return
    fi
    commit=$(brx_git_commit "refs/tags/v$1")
    [[ -n $commit ]] ||
        brx_fail "v$1 is neither remembered in $BRX_ENVIRONMENT nor a tag in" \
            "git; what is remembered:"$'\n'"$(brx_goal_list)"
    brx_goal_tagged "$1" "$commit"
}

brx_goal_tagged() {
    local images
    brx_checkout "$2" >&2
    brx_pipeline 120 sign-in "BRX_REGISTRY=$BRX_REGISTRY" >&2
    (cd "$BRX_WORK/source" && brx_pipeline 600 resolve-digest \
        "BRX_REPOSITORIES=$BRX_REPOSITORIES" "BRX_FROM=$BRX_ENVIRONMENT" >&2)
    images=$(brx_result images | brx_images_json)
    jq -cn --arg version "$1" --arg commit "$2" --argjson images "$images" \
        --arg source "$(git rev-parse "$2^{tree}")" \
        '{number: 0, version: $version, commit: $commit, source: $source,
          time: "its tag", images: $images}'
}

brx_goal_denied() {
    local version reason
    version=$(brx_release_key "$BRX_GOAL" version)
    reason=$(brx_denied "$version")
    [[ -z $reason ]] ||
        brx_fail "$version is denied: $reason. Name another release:"$'\n'"$(
            brx_goal_list
        )"
}

# ---- runtime/lib/backup.sh ----

# shellcheck shell=bash
# The state of an environment as it is, in files. Secrets are not among it.
# Needs log.sh and rollout.sh.

BRX_BACKUP_KINDS=(deployments horizontalpodautoscalers services configmaps
    cronjobs ingresses)

# brx_backup FOLDER: one file a kind; whole, or the script stops.
brx_backup() {
    local kind
    (umask 077 && mkdir -p -- "$1") || brx_fail "$1 cannot be made"
    for kind in "${BRX_BACKUP_KINDS[@]}"; do
        (umask 077 && brx_bounded 120 kubectl --namespace "$BRX_NAMESPACE" \
            get "$kind" --output json >"$1/$kind.json.new") ||
            brx_fail "$kind cannot be saved; nothing was changed"
        jq -e '.items | type == "array"' "$1/$kind.json.new" >/dev/null ||
            brx_fail "what kubectl says of $kind is no list; nothing was changed"
        mv -f -- "$1/$kind.json.new" "$1/$kind.json"
    done
}

# ---- runtime/lib/template.sh ----

# shellcheck shell=bash
# Texts with holes, @NAME@. Needs log.sh.

# brx_fill_holes TEMPLATE NAME VALUE [NAME VALUE...]: each hole once, in the order of
# the text; what looks like a hole in a value is left as it is.
brx_fill_holes() {
    local text=$1 name
    local -A values=()
    shift
    while (($#)); do
        values[$1]=$2
        shift 2
    done
    while [[ $text =~ @([A-Z]+)@ ]]; do
        name=${BASH_REMATCH[1]}
        [[ -v values[$name] ]] || brx_fail "nothing fills the hole @$name@"
        printf '%s%s' "${text%%"@$name@"*}" "${values[$name]}"
        text=${text#*"@$name@"}
    done
    printf '%s\n' "$text"
}

# What stands in a cell of a table: one line, and no bar of its own.
brx_cell() {
    local text=${1//$'\n'/ }
    printf '%s\n' "${text//|/\\|}"
}

# ---- runtime/lib/incident.sh ----

# shellcheck shell=bash
# The report of a rollback: a template of runtime/templates/, filled with what
# is known. Needs template.sh, home.sh, way.sh and releases.sh; reads the
# facts BRX_INCIDENT (the template), BRX_MIGRATIONS and BRX_BRANCH.

# What going back does not take back, one item a line.
brx_remains() {
    local service kind
    while read -r service kind; do
        case $kind in
            reversible)
                printf '%s\n' "- the database of \`$service\`: it stays as the \
newer release left it, and the older one is said to work with that"
                ;;
            one-way)
                printf '%s\n' "- **the database of \`$service\`**: its \
migration goes one way, and the older release may not work with what is there"
                ;;
        esac
    done <<<"${BRX_MIGRATIONS:-}"
    printf '%s\n' \
        "- git: \`$BRX_BRANCH\` still holds the newer release, and the next \
push to it releases that again: revert it there" \
        '- data that was written, messages that were sent, and calls to others' \
        '- objects that the newer release added to the cluster: they stay'
}

# brx_incident FILE OUTCOME: written whole or not at all.
brx_incident() {
    local images
    images=$(brx_running | sed 's/.*/- &/') || images='- nobody could look'
    (umask 077 && brx_fill_holes "$BRX_INCIDENT" PROJECT "$BRX_PROJECT" \
        ENVIRONMENT "$BRX_ENVIRONMENT" BEGAN "$BRX_BEGAN" ENDED "$(brx_time)" \
        WHO "$(brx_cell "$(brx_who)")" REASON "$(brx_cell "$BRX_REASON")" \
        FROM "$(brx_cell "$BRX_FROM_NAME")" \
        TO "$(brx_cell "$(brx_release_name "$BRX_GOAL")")" \
        HOW "$(brx_cell "$BRX_HOW")" OUTCOME "$(brx_cell "$2")" \
        STEPS "$BRX_DONE" IMAGES "$images" VERIFIED "$BRX_VERIFIED" \
        REMAINS "$(brx_remains)" BACKUP "$BRX_BACKUP" >"$1.new")
    mv -f -- "$1.new" "$1"
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

# ---- runtime/release/rollback.sh ----

# needs: lib/log.sh lib/retry.sh lib/exit.sh lib/home.sh lib/wait.sh lib/journal.sh lib/audit.sh lib/lock.sh lib/facts.sh lib/confirm.sh lib/steps.sh lib/step.sh lib/work.sh lib/git.sh lib/github.sh lib/rollout.sh lib/colour.sh lib/releases.sh lib/way-rolling.sh lib/way.sh lib/deny.sh lib/goal.sh lib/backup.sh lib/template.sh lib/incident.sh lib/tell.sh
# runs: pipeline/connect.sh pipeline/sign-in.sh pipeline/resolve-digest.sh pipeline/health.sh pipeline/watch.sh pipeline/notify-slack.sh
# shellcheck shell=bash
# Takes an environment back to an earlier release: its images by digest and its
# configuration with them. Where the colour of that release still stands, the
# traffic is turned back to it; else the release is deployed again from its own
# commit. The goal is written down in the cluster before anything moves, so
# that the same command goes on after a run that was stopped.

brx_back_usage() {
    printf '%s\n' \
        "usage: ${0##*/} ENVIRONMENT [previous | revision-N | vX.Y.Z] [OPTION...]" \
        '' \
        'Goes back to the release before, to a release by its number here, or' \
        'by its version.' \
        "Environments: $(brx_environment_names)" \
        '' \
        '--list         the releases that are remembered, newest first' \
        '--reason TEXT  for the record and the report' \
        '--dry-run      says what it would do, changes nothing' \
        '--offline      asks nothing of GitHub, tells nobody' \
        '--yes          stands for the typed word; never in production' \
        '' \
        'Ends with 0 when the environment is back and well, 1 when a step' \
        'failed, 2 for a wrong command, 4 when nobody confirmed or another' \
        'run is at work.'
}

brx_back_options() {
    local names=()
    BRX_WANTED=previous BRX_REASON='none' BRX_OFFLINE='' BRX_LIST=''
    while (($#)); do
        case $1 in
            --dry-run) BRX_DRY_RUN=yes ;;
            --yes) BRX_YES=yes ;;
            --list) BRX_LIST=yes ;;
            --offline) BRX_OFFLINE=yes ;;
            --reason)
                (($# > 1)) || brx_stop 2 '--reason needs a text'
                BRX_REASON=$2
                shift
                ;;
            --help | -h)
                brx_back_usage
                exit 0
                ;;
            -*) brx_stop 2 "unknown option $1; --help tells them all" ;;
            *) names+=("$1") ;;
        esac
        shift
    done
    ((${#names[@]} == 1 || ${#names[@]} == 2)) || {
        brx_back_usage >&2
        brx_stop 2 'name an environment, and perhaps a release'
    }
    BRX_WANTED=${names[1]:-previous}
    [[ $BRX_WANTED =~ ^(previous|revision-[1-9][0-9]{0,8}|v?[0-9]+\.[0-9]+\.[0-9]+(-[0-9A-Za-z.-]+)?)$ ]] ||
        brx_stop 2 "not a release: $BRX_WANTED; expected previous," \
            "revision-N or vX.Y.Z"
    brx_environment "${names[0]}"
}

# What runs, what is remembered, where it goes and by which road.
brx_back_plan() {
    local running now roads
    brx_connect
    running=$(brx_running)
    BRX_RUNNING=$(brx_images_json <<<"$running")
    BRX_MEMORY=$(brx_memory)
    now=$(brx_release_of "$BRX_MEMORY" "$BRX_RUNNING")
    BRX_FROM_NUMBER=$(brx_release_key "$now" number)
    BRX_FROM_NAME='what never passed here'
    [[ $now == null ]] || BRX_FROM_NAME=$(brx_release_name "$now")
    if [[ -n $BRX_LIST ]]; then
        brx_goal_list
        BRX_STEP=0
        exit 0
    fi
    brx_goal "$BRX_WANTED"
    BRX_IMAGES=$(brx_release_images "$BRX_GOAL")
    BRX_COMMIT=$(brx_release_key "$BRX_GOAL" commit)
    brx_shape BRX_COMMIT '[0-9a-f]{40}'
    roads=$(brx_roads "$BRX_IMAGES")
    brx_back_road "$roads"
    brx_log "from $BRX_FROM_NAME"
    brx_log "to   $(brx_release_name "$BRX_GOAL")"
    brx_log "how  $BRX_HOW"
    brx_remains | sed 's/^-/it does not take back/'
}

# BRX_ROAD: there, switch or deploy, the slowest that a service needs. One that
# cannot be switched means that all are deployed: they belong together.
brx_back_road() {
    BRX_SWITCHED=$(sed -n 's/ switch$//p' <<<"$1")
    [[ -n $1 ]] || brx_fail "that release has none of the services that are" \
        "here: $(tr '\n' ' ' <<<"$BRX_SERVICES")"
    if grep -q ' deploy$' <<<"$1"; then
        BRX_ROAD='deploy' BRX_HOW="deployed again from its commit"
    elif [[ -n $BRX_SWITCHED ]]; then
        BRX_ROAD='switch'
        BRX_HOW="the traffic of ${BRX_SWITCHED//$'\n'/, } is turned back"
    else
        BRX_ROAD=there BRX_HOW="it serves already"
    fi
}

# Nobody else may be at work here. A run that waits for people is named alone.
brx_back_alone() {
    local busy
    [[ -z ${BRX_SYNCER:-} ]] || brx_fail "$BRX_SYNCER owns what is in" \
        "$BRX_ENVIRONMENT and would undo this: go back in git instead, or" \
        "stop it for this environment and take \`syncer\` out of the program"
    if [[ -n $BRX_OFFLINE ]]; then
        brx_warn "GitHub is not asked whether a release is under way"
        return
    fi
    busy=$(brx_run_busy "$BRX_WORKFLOW") || brx_fail "GitHub does not say" \
        "whether a release is under way; if it is down, go on with --offline"
    [[ $busy != *in_progress* ]] || brx_fail "a release is under way; end" \
        "it first with \`gh run cancel\`: ${busy//$'\n'/, }"
    [[ -z $busy ]] ||
        brx_warn "these runs could release again later: ${busy//$'\n'/, }"
}

brx_back_save() {
    BRX_BACKUP=$(brx_home)/backups/$BRX_ENVIRONMENT-${BRX_BEGAN//:/}
    brx_do "save the state to $BRX_BACKUP" brx_backup "$BRX_BACKUP"
}

brx_back_confirm() {
    local service kind word=${BRX_TYPED:-}
    while read -r service kind; do
        [[ $kind != one-way ]] || brx_warn "the migration of $service goes" \
            "one way: the database stays as the newer release left it"
    done <<<"${BRX_MIGRATIONS:-}"
    [[ -n $word ]] || word=${BRX_ENVIRONMENT^^}
    brx_confirm "$word" "$BRX_ENVIRONMENT goes back to \
$(brx_release_name "$BRX_GOAL"); $BRX_HOW."
}

# The goal stands in the cluster from now on.
brx_back_intend() {
    local number
    number=$(brx_release_key "$BRX_GOAL" number)
    if ((number == 0)); then
        BRX_MEMORY=$(brx_back_remember_goal)
        BRX_GOAL=$(jq -c '.releases | last' <<<"$BRX_MEMORY")
        number=$(brx_release_key "$BRX_GOAL" number)
    fi
    BRX_MEMORY=$(jq -c --argjson to "$number" --arg time "$BRX_BEGAN" \
        --arg by "$(brx_who)" --arg from "${BRX_FROM_NUMBER:-}" '
        .going |= (if .to? == $to then . else
            {to: $to, from: $from, time: $time, by: $by} end)' \
        <<<"$BRX_MEMORY")
    brx_do "write down the goal" brx_memory_put "$BRX_MEMORY"
}

# A release that only git knew gets a number here.
brx_back_remember_goal() {
    brx_memory_add "$BRX_MEMORY" \
        "$(jq -c --arg time "$BRX_BEGAN" --arg run '' \
            '.time = $time | .run = $run' <<<"$BRX_GOAL")"
}

brx_back_go() {
    case $BRX_ROAD in
        there) brx_log "  it serves already" ;;
        switch) brx_do "turn the traffic back" brx_way switch "$BRX_SWITCHED" ;;
        deploy)
            brx_back_source
            brx_do "deploy $BRX_COMMIT" brx_way deploy \
                "$BRX_WORK/source/$BRX_OVERLAY" "$BRX_IMAGES" \
                "$(brx_release_key "$BRX_GOAL" version)"
            return
            ;;
    esac
    [[ -z ${BRX_LATER:-} ]] ||
        brx_do "bring back ${BRX_LATER//$'\n'/, }" brx_back_rest
}

# The commit may be younger than this checkout.
brx_back_source() {
    if [[ -z $(brx_git_commit "$BRX_COMMIT") ]]; then
        brx_bounded 120 git fetch --quiet "$(brx_git_remote)" "$BRX_COMMIT" ||
            true
    fi
    [[ -n $(brx_git_commit "$BRX_COMMIT") ]] || brx_fail "the commit" \
        "$BRX_COMMIT is not in this checkout and cannot be fetched"
    [[ -d $BRX_WORK/source ]] || brx_checkout "$BRX_COMMIT"
    [[ -d $BRX_WORK/source/$BRX_OVERLAY ]] || brx_fail "the commit" \
        "$BRX_COMMIT has no $BRX_OVERLAY: it is older than this environment"
}

# What has no traffic to be turned is applied as that release had it.
brx_back_rest() {
    brx_back_source
    brx_pipeline 300 render "BRX_OVERLAY=$BRX_WORK/source/$BRX_OVERLAY" \
        "BRX_NAMESPACE=$BRX_NAMESPACE" "BRX_IMAGES=$BRX_IMAGES"
    brx_rolling_rest "$(brx_result rendered)"
}

# The bad one is marked, the good one is the newest again.
brx_back_record() {
    BRX_MEMORY=$(jq -c --arg now "$(brx_time)" --arg by "$(brx_who)" '
        .going as $going
        | ([.releases[] | select(.number == $going.to)] | first) as $goal
        | ([.releases[] | select((.number | tostring) == $going.from)
            | .images] | first) as $bad
        | .releases |= map(if .images == $bad and .images != $goal.images
            then .withdrawn //= $now else . end)
        | (.releases | last) as $newest
        | if [$newest.restores, $newest.number] | index($going.to) then .
          else .releases += [$goal + {number: ($newest.number + 1),
              restores: $going.to, time: $now, by: $by, run: ""}
              | del(.withdrawn)] end' <<<"$BRX_MEMORY")
    brx_do "write down what runs now" brx_memory_put "$BRX_MEMORY"
}

# Health, then errors. BRX_VERIFIED tells the report what was seen.
brx_back_verify() {
    BRX_VERIFIED='- nothing: the program does not ask for it'
    [[ -n ${BRX_VERIFY:-} ]] || return 0
    [[ -z ${BRX_DRY_RUN:-} ]] || {
        brx_log "  would look at the pods, the addresses and the errors"
        return
    }
    BRX_VERIFIED='- health: **not well**'
    brx_pipeline 600 health "BRX_NAMESPACE=$BRX_NAMESPACE" \
        "BRX_DEPLOYMENTS=$(brx_serving)" "BRX_URLS=${BRX_URLS:-}" \
        "BRX_IMAGES=$BRX_IMAGES"
    BRX_VERIFIED='- health: every pod is ready, every address answers'
    brx_back_errors
}

brx_back_errors() {
    local url=${BRX_PROMETHEUS_URL:-}
    [[ -n ${BRX_CHECKS:-} ]] || return 0
    if [[ -z $url && -z $BRX_OFFLINE ]]; then
        url=$(brx_bounded 60 gh variable get BRX_PROMETHEUS_URL \
            --repo "$BRX_REPOSITORY" --env "$BRX_GITHUB" 2>/dev/null) || url=
    fi
    BRX_VERIFIED+=$'\n''- errors: **nobody could look**'
    [[ -n $url ]] || brx_fail "it is back and its pods are well, but nobody" \
        "could look at the errors: set BRX_PROMETHEUS_URL and run again"
    brx_pipeline 600 watch "BRX_PROMETHEUS_URL=$url" BRX_INTERVAL=15 \
        "BRX_CHECKS=$BRX_CHECKS" "BRX_SECONDS=${BRX_WATCH_SECONDS:-60}" \
        "BRX_PROMETHEUS_TOKEN=${BRX_PROMETHEUS_TOKEN:-}"
    BRX_VERIFIED=${BRX_VERIFIED%$'\n'*}$'\n'"- errors: as promised"
}

# It is over: what comes next may go further back.
brx_back_arrive() {
    BRX_MEMORY=$(jq -c '.going = null' <<<"$BRX_MEMORY")
    brx_do "take the goal off the board" brx_memory_put "$BRX_MEMORY"
}

# At the script's end, once something was to be moved.
brx_back_report() {
    local outcome='it is back, and well' file word=success
    [[ -n ${BRX_MOVING:-} && -z ${BRX_DRY_RUN:-} ]] || return 0
    ((BRX_CODE == 0)) || {
        outcome="stopped in '$BRX_STEP_NAME', exit code $BRX_CODE"
        word=failure
    }
    if [[ -n ${BRX_REPORT:-} ]]; then
        file=$BRX_BACKUP/incident.md
        if brx_incident "$file" "$outcome"; then
            brx_log "the incident report is $file"
        else
            brx_warn "the incident report could not be written"
        fi
    fi
    brx_audit rolled-back "to=$(brx_release_name "$BRX_GOAL")" \
        "from=$BRX_FROM_NAME" "reason=$BRX_REASON" "outcome=$outcome"
    [[ -n $BRX_OFFLINE ]] ||
        brx_tell "$word" "$(brx_release_key "$BRX_GOAL" version), taken back"
}

brx_back_step() {
    brx_step "$@"
    BRX_DONE+="$1. $2"$'\n'
}

brx_roll_back() {
    local count=8
    BRX_SCRIPTS=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
    BRX_WHOLE=yes BRX_DONE='' BRX_VERIFIED='- nothing yet' BRX_MOVING=''
    brx_back_options "$@"
    brx_refuse_yes
    brx_tools git kubectl kubelogin az docker jq flock timeout
    [[ -n $BRX_OFFLINE ]] || brx_tools gh
    BRX_BEGAN=$(brx_time)
    brx_lock "release-$BRX_ENVIRONMENT"
    brx_work
    brx_at_exit brx_back_report
    brx_steps_begin "$(brx_home)/rollback-$BRX_ENVIRONMENT.journal" "$count"
    brx_back_step 1 "what runs, and where it goes" brx_back_plan
    brx_back_step 2 "nobody else is at work" brx_back_alone
    brx_back_step 3 "a person says yes" brx_back_confirm
    brx_back_step 4 "the state is saved" brx_back_save
    brx_back_step 5 "the goal is written down" brx_back_intend
    BRX_MOVING=yes
    brx_back_step 6 "it goes back" brx_back_go
    brx_back_step 7 "it is written down" brx_back_record
    brx_back_step 8 "is it well" brx_back_settle
    brx_steps_end
    brx_log "${BRX_DRY_RUN:+rehearsed: }$BRX_ENVIRONMENT is back at" \
        "$(brx_release_name "$BRX_GOAL")"
}

# Well or not, it has arrived: a run after this one starts from here.
brx_back_settle() {
    local status=0
    # In the background, since `set -e` does not work left of an `||`; what it
    # finds out comes over in a file.
    {
        BRX_AT_EXIT=()
        brx_at_exit brx_back_seen
        brx_back_verify
    } &
    wait "$!" || status=$?
    [[ ! -f $BRX_WORK/verified ]] || BRX_VERIFIED=$(<"$BRX_WORK/verified")
    brx_back_arrive
    ((status == 0)) || brx_fail "it is back, but not as promised: see above." \
        "Go further back with ${0##*/} $BRX_ENVIRONMENT previous, or see" \
        "--list"
}

brx_back_seen() {
    printf '%s\n' "$BRX_VERIFIED" >"$BRX_WORK/verified"
}

# ---- the call ----

brx_roll_back "$@"
