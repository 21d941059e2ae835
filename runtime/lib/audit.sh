# shellcheck shell=bash
# Who did what and when: one JSON object a line, only ever added to. Needs
# log.sh and home.sh.

# brx_audit EVENT [KEY=VALUE...]: the texts are written as they are, so that
# no secret may be among them. A rehearsal leaves no trace.
brx_audit() {
    local event=$1 file
    shift
    [[ -z ${BRX_DRY_RUN:-} ]] || return 0
    file=$(brx_home)/audit.jsonl
    (umask 077 && jq -cn --arg event "$event" --arg time "$(brx_time)" \
        --arg who "$(brx_who)" --arg script "${0##*/}" \
        --arg environment "${BRX_ENVIRONMENT:-}" '
        {time: $time, who: $who, script: $script, event: $event,
            environment: $environment}
        + ([$ARGS.positional[] | index("=") as $at
            | {key: .[:$at], value: .[$at + 1:]}] | from_entries)
        | map_values(select(. != ""))' --args "$@" >>"$file") ||
        brx_fail "nothing is done without a record, and $file takes none"
}
