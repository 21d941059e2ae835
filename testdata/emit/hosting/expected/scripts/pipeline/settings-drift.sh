#!/usr/bin/env bash
# Made by broxc from its own runtime. A step of a workflow runs it.
# shellcheck source=../lib/log.sh
. "$(dirname "${BASH_SOURCE[0]}")/../lib/log.sh"
# needs: lib/log.sh
# shellcheck shell=bash
# Are GitHub's settings what the files say? apply-github.sh looks, and changes
# nothing. The token of a run may not read rules and variables, so this takes
# one of a person's or of an app's that may; without it nothing is looked at.
#
# in   BRX_APPLY  the path of apply-github.sh
#      GH_TOKEN   may be empty
# out  verdict    clean | found; nothing when nobody looked
#      findings   Markdown
set -euo pipefail

brx_need BRX_APPLY
if [[ -z ${GH_TOKEN:-} ]]; then
    brx_warn "nobody looked at GitHub's settings: the secret" \
        "BRX_SETTINGS_TOKEN is missing"
    exit 0
fi
code=0
said=$(bash "$BRX_APPLY" --check 2>&1) || code=$?
brx_foreign <<<"$said"
findings='' verdict=clean
case $code in
    0) ;;
    3)
        verdict=found
        findings=$(tr -d '\000-\010\013-\037\177' <<<"$said" | sed 's/^/    /')
        ;;
    *) brx_fail "$BRX_APPLY ended with $code; above it says why" ;;
esac
brx_output verdict "$verdict"
brx_output findings "$findings"
