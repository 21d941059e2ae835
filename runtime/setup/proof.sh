# shellcheck shell=bash
# Does it work: what the cluster says of secrets and certificates, what names
# lead to, what hosts answer. Needs cluster.sh and todo.sh.

# brx_unready KIND: the names of those that are not ready, and why; nothing when
# all are.
brx_unready() {
    brx_answer "how the ${1%%.*} are" object kubectl --namespace \
        "$BRX_NAMESPACE" get "$1" --output json |
        jq -r '.items[] | ([.status.conditions[]? | select(.type == "Ready")]
            | first // {status: "Unknown", message: "nothing is said of it yet"})
            as $ready | select($ready.status != "True")
            | "\(.metadata.name): \($ready.message // $ready.reason // "not ready")"'
}

brx_all_ready() {
    local left
    left=$(brx_unready "$1") || return
    [[ -z $left ]]
}

# Waits for one kind, then says what is not ready; that is a person's to mend,
# since the pipeline is stopped by it and nothing else is.
brx_wait_for() {
    local left
    [[ -z ${BRX_DRY_RUN:-} ]] || return 0
    brx_until "$2" 10 brx_all_ready "$1" && {
        brx_log "  ${1%%.*}: all are ready"
        return
    }
    left=$(brx_unready "$1")
    [[ -z $left ]] || brx_todo "$3: ${left//$'\n'/; }"
}

brx_setup_wait() {
    [[ -z ${BRX_VAULT:-} ]] ||
        brx_wait_for externalsecrets.external-secrets.io 180 \
            "put the secrets into $BRX_VAULT; what the cluster says"
    [[ -z ${BRX_TLS:-} ]] || brx_wait_for certificates.cert-manager.io 180 \
        "certificates come when their names lead here; what the cluster says"
    brx_setup_deployments
}

brx_setup_deployments() {
    local names name
    names=$(brx_answer "what runs in $BRX_NAMESPACE" object kubectl \
        --namespace "$BRX_NAMESPACE" get deployments --output json |
        jq -r '.items[] | select(.spec.replicas != 0) | .metadata.name')
    [[ -n $names ]] || {
        brx_log "  nothing runs yet: the first release comes by the pipeline"
        return
    }
    for name in $names; do
        if brx_bounded 330 kubectl --namespace "$BRX_NAMESPACE" rollout status \
            "deployment/$name" --timeout 300s >/dev/null; then
            brx_log "  $name is well"
        else
            brx_todo "see to $name: it does not become healthy"
        fi
    done
}

# The address that the cluster itself shows, beside the one that was declared.
brx_setup_address() {
    local shown
    BRX_INGRESS_AT=''
    shown=$(brx_answer "which ingresses there are" object kubectl --namespace \
        "$BRX_NAMESPACE" get ingresses --output json |
        jq -r '[.items[].status.loadBalancer.ingress[]? | .ip // .hostname]
            | unique | join(" ")')
    BRX_INGRESS_AT=${shown%% *}
    if [[ -z $shown ]]; then
        brx_log "  the ingress has no address yet"
    elif [[ -z ${BRX_ADDRESS:-} ]]; then
        brx_todo "write the address $shown at the ingress of" \
            "$BRX_ENVIRONMENT, build the program and commit"
    elif [[ " $shown " != *" $BRX_ADDRESS "* ]]; then
        brx_todo "the ingress is at $shown, the program says $BRX_ADDRESS"
    else
        brx_log "  the ingress is at $BRX_ADDRESS"
    fi
}

# The records as a zone file has them, and whether the world sees them.
brx_setup_names() {
    local owner ttl class type value found
    while read -r owner ttl class type value; do
        [[ -n $owner ]] || continue
        [[ $value != \?* ]] || value=${BRX_INGRESS_AT:-$value}
        found=$(brx_bounded 20 getent ahosts "${owner%.}" 2>/dev/null |
            awk '{print $1}' | sort -u | tr '\n' ' ') || found=
        if [[ -n $found && " $found" == *" $value "* ]]; then
            brx_log "  ${owner%.} leads to $value"
        else
            brx_todo "DNS: $owner $ttl $class $type $value" \
                "(now: ${found:-nothing})"
        fi
    done <<<"${BRX_RECORDS:-}"
}

brx_setup_urls() {
    local url
    for url in ${BRX_URLS:-}; do
        if brx_bounded 30 curl --silent --show-error --fail --output /dev/null \
            --proto '=https' --max-time 20 "$url" 2>/dev/null; then
            brx_log "  $url answers"
        else
            brx_log "  $url does not answer yet"
        fi
    done
}

brx_setup_health() {
    brx_setup_address
    brx_setup_names
    brx_setup_urls
}
