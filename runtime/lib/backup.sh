# shellcheck shell=bash
# The state of an environment as it is, in files. Secrets are not among it.
# Needs log.sh and rollout.sh.

BRX_BACKUP_KINDS=(deployments horizontalpodautoscalers services configmaps
    cronjobs ingresses)

# brx_backup FOLDER: one file a kind; whole, or the script stops.
brx_backup() {
    local kind
    (umask 077 && mkdir -p -- "$1") || brx_fail "$1 cannot be made"
    for kind in "${BRX_BACKUP_KINDS[@]}"; do
        (umask 077 && brx_bounded 120 kubectl --namespace "$BRX_NAMESPACE" \
            get "$kind" --output json >"$1/$kind.json.new") ||
            brx_fail "$kind cannot be saved; nothing was changed"
        jq -e '.items | type == "array"' "$1/$kind.json.new" >/dev/null ||
            brx_fail "what kubectl says of $kind is no list; nothing was changed"
        mv -f -- "$1/$kind.json.new" "$1/$kind.json"
    done
}
