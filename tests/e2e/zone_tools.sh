#!/usr/bin/env bash
# Does broxc see what the other tools see in a wrong zone? Each zone of
# testdata/zones/bad is given to four readers of master files and to us. What
# any of them complains of, we must complain of; docs/dns-tools.md shows all.
#
#     zone_tools.sh BROXC PROGRAM [--bless]
set -euo pipefail
export LC_ALL=C

broxc=$1
root=$(cd "$(dirname "$2")/../.." && pwd)
page=$root/docs/dns-tools.md
# shellcheck source=tests/e2e/lib/zones.sh
. "$root/tests/e2e/lib/zones.sh"

ask() { # TOOL FILE
    local status=0
    echo "@ask $1 $2"
    case $1 in
    broxc) "$broxc" dns check "$2" --format short ;;
    named-checkzone) named-checkzone -i local example.com "$2" ;;
    kzonecheck) kzonecheck -v -o example.com "$2" ;;
    nsd-checkzone) nsd-checkzone example.com "$2" ;;
    ldns-read-zone) ldns-read-zone "$2" >"$work/records" ;;
    esac || status=$?
    echo "@status $status"
}

ask_all() {
    local file tool
    for file in *.zone; do
        head -n 1 "$file" | sed 's/^; /@fault /'
        for tool in broxc named-checkzone kzonecheck nsd-checkzone ldns-read-zone; do
            ask "$tool" "$file"
        done
    done
}

versions() {
    printf 'BIND %s, ' "$(named-checkzone -v | sed 's/-.*//')"
    printf 'Knot DNS %s, ' "$(kzonecheck --version | sed 's/.* //')"
    printf 'NSD %s, ' "$(nsd -v 2>&1 | sed -n 's/^NSD version //p')"
    printf 'ldns %s\n' "$(ldns-read-zone -v | sed -nE '1s/.*ldns version ([0-9.]+).*/\1/p')"
}

# Other versions say it in other words: then ours alone must be the same.
compare_page() {
    local keep=cat
    if ! grep -qF "$versions" "$page"; then
        echo "docs/dns-tools.md speaks of other versions than $versions"
        keep=ours_of_page
    fi
    "$keep" <"$page" >"$work/wanted"
    "$keep" <"$work/page" >"$work/found"
    diff "$work/wanted" "$work/found" >"$work/differences" ||
        fail "docs/dns-tools.md is not what is found (zone_tools.sh --bless)" \
            "$work/differences"
}

ours_of_page() {
    sed -n 's/^\(| `[^|]*|[^|]*|[^|]*|\).*/\1/p'
}

need_tools named-checkzone kzonecheck nsd-checkzone ldns-read-zone nsd awk
cd "$root/testdata/zones/bad"
versions=$(versions)
ask_all >"$work/told" 2>&1
awk -v versions="$versions" -f "$root/tests/e2e/lib/zone_tools.awk" \
    "$work/told" >"$work/page" || fail "they see more than we do" "$work/page"
if [ "${3:-}" = --bless ]; then
    cp "$work/page" "$page"
else
    compare_page
fi
grep '^[0-9]* of the ' "$work/page"
