# Made by broxc from its own runtime. Scripts beside this folder read it.
# shellcheck shell=bash
# Asking a tool for JSON. Needs log.sh, retry.sh and wait.sh.

# brx_answer_once TYPE COMMAND...: the answer is one and of that type, or there
# is none. It ends within two minutes.
brx_answer_once() {
    local type=$1 answer
    shift
    answer=$(brx_bounded 120 "$@") || return
    jq -sce --arg type "$type" 'select(map(type) == [$type]) | .[0]' \
        <<<"$answer" 2>/dev/null || {
        printf '%s gave no answer that can be read: %s\n' \
            "$1" "${answer:0:200}" >&2
        return 1
    }
}

# brx_answer WHAT TYPE COMMAND...: asked again when there is no answer; WHAT is
# for a message, `WHAT is not known`.
brx_answer() {
    local what=$1
    shift
    brx_retry 3 2 brx_answer_once "$@" ||
        brx_fail "$what is not known: $2 gave no answer"
}
