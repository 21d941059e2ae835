# shellcheck shell=bash
# A small memory of texts by key: a first line that says what it is, then lines
# `KEY TEXT`, where \n stands for a line break and \\ for a backslash. It is
# replaced as a whole, so that a run that is killed leaves the old one or the
# new. Needs log.sh.

# brx_journal_get FILE KEY: the text; nothing when there is none.
brx_journal_get() {
    local -A texts=()
    brx_journal_read "$1"
    printf '%s\n' "${texts[$2]:-}"
}

# brx_journal_put FILE KEY VALUE [KEY VALUE...]: all of them at once; an empty
# value takes the key out.
brx_journal_put() {
    local file=$1
    local -A texts=()
    brx_journal_read "$file"
    shift
    while (($#)); do
        texts[$1]=$2
        shift 2
    done
    (umask 077 && brx_journal_write >"$file.new" &&
        mv -f -- "$file.new" "$file") || brx_fail "$file cannot be written"
}

# brx_journal_read FILE: `texts` of the caller. What cannot be read is put aside:
# it must not stop the work that it is about.
brx_journal_read() {
    local line text lines
    [[ -e $1 ]] || return 0
    mapfile -t lines <"$1"
    for line in "${lines[@]:1}"; do
        [[ $line == [!\ ]*' '* ]] || lines[0]=''
    done
    if [[ ${lines[0]:-} != 'broxc journal' ]]; then
        brx_warn "$1 cannot be read; it is $1.broken now"
        mv -f -- "$1" "$1.broken"
        return
    fi
    for line in "${lines[@]:1}"; do
        printf -v text '%b' "${line#* }"
        texts[${line%% *}]=$text
    done
}

brx_journal_write() {
    local key text
    printf 'broxc journal\n'
    for key in "${!texts[@]}"; do
        text=${texts[$key]//\\/\\\\}
        [[ -z $text ]] || printf '%s %s\n' "$key" "${text//$'\n'/\\n}"
    done
}
