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
