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
