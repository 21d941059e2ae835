# shellcheck shell=bash
# shellcheck disable=SC2154 # the script that sources this has set broxc
# Master files between readers; to be sourced by a script that has set `broxc`.

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
PATH=$PATH:/usr/sbin:/sbin

fail() { # WHAT [FILE]
    echo "failed: $1" >&2
    [ $# -lt 2 ] || cat "$2" >&2
    exit 1
}

need_tools() { # NAME...
    local tool
    for tool; do
        command -v "$tool" >"$work/where" || fail "no $tool on this machine"
    done
}

zone_of() { # READ-FILE: of what we print, whose first line is the SOA
    local name
    read -r name _ <"$1"
    echo "${name%.}"
}

# What a reader makes of a file, sorted: it may hold an SOA twice. We write
# names in small letters, others keep them.
read_by() { # READER ZONE FILE
    case $1 in
    bind)
        named-compilezone -q -i none -k ignore -m ignore -M ignore -S ignore \
            -n ignore -r ignore -s full -o "$work/read" "$2" "$3" \
            >"$work/said" 2>&1 || return 1
        ;;
    ldns) ldns-read-zone -c "$3" >"$work/read" 2>"$work/said" || return 1 ;;
    esac
    tr '[:upper:]' '[:lower:]' <"$work/read" | sort -u
}

compare_by() { # READER ZONE FILE OURS
    read_by "$1" "$2" "$3" >"$work/theirs" ||
        fail "$1 does not read $3" "$work/said"
    read_by "$1" "$2" "$4" >"$work/ours" ||
        fail "$1 does not read what we print of $3" "$work/said"
    diff "$work/theirs" "$work/ours" >"$work/differences" ||
        fail "$3 by $1: as it stands (<), as we read it (>)" \
            "$work/differences"
}

# A zone that one reader cannot take says so in its head.
check_reading() { # FILE
    "$broxc" dns read "$1" >"$work/printed" 2>"$work/messages" || true
    [ -s "$work/printed" ] || fail "we do not read $1" "$work/messages"
    local zone
    zone=$(zone_of "$work/printed")
    compare_by bind "$zone" "$1" "$work/printed"
    grep -q '^; not for ldns-read-zone: ' "$1" ||
        compare_by ldns "$zone" "$1" "$work/printed"
}

# The records of a zone that we printed, without the SOA's serial.
unnumbered() { # FILE
    awk '$4 == "SOA" { $7 = "" } { $1 = $1; print }' "$1" | sort
}

check_import() { # FILE
    {
        printf 'brx 1\n\nproject moved {\n    registry  moved.azurecr.io\n}\n\n'
        "$broxc" import "$1" 2>"$work/messages" || true
    } >"$work/moved.brx"
    rm -rf "$work/moved"
    "$broxc" build "$work/moved.brx" --profile basic -o "$work/moved" \
        >"$work/said" 2>&1 || {
        # What a program may not say, a master file must say wrongly, too.
        grep -Eq '^.*: error\[' "$work/said" || fail "$1" "$work/said"
        "$broxc" dns check "$1" --format short >"$work/checked" 2>&1 || return 0
        fail "the import of $1 does not build" "$work/said"
    }
    local zone
    zone=$(zone_of "$work/printed")
    unnumbered "$work/printed" >"$work/wanted"
    "$broxc" dns read "$work/moved/infrastructure/dns/$zone.zone" \
        >"$work/again" 2>"$work/said" || fail "our own $zone" "$work/said"
    unnumbered "$work/again" >"$work/found"
    diff "$work/wanted" "$work/found" >"$work/differences" ||
        fail "$1: as it is (<), as its import builds (>)" "$work/differences"
    compare_built "$zone" "$1" "$work/moved/infrastructure/dns/$zone.zone"
    "$broxc" dns plan "$1" "$work/moved.brx" --profile basic >"$work/plan" \
        2>"$work/said" || fail "the plan of $1 changes something" "$work/plan"
}

# What BIND reads of both, without the SOA, whose serial has risen.
compare_built() { # ZONE FILE BUILT
    without_soa "$1" "$2" >"$work/theirs"
    without_soa "$1" "$3" >"$work/ours"
    diff "$work/theirs" "$work/ours" >"$work/differences" ||
        fail "$2 by bind: as it is (<), as its import builds (>)" \
            "$work/differences"
}

without_soa() { # ZONE FILE
    read_by bind "$1" "$2" >"$work/records" ||
        fail "bind does not read $2" "$work/said"
    awk '!/^[^ \t]+[ \t]+[0-9]+ in[ \t]+soa/' "$work/records"
}
