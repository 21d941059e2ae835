#!/usr/bin/env bash
# Every zone of every example, of testdata/zones, and of the trees that are
# expected in testdata/: accepted by four readers of master files, and served,
# record for record, by a real name server.
#
#     zones.sh BROXC PROGRAM
#
# PROGRAM is examples/NAME/envs.brx; the other examples are found beside it.
# What must be answered is read from the master file by BIND, and served by
# NSD: neither is ours, and they share no code.
set -euo pipefail

broxc=$1
root=$(cd "$(dirname "$2")/../.." && pwd)
PATH=$PATH:/usr/sbin:/sbin
work=$(mktemp -d)
server=
port=
count=0

stop_server() {
    [ -n "$server" ] || return 0
    kill "$server" 2>/dev/null || true
    wait "$server" 2>/dev/null || true
    server=
}

trap 'stop_server; rm -rf "$work"' EXIT

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

build() { # PROGRAM FOLDER
    "$broxc" build "$1" -o "$2" >"$work/build" 2>&1 ||
        fail "the build of $1" "$work/build"
}

# The file's zone is its name.
check_file() { # ZONE FILE
    named-checkzone -i local "$1" "$2" >"$work/bind" 2>&1 ||
        fail "named-checkzone refuses $1" "$work/bind"
    # It loads what it only grumbles at, such as two TTLs in one set.
    [ "$(wc -l <"$work/bind")" -eq 2 ] ||
        fail "named-checkzone complains of $1" "$work/bind"
    kzonecheck -o "$1" "$2" >"$work/knot" 2>&1 ||
        fail "kzonecheck refuses $1" "$work/knot"
    nsd-checkzone "$1" "$2" >"$work/nsd" 2>&1 ||
        fail "nsd-checkzone refuses $1" "$work/nsd"
    ldns-read-zone "$2" >"$work/ldns" 2>&1 ||
        fail "ldns-read-zone refuses $1" "$work/ldns"
}

# One record a line, one space between its fields.
canonical() {
    sed -e '/^;/d' -e '/^[[:space:]]*$/d' |
        sed -E 's/^([^[:space:]]+)[[:space:]]+([0-9]+)[[:space:]]+IN[[:space:]]+([A-Z0-9]+)[[:space:]]+/\1 \2 IN \3 /' |
        LC_ALL=C sort -u
}

configure_server() { # FOLDER
    local file
    cat <<END
server:
    ip-address: 127.0.0.1@$port
    server-count: 1
    username: ""
    chroot: ""
    zonesdir: "$1"
    database: ""
    pidfile: "$work/nsd.pid"
    xfrdfile: "$work/xfrd.state"
    xfrdir: "$work"
    zonelistfile: "$work/zone.list"
    logfile: "$work/nsd.log"
remote-control:
    control-enable: no
END
    for file in "$1"/*.zone; do
        printf 'zone:\n    name: "%s"\n    zonefile: "%s"\n' \
            "$(basename "$file" .zone)" "$(basename "$file")"
    done
}

ask() { # DIG-ARGUMENT...
    dig @127.0.0.1 -p "$port" +norecurse +time=2 +tries=2 "$@"
}

is_up() { # ZONE
    ask +short SOA "$1" >"$work/soa" 2>&1 && grep -q '^[^;]' "$work/soa"
}

# A port may be taken, by another run of this test among others.
start_server() { # FOLDER ZONE
    local attempt turn
    for attempt in 1 2 3 4 5; do
        port=$((20000 + (RANDOM + attempt) % 20000))
        configure_server "$1" >"$work/nsd.conf"
        : >"$work/nsd.log"
        nsd -d -c "$work/nsd.conf" >"$work/nsd.out" 2>&1 &
        server=$!
        for turn in $(seq 50); do
            ! is_up "$2" || return 0
            kill -0 "$server" 2>/dev/null || break
            sleep 0.1
        done
        echo "port $port, turn $turn: no answer yet"
        stop_server
    done
    cat "$work/nsd.out" >&2
    fail "no name server came up" "$work/nsd.log"
}

# Every record is asked for by its name and type; what comes back, all
# together, must be the zone, no more and no less.
check_answers() { # ZONE FILE
    named-compilezone -q -i none -s full -o "$work/compiled" "$1" "$2" \
        >"$work/bind" 2>&1 || fail "named-compilezone refuses $1" "$work/bind"
    canonical <"$work/compiled" >"$work/wanted"
    [ -s "$work/wanted" ] || fail "$1 is empty"
    cut -d ' ' -f 1,4 "$work/wanted" | LC_ALL=C sort -u >"$work/questions"
    # A name that is handed over answers with where it went.
    ask +noall +answer +authority -f "$work/questions" |
        canonical >"$work/answers"
    diff "$work/wanted" "$work/answers" >"$work/differences" ||
        fail "$1: wanted (<) is not what was answered (>)" "$work/differences"
    ask +noall +comments "no-such-name-$$.$1" >"$work/none"
    grep -q -e NXDOMAIN "$work/none" || grep -q '^\*' "$work/wanted" ||
        fail "$1 answers for a name that is not there" "$work/none"
    count=$((count + $(wc -l <"$work/wanted")))
}

check_program() { # PROGRAM
    rm -rf "$work/out"
    build "$1" "$work/out"
    check_folder "$work/out/infrastructure/dns"
}

check_folder() { # FOLDER, which need not be there
    local file first=
    for file in "$1"/*.zone; do
        [ -e "$file" ] || return 0
        first=${first:-$(basename "$file" .zone)}
        check_file "$(basename "$file" .zone)" "$file"
    done
    start_server "$1" "$first"
    for file in "$1"/*.zone; do
        check_answers "$(basename "$file" .zone)" "$file"
    done
    stop_server
}

serial() { # of the one zone
    awk '$4 == "SOA" { print $7 }' "$work"/out/infrastructure/dns/*.zone
}

expect_serial() { # NUMBER WHEN
    build "$work/program/envs.brx" "$work/out"
    [ "$(serial)" = "$1" ] || fail "serial $(serial) instead of $1 $2"
}

# Secondaries take a zone again when its serial has risen, and only then.
check_serials() { # PROGRAM
    rm -rf "$work/out"
    cp -r "$(dirname "$1")" "$work/program"
    expect_serial 1 'at first'
    expect_serial 1 'when nothing has changed'
    sed -i 's/198\.51\.100\.10/198.51.100.11/' "$work/program/addresses.brx"
    expect_serial 2 'when an address has changed'
    printf '\n# a comment\n' >>"$work/program/envs.brx"
    expect_serial 2 'when only a comment has changed'
}

need_tools named-checkzone named-compilezone kzonecheck nsd-checkzone \
    ldns-read-zone nsd dig
for program in "$root"/examples/*/envs.brx "$root"/testdata/zones/*.brx; do
    check_program "$program"
done
for folder in "$root"/testdata/*/*/expected/infrastructure/dns; do
    check_folder "$folder"
done
[ "$count" -gt 0 ] || fail "no record was asked for"
check_serials "$2"
echo "$count records served as they were written"
