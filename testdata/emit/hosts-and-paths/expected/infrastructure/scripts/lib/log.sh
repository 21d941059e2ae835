# Made by broxc from its own runtime. Scripts beside this folder read it.
# shellcheck shell=bash
# What a script says, and where: the log, a failure, outputs, the summary.
# Every pipeline script stands on this file.

# Without this, `set -e` is off inside $(...), and a cluster that does not
# answer would look like an empty one. For the same reason no question to a
# cluster or a registry stands inside a [[ ]]: it is asked first.
shopt -s inherit_errexit

brx_log() {
    printf '%s\n' "$*"
}

# The text of a workflow command: what would end it is escaped.
brx_command() {
    local text=$2
    text=${text//'%'/'%25'}
    text=${text//$'\r'/'%0D'}
    text=${text//$'\n'/'%0A'}
    printf '::%s::%s\n' "$1" "$text"
}

# brx_say KIND TEXT: `error` or `warning`. A runner takes it as a command; a
# person gets a line, in colour on a terminal that may have it.
brx_say() {
    local shade=33
    if [[ ${GITHUB_ACTIONS:-} == true ]]; then
        brx_command "$1" "$2"
        return
    fi
    [[ $1 == warning ]] || shade=31
    if [[ -t 2 && -z ${NO_COLOR:-} && ${TERM:-dumb} != dumb ]]; then
        printf '\033[%sm%s:\033[0m %s\n' "$shade" "$1" "$2"
    else
        printf '%s: %s\n' "$1" "$2"
    fi
}

brx_warn() {
    brx_say warning "$*" >&2
}

# brx_stop CODE TEXT: an exit code that docs/setup.md tells the meaning of.
brx_stop() {
    local code=$1
    shift
    brx_say error "$*" >&2
    exit "$code"
}

brx_fail() {
    brx_stop 1 "$*"
}

# brx_need NAME...: the facts without which nothing is started.
brx_need() {
    local name
    for name in "$@"; do
        [[ ${!name:-} == *[![:space:]]* ]] ||
            brx_fail "the fact $name is missing or empty"
    done
}

# brx_shape NAME PATTERN: the whole value of the fact NAME fits PATTERN.
brx_shape() {
    brx_need "$1"
    [[ ${!1} =~ ^($2)$ ]] || brx_fail "the fact $1 is not well formed: ${!1}"
}

brx_token() {
    od -An -N16 -tx1 /dev/urandom | tr -d ' \n'
}

# Prints text of others (standard input): a runner takes no command from it, a
# terminal no control character.
brx_foreign() {
    local token
    if [[ ${GITHUB_ACTIONS:-} != true ]]; then
        tr -d '\000-\010\013-\037\177'
        return
    fi
    token=brx-$(brx_token)
    printf '::stop-commands::%s\n' "$token"
    cat
    printf '\n::%s::\n' "$token"
}

# brx_output NAME VALUE: an output of the step; the value may have many lines,
# none of which is the mark of its end.
brx_output() {
    local mark=brx-end
    while [[ $'\n'$2$'\n' == *$'\n'$mark$'\n'* ]]; do
        mark+=-
    done
    printf '%s<<%s\n%s\n%s\n' "$1" "$mark" "$2" "$mark" \
        >>"${GITHUB_OUTPUT:-/dev/stdout}"
}

brx_summary() {
    printf '%s\n' "$*" >>"${GITHUB_STEP_SUMMARY:-/dev/null}"
}
