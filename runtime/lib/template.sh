# shellcheck shell=bash
# Texts with holes, @NAME@. Needs log.sh.

# brx_fill_holes TEMPLATE NAME VALUE [NAME VALUE...]: each hole once, in the order of
# the text; what looks like a hole in a value is left as it is.
brx_fill_holes() {
    local text=$1 name
    local -A values=()
    shift
    while (($#)); do
        values[$1]=$2
        shift 2
    done
    while [[ $text =~ @([A-Z]+)@ ]]; do
        name=${BASH_REMATCH[1]}
        [[ -v values[$name] ]] || brx_fail "nothing fills the hole @$name@"
        printf '%s%s' "${text%%"@$name@"*}" "${values[$name]}"
        text=${text#*"@$name@"}
    done
    printf '%s\n' "$text"
}

# What stands in a cell of a table: one line, and no bar of its own.
brx_cell() {
    local text=${1//$'\n'/ }
    printf '%s\n' "${text//|/\\|}"
}
