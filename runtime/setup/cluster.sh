# shellcheck shell=bash
# The cluster: the way to it, what it must have, what an administrator puts
# there. Needs answer.sh, azure.sh, steps.sh and todo.sh.

# brx_kube_get WHAT ARGUMENTS...: an object; nothing when there is none.
brx_kube_get() {
    local what=$1 answer
    shift
    answer=$(brx_retry 3 2 brx_bounded 60 kubectl get "$@" --ignore-not-found \
        --output json) || brx_fail "$what is not known: the cluster gave no answer"
    [[ -n $answer ]] || return 0
    jq -sce 'select(map(type) == ["object"]) | .[0]' <<<"$answer" \
        2>/dev/null ||
        brx_fail "$what is not known: no object in the cluster's answer"
}

# A kubeconfig of our own: nothing that was there can be picked by chance.
brx_setup_connect() {
    local clusters name
    clusters=$(brx_az_list "which clusters there are" aks list \
        --resource-group "$BRX_RESOURCE_GROUP")
    BRX_AKS=$(jq -c --arg name "$BRX_CLUSTER" \
        '[.[] | select(.name == $name)] | first // empty' <<<"$clusters")
    [[ -n $BRX_AKS ]] || brx_fail "there is no cluster $BRX_CLUSTER in" \
        "$BRX_RESOURCE_GROUP; make it first: az aks create --name" \
        "$BRX_CLUSTER --resource-group $BRX_RESOURCE_GROUP" \
        "--enable-oidc-issuer --enable-workload-identity --enable-aad"
    BRX_LOCATION=$(jq -r .location <<<"$BRX_AKS")
    KUBECONFIG=$BRX_FOLDER/kubeconfig
    export KUBECONFIG
    brx_retry 3 3 brx_bounded 120 az aks get-credentials --only-show-errors \
        --subscription "$BRX_ACCOUNT" --overwrite-existing \
        --resource-group "$BRX_RESOURCE_GROUP" --name "$BRX_CLUSTER" \
        --file "$KUBECONFIG" || brx_fail "no way to $BRX_CLUSTER"
    brx_bounded 60 kubelogin convert-kubeconfig --login azurecli \
        --kubeconfig "$KUBECONFIG" || brx_fail "kubelogin failed"
    name=$(brx_bounded 60 kubectl config view --minify \
        --output 'jsonpath={.clusters[0].name}') ||
        brx_fail "kubectl cannot read $KUBECONFIG"
    [[ $name == "$BRX_CLUSTER" ]] ||
        brx_fail "connected to '$name' instead of '$BRX_CLUSTER'"
    brx_log "  connected to $BRX_CLUSTER, in $BRX_LOCATION"
}

brx_setup_verify_cluster() {
    brx_verify_version
    brx_verify_nodes
    brx_verify_ingress
    brx_verify_part externalsecrets.external-secrets.io \
        'External Secrets Operator' "${BRX_VAULT:+needed}"
    brx_verify_part certificates.cert-manager.io cert-manager "${BRX_TLS:-}"
    BRX_OIDC=$(jq -r '.oidcIssuerProfile.issuerUrl // ""' <<<"$BRX_AKS")
    [[ -n $BRX_OIDC ]] || brx_fail "$BRX_CLUSTER vouches for nobody: az aks" \
        "update --name $BRX_CLUSTER --resource-group $BRX_RESOURCE_GROUP" \
        "--enable-oidc-issuer --enable-workload-identity"
    brx_bounded 60 kubectl auth can-i create namespaces >/dev/null ||
        brx_fail "you may not make namespaces in $BRX_CLUSTER: it takes an" \
            "administrator of the cluster"
}

brx_verify_version() {
    local version minor lowest highest
    version=$(brx_answer "the cluster's version" object kubectl version \
        --output json | jq -r '.serverVersion | "\(.major).\(.minor)"')
    [[ $version =~ ^1\.([0-9]+)\+?$ ]] ||
        brx_fail "the cluster says no version: $version"
    minor=${BASH_REMATCH[1]}
    lowest=${BRX_KUBERNETES%% *} highest=${BRX_KUBERNETES##* }
    if ((minor < ${lowest#1.} || minor > ${highest#1.})); then
        brx_fail "$BRX_CLUSTER runs Kubernetes $version; the manifests are" \
            "made for $lowest to $highest: upgrade it, or say so in \`project\`"
    fi
    brx_log "  Kubernetes $version"
}

brx_verify_nodes() {
    local ready
    ready=$(brx_answer "which nodes there are" object kubectl get nodes \
        --output json | jq '[.items[] | select(any(.status.conditions[]?;
            .type == "Ready" and .status == "True"))] | length')
    if [[ -n ${BRX_NODES:-} ]] && ((ready < BRX_NODES)); then
        brx_todo "$BRX_CLUSTER has $ready nodes that are ready; the program" \
            "counts on $BRX_NODES"
    fi
    brx_log "  $ready nodes are ready"
}

brx_verify_ingress() {
    local class
    [[ -n ${BRX_INGRESS_CLASS:-} ]] || return 0
    class=$(brx_kube_get "the ingress class" ingressclass "$BRX_INGRESS_CLASS")
    [[ -n $class ]] || brx_fail "$BRX_CLUSTER has no ingress class" \
        "$BRX_INGRESS_CLASS: install its controller (for application routing:" \
        "az aks approuting enable)"
    brx_log "  ingress class $BRX_INGRESS_CLASS"
}

# brx_verify_part CRD NAME NEEDED: what others install.
brx_verify_part() {
    local found
    [[ -n $3 ]] || return 0
    found=$(brx_kube_get "whether $2 is there" crd "$1")
    [[ -n $found ]] || brx_fail "$BRX_CLUSTER has no $2: install it with Helm," \
        "then run this again"
    brx_log "  $2 is installed"
}

brx_setup_render() {
    BRX_RENDERED=$BRX_FOLDER/rendered.yaml
    [[ -d $BRX_ROOT/$BRX_OVERLAY ]] ||
        brx_fail "there is no $BRX_OVERLAY: build the program first"
    brx_bounded 60 kubectl kustomize "$BRX_ROOT/$BRX_OVERLAY" \
        >"$BRX_RENDERED" || brx_fail "$BRX_OVERLAY cannot be rendered"
    [[ -s $BRX_RENDERED ]] || brx_fail "$BRX_OVERLAY renders to nothing"
}

# brx_kube_apply ARGUMENTS...: as the pipelines do it, so that nobody fights.
brx_kube_apply() {
    brx_bounded 300 kubectl apply --server-side --field-manager=broxc \
        "$@" 2>&1 | brx_foreign || brx_fail "the cluster refused the objects"
}

# The namespace, the pipeline's Role, quota and defaults: what no pipeline may
# change.
brx_setup_namespace() {
    local namespace phase
    brx_setup_render
    namespace=$(brx_kube_get "the namespace" namespace "$BRX_NAMESPACE")
    phase=$(jq -rn --argjson namespace "${namespace:-null}" \
        '$namespace.status.phase // "absent"')
    [[ $phase != Terminating ]] ||
        brx_fail "namespace $BRX_NAMESPACE is being deleted: wait until it is gone"
    brx_log "  namespace $BRX_NAMESPACE is $phase"
    brx_do "apply the namespace, roles, quota and defaults" brx_kube_apply \
        --selector broxc/applied-by=administrator --filename "$BRX_RENDERED"
    [[ -z ${BRX_DRY_RUN:-} ]] || return 0
    namespace=$(brx_kube_get "the namespace" namespace "$BRX_NAMESPACE")
    [[ -n $namespace ]] ||
        brx_fail "the cluster does not show the namespace $BRX_NAMESPACE"
}

# The Role is bound to a group; on AKS the pipeline's identity is a user, known
# by the number of its principal.
brx_setup_bind() {
    local principal
    [[ -n $BRX_FOUND ]] || {
        brx_log "  would bind it to the Role deployer"
        return
    }
    principal=$(jq -r .principalId <<<"$BRX_FOUND")
    jq -n --arg namespace "$BRX_NAMESPACE" --arg principal "$principal" '{
        apiVersion: "rbac.authorization.k8s.io/v1", kind: "RoleBinding",
        metadata: {name: "deployer-identity", namespace: $namespace,
            labels: {"app.kubernetes.io/managed-by": "broxc",
                "broxc/applied-by": "administrator"}},
        roleRef: {apiGroup: "rbac.authorization.k8s.io", kind: "Role",
            name: "deployer"},
        subjects: [{apiGroup: "rbac.authorization.k8s.io", kind: "User",
            name: $principal}]}' >"$BRX_FOLDER/binding.json"
    brx_do "bind it to the Role deployer" brx_kube_apply \
        --filename "$BRX_FOLDER/binding.json"
}

# Everything but what runs: pods come with the first release, whose pipeline
# knows the images.
brx_setup_base() {
    local file
    brx_setup_render
    brx_bounded 120 kubectl create --dry-run=client --output json \
        --filename "$BRX_RENDERED" | jq -s '{apiVersion: "v1", kind: "List",
            items: [.[] | if .kind == "List" then .items[] else . end
            | select(.kind as $kind | ["Deployment", "StatefulSet", "CronJob",
                "Job", "HorizontalPodAutoscaler", "PodDisruptionBudget"]
                | index($kind) | not)]}' >"$BRX_FOLDER/base.json" ||
        brx_fail "the cluster does not know all the objects of $BRX_OVERLAY"
    [[ $(jq '.items | length' "$BRX_FOLDER/base.json") != 0 ]] ||
        brx_fail "$BRX_OVERLAY holds no objects"
    for file in "$BRX_ROOT/$BRX_MANIFESTS"/cluster/*.yaml; do
        [[ ! -f $file ]] || brx_do "apply ${file##*/} to the whole cluster" \
            brx_kube_apply --filename "$file"
    done
    brx_do "apply $(jq '.items | length' "$BRX_FOLDER/base.json") base objects" \
        brx_kube_apply --filename "$BRX_FOLDER/base.json"
}
