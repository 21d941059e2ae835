# shellcheck shell=bash
# One script for many environments: a fact with lines `ENVIRONMENT NAME VALUE`.
# Needs log.sh.

# The environments and their short names, for a message.
brx_environment_names() {
    local environment name value said=
    while read -r environment name value; do
        [[ $name != BRX_SHORT ]] || said+=", $environment ($value)"
    done <<<"$BRX_FACTS"
    printf '%s\n' "${said#, }"
}

# The name of the environment that is called so, or has that short name;
# nothing when there is none.
brx_environment_find() {
    local environment name value
    while read -r environment name value; do
        if [[ $name == BRX_SHORT && ($environment == "$1" || $value == "$1") ]]; then
            printf '%s\n' "$environment"
            return
        fi
    done <<<"$BRX_FACTS"
}

# brx_environment NAME: its facts become read-only variables, and its own name
# BRX_ENVIRONMENT. A fact with several lines in the table has several lines.
brx_environment() {
    local environment name value names=
    BRX_ENVIRONMENT=$(brx_environment_find "$1")
    [[ -n $BRX_ENVIRONMENT ]] || brx_stop 2 \
        "there is no environment '$1'; there are $(brx_environment_names)"
    while read -r environment name value; do
        [[ $environment == "$BRX_ENVIRONMENT" ]] || continue
        [[ $name =~ ^BRX_[A-Z0-9_]+$ ]] ||
            brx_fail "a line of BRX_FACTS is not well formed: $name"
        if [[ " $names " == *" $name "* ]]; then
            value=${!name}$'\n'$value
        fi
        printf -v "$name" '%s' "$value"
        names+=" $name"
    done <<<"$BRX_FACTS"
    read -ra names <<<"BRX_ENVIRONMENT $names"
    readonly "${names[@]}"
}
