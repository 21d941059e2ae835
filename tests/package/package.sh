#!/usr/bin/env bash
# What cpack makes of a build folder: what the packages say, what is in them, and
# whether a command that was installed from them works.
#
#     package.sh BUILD-FOLDER
#
# A command that stands alone must also be small: SIZE_MAX says how small.
# shellcheck disable=SC2317 # expect calls functions by their names
set -euo pipefail

build=$(cd "$1" && pwd)
root=$(cd "$(dirname "$0")/../.." && pwd)
broxc=$build/broxc
# shellcheck source=tests/e2e/lib/expect.sh
. "$root/tests/e2e/lib/expect.sh"
PATH=$PATH:/usr/sbin:/sbin
SIZE_MAX=$((3 * 1000 * 1000)) # bytes, stripped

version=$("$broxc" --version)
version=${version#broxc }
architecture=$(dpkg --print-architecture)
(cd "$build" && cpack -B "$work/made" >"$work/said" 2>&1) || {
    cat "$work/said"
    exit 1
}
command=$work/made/broxc_${version}_$architecture.deb
library=$work/made/libbrx-dev_${version}_$architecture.deb
archive=$(find "$work/made" -maxdepth 1 -name "broxc-$version-linux-*.tar.gz")

is_static() {
    [[ $(ldd "$broxc" 2>&1 || true) == *'not a dynamic executable'* ]]
}

# ---- what the packages say ------------------------------------------------------

says() { # PACKAGE FIELD PATTERN
    expect "$2 of $(basename "$1")" \
        grep -qxE -e "$3" <(dpkg-deb -f "$1" "$2" | head -n 1)
}
for package in "$command" "$library"; do
    says "$package" Version "$version"
    says "$package" Architecture "$architecture"
    says "$package" Priority optional
    says "$package" Maintainer '.+ <.+@.+>'
    says "$package" Description '[a-z].{20,70}[a-z]'
    says "$package" Installed-Size '[0-9]+'
    expect 'a description of more than a line' \
        [ "$(dpkg-deb -f "$package" Description | wc -l)" -ge 3 ]
    expect 'sums of what is in it' grep -q ' usr/' \
        <(dpkg-deb --ctrl-tarfile "$package" | tar xO ./md5sums)
done
says "$command" Package broxc
says "$command" Section devel
says "$library" Package libbrx-dev
says "$library" Depends 'libdeflate-dev, libidn2-dev, libpcre2-dev, libyaml-dev'
if is_static; then
    expect 'a command that stands alone depends on nothing' \
        [ -z "$(dpkg-deb -f "$command" Depends)" ]
else
    for needed in libc6 libdeflate0 libidn2-0 libpcre2-8-0 libyaml-0-2; do
        says "$command" Depends "(.*, )?$needed( \(.*\))?(, .*)?"
    done
fi

# ---- what is in them --------------------------------------------------------------

dpkg-deb -c "$command" >"$work/files"
has() { # MODE PATH
    expect "$2 in the package" grep -qE "^$1 root/root +[0-9]+ .* \./$2\$" \
        "$work/files"
}
has -rwxr-xr-x usr/bin/broxc
has -rw-r--r-- usr/share/man/man1/broxc.1
has -rw-r--r-- usr/share/bash-completion/completions/broxc
has -rw-r--r-- usr/share/zsh/vendor-completions/_broxc
has -rw-r--r-- usr/share/fish/vendor_completions.d/broxc.fish
for name in copyright LICENSE README.md CHANGELOG.md language.md words.md \
    checks/W11.md examples/small/envs.brx; do
    has -rw-r--r-- "usr/share/doc/broxc/$name"
done
expect 'every page of docs' [ "$(grep -c 'usr/share/doc/broxc/.*\.md$' "$work/files")" \
    -ge "$(find "$root/docs" -name '*.md' | wc -l)" ]
expect 'nothing outside of usr' \
    [ -z "$(grep -vE ' \./(usr/.*)?$' "$work/files")" ]
dpkg-deb -c "$library" >"$work/files"
has -rw-r--r-- usr/include/brx/brx.h
has -rw-r--r-- usr/share/doc/libbrx-dev/copyright
has -rw-r--r-- 'usr/lib/(.*/)?libbrx\.a'
has -rw-r--r-- 'usr/lib/(.*/)?pkgconfig/brx\.pc'

# ---- installed ---------------------------------------------------------------------

# A command of its own, far from where it was built, with its own example.
works() { # WHAT PREFIX
    local installed=$2
    broxc=$installed/bin/broxc expect_exit 0 "$1: --version" --version
    expect_said "^broxc $version\$" "$1: --version"
    broxc=$installed/bin/broxc expect_exit 0 "$1: explain" explain W11
    broxc=$installed/bin/broxc expect_exit 0 "$1: a build" \
        build "$installed/share/doc/broxc/examples/small/envs.brx" -o "$work/$1"
    expect "$1: its manifests" \
        [ -f "$work/$1/infrastructure/kubernetes/base/kustomization.yaml" ]
    expect "$1: the same as it was built" diff \
        <("$installed/bin/broxc" manual) "$installed/share/man/man1/broxc.1"
    expect "$1: its page" mandoc -T utf8 -O width=80 \
        "$installed/share/man/man1/broxc.1" >"$work/page"
}

mkdir "$work/unpacked"
dpkg-deb -x "$command" "$work/unpacked"
works unpacked "$work/unpacked/usr"

admin=$work/installed/var/lib/dpkg
mkdir -p "$admin"/{info,updates,triggers}
touch "$admin"/{status,available}
debian() { # ARGUMENT...: as root of a machine that has nothing else
    fakeroot dpkg --root="$work/installed" --force-depends --log=/dev/null \
        "$@" >"$work/said" 2>&1 || {
        cat "$work/said"
        return 1
    }
}
expect 'both are installed' debian --install "$command" "$library"
works installed "$work/installed/usr"
expect 'dpkg finds nothing amiss' debian --verify broxc libbrx-dev
expect 'nor did it say so' [ ! -s "$work/said" ]
pc=$(find "$work/installed" -name brx.pc)
expect 'brx.pc finds the header' [ -f "$(PKG_CONFIG_PATH=$(dirname "$pc") \
    pkg-config --variable=includedir brx)/brx/brx.h" ]
expect 'both are removed' debian --purge broxc libbrx-dev
expect 'and leave nothing' [ -z "$(find "$work/installed/usr" -type f 2>/dev/null)" ]

expect 'an archive' [ -f "$archive" ]
mkdir "$work/archive"
tar xzf "$archive" -C "$work/archive"
expect 'one folder in the archive' [ "$(find "$work/archive" -mindepth 1 \
    -maxdepth 1 | wc -l)" -eq 1 ]
works archived "$work/archive/broxc-$version-linux-$(uname -m)"

# ---- how large it is -----------------------------------------------------------------

size=$(stat -c %s "$work/unpacked/usr/bin/broxc")
expect 'the command is stripped' [ -z "$(nm "$work/unpacked/usr/bin/broxc" 2>/dev/null)" ]
if is_static; then
    echo "$size bytes of a command that stands alone"
    expect "no more than $SIZE_MAX bytes" [ "$size" -le "$SIZE_MAX" ]
fi
finish "the packages of $(basename "$build")"
