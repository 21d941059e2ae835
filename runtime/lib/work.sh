# shellcheck shell=bash
# What a person's script needs for its run: a folder that goes with it, a
# checkout of the release that it is about, a way to a cluster. Needs log.sh,
# exit.sh and step.sh.

# brx_tools NAME...: all that are missing are named at once.
brx_tools() {
    local tool missing=
    for tool in "$@"; do
        command -v "$tool" >/dev/null || missing+=" $tool"
    done
    [[ -z $missing ]] || brx_fail "these tools are missing:$missing"
}

# BRX_WORK is made, and gone at the end.
brx_work() {
    BRX_WORK=$(mktemp -d "${TMPDIR:-/tmp}/broxc.XXXXXX")
    brx_at_exit brx_work_end
}

brx_work_end() {
    rm -rf -- "$BRX_WORK"
    git worktree prune 2>/dev/null || true
}

# brx_checkout COMMIT: its files in BRX_WORK/source; nothing else is touched.
brx_checkout() {
    git worktree prune
    git worktree add --quiet --detach --force "$BRX_WORK/source" "$1" ||
        brx_fail "the commit $1 cannot be checked out"
}

# Connects to the cluster of BRX_ENVIRONMENT: every kubectl from now on.
brx_connect() {
    local name value
    brx_pipeline 300 connect "BRX_CLUSTER=$BRX_CLUSTER" \
        "BRX_RESOURCE_GROUP=$BRX_RESOURCE_GROUP" \
        "BRX_NAMESPACE=$BRX_NAMESPACE" >"$BRX_WORK/connected" ||
        brx_fail "no way to the cluster $BRX_CLUSTER; is \`az login\` done," \
            "and may you see it?"
    KUBECONFIG=''
    while IFS='=' read -r name value; do
        [[ $name != KUBECONFIG ]] || KUBECONFIG=$value
    done <"$BRX_WORK/variables"
    [[ -n $KUBECONFIG ]] || brx_fail "connect.sh says no KUBECONFIG"
    export KUBECONFIG
}
