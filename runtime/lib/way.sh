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
