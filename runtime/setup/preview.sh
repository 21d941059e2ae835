# shellcheck shell=bash
# Who brings pull requests into the cluster: an identity that is nobody else's,
# since whoever may push a branch is it. Needs azure.sh, cluster.sh, identity.sh
# and todo.sh; reads BRX_PREVIEW, the GitHub environment, BRX_PREVIEW_IDENTITY
# and BRX_PREVIEW_ROLE, the ClusterRole.

# The admission policy is there before anybody is bound.
brx_setup_preview() {
    local subject
    [[ -n ${BRX_PREVIEW:-} ]] || return 0
    brx_setup_preview_rights
    subject=$(brx_subject "$BRX_PREVIEW")
    brx_identity "$BRX_PREVIEW_IDENTITY" ''
    brx_federate github-preview \
        https://token.actions.githubusercontent.com "$subject"
    brx_role "Azure Kubernetes Service Cluster User Role" \
        "$(jq -r .id <<<"$BRX_AKS")" "$BRX_CLUSTER"
    brx_setup_preview_bind
    brx_setup_variable "$BRX_PREVIEW"
    brx_setup_preview_registry
}

brx_setup_preview_rights() {
    local rights=$BRX_MANIFESTS/previews/rights.yaml
    [[ -f $BRX_ROOT/$rights ]] ||
        brx_fail "there is no $rights: build the program first"
    brx_do "apply $rights to the whole cluster" brx_kube_apply \
        --filename "$BRX_ROOT/$rights"
}

# It may make and delete namespaces, which RBAC knows for the whole cluster
# alone; the policy holds it to those of previews.
brx_setup_preview_bind() {
    local principal
    [[ -n $BRX_FOUND ]] || {
        brx_log "  would bind it to the ClusterRole $BRX_PREVIEW_ROLE"
        return
    }
    principal=$(jq -r .principalId <<<"$BRX_FOUND")
    jq -n --arg role "$BRX_PREVIEW_ROLE" --arg principal "$principal" '{
        apiVersion: "rbac.authorization.k8s.io/v1", kind: "ClusterRoleBinding",
        metadata: {name: "\($role)-identity",
            labels: {"app.kubernetes.io/managed-by": "broxc",
                "broxc/applied-by": "administrator"}},
        roleRef: {apiGroup: "rbac.authorization.k8s.io", kind: "ClusterRole",
            name: $role},
        subjects: [{apiGroup: "rbac.authorization.k8s.io", kind: "User",
            name: $principal}]}' >"$BRX_FOLDER/preview.json"
    brx_do "bind it to the ClusterRole $BRX_PREVIEW_ROLE" brx_kube_apply \
        --filename "$BRX_FOLDER/preview.json"
}

# A role on the whole registry would let a branch replace images of releases; on
# a part of it, only a registry with attribute-based access has roles, and a
# person says of which part.
brx_setup_preview_registry() {
    local role='Container Registry Repository Writer' all principal
    [[ $BRX_REGISTRY == *.azurecr.* ]] || {
        brx_todo "let $BRX_PREVIEW_IDENTITY push to $BRX_REGISTRY/previews/," \
            "and nowhere else"
        return
    }
    all=$(brx_az_list "which registries there are" acr list)
    all=$(jq -r --arg server "$BRX_REGISTRY" '[.[]
        | select(.loginServer == $server)] | first // {} | .id // empty' \
        <<<"$all")
    principal=$(jq -rn --argjson found "${BRX_FOUND:-null}" \
        '$found.principalId // "nobody"')
    if [[ -n $all ]]; then
        all=$(brx_az_list "which roles there are on $BRX_REGISTRY" \
            role assignment list --scope "$all" --include-inherited)
    fi
    if jq -e --arg role "$role" --arg principal "$principal" 'any(.[];
        .roleDefinitionName == $role and .principalId == $principal)' \
        <<<"${all:-[]}" >/dev/null; then
        brx_log "  it has the role $role on $BRX_REGISTRY"
    else
        brx_todo "give $BRX_PREVIEW_IDENTITY the role $role on $BRX_REGISTRY," \
            "with a condition on the repositories previews/: az acr update" \
            "--role-assignment-mode rbac-abac, then az role assignment create" \
            "--condition"
    fi
}
