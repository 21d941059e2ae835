# shellcheck shell=bash
# A small memory of texts by key, as one JSON file. It is replaced as a whole,
# so that a run that is killed leaves the old one or the new. Needs log.sh.

# brx_journal_get FILE KEY: the text; nothing when there is none.
brx_journal_get() {
    [[ -e $1 ]] || return 0
    brx_journal_jq ".[\$key] // \"\"" "$1" --arg key "$2" 2>/dev/null ||
        brx_journal_mend "$1"
}

# brx_journal_put FILE KEY VALUE [KEY VALUE...]: all of them at once; an empty
# value takes the key out.
brx_journal_put() {
    [[ -e $1 ]] || brx_journal_begin "$1"
    brx_journal_write "$@" 2>/dev/null || {
        brx_journal_mend "$1"
        brx_journal_write "$@" || brx_fail "$1 cannot be written"
    }
}

brx_journal_write() {
    (umask 077 && brx_journal_jq ". + ([\$ARGS.positional
        | range(0; length; 2) as \$i | {key: .[\$i], value: .[\$i + 1]}]
        | from_entries) | map_values(select(. != \"\"))" \
        "$1" --args "${@:2}" >"$1.new") && mv -f -- "$1.new" "$1"
}

# brx_journal_jq FILTER FILE...: of a file that holds one object.
brx_journal_jq() {
    jq -rs "if map(type) == [\"object\"] then .[0] else error end | $1" "${@:2}"
}

brx_journal_begin() {
    (umask 077 && printf '{}\n' >"$1")
}

# What cannot be read is put aside: it must not stop the work that it is about.
brx_journal_mend() {
    ! jq -se 'map(type) == ["object"]' "$1" >/dev/null 2>&1 || return 0
    brx_warn "$1 cannot be read; it is $1.broken now"
    mv -f -- "$1" "$1.broken"
    brx_journal_begin "$1"
}
