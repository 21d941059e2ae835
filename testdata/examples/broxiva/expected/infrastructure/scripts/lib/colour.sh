# Made by broxc from its own runtime. Scripts beside this folder read it.
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
