# shellcheck shell=bash
# Installs the Debian packages of a list in scripts/packages/ that are not
# there yet. To be sourced; apt is not touched when nothing is missing.

as_root() {
    if [ "$(id -u)" -eq 0 ]; then
        "$@"
    elif command -v sudo >/dev/null; then
        sudo "$@"
    else
        echo "installing packages needs root or sudo: $*" >&2
        return 1
    fi
}

has_package() {
    [ "$(dpkg-query -W -f '${db:Status-Status}' "$1" 2>/dev/null)" = installed ]
}

# Prints what the list FILE names and this machine lacks.
packages_missing() { # FILE
    local package command
    while read -r package command; do
        case $package in '' | '#'*) continue ;; esac
        has_package "$package" && continue
        [ -n "$command" ] && command -v "$command" >/dev/null && continue
        echo "$package"
    done <"$1"
}

apt_install() { # PACKAGE...
    as_root env DEBIAN_FRONTEND=noninteractive \
        apt-get install -y -q --no-install-recommends \
        -o DPkg::Lock::Timeout=300 "$@"
}

install_packages() { # FILE...
    local missing=() file
    for file; do
        mapfile -t -O "${#missing[@]}" missing < <(packages_missing "$file")
    done
    [ "${#missing[@]}" -gt 0 ] || return 0
    echo "installing: ${missing[*]}"
    as_root apt-get update -q
    apt_install "${missing[@]}"
}
