# needs: lib/log.sh lib/retry.sh lib/exit.sh lib/home.sh lib/wait.sh lib/journal.sh lib/audit.sh lib/lock.sh lib/facts.sh lib/confirm.sh lib/steps.sh lib/answer.sh lib/github-api.sh hosting/compare.sh hosting/kinds.sh hosting/plan.sh hosting/inventory.sh setup/todo.sh setup/azure.sh setup/cluster.sh setup/identity.sh setup/preview.sh setup/proof.sh
# shellcheck shell=bash
# Sets an environment up, so that its pipeline can release to it: eleven steps,
# each of which looks first and does what is missing. It may be run whenever
# something is in doubt; what stands is left as it is.
#
# facts  BRX_PROJECT BRX_REPOSITORY BRX_REGISTRY BRX_KUBERNETES, `1.33 1.36`
#        BRX_TENANT BRX_SUBSCRIPTION, as far as the program says them
#        BRX_UP, from here to the root  BRX_HOSTING BRX_MANIFESTS, folders there
#        BRX_FACTS, what each environment is

BRX_SETUP_STEPS='Check prerequisites
Set environment variables
Authenticate with Azure
Connect to AKS cluster
Verify cluster configuration
Create or verify namespace
Set up identities and secrets
Deploy base resources
Wait for deployments
Run health checks
Print summary'

brx_setup_usage() {
    printf '%s\n' "usage: ${0##*/} ENVIRONMENT [--dry-run] [--from STEP] [--yes]" \
        "       ${0##*/} --list" \
        '' \
        'Sets an environment up. Environments:' \
        "    $(brx_environment_names)" \
        '' \
        '--dry-run    looks at everything, changes nothing' \
        '--from STEP  begins at this step; what it stands on is done all the same' \
        '--list       names the steps' \
        '--yes        stands for the typed word; never in production' \
        '' \
        'It takes az, signed in, kubectl, kubelogin, gh, signed in, jq and curl,' \
        'and the rights of an administrator. NO_COLOR is heard.' \
        '' \
        'Ends with 0 when the steps are through (the summary says what remains' \
        'by hand), 1 when a step failed (mend it and run it again: what stands' \
        'is found), 2 for a wrong command, 4 when nobody confirmed or another' \
        'run is at work.'
}

brx_setup_list() {
    local line number=0
    while IFS= read -r line; do
        number=$((number + 1))
        printf '%2d  %s\n' "$number" "$line"
    done <<<"$BRX_SETUP_STEPS"
}

brx_setup_options() {
    local name=
    while (($#)); do
        case $1 in
            --dry-run) BRX_DRY_RUN=yes ;;
            --yes) BRX_YES=yes ;;
            --from)
                (($# > 1)) || brx_stop 2 '--from needs the number of a step'
                BRX_FROM=$2
                shift
                ;;
            --list)
                brx_setup_list
                exit 0
                ;;
            --help | -h)
                brx_setup_usage
                exit 0
                ;;
            -*) brx_stop 2 "unknown option $1; --help tells them all" ;;
            *)
                [[ -z $name ]] || brx_stop 2 'one environment at a time'
                name=$1
                ;;
        esac
        shift
    done
    [[ -n $name ]] || {
        brx_setup_usage >&2
        brx_stop 2 'name an environment'
    }
    [[ ${BRX_FROM:-1} =~ ^([1-9]|1[01])$ ]] ||
        brx_stop 2 "no step is called $BRX_FROM; --list names them"
    brx_environment "$name"
}

# What later steps read even when the program says nothing of it.
brx_setup_defaults() {
    BRX_ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/$BRX_UP" && pwd)
    BRX_SETTINGS=$BRX_ROOT/$BRX_HOSTING
    BRX_FOUND='' BRX_OIDC='' BRX_AKS='' BRX_ACCOUNT=''
    BRX_FOLDER=$(mktemp -d "${TMPDIR:-/tmp}/broxc.XXXXXX")
    brx_at_exit brx_setup_clear
}

brx_setup_clear() {
    rm -rf -- "$BRX_FOLDER"
}

brx_setup_tools() {
    local tool missing=
    for tool in az kubectl kubelogin gh jq curl getent; do
        command -v "$tool" >/dev/null || missing+=" $tool"
    done
    [[ -z $missing ]] || brx_fail "these tools are missing:$missing"
    [[ -n $BRX_REPOSITORY ]] ||
        brx_fail "the program names no repository: write it in \`project\`"
    brx_log "  all tools are there"
}

brx_setup_say_facts() {
    local name
    for name in BRX_ENVIRONMENT BRX_TIER BRX_CLUSTER BRX_RESOURCE_GROUP \
        BRX_NAMESPACE BRX_VAULT BRX_REGISTRY BRX_GITHUB BRX_BRANCH; do
        printf '  %-20s %s\n' "$name" "${!name:--}"
    done
}

# Nobody's sign-in is changed: a wrong one is said.
brx_setup_account() {
    local account tenant group
    account=$(brx_answer "who you are at Azure (az login)" object az account \
        show ${BRX_SUBSCRIPTION:+--subscription "$BRX_SUBSCRIPTION"} \
        --only-show-errors --output json)
    BRX_ACCOUNT=$(jq -r '.id // ""' <<<"$account")
    tenant=$(jq -r '.tenantId // ""' <<<"$account")
    [[ -n $BRX_ACCOUNT ]] || brx_fail "Azure names no subscription; az login"
    [[ -z $BRX_TENANT || $BRX_TENANT == "$tenant" ]] ||
        brx_fail "you are signed in to the tenant $tenant; the program says" \
            "$BRX_TENANT: az login --tenant $BRX_TENANT"
    group=$(brx_az_list "which resource groups there are" group list)
    jq -e --arg name "$BRX_RESOURCE_GROUP" 'any(.[]; (.name | ascii_downcase)
        == ($name | ascii_downcase))' <<<"$group" >/dev/null ||
        brx_fail "there is no resource group $BRX_RESOURCE_GROUP: az group" \
            "create --name $BRX_RESOURCE_GROUP --location LOCATION"
    brx_log "  $(jq -r '"\(.user.name) in \(.name)"' <<<"$account")"
}

# The last look before the first change.
brx_setup_confirm() {
    ((${BRX_FROM:-1} <= 8)) || return 0
    [[ $BRX_TIER == production ]] || return 0
    brx_confirm "$BRX_ENVIRONMENT" \
        "From here on $BRX_CLUSTER, Azure and GitHub are changed."
}

brx_setup_identities() {
    brx_setup_github
    brx_setup_pipeline_identity
    brx_setup_vault
    brx_setup_preview
}

brx_setup_summary() {
    BRX_ONLY=$BRX_GITHUBS
    brx_inventory
    ((BRX_UNSET == 0)) || BRX_TODO+=("set what is \`not set\` above at GitHub")
    brx_todo_list
    brx_log "Then push to the branch $BRX_BRANCH: $BRX_WORKFLOW releases to" \
        "$BRX_ENVIRONMENT."
}

brx_setup_steps() {
    local names
    mapfile -t names <<<"$BRX_SETUP_STEPS"
    brx_step_always 1 "${names[0]}" brx_setup_tools
    brx_step_always 2 "${names[1]}" brx_setup_say_facts
    brx_step_always 3 "${names[2]}" brx_setup_account
    brx_step_always 4 "${names[3]}" brx_setup_connect
    brx_step_always 5 "${names[4]}" brx_setup_verify_cluster
    brx_setup_confirm
    brx_step 6 "${names[5]}" brx_setup_namespace
    brx_step 7 "${names[6]}" brx_setup_identities
    brx_step 8 "${names[7]}" brx_setup_base
    brx_step 9 "${names[8]}" brx_setup_wait
    brx_step 10 "${names[9]}" brx_setup_health
    brx_step 11 "${names[10]}" brx_setup_summary
}

brx_setup() {
    brx_setup_options "$@"
    brx_refuse_yes
    brx_setup_defaults
    brx_lock "setup-$BRX_ENVIRONMENT"
    brx_steps_begin "$(brx_home)/setup-$BRX_ENVIRONMENT" 11
    brx_setup_steps
    brx_steps_end
}
