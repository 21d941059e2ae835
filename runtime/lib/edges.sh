# shellcheck shell=bash
# The graph on which releases move. Needs log.sh, facts.sh and way.sh.
#
# BRX_EDGES  lines `FROM TO`, the declared promotions
# BRX_NEVER  lines `FROM TO`, what is forbidden by any road
# BRX_EDGE_FACTS  lines `FROM TO NAME VALUE`

# brx_fact ENVIRONMENT NAME: of any environment; a fact may have many lines.
brx_fact() {
    local environment name value
    while read -r environment name value; do
        [[ $environment != "$1" || $name != "$2" ]] || printf '%s\n' "$value"
    done <<<"$BRX_FACTS"
}

# brx_name WORD: the environment that is called so, or has that short name.
brx_name() {
    local found
    found=$(brx_environment_find "$1")
    [[ -n $found ]] || brx_stop 2 \
        "there is no environment '$1'; there are $(brx_environment_names)"
    printf '%s\n' "$found"
}

# brx_path FROM TO: a shortest way along promotions, one environment a line;
# nothing when there is none.
brx_path() {
    local queue=("$1") seen=" $1 " at from to
    local -A before=()
    while ((${#queue[@]})); do
        at=${queue[0]}
        queue=("${queue[@]:1}")
        [[ $at != "$2" ]] || break
        while read -r from to; do
            [[ $from == "$at" && $seen != *" $to "* ]] || continue
            seen+="$to " before[$to]=$at
            queue+=("$to")
        done <<<"$BRX_EDGES"
    done
    [[ $seen == *" $2 "* ]] || return 0
    at=$2
    local path=$2
    while [[ $at != "$1" ]]; do
        at=${before[$at]}
        path=$at$'\n'$path
    done
    printf '%s\n' "$path"
}

# What to do instead of going from FROM to TO at once, as commands.
brx_detour() {
    local path previous='' at said=
    path=$(brx_path "$1" "$2")
    [[ -n $path ]] || {
        printf 'no promotions lead there\n'
        return
    }
    while read -r at; do
        [[ -z $previous ]] || said+=", then ${0##*/} $previous $at"
        previous=$at
    done <<<"$path"
    printf 'take %s\n' "${said#, then }"
}

# brx_edge FROM TO: both by name. Its facts become read-only variables. Stops
# with 2 when no promotion leads there at once.
brx_edge() {
    local from to name value seen='' names
    [[ $1 != "$2" ]] || brx_stop 2 "$1 is where the release is already"
    if brx_has_word "$BRX_NEVER" "$1 $2"; then
        brx_stop 2 "$1 -> $2 is forbidden; $(brx_detour "$1" "$2")"
    fi
    brx_has_word "$BRX_EDGES" "$1 $2" || brx_stop 2 \
        "nothing is promoted from $1 to $2 at once; $(brx_detour "$1" "$2")"
    while read -r from to name value; do
        [[ $from == "$1" && $to == "$2" ]] || continue
        [[ $name =~ ^BRX_[A-Z0-9_]+$ ]] ||
            brx_fail "a line of BRX_EDGE_FACTS is not well formed: $name"
        if [[ " $seen " == *" $name "* ]]; then
            value=${!name}$'\n'$value
        fi
        printf -v "$name" '%s' "$value"
        seen+=" $name"
    done <<<"$BRX_EDGE_FACTS"
    read -ra names <<<"$seen"
    ((!${#names[@]})) || readonly "${names[@]}"
}
