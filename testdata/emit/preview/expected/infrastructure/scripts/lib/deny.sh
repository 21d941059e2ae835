# Made by broxc from its own runtime. Scripts beside this folder read it.
# shellcheck shell=bash
# Releases that nobody may bring anywhere. Needs log.sh.
#
# BRX_DENIED  lines `X.Y.Z REASON`

# brx_denied VERSION: the reason; nothing when it is not denied. A candidate
# X.Y.Z-rc.N is denied with X.Y.Z.
brx_denied() {
    local version reason asked=${1#v}
    while read -r version reason; do
        if [[ -n $version && ($asked == "$version" ||
            ${asked%%-*} == "$version") ]]; then
            printf '%s\n' "${reason:-no reason is given}"
            return
        fi
    done <<<"${BRX_DENIED:-}"
}
