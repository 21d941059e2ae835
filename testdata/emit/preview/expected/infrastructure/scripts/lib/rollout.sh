# Made by broxc from its own runtime. Scripts beside this folder read it.
# shellcheck shell=bash
# Applying objects and waiting for what runs in BRX_NAMESPACE. A target is the
# name of a Deployment, or `statefulset/NAME`.

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

# brx_kind TARGET
brx_kind() {
    case $1 in
        */*) printf '%s\n' "${1%%/*}" ;;
        *) printf 'deployment\n' ;;
    esac
}

# brx_rolled TARGET: the object as JSON, or nothing when it does not exist.
brx_rolled() {
    brx_get "$(brx_kind "$1")" "${1##*/}"
}

# brx_wait TIMEOUT TARGET: shows what is wrong when it gives up.
brx_wait() {
    if brx_kubectl rollout status "$(brx_kind "$2")/${2##*/}" \
        --timeout "$1"; then
        return
    fi
    {
        brx_kubectl get pods --output wide || true
        brx_kubectl get events --sort-by=.lastTimestamp | tail -n 25 || true
    } 2>&1 | brx_foreign
    brx_fail "$2 did not become healthy in $1; pods and events are above"
}

# The count that a target should have; 0 when it does not exist.
brx_count() {
    brx_rolled "$1" | jq -rn 'input? // {} | .spec.replicas // 0'
}

brx_scale() {
    brx_kubectl scale "$(brx_kind "$1")" "${1##*/}" --replicas "$2"
}

# brx_new ROWS: of the rows `TARGET COUNT` those whose target is not there yet.
# Where an autoscaler owns the count, the manifest has no `replicas`, and what
# is made would start with one: it is scaled once, when it is first made.
brx_new() {
    local target count found
    while read -r target count; do
        [[ -n $target ]] || continue
        [[ $count =~ ^[1-9][0-9]*$ ]] || brx_fail "not a count: $target $count"
        found=$(brx_rolled "$target")
        [[ -n $found ]] || printf '%s %s\n' "$target" "$count"
    done <<<"$1"
}

# brx_start ROWS: what brx_new said, once it is applied.
brx_start() {
    local target count
    while read -r target count; do
        [[ -n $target ]] || continue
        brx_log "$target is new and starts with $count"
        brx_scale "$target" "$count"
    done <<<"$1"
}

# brx_lines FACT WIDTH: checks that each line of a fact has WIDTH words, the
# first of them the name of a service, or a target. Prints them without the
# empty ones.
brx_lines() {
    local line words
    while IFS= read -r line; do
        read -ra words <<<"$line"
        ((${#words[@]})) || continue
        if ((${#words[@]} != $2)) ||
            [[ ! ${words[0]} =~ ^(statefulset/)?[a-z]([a-z0-9-]*[a-z0-9])?$ ]]; then
            brx_fail "a line of $1 is not well formed: $line"
        fi
        printf '%s\n' "${words[*]}"
    done <<<"${!1:-}"
}

# The revision of a target; 0 when it does not exist.
brx_revision() {
    local object name
    object=$(brx_rolled "$1")
    if [[ -z $object || $(brx_kind "$1") == deployment ]]; then
        jq -rn 'input? // {}
            | .metadata.annotations["deployment.kubernetes.io/revision"] // "0"' \
            <<<"$object"
        return
    fi
    name=$(jq -r '.status.updateRevision // ""' <<<"$object")
    [[ -n $name ]] || brx_fail "$1 does not say its revision yet"
    brx_get controllerrevision "$name" | jq -rn 'input? // {} | .revision // 0'
}

# Pods with a colour are another strategy's: beside them nothing else may serve.
brx_no_colours() {
    local colour count
    for colour in blue green; do
        count=$(brx_count "$1-$colour")
        ((count == 0)) ||
            brx_fail "$1-$colour still has $count pods: move $1 away from \
colours by hand first (docs: changing the strategy)"
    done
}
