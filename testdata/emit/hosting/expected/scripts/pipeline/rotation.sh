#!/usr/bin/env bash
# Made by broxc from its own runtime. A step of a workflow runs it.
# shellcheck source=../lib/log.sh
. "$(dirname "${BASH_SOURCE[0]}")/../lib/log.sh"
# shellcheck source=../lib/retry.sh
. "$(dirname "${BASH_SOURCE[0]}")/../lib/retry.sh"
# shellcheck source=../lib/wait.sh
. "$(dirname "${BASH_SOURCE[0]}")/../lib/wait.sh"
# shellcheck source=../lib/answer.sh
. "$(dirname "${BASH_SOURCE[0]}")/../lib/answer.sh"
# needs: lib/log.sh lib/retry.sh lib/wait.sh lib/answer.sh
# shellcheck shell=bash
# Which secrets are due? Asks the vault for names and dates; a secret's value is
# never asked for. A date is that of the secret's last change.
#
# in   BRX_VAULT    BRX_SECRETS  names in the vault, one a line
#      BRX_PERIOD   seconds after which a secret is changed
# out  verdict      clean | found
#      findings     Markdown, one line a secret
set -euo pipefail

brx_shape BRX_VAULT '[A-Za-z][A-Za-z0-9-]{1,22}[A-Za-z0-9]'
brx_shape BRX_PERIOD '[1-9][0-9]{0,9}'
have=$(brx_answer "which secrets $BRX_VAULT has" array az keyvault secret list \
    --vault-name "$BRX_VAULT" --only-show-errors --output json)
findings=$(jq -r --arg names "${BRX_SECRETS:-}" --argjson period "$BRX_PERIOD" \
    --argjson now "$(date +%s)" '
    def days: . / 86400 | floor;
    . as $have | $names | split("\n")[] | select(. != "") | . as $name
    | ($have | map(select(.name == $name)) | first | .attributes) as $is
    | if $is == null then "is not in the vault"
      elif $is.enabled == false then "is switched off"
      else ($is.updated | sub("([.][0-9]+)?([+]00:00|Z)$"; "Z")
        | fromdateiso8601) as $time
        | select($now - $time > $period)
        | "is \($now - $time | days) days old, of \($period | days); changed " +
            "last on \($time | strftime("%Y-%m-%d"))" end
    | "- `\($name)` \(.)"' <<<"$have") ||
    brx_fail "the dates of the secrets in $BRX_VAULT cannot be read"
verdict=clean
[[ -z $findings ]] || verdict=found
brx_log "${findings:-every secret of $BRX_VAULT is young enough}"
brx_output verdict "$verdict"
brx_output findings "$findings"
