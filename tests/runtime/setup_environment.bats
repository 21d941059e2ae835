# setup-environment.sh against a small subscription, cluster and GitHub.
load helper
load settings

facts() {
    printf "readonly BRX_PROJECT=shop BRX_REPOSITORY=acme/shop BRX_UP=. \
BRX_HOSTING=settings BRX_PLAN='' BRX_REGISTRY=shop.azurecr.io \
BRX_KUBERNETES='1.33 1.36' BRX_TENANT='%s' BRX_SUBSCRIPTION='' \
BRX_MANIFESTS=kubernetes\n" "${TENANT:-}"
    printf "readonly BRX_FACTS='%s'\n" "$(
        row production SHORT prod
        row production TIER production
        row production CLUSTER shop-aks
        row production RESOURCE_GROUP shop-rg
        row production NAMESPACE shop-production
        row production NODES 2
        row production BRANCH main
        row production WORKFLOW cd-prod.yml
        row production GITHUB production
        row production GITHUBS production
        row production GITHUBS production-approval-1
        row production IDENTITY shop-prod-pipeline
        row production OVERLAY kubernetes/overlays/production
        row production VAULT shop-kv
        row production VAULT_IDENTITY shop-prod-vault
        row production VAULT_HOLE VAULT_IDENTITY_PROD
        row production SECRETS database-url
        row production SECRETS jwt-secret
        row production INGRESS_CLASS web
        row production ADDRESS 203.0.113.9
        row production TLS needed
        row production RECORDS 'shop.example. 300 IN A 203.0.113.9'
        row production RECORDS 'api.shop.example. 300 IN A ?INGRESS'
        row production URLS https://shop.example/ready
        row staging SHORT stage
        row staging TIER staging
        row staging CLUSTER shop-aks
        row staging RESOURCE_GROUP shop-rg
        row staging NAMESPACE shop-staging
        row staging BRANCH next
        row staging WORKFLOW cd-stage.yml
        row staging GITHUB staging
        row staging GITHUBS staging
        row staging IDENTITY shop-stage-pipeline
        row staging OVERLAY kubernetes/overlays/staging
        row development SHORT dev
        row development TIER development
        row development CLUSTER shop-aks
        row development RESOURCE_GROUP shop-rg
        row development NAMESPACE shop-dev
        row development BRANCH next
        row development WORKFLOW cd-dev.yml
        row development GITHUB development
        row development GITHUBS development
        row development GITHUBS preview
        row development IDENTITY shop-dev-pipeline
        row development OVERLAY kubernetes/overlays/development
        row development PREVIEW preview
        row development PREVIEW_IDENTITY shop-dev-preview
        row development PREVIEW_ROLE shop-dev-preview-deployer
    )"
}

row() {
    printf '%s BRX_%s %s\n' "$@"
}

setup() {
    export SCRIPT=$BATS_TEST_TMPDIR/fake/setup-environment.sh
    settings_setup
    export TOOLS=$ROOT/tests/runtime/forge:$ROOT/tests/runtime/cloud
    export FAKE_NAMESPACE=shop-staging
}

begun() {
    a_forge
    compose setup/setup.sh brx_setup >"$SCRIPT"
    mkdir -p "$FAKE"/settings/environments "$FAKE/cloud" "$FAKE/cluster"
    a_repository
    a_subscription
    a_cluster
}

a_repository() {
    local name
    for name in production production-approval-1 staging development preview; do
        jq -n --arg name "$name" '{name: $name, settings: {wait_timer: 0,
            prevent_self_review: false, reviewers: null,
            deployment_branch_policy: null}, branch_policies: [],
            variables: [{name: "AZURE_CLIENT_ID", required: true, for: "who"}],
            secrets: []}' >"$FAKE/settings/environments/$name.json"
        mkdir -p "$FAKE/kubernetes/overlays/$name"
        {
            object Namespace shop 'administrator'
            object Role deployer 'administrator'
            object ConfigMap config ''
            object Deployment api ''
            object CronJob night ''
        } >"$FAKE/kubernetes/overlays/$name/rendered"
    done
    mkdir -p "$FAKE/kubernetes/cluster" "$FAKE/kubernetes/previews"
    object ValidatingAdmissionPolicy shop-dev-previews administrator \
        >"$FAKE/kubernetes/previews/rights.yaml"
    object ClusterIssuer issuer '' >"$FAKE/kubernetes/cluster/issuer.yaml"
    forge oidc '{"use_default": true}'
}

# object KIND NAME WHO
object() {
    jq -cn --arg kind "$1" --arg name "$2" --arg who "$3" '{kind: $kind,
        metadata: {name: $name, labels: {"broxc/applied-by": $who}}}'
}

a_subscription() {
    echo '{"id": "sub-1", "tenantId": "t-1", "name": "Shop", "user": {"name": "me"}}' \
        >"$FAKE/cloud/account"
    echo '{"name": "shop-rg"}' >"$FAKE/cloud/group"
    echo '{"name": "shop-aks", "location": "westeurope", "id": "/aks/shop",
        "oidcIssuerProfile": {"issuerUrl": "https://oidc.example/1/"}}' |
        jq -c . >"$FAKE/cloud/aks"
    echo '{"loginServer": "shop.azurecr.io", "id": "/acr/shop"}' >"$FAKE/cloud/acr"
    echo '{"name": "database-url"}' >"$FAKE/cloud/secrets"
}

a_cluster() {
    echo shop-aks >"$FAKE/context"
    echo '{"serverVersion": {"major": "1", "minor": "34"}}' >"$FAKE/cluster/version"
    jq -n '{items: [range(2) | {status: {conditions:
        [{type: "Ready", status: "True"}]}}]}' >"$FAKE/cluster/nodes"
    echo '{}' >"$FAKE/cluster/ingressclass.web"
    echo '{}' >"$FAKE/cluster/crd.externalsecrets.external-secrets.io"
    echo '{}' >"$FAKE/cluster/crd.certificates.cert-manager.io"
    echo 'shop.example 203.0.113.9 STREAM' >"$FAKE/names"
}

prepare() {
    alone "$SCRIPT" "$@" </dev/null
}

@test "a rehearsal looks at everything and changes nothing" {
    run prepare prod --dry-run
    [ "$status" -eq 0 ]
    has 'would make the identity shop-prod-pipeline'
    has 'would make the vault shop-kv'
    has 'would apply 3 base objects'
    has '[11/11] Print summary'
    [ "$(changes)" -eq 0 ]
    never_called 'apply --server-side'
    never_called ' create --name'
    [ -z "$(find "$BRX_HOME" -name 'setup-*' -not -name '*.lock')" ]
}

@test "production is set up when somebody types its name" {
    export FAKE_NAMESPACE=shop-production
    run prepare production --yes
    [ "$status" -eq 2 ]
    has '--yes is refused for production'
    run prepare production
    [ "$status" -eq 4 ]
    never_called 'apply --server-side'
    run typed production bash -c 'alone "$SCRIPT" prod'
    [ "$status" -eq 0 ]
    [ "$(<"$FAKE/cluster/applied")" = $'"ClusterIssuer issuer"\n"ConfigMap config"
"Namespace shop"\n"Role deployer"\n"RoleBinding deployer-identity"' ]
    [ "$(jq -r .subject "$FAKE/cloud/trusts.shop-prod-pipeline")" = \
        repo:acme/shop:environment:production ]
    [ "$(jq -r '"\(.issuer) \(.subject)"' "$FAKE/cloud/trusts.shop-prod-vault")" = \
        'https://oidc.example/1/ system:serviceaccount:shop-production:vault-reader' ]
    [ "$(jq -r .id "$FAKE/cloud/roles" | sort)" = 'AcrPush /acr/shop
Azure Kubernetes Service Cluster User Role /aks/shop
Key Vault Secrets User /vaults/shop-kv' ]
    [ "$(holds environments,production,variables,AZURE_CLIENT_ID .value)" = \
        "$(jq -c 'select(.name == "shop-prod-pipeline") | .clientId' "$FAKE/cloud/identity")" ]
    has 'by hand: az keyvault secret set --vault-name shop-kv --name jwt-secret'
    has 'given VAULT_IDENTITY_PROD'
    has 'shop.example leads to 203.0.113.9'
    has 'by hand: DNS: api.shop.example. 300 IN A ?INGRESS (now: nothing)'
    has 'What remains to be done by hand:'
    jq -r '"\(.event) \(.word)"' "$BRX_HOME/shop/audit.jsonl" |
        grep -qx 'confirmed production'
}

@test "a second run changes nothing but what is applied again" {
    run prepare stage --yes
    [ "$status" -eq 0 ]
    local before
    before=$(state)
    : >"$FAKE/calls"
    run prepare staging --yes
    [ "$status" -eq 0 ]
    [ "$(changes)" -eq 0 ]
    never_called ' create --name'
    never_called 'role assignment create'
    [ "$(state)" = "$before" ]
}

@test "previews get an identity of their own, behind their policy" {
    export FAKE_NAMESPACE=shop-dev
    local preview before
    run prepare dev --dry-run
    [ "$status" -eq 0 ]
    has 'would apply kubernetes/previews/rights.yaml to the whole cluster'
    has 'would make the identity shop-dev-preview'
    has 'would trust repo:acme/shop:environment:preview'
    has 'would bind it to the ClusterRole shop-dev-preview-deployer'
    has 'would set AZURE_CLIENT_ID of preview'
    [ "$(changes)" -eq 0 ]
    never_called 'apply --server-side'
    run prepare dev --yes
    [ "$status" -eq 0 ]
    [ "$(jq -r '"\(.name) \(.subject)"' "$FAKE/cloud/trusts.shop-dev-preview")" = \
        'github-preview repo:acme/shop:environment:preview' ]
    # The policy is there before anybody is bound.
    [ "$(grep -oE 'rights.yaml|preview.json' "$FAKE/calls" | xargs)" = \
        'rights.yaml preview.json' ]
    grep -qx '"ClusterRoleBinding shop-dev-preview-deployer-identity"' \
        "$FAKE/cluster/applied"
    preview=$(jq -c 'select(.name == "shop-dev-preview")' "$FAKE/cloud/identity")
    [ "$(jq -r --arg who "$(jq -r .principalId <<<"$preview")" \
        'select(.principalId == $who) | .id' "$FAKE/cloud/roles")" = \
        'Azure Kubernetes Service Cluster User Role /aks/shop' ]
    [ "$(holds environments,preview,variables,AZURE_CLIENT_ID .value)" = \
        "$(jq -c .clientId <<<"$preview")" ]
    has 'by hand: give shop-dev-preview the role Container Registry Repository Writer'
    jq -c '{id: "by hand", roleDefinitionName: "Container Registry Repository Writer",
        principalId, scope: "/acr/shop"}' <<<"$preview" >>"$FAKE/cloud/roles"
    before=$(state)
    run prepare dev --yes
    [ "$status" -eq 0 ]
    has 'it has the role Container Registry Repository Writer on shop.azurecr.io'
    [[ $output != *'by hand: give shop-dev-preview'* ]]
    [ "$(state)" = "$before" ]
}

@test "previews of a program that was not built are let in by nobody" {
    export FAKE_NAMESPACE=shop-dev
    rm "$FAKE/kubernetes/previews/rights.yaml"
    run prepare dev --yes
    [ "$status" -eq 1 ]
    has 'there is no kubernetes/previews/rights.yaml: build the program first'
    [ ! -e "$FAKE/cloud/trusts.shop-dev-preview" ]
}

@test "the subject is the one that GitHub says" {
    forge oidc '{"use_default": true, "use_immutable_subject": true,
        "sub_claim_prefix": "repo:acme@11/shop@22"}'
    run prepare stage --yes
    [ "$status" -eq 0 ]
    [ "$(jq -r .subject "$FAKE/cloud/trusts.shop-stage-pipeline")" = \
        repo:acme@11/shop@22:environment:staging ]
    forge oidc '{"use_default": true, "use_immutable_subject": true}'
    forge repository "$(holds repository '.id = 5 | .owner.id = 6')"
    run prepare stage --yes
    [ "$(jq -r .subject "$FAKE/cloud/trusts.shop-stage-pipeline")" = \
        repo:acme@6/shop@5:environment:staging ]
    forge oidc '{"use_default": false}'
    run prepare stage --yes
    [ "$status" -eq 1 ]
    has 'has a subject of its own'
}

@test "a twenty-first subject is refused before Azure does" {
    run prepare stage --yes
    jq -cn 'range(20) | {name: "n\(.)", issuer: "i", subject: "s"}' \
        >"$FAKE/cloud/trusts.shop-stage-pipeline"
    run prepare stage --yes
    [ "$status" -eq 1 ]
    has 'trusts 20 subjects'
}

@test "what the environment stands on is looked at before anything is changed" {
    local row
    for row in 'aks|there is no cluster shop-aks' 'group|no resource group shop-rg' \
        'account|who you are at Azure'; do
        mv "$FAKE/cloud/${row%%|*}" "$FAKE/away"
        run prepare stage --yes
        [ "$status" -eq 1 ]
        has "${row#*|}"
        has 'stopped in step'
        mv "$FAKE/away" "$FAKE/cloud/${row%%|*}"
    done
    echo other >"$FAKE/context"
    run prepare stage --yes
    has "connected to 'other' instead of 'shop-aks'"
    echo shop-aks >"$FAKE/context"
    echo '{"serverVersion": {"major": "1", "minor": "31"}}' >"$FAKE/cluster/version"
    run prepare stage --yes
    has 'made for 1.33 to 1.36'
    a_cluster
    touch "$FAKE/cluster/forbidden"
    run prepare stage --yes
    has 'it takes an administrator of the cluster'
    rm "$FAKE/cluster/forbidden"
    TENANT=t-2 compose setup/setup.sh brx_setup >"$SCRIPT"
    run prepare stage --yes
    has 'az login --tenant t-2'
    never_called 'apply --server-side'
    [ "$(changes)" -eq 0 ]
}

@test "production needs its parts: ingress, vault's reader, certificates" {
    local part
    for part in ingressclass.web crd.externalsecrets.external-secrets.io \
        crd.certificates.cert-manager.io; do
        mv "$FAKE/cluster/$part" "$FAKE/away"
        run prepare prod --dry-run
        [ "$status" -eq 1 ]
        has 'install'
        mv "$FAKE/away" "$FAKE/cluster/$part"
    done
}

@test "--list names the steps, --from begins at one, wrong words end with 2" {
    run prepare --list
    [ "$status" -eq 0 ]
    [ "${#lines[@]}" -eq 11 ]
    [ "${lines[5]}" = ' 6  Create or verify namespace' ]
    run prepare stage --yes --from 9
    [ "$status" -eq 0 ]
    has '[7/11] Set up identities and secrets: left out'
    never_called 'apply --server-side'
    for words in '' 'nowhere' 'stage prod' 'stage --from 12' 'stage --from' '--what'; do
        read -ra words <<<"$words"
        run prepare "${words[@]}"
        [ "$status" -eq 2 ]
    done
    run prepare --help
    [ "$status" -eq 0 ]
    has 'production (prod), staging (stage)'
}

# All that GitHub, Azure and the cluster hold.
state() {
    (cd "$FAKE/forge" && tail -n +1 -- *)
    (cd "$FAKE/cloud" && for file in *; do echo "$file" && sort "$file"; done)
    cat "$FAKE/cluster/applied"
}

# Each call goes wrong once, in one of the ways.
@test "a call that fails, hangs or gives nonsense, or a kill: the next run goes on" {
    LEAST=35 every_fault fail,kill,garbage,time-out prepare stage --yes
}
