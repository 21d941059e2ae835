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
