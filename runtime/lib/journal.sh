# shellcheck shell=bash
# A small memory of texts by key, as one JSON file. It is replaced as a whole,
# so that a run that is killed leaves the old one or the new. Needs log.sh.

# brx_journal_get FILE KEY: the text; nothing when there is none.
brx_journal_get() {
    [[ -e $1 ]] || return 0
    brx_journal_mend "$1"
    jq -r --arg key "$2" '.[$key] // ""' "$1"
}

# brx_journal_put FILE KEY VALUE [KEY VALUE...]: all of them at once; an empty
# value takes the key out.
brx_journal_put() {
    local file=$1
    shift
    brx_journal_mend "$file"
    (umask 077 && jq '. + ([$ARGS.positional | range(0; length; 2) as $i
        | {key: .[$i], value: .[$i + 1]}] | from_entries)
        | map_values(select(. != ""))' "$file" --args "$@" >"$file.new") ||
        brx_fail "$file cannot be written"
    mv -f -- "$file.new" "$file"
}

# What cannot be read is put aside: it must not stop the work that it is about.
brx_journal_mend() {
    if [[ -e $1 ]] && ! jq -se 'map(type) == ["object"]' "$1" \
        >/dev/null 2>&1; then
        brx_warn "$1 cannot be read; it is $1.broken now"
        mv -f -- "$1" "$1.broken"
    fi
    [[ -e $1 ]] || (umask 077 && printf '{}\n' >"$1")
}
