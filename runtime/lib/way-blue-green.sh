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
