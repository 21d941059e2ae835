#!/usr/bin/env bash
# Made by broxc from its own runtime. A step of a workflow runs it.
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

brx_warn() {
    brx_command warning "$*" >&2
}

brx_fail() {
    brx_command error "$*" >&2
    exit 1
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

# Prints text of others (standard input) with workflow commands switched off.
brx_foreign() {
    local token
    token=brx-$(brx_token)
    printf '::stop-commands::%s\n' "$token"
    cat
    printf '\n::%s::\n' "$token"
}

# brx_output NAME VALUE: an output of the step; the value may have many lines.
brx_output() {
    local mark
    mark=brx-$(brx_token)
    printf '%s<<%s\n%s\n%s\n' "$1" "$mark" "$2" "$mark" \
        >>"${GITHUB_OUTPUT:-/dev/stdout}"
}

brx_summary() {
    printf '%s\n' "$*" >>"${GITHUB_STEP_SUMMARY:-/dev/null}"
}

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

# needs: lib/log.sh lib/each.sh
# shellcheck shell=bash
# Scans the image of a release for known faults that have a fix. Runners carry
# no scanner, so it comes as an image pinned by digest, from a variable of the
# repository; without one this fails: a scan that is promised is made. The
# scanner gets the image as a file, no credentials, no docker socket and no
# rights. Its list of faults is fetched anew each time: it cannot be pinned.
# It must understand the command line of `trivy image`.
#
# in   BRX_IMAGE          registry.example/api@sha256:...
#      BRX_IMAGES         instead, lines `SERVICE IMAGE@sha256:...`
#      BRX_SCANNER_IMAGE  scanner, NAME@sha256:...
#      BRX_SEVERITY       default HIGH,CRITICAL
set -euo pipefail

scan_one() {
    local work status
    brx_shape BRX_IMAGE '[a-z0-9][a-z0-9.:/_-]*@sha256:[0-9a-f]{64}'
    work=$(mktemp -d "${RUNNER_TEMP:-/tmp}/scan.XXXXXX")
    mkdir "$work/image" "$work/cache"
    docker pull --quiet "$BRX_IMAGE"
    docker save --output "$work/image/image.tar" "$BRX_IMAGE"
    status=0
    docker run --rm --cap-drop ALL --security-opt no-new-privileges \
        --user "$(id -u):$(id -g)" --tmpfs /tmp \
        --volume "$work/image:/scan:ro" --volume "$work/cache:/cache" \
        "$BRX_SCANNER_IMAGE" image --input /scan/image.tar --cache-dir /cache \
        --scanners vuln --ignore-unfixed --severity "$severity" \
        --no-progress --exit-code 10 >"$work/report" 2>&1 || status=$?
    brx_foreign <"$work/report"
    rm -rf -- "$work"

    case $status in
        0) brx_summary "No fixable fault ($severity) in \`$BRX_IMAGE\`." ;;
        10) brx_fail "$BRX_IMAGE has faults ($severity) that have a fix" ;;
        *) brx_fail "the scanner itself failed with exit code $status" ;;
    esac
}

[[ -n ${BRX_SCANNER_IMAGE:-} ]] || brx_fail "a scan is asked for and there is \
no scanner: set the variable BRX_SCANNER_IMAGE to NAME@sha256:..."
brx_shape BRX_SCANNER_IMAGE '[a-z0-9][a-z0-9.:/_-]*@sha256:[0-9a-f]{64}'
severity=${BRX_SEVERITY:-HIGH,CRITICAL}
[[ $severity =~ ^[A-Z]+(,[A-Z]+)*$ ]] || brx_fail "not severities: $severity"
brx_each BRX_IMAGES scan_one BRX_SERVICE BRX_IMAGE
