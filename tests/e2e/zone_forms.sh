#!/usr/bin/env bash
# What `also` writes for other tools says what the master file says: each form
# is read as its tool reads it, and compiled by BIND beside our own file.
#
#     zone_forms.sh BROXC PROGRAM
set -euo pipefail
export LC_ALL=C

broxc=$1
root=$(cd "$(dirname "$2")/../.." && pwd)
# shellcheck source=tests/e2e/lib/zones.sh
. "$root/tests/e2e/lib/zones.sh"
count=0

# A zone of every type, as the tool can have it.
write_program() { # FORM
    sed -E "s/^zone .*\{/&\n    also $1/" "$root/testdata/zones/every-type.brx" \
        >"$work/main.brx"
    [ "$1" != route53 ] || sed -i -E \
        '/ (DNAME|HINFO|LOC|SMIMEA|TYPE[0-9]+) /d' "$work/main.brx"
    rm -rf "$work/out"
    "$broxc" build "$work/main.brx" -o "$work/out" >"$work/said" 2>&1 ||
        fail "the program for $1" "$work/said"
}

compiled() { # ZONE FILE: without the SOA
    named-compilezone -q -i none -k ignore -m ignore -M ignore -S ignore \
        -n ignore -r ignore -s full -o "$work/compiled" "$1" "$2" \
        >"$work/said" 2>&1 || { cat "$work/said" "$2" >&2; fail "bind does not read $2"; }
    awk '$4 != "SOA" { $1 = $1; print }' "$work/compiled" |
        tr '[:upper:]' '[:lower:]' | sort -u
}

# NAME TYPE of what the form says it cannot have.
without_left_out() { # RECORDS READ
    sed -n 's/^; left out: //p' "$2" | tr '[:upper:]' '[:lower:]' >"$work/left"
    awk -v left="$work/left" '
        BEGIN { while ((getline line <left) > 0) gone[line] = 1 }
        !(($1 " " $4) in gone)' "$1"
}

compare_form() { # FORM SUFFIX
    local file zone
    write_program "$1"
    for file in "$work/out/infrastructure/dns/$1"/*."$2"; do
        zone=$(basename "$file" ".$2")
        local master=$work/out/infrastructure/dns/$zone.zone
        node "$root/tests/tools/zone_forms.mjs" "$1" "$file" "$zone" \
            "$(awk '$1 == "$TTL" { print $2 }' "$master")" >"$work/read" ||
            fail "$1 does not read $file" "$file"
        grep -E '[[:space:]]SOA[[:space:]]' "$master" |
            cat - "$work/read" >"$work/master"
        [ "$1" != route53 ] ||
            grep -E "^$zone\. .*[[:space:]]NS[[:space:]]" "$master" >>"$work/master"
        compiled "$zone" "$work/master" >"$work/found"
        compiled "$zone" "$master" >"$work/all"
        without_left_out "$work/all" "$work/read" >"$work/wanted"
        if [ "$1" = octodns ]; then # a text is one there, however it is cut
            sed -i 's/" "//g' "$work/wanted" "$work/found"
        fi
        diff "$work/wanted" "$work/found" >"$work/differences" ||
            fail "$1 of $zone: wanted (<), found (>)" "$work/differences"
        count=$((count + $(wc -l <"$work/found")))
    done
}

need_tools named-compilezone node
compare_form octodns yaml
compare_form dnscontrol js
compare_form route53 json
[ "$count" -gt 50 ] || fail "there is nothing to compare"
echo "$count records as other tools have them"
