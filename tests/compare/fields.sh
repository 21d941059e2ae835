#!/usr/bin/env bash
# Every member of every struct that the IR reaches has a row in the table of
# fields, and every row a member: a field that is new cannot go unmentioned by
# `broxc diff`. Which structs there are follows from struct ir and its members.
#
#     tests/compare/fields.sh
set -euo pipefail
export LC_ALL=C

scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
failed=0

# Lines `struct member type`, of every header of the IR.
awk -f tests/compare/members.awk compiler/ir/*.h | sort -u >"$scratch/all"

# Lines `struct member`, of the table.
grep -hE '^[A-Z_]+\([a-z_]+, [a-z_]' compiler/compare/fields/*.def |
    sed -E 's/^([A-Z_]+)\(([a-z_]+), ([a-z_]+)(, ([a-z_]+)[,)])?.*/\1 \2 \3 \5/' |
    awk '{ print $2, $3 }
        $1 ~ /^(LIST|REFS|NOTED|KEYS|VALUES)$/ { print $2, $4 }' |
    sort -u >"$scratch/table"

# What the table leaves out leads nowhere, and a value, or data of somebody
# else's YAML, is told as a whole.
sed -nE 's/^SKIP\(([a-z_]+), ([a-z_]+)\)$/\1 \2/p' compiler/compare/fields/*.def \
    >"$scratch/skipped"
awk -v whole='^(value|raw|raw_entry|str|span)$' '
    FILENAME == ARGV[1] { is_skipped[$1, $2] = 1; next }
    !(($1, $2) in is_skipped) && $3 != "-" && $3 !~ whole {
        from[++count] = $1
        to[count] = $3
    }
    { line[++lines] = $1 " " $2; owner[lines] = $1 }
    END {
        is_reached["ir"] = 1
        do {
            is_grown = 0
            for (i = 1; i <= count; i++)
                if (from[i] in is_reached && !(to[i] in is_reached))
                    is_grown = is_reached[to[i]] = 1
        } while (is_grown)
        for (i = 1; i <= lines; i++)
            if (owner[i] in is_reached) print line[i]
    }' "$scratch/skipped" "$scratch/all" | sort -u >"$scratch/members"

[ "$(wc -l <"$scratch/members")" -ge 400 ] || {
    echo "the headers give too few members"
    failed=1
}
while read -r name member; do
    echo "struct $name has \`$member\`, and compiler/compare/fields/ has no row for it"
    failed=1
done < <(comm -23 "$scratch/members" "$scratch/table")
while read -r name member; do
    echo "compiler/compare/fields/ has a row for \`$member\`, which struct $name lacks"
    failed=1
done < <(comm -13 "$scratch/members" "$scratch/table")
exit "$failed"
