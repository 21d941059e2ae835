# shellcheck shell=bash
# Who did what and when: one JSON object a line, only ever added to. Needs
# log.sh and home.sh.

# brx_audit EVENT [KEY=VALUE...]: the texts are written as they are, so that
# no secret may be among them. A rehearsal leaves no trace.
brx_audit() {
    local event=$1 file pair line=
    shift
    [[ -z ${BRX_DRY_RUN:-} ]] || return 0
    file=$(brx_home)/audit.jsonl
    for pair in "time=$(brx_time)" "who=$(brx_who)" "script=${0##*/}" \
        "event=$event" "environment=${BRX_ENVIRONMENT:-}" "$@"; do
        brx_audit_add "${pair%%=*}" "${pair#*=}"
    done
    (umask 077 && printf '{%s}\n' "$line" >>"$file") ||
        brx_fail "nothing is done without a record, and $file takes none"
}

# brx_audit_add KEY TEXT: to `line` of the caller; nothing, when TEXT is empty.
# What is more than plain letters is left to jq.
brx_audit_add() {
    local LC_ALL=C text=$2
    [[ -n $text ]] || return 0
    if [[ ${text//$'\n'/} == *[!\ -~]* ]]; then
        text=$(jq -n --arg text "$text" '$text')
    else
        text=${text//\\/\\\\}
        text=${text//\"/\\\"}
        text=\"${text//$'\n'/\\n}\"
    fi
    line+=${line:+,}\"$1\":$text
}
