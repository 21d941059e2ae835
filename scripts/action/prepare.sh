# needs: lib/log.sh lib/retry.sh
# shellcheck shell=bash
# What the other steps stand on: inputs that are well formed, the name under
# which the compiler is kept, and the commit that a change is measured against.
#
# in   BRX_SOURCE BRX_OUTPUT  paths relative to the repository
#      BRX_PROFILE            basic, standard or hardened
#      BRX_BASE               the tip of the branch that a pull request goes to;
#                             empty when there is no pull request
# out  key     changes with every file that the compiler is made of
#      folder  where the compiler is kept
#      broxc   its path
#      mark    what tells this program's comment from others
#      base    where the change begins; empty when there is no pull request
set -euo pipefail

# A path that is inside of the repository, and no option.
inside() { # NAME
    brx_need "$1"
    [[ ${!1} != [-/]* && "/${!1}/" != */../* ]] ||
        brx_fail "${!1} must be a path inside the repository"
}

# All that a build reads. The libraries come from the distribution.
key() {
    local release
    release=$(. /etc/os-release && printf '%s-%s' "$ID" "${VERSION_ID:-0}")
    printf '%s-%s-' "$release" "$(uname -m)"
    (cd "$home" && find CMakeLists.txt CMakePresets.json cmake compiler \
        docs/checks include runtime scripts/packages -type f -print0 |
        LC_ALL=C sort -z | xargs -0 sha256sum) | sha256sum | cut -c 1-40
}

# A checkout has one commit only, if nobody asked for more.
fetch() {
    git cat-file -e "$1^{commit}" 2>/dev/null ||
        brx_retry 3 2 git fetch --quiet --no-tags --depth=1 origin "$1" ||
        brx_fail "the commit $1 is not here: check out with fetch-depth: 0"
}

# Where the two branches part, as far as the checkout knows.
begin() {
    [[ -n ${BRX_BASE:-} ]] || return 0
    brx_shape BRX_BASE '[0-9a-f]{40}'
    fetch "$BRX_BASE"
    git merge-base "$BRX_BASE" HEAD || printf '%s\n' "$BRX_BASE"
}

home=${GITHUB_ACTION_PATH:?}
[[ $(uname -s) == Linux ]] || brx_fail "this action runs on Linux"
inside BRX_SOURCE
inside BRX_OUTPUT
brx_shape BRX_PROFILE 'basic|standard|hardened'
[[ -f $BRX_SOURCE ]] ||
    brx_fail "there is no $BRX_SOURCE: is the repository checked out?"
folder=${RUNNER_TEMP:?}/broxc-action
key=$(key)
base=$(begin)
brx_output key "$key"
brx_output folder "$folder"
brx_output broxc "$folder/broxc"
brx_output mark "action/${BRX_SOURCE//[^A-Za-z0-9._\/-]/_}"
brx_output base "$base"
