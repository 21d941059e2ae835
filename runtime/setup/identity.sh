# shellcheck shell=bash
# Who a pipeline is at Azure, who reads the vault, and what GitHub is told of
# it. Needs azure.sh, cluster.sh, github-api.sh, plan.sh, inventory.sh, todo.sh.

# What GitHub says of a job that runs in an environment. Repositories made or
# renamed after the summer of 2026 have their numbers in it; GitHub itself says
# which form this one has.
brx_subject() {
    local answer prefix
    answer=$(brx_api_get "how it names its jobs" \
        "repos/$BRX_REPOSITORY/actions/oidc/customization/sub")
    [[ $(jq -rn --argjson answer "${answer:-null}" \
        '$answer.use_default == false') == false ]] ||
        brx_fail "$BRX_REPOSITORY has a subject of its own for OIDC: set it" \
            "back to GitHub's default, or make the credentials by hand"
    prefix=$(jq -rn --argjson answer "${answer:-null}" \
        '$answer.sub_claim_prefix // ""')
    if [[ -z $prefix ]]; then
        [[ $(jq -rn --argjson answer "${answer:-null}" \
            '$answer.use_immutable_subject // false') == false ]] ||
            prefix=$(brx_subject_numbers)
        prefix=${prefix:-repo:$BRX_REPOSITORY}
    fi
    printf '%s:environment:%s\n' "$prefix" "$1"
}

brx_subject_numbers() {
    brx_api_get "the numbers of $BRX_REPOSITORY" "repos/$BRX_REPOSITORY" |
        jq -r '(.full_name | split("/")) as [$owner, $name]
            | "repo:\($owner)@\(.owner.id)/\($name)@\(.id)"'
}

brx_setup_pipeline_identity() {
    local subject registry all
    subject=$(brx_subject "$BRX_GITHUB")
    brx_identity "$BRX_IDENTITY" ''
    brx_federate "github-$BRX_SHORT" \
        https://token.actions.githubusercontent.com "$subject"
    brx_role "Azure Kubernetes Service Cluster User Role" \
        "$(jq -r .id <<<"$BRX_AKS")" "$BRX_CLUSTER"
    if [[ $BRX_REGISTRY == *.azurecr.* ]]; then
        all=$(brx_az_list "which registries there are" acr list)
        registry=$(jq -r --arg server "$BRX_REGISTRY" \
            '[.[] | select(.loginServer == $server)] | first // {}
            | .id // empty' <<<"$all")
        if [[ -n $registry ]]; then
            brx_role AcrPush "$registry" "$BRX_REGISTRY"
        else
            brx_todo "make the registry $BRX_REGISTRY, or give $BRX_IDENTITY" \
                "the role AcrPush on it where it is"
        fi
    fi
    brx_setup_bind
    brx_setup_variable "$BRX_GITHUB"
}

# brx_setup_variable NAME: the pipeline finds its identity in a variable of the
# GitHub environment NAME.
brx_setup_variable() {
    local path have client=
    [[ -n $BRX_FOUND ]] || {
        brx_log "  would set AZURE_CLIENT_ID of $1"
        return
    }
    client=$(jq -r .clientId <<<"$BRX_FOUND")
    path=$(brx_environment_path "$1")/variables
    have=$(brx_api_list "which variables $1 has" \
        "$path?per_page=30" variables)
    have=$(jq -r 'map(select(.name == "AZURE_CLIENT_ID")) | first // {}
        | .value // ""' <<<"$have")
    if [[ $have == "$client" ]]; then
        brx_log "  AZURE_CLIENT_ID of $1 is set"
    elif [[ -z $have ]]; then
        brx_do "set AZURE_CLIENT_ID of $1" brx_api_send \
            "set AZURE_CLIENT_ID" POST "$path" "$(brx_client_body "$client")"
    else
        brx_do "change AZURE_CLIENT_ID of $1" brx_api_send \
            "change AZURE_CLIENT_ID" PATCH "$path/AZURE_CLIENT_ID" \
            "$(brx_client_body "$client")"
    fi
}

brx_client_body() {
    jq -cn --arg value "$1" '{name: "AZURE_CLIENT_ID", value: $value}'
}

brx_setup_vault() {
    local vaults vault client
    [[ -n ${BRX_VAULT:-} ]] || return 0
    vaults=$(brx_az_list "which vaults there are" keyvault list)
    vault=$(jq -r --arg name "$BRX_VAULT" \
        '[.[] | select(.name == $name)] | first // {} | .id // empty' \
        <<<"$vaults")
    if [[ -z $vault ]]; then
        brx_do "make the vault $BRX_VAULT" brx_az_change keyvault create \
            --name "$BRX_VAULT" --resource-group "$BRX_RESOURCE_GROUP" \
            --location "$BRX_LOCATION" --enable-rbac-authorization true \
            --enable-purge-protection true
        [[ -z ${BRX_DRY_RUN:-} ]] || return 0
        vaults=$(brx_az_list "which vaults there are" keyvault list)
        vault=$(jq -r --arg name "$BRX_VAULT" \
            '[.[] | select(.name == $name)] | first // {} | .id // empty' \
            <<<"$vaults")
        [[ -n $vault ]] || brx_fail "Azure does not show the vault $BRX_VAULT"
    else
        brx_log "  vault $BRX_VAULT is there"
    fi
    # The pipeline that reminds of old secrets reads their dates, no value.
    [[ -z ${BRX_REMIND:-} ]] || {
        brx_identity "$BRX_IDENTITY" ''
        brx_role "Key Vault Reader" "$vault" "$BRX_VAULT"
    }
    brx_identity "$BRX_VAULT_IDENTITY" "${BRX_VAULT_CLIENT:-}"
    brx_federate "vault-$BRX_SHORT" "$BRX_OIDC" \
        "system:serviceaccount:$BRX_NAMESPACE:vault-reader"
    brx_role "Key Vault Secrets User" "$vault" "$BRX_VAULT"
    if [[ -n $BRX_FOUND ]]; then
        client=$(jq -r .clientId <<<"$BRX_FOUND")
        [[ $client == "${BRX_VAULT_CLIENT:-}" ]] ||
            brx_todo "say in the program who reads $BRX_VAULT, build it and" \
                "commit: ${BRX_VAULT_HOLE:+given $BRX_VAULT_HOLE $client, or }" \
                "identity $client at its \`vault\`"
    fi
    brx_setup_secrets
}

# Names alone: a secret's value is never asked for.
brx_setup_secrets() {
    local have name
    if ! have=$(brx_answer_once array az keyvault secret list --vault-name \
        "$BRX_VAULT" --subscription "$BRX_ACCOUNT" --only-show-errors \
        --output json); then
        brx_todo "see that the vault $BRX_VAULT has these secrets (you may" \
            "not list them): ${BRX_SECRETS//$'\n'/, }"
        return
    fi
    for name in ${BRX_SECRETS:-}; do
        if jq -e --arg name "$name" 'any(.[]; .name == $name)' \
            <<<"$have" >/dev/null; then
            brx_log "  secret $name is in $BRX_VAULT"
        else
            brx_todo "az keyvault secret set --vault-name $BRX_VAULT --name" \
                "$name --file FILE"
        fi
    done
}

# The GitHub environments of this environment: itself and its gates.
brx_setup_github() {
    BRX_ONLY=$BRX_GITHUBS
    brx_hosting_begin
    brx_hosting_environments
    brx_hosting_warn
    brx_hosting_do
}
