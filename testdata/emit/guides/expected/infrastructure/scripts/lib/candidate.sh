# Made by broxc from its own runtime. Scripts beside this folder read it.
# shellcheck shell=bash
# Putting a release on the idle colour of each service. Needs rollout.sh and
# colour.sh, and the facts of deploy-blue-green.sh and deploy-canary.sh.

# brx_word_of LINES SERVICE: the second word of the service's line.
brx_word_of() {
    awk -v service="$2" '$1 == service { print $2; exit }' <<<"$1"
}

# brx_canary_size LIVE SHARE: so many pods beside LIVE others get SHARE percent
# of the requests, rounded up.
brx_canary_size() {
    jq -n --argjson live "$1" --argjson share "$2" \
        '[1, ($live * $share / (100 - $share) | ceil)] | max'
}

# The idle colour is about to be overwritten: what it held is no longer there
# to go back to. A canary that was there before has no share any more.
brx_remember() {
    local service=$1 idle=$2 floor=$3 image state
    image=$(brx_word_of "$images" "$service")
    state=$(brx_state "$service")
    state=$(jq -c --arg colour "$idle" --arg version "$BRX_VERSION" \
        --arg digest "${image#*@}" --arg floor "$floor" '
        if .previous == $colour then .previous = "" else . end
        | .candidate = $colour | ."candidate-version" = $version
        | ."candidate-digest" = $digest | .floor = $floor
        | del(.share)' <<<"$state")
    brx_state_put "$service" "$state"
}

# As many pods as the live colour has, and never fewer than declared; with a
# SHARE only those that it needs, where another colour is live.
brx_fill() {
    local service=$1 live=$2 idle=$3 share=$4 count running floor
    count=$(brx_word_of "$counts" "$service")
    [[ $count =~ ^[1-9][0-9]*$ ]] || brx_fail "no count for $service"
    running=$(brx_count "$service-$live")
    if [[ -n $share && $live != none ]]; then
        count=$(brx_canary_size "$running" "$share")
    elif ((running > count)); then
        count=$running
    fi
    floor=$(brx_floor "$service-$idle" "$count")
    brx_remember "$service" "$idle" "$floor"
    brx_log "$service-$idle gets $count pods, $service-$live has $running"
    brx_scale "$service-$idle" "$count"
}

# One service after the other, before anything is applied: is the live colour
# still what it was, and has it all of the traffic?
brx_make_way() {
    local service=$1 live=$2 idle=$3 now state
    now=$(brx_live "$service")
    [[ $now == "$live" && $idle != "$live" ]] ||
        brx_fail "$service: the live colour is not $live any more"
    state=$(brx_state "$service")
    brx_end_share "$service" "$live" "$state"
    brx_remember "$service" "$idle" ""
}

# brx_put_on_idle SHARE: all of it; SHARE is empty or a canary's first share.
brx_put_on_idle() {
    local row service live idle deployments=
    colors=$(brx_lines BRX_COLORS 3)
    counts=$(brx_lines BRX_COUNTS 2)
    images=$(brx_lines BRX_IMAGES 2)
    mapfile -t rows <<<"$colors"
    for row in "${rows[@]}"; do
        read -r service live idle <<<"$row"
        brx_make_way "$service" "$live" "$idle"
    done
    brx_apply "$BRX_RENDERED"
    for row in "${rows[@]}"; do
        read -r service live idle <<<"$row"
        brx_fill "$service" "$live" "$idle" "$1"
        deployments+=$service-$idle$'\n'
    done
    for row in $deployments; do
        brx_wait "$BRX_TIMEOUT" "$row"
    done
    brx_output deployments "${deployments%$'\n'}"
}
