# shellcheck shell=bash
# Azure: identities that a pipeline and the vault's reader act as, and what
# they may. Nothing here holds a password. Needs answer.sh and steps.sh; reads
# BRX_RESOURCE_GROUP, BRX_ACCOUNT (of the subscription) and BRX_LOCATION.

# Every call names its subscription, so that nobody's default is changed.

# brx_az_list WHAT ARGUMENTS...: an array; what is absent is an empty one.
brx_az_list() {
    local what=$1
    shift
    brx_answer "$what" array az "$@" --subscription "$BRX_ACCOUNT" \
        --only-show-errors --output json
}

# brx_az_change ARGUMENTS...: a change; the next run finds what it did.
brx_az_change() {
    brx_bounded 600 az "$@" --subscription "$BRX_ACCOUNT" --only-show-errors \
        --output none </dev/null ||
        brx_fail "Azure refused: az ${*:1:3}; may you do that in" \
            "$BRX_RESOURCE_GROUP?"
}

# brx_identity NAME CLIENT: BRX_FOUND, the identity as {name, clientId,
# principalId, resourceGroup}; one of that client id, wherever it is, comes
# before one of that name. Made when there is none; empty in a rehearsal.
brx_identity() {
    local all
    all=$(brx_az_list "which identities there are" identity list)
    BRX_FOUND=$(jq -c --arg name "$1" --arg client "$2" \
        --arg group "$BRX_RESOURCE_GROUP" '
        ([.[] | select($client != "" and .clientId == $client)] + [.[]
            | select(.name == $name and (.resourceGroup | ascii_downcase)
                == ($group | ascii_downcase))])
        | first // empty' <<<"$all")
    if [[ -n $BRX_FOUND ]]; then
        brx_log "  identity $(jq -r .name <<<"$BRX_FOUND") is there"
        return
    fi
    brx_do "make the identity $1" brx_az_change identity create --name "$1" \
        --resource-group "$BRX_RESOURCE_GROUP" --location "$BRX_LOCATION"
    [[ -z ${BRX_DRY_RUN:-} ]] || return 0
    all=$(brx_az_list "which identities there are" identity list)
    BRX_FOUND=$(jq -c --arg name "$1" '[.[] | select(.name == $name)]
        | first // empty' <<<"$all")
    [[ -n $BRX_FOUND ]] || brx_fail "Azure does not show the identity $1"
}

# brx_federate NAME ISSUER SUBJECT: whoever GitHub or the cluster says to be
# SUBJECT is the identity in BRX_FOUND. Azure compares letter by letter, and
# takes 20 of them.
brx_federate() {
    local all identity group
    [[ -n $BRX_FOUND ]] || {
        brx_log "  would trust $3"
        return
    }
    identity=$(jq -r .name <<<"$BRX_FOUND")
    group=$(jq -r .resourceGroup <<<"$BRX_FOUND")
    all=$(brx_az_list "whom $identity trusts" identity federated-credential \
        list --identity-name "$identity" --resource-group "$group")
    if jq -e --arg issuer "$2" --arg subject "$3" 'any(.[];
        (.issuer | rtrimstr("/")) == ($issuer | rtrimstr("/"))
        and .subject == $subject)' <<<"$all" >/dev/null; then
        brx_log "  $identity trusts $3"
        return
    fi
    # One of this name that trusts somebody else is changed: Azure replaces it.
    if (($(jq --arg name "$1" 'map(select(.name != $name)) | length' \
        <<<"$all") >= 20)); then
        brx_fail "$identity trusts 20 subjects, the most that Azure takes;" \
            "take one away that is not needed any more"
    fi
    brx_do "let $identity trust $3" brx_az_change identity \
        federated-credential create --name "$1" --identity-name "$identity" \
        --resource-group "$group" --issuer "$2" --subject "$3" \
        --audiences api://AzureADTokenExchange
}

# brx_role ROLE SCOPE WHAT: the identity in BRX_FOUND has ROLE on WHAT.
brx_role() {
    local all principal
    [[ -n $BRX_FOUND ]] || {
        brx_log "  would give it the role $1 on $3"
        return
    }
    principal=$(jq -r .principalId <<<"$BRX_FOUND")
    all=$(brx_az_list "which roles there are on $3" role assignment list \
        --scope "$2" --include-inherited)
    if jq -e --arg role "$1" --arg principal "$principal" 'any(.[];
        .roleDefinitionName == $role and .principalId == $principal)' \
        <<<"$all" >/dev/null; then
        brx_log "  it has the role $1 on $3"
        return
    fi
    brx_do "give it the role $1 on $3" brx_az_change role assignment create \
        --assignee-object-id "$principal" \
        --assignee-principal-type ServicePrincipal --role "$1" --scope "$2"
}
