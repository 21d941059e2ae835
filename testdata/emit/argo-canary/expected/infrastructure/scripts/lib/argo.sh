# Made by broxc from its own runtime. Scripts beside this folder read it.
# shellcheck shell=bash
# Rollouts of Argo, by kubectl alone: fields of their status are read and
# patched, as the plug-in of kubectl does. Needs rollout.sh.
#
# What Argo keeps in the status is the memory: which pods are stable, which are
# new, at which step it is and what it waits for. Nothing stands beside it.

# brx_rollout SERVICE: how its Rollout is, two words:
#   unseen   the controller has not seen yet what was applied
#   through  what the Deployment says serves, and alone
#   paused   it waits for somebody
#   moving   it makes pods, or reads metrics
#   failed   it was aborted, or does not get there
# and where: the index of its step, or `preview` and `active` for blue-green.
brx_rollout() {
    local deployment
    deployment=$(brx_get deployment "$1")
    brx_get rollout "$1" | jq -rn --argjson deployment "${deployment:-null}" '
        input? // {} | .status as $status
        | (if ($status.observedGeneration // "" | tostring)
                != (.metadata.generation // 0 | tostring)
            or ($status.workloadObservedGeneration // "" | tostring)
                != ($deployment.metadata.generation // 0 | tostring)
            then "unseen"
          elif $status.abort == true or $status.phase == "Degraded"
            then "failed"
          elif $status.phase == "Healthy"
            and $status.stableRS == $status.currentPodHash then "through"
          elif ($status.pauseConditions // [] | length) > 0 then "paused"
          else "moving" end) as $how
        | if .spec.strategy.canary != null
          then "\($how) \($status.currentStepIndex // 0)"
          elif $status.blueGreen.activeSelector == $status.currentPodHash
          then "\($how) active" else "\($how) preview" end'
}

brx_patch_status() {
    brx_kubectl patch rollout "$1" --type merge --patch "{\"status\":$2}" \
        --subresource status
}

brx_resume() {
    brx_patch_status "$1" '{"pauseConditions":null}'
}

# All of it without pauses; where the new pods are the stable ones already,
# there is nothing to promote, and a promise of it would outlive its reason.
brx_promote_fully() {
    local rollout
    rollout=$(brx_get rollout "$1")
    jq -e '.status.stableRS != .status.currentPodHash' <<<"$rollout" \
        >/dev/null || return 0
    brx_patch_status "$1" '{"promoteFull":true,"pauseConditions":null}'
}

# Is `HOW WHERE` as far as GOAL: seen, halt, through, active, or a step's index?
brx_is_there() {
    local how=$1 where=$2 goal=$3
    [[ $how != through ]] || return 0
    case $goal in
        through) return 1 ;;
        seen) [[ $how != unseen ]] ;;
        halt) [[ $how == paused ]] ;;
        active) [[ $how != unseen && $where == active ]] ;;
        *) [[ $how != unseen ]] && ((where >= goal)) ;;
    esac
}

# What a Rollout says of itself, for whoever reads the log.
brx_show_rollout() {
    {
        brx_get rollout "$1" | jq -c '.status
            | {phase, message, abort, currentStepIndex, conditions}' || true
        brx_kubectl get analysisruns --output wide || true
    } 2>&1 | brx_foreign
}

# brx_follow SERVICE SECONDS GOAL: waits until it is there.
brx_follow() {
    local waited how where
    for ((waited = 0; waited < $2; waited += 5)); do
        read -r how where < <(brx_rollout "$1")
        if brx_is_there "${how:-unseen}" "${where:-0}" "$3"; then
            brx_log "$1: $how at $where"
            return
        fi
        [[ ${how:-} != failed ]] || break
        sleep 5
    done
    brx_show_rollout "$1"
    brx_fail "$1 did not get to '$3' in $2s, it is '${how:-unknown}' at \
'${where:-nowhere}'; what Argo says is above"
}
