#!/usr/bin/env bash
# Made by broxc from its own runtime. A step of a workflow runs it.
# shellcheck source=../lib/log.sh
. "$(dirname "${BASH_SOURCE[0]}")/../lib/log.sh"
# shellcheck source=../lib/each.sh
. "$(dirname "${BASH_SOURCE[0]}")/../lib/each.sh"
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
