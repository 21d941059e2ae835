# shellcheck shell=bash
# What was measured, as the tables of docs/speed.md. To be sourced.

# The folder of `measure`'s lines, a file NAME.CASE for each.
: "${measured:?}"

# The value at a share of sorted lines: 0.5 is the median.
awk_at='function at(share) { return value[int((NR - 1) * share + 0.5) + 1] }'

# A median and its quartiles, or the only value.
spread() {
    sort -n | awk "$awk_at"'
        { value[NR] = $1 }
        END {
            printf "%.2f", at(0.5)
            if (NR > 1)
                printf " (%.2f to %.2f)", at(0.25), at(0.75)
        }
    '
}

median() {
    sort -n | awk "$awk_at"' { value[NR] = $1 } END { printf "%.4f", at(0.5) }'
}

each_ms() { # NAME.CASE FIELD
    awk -v field="$2" '{ print $field / 1000 }' "$measured/$1"
}

each_ratio() { # NAME.CASE NAME.PEER
    paste -d ' ' "$measured/$1" "$measured/$2" | awk '{ print $1 / $6 }'
}

peak_mib() { # NAME.CASE
    awk '$3 > most { most = $3 } END { printf "%.1f", most / 1024 }' \
        "$measured/$1"
}

has_measured() { # NAME.CASE...
    local name
    for name; do
        [ -s "$measured/$name" ] || return 1
    done
}

print_row() { # TITLE NAME CASE [PEER]
    local name=$2.$3 peer=$2.${4-}
    has_measured "$name" || return 0
    printf '| %s: %s | %s | %s | %s | %s |\n' "$1" "$3" \
        "$(each_ms "$name" 1 | spread)" "$(each_ms "$name" 2 | spread)" \
        "$([ -z "${4-}" ] ||
            echo "$(each_ratio "$name" "$peer" | spread) times $4")" \
        "$(peak_mib "$name")"
}

print_rows() { # TITLE NAME
    print_row "$@" fresh write
    print_row "$@" write
    print_row "$@" again compare
    print_row "$@" compare
    print_row "$@" copy write
    print_row "$@" stream print
    print_row "$@" print
    print_row "$@" check
    print_row "$@" start empty
    print_row "$@" empty
    print_row "$@" kustomize fresh
}

table_head() { # COLUMN...
    printf '| %s ' "$@"
    echo '|'
    printf '|%.0s---' "$@"
    echo '|'
}

# What is asked, and whether it is so: `least` of what others take, or `most`.
print_target() { # JOB OURS BESIDE VALUE least|most ASKED UNIT
    awk -v job="$1" -v ours="$2" -v beside="$3" -v value="$4" -v bound="$5" \
        -v asked="$6" -v unit="$7" 'BEGIN {
            is_met = bound == "most" ? value <= asked : value >= asked
            printf "| %s | %s | %s | %.3g%s | %s %s%s | %s |\n", job, ours,
                beside, value, unit, "at " bound, asked, unit,
                is_met ? "yes" : "no"
        }'
}

# Ours is NAME.CASE, and its time is divided by that of its neighbour.
target_ratio() { # JOB NAME CASE PEER ASKED
    has_measured "$2.$3" "$2.$4" || return 0
    print_target "$1" "$(each_ms "$2.$3" 1 | median | xargs printf '%.1f ms')" \
        "$4: $(each_ms "$2.$4" 1 | median | xargs printf '%.1f ms')" \
        "$(each_ratio "$2.$3" "$2.$4" | median)" most "$5" ' times'
}

# The other way round: what NAME.PEER takes is divided by what we take.
target_gain() { # JOB NAME CASE PEER ASKED
    has_measured "$2.$3" "$2.$4" || return 0
    print_target "$1" "$(each_ms "$2.$3" 1 | median | xargs printf '%.1f ms')" \
        "$4: $(each_ms "$2.$4" 1 | median | xargs printf '%.0f ms')" \
        "$(each_ratio "$2.$4" "$2.$3" | median)" least "$5" ' times'
}

# Puts what comes in between the lines `<!-- NAME -->` and `<!-- end -->`.
bless_page() { # PAGE NAME
    local text
    text=$(cat)
    grep -qxF "<!-- $2 -->" "$1" || {
        echo "$1 has no place for $2" >&2
        return 1
    }
    TEXT=$text awk -v name="<!-- $2 -->" '
        $0 == name { print; print ""; print ENVIRON["TEXT"]; print ""; skips = 1 }
        skips && $0 == "<!-- end -->" { skips = 0 }
        !skips' "$1" >"$1.blessed"
    cat "$1.blessed" >"$1"
    rm "$1.blessed"
}
