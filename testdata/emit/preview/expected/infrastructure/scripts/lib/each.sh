# Made by broxc from its own runtime. Scripts beside this folder read it.
# shellcheck shell=bash
# One script for many services: a fact with a line for each of them.

# brx_each FACT CALL NAME...: for each line of FACT, its words become the facts
# NAME..., and CALL is called. Without FACT it is called once, with the facts
# as they are.
brx_each() {
    local fact=$1 call=$2 line index names words
    shift 2
    names=("$@")
    [[ -n ${!fact:-} ]] || {
        "$call"
        return
    }
    while IFS= read -r line <&3; do
        read -ra words <<<"$line"
        ((${#words[@]})) || continue
        ((${#words[@]} == ${#names[@]})) ||
            brx_fail "a line of $fact is not well formed: $line"
        for index in "${!names[@]}"; do
            printf -v "${names[index]}" '%s' "${words[index]}"
        done
        "$call"
    done 3<<<"${!fact}"
}
