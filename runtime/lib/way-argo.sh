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
