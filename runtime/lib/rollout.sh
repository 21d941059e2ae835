# shellcheck shell=bash
# Applying objects and waiting for Deployments in BRX_NAMESPACE.

brx_kubectl() {
    kubectl --namespace "$BRX_NAMESPACE" "$@"
}

# brx_get KIND NAME: the object as JSON, or nothing when it does not exist.
brx_get() {
    brx_kubectl get "$1" "$2" --ignore-not-found --output json
}

# What is applied: never what an administrator applies, to which the pipeline
# has no right; not yet what is named in BRX_LATER; with BRX_ONLY that alone.
brx_selected() {
    local later only
    later=$(brx_lines BRX_LATER 1 | paste -sd , -)
    only=$(brx_lines BRX_ONLY 1 | paste -sd , -)
    printf 'broxc/applied-by!=administrator%s%s\n' \
        "${later:+,app.kubernetes.io/name notin ($later)}" \
        "${only:+,app.kubernetes.io/name in ($only)}"
}

# Applies a file ("-" is not possible: it may be read twice). What somebody
# changed by hand is named in a warning, then put back: git is the truth.
brx_apply() {
    local said selector
    selector=$(brx_selected)
    if said=$(brx_kubectl apply --server-side --field-manager=broxc \
        --selector "$selector" --filename "$1" 2>&1); then
        brx_log "$said"
        return
    fi
    [[ $said == *conflict* ]] || brx_fail "apply failed: $said"
    brx_warn "changed outside of git, and put back now: $said"
    brx_kubectl apply --server-side --field-manager=broxc \
        --selector "$selector" --force-conflicts --filename "$1"
}

# brx_wait TIMEOUT DEPLOYMENT: shows what is wrong when it gives up.
brx_wait() {
    if brx_kubectl rollout status "deployment/$2" --timeout "$1"; then
        return
    fi
    {
        brx_kubectl get pods --output wide || true
        brx_kubectl get events --sort-by=.lastTimestamp | tail -n 25 || true
    } 2>&1 | brx_foreign
    brx_fail "$2 did not become healthy in $1; pods and events are above"
}

# The count that a Deployment should have; 0 when it does not exist.
brx_count() {
    brx_get deployment "$1" | jq -rn 'input? // {} | .spec.replicas // 0'
}

brx_scale() {
    brx_kubectl scale deployment "$1" --replicas "$2"
}

# brx_lines FACT WIDTH: checks that each line of a fact has WIDTH words, the
# first of them the name of a service. Prints them without the empty ones.
brx_lines() {
    local line words
    while IFS= read -r line; do
        read -ra words <<<"$line"
        ((${#words[@]})) || continue
        if ((${#words[@]} != $2)) ||
            [[ ! ${words[0]} =~ ^[a-z]([a-z0-9-]*[a-z0-9])?$ ]]; then
            brx_fail "a line of $1 is not well formed: $line"
        fi
        printf '%s\n' "${words[*]}"
    done <<<"${!1:-}"
}

# The revision of a Deployment; 0 when it does not exist.
brx_revision() {
    brx_get deployment "$1" | jq -rn 'input? // {}
        | .metadata.annotations["deployment.kubernetes.io/revision"] // "0"'
}
