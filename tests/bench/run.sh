#!/usr/bin/env bash
# How long a build takes, beside what the same files cost others.
#
#     run.sh BROXC TOOLS PROGRAM [--bless]
#
# TOOLS is the folder of `measure`, `floor` and `empty`, PROGRAM the reference
# program. In each round a program is built into a new folder, built again with
# nothing changed, and printed as one stream; its tree is copied by `cp -r`, and
# `floor` only writes, compares and prints what the builds made. Then the large
# program's stream is made in turn with each peer that is on this machine, and
# a program of 10,000 lines is checked with one byte changed. A ratio compares
# two neighbours of one round, so that a machine that is busy for a while slows
# both. Nothing fails for being slow.
#
# Ours and the tools are measured as copies, as a package would leave them: a
# linker writes a file here and there, which the kernel then keeps in small
# pages, and to map these costs each start a tenth of a millisecond.
#
# With --bless the tables go to docs/speed.md and README.md as well.
#
# BENCH_ROUNDS       rounds of the reference program (20)
# BENCH_SERVICES     services of the large program (1000)
# BENCH_PEER_ROUNDS  rounds of the peers (7)
# TMPDIR             where the trees go: a disk, or memory
set -euo pipefail

program=$3
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
rounds=${BENCH_ROUNDS:-20}
services=${BENCH_SERVICES:-1000}
peer_rounds=${BENCH_PEER_ROUNDS:-7}
work=$(mktemp -d)
measured=$work/measured # a file a case: a line a round, as measure writes it
installed=$(mktemp -d "$2/installed.XXXXXX")
trap 'rm -rf "$work" "$installed"' EXIT
cp "$1" "$2/measure" "$2/floor" "$2/empty" "$installed"
broxc=$installed/$(basename "$1")
measure=$installed/measure
floor=$installed/floor
empty=$installed/empty
mkdir "$measured"
PATH=$root/build/tools/bin:$PATH
# shellcheck source=tests/bench/table.sh
. "$here/table.sh"
# shellcheck source=tests/bench/peers/peers.sh
. "$here/peers/peers.sh"

generate() { # SERVICES FILE
    awk -v services="$1" -v environments=3 -v keys=10 \
        -f "$here/generate.awk" >"$2"
}

# What the tools print is of no interest, unless they fail.
timed() { # CASE ARGUMENT...
    "$measure" "$measured/$1" "${@:2}" >"$work/said" 2>&1 || {
        head -c 2000 "$work/said" >&2
        return 1
    }
}

# In one shell, as a pipeline would do it.
render_overlays() { # CASE TREE
    # shellcheck disable=SC2016 # the inner shell's variable
    timed "$1" sh -c '
        for overlay in "$1"/infrastructure/kubernetes/overlays/*; do
            kustomize build "$overlay" || exit
        done' sh "$2"
}

# What comes out is packed for `floor` in the first round.
make_packs() { # NAME PROGRAM
    "$broxc" build "$2" -o "$work/packed" >"$work/said" 2>&1
    "$floor" pack "$work/packed" "$work/$1.pack"
    mkdir "$work/stream"
    "$broxc" build "$2" --flat -o - >"$work/stream/all" 2>"$work/said"
    "$floor" pack "$work/stream" "$work/$1.stream"
    rm -r "$work/packed" "$work/stream"
}

run_round() { # NAME PROGRAM TREE
    [ -s "$work/$1.pack" ] || make_packs "$1" "$2"
    timed "$1.fresh" "$broxc" build "$2" -o "$3"
    timed "$1.write" "$floor" write "$work/$1.pack" "$3.written"
    timed "$1.again" "$broxc" build "$2" -o "$3"
    timed "$1.compare" "$floor" compare "$work/$1.pack" "$3.written"
    timed "$1.copy" cp -r "$3" "$3.copy"
    timed "$1.stream" "$broxc" build "$2" --flat -o -
    timed "$1.print" "$floor" print "$work/$1.stream"
    timed "$1.check" "$broxc" check "$2"
    timed "$1.start" "$broxc" --version
    timed "$1.empty" "$empty"
    rm -rf "$3.written" "$3.copy"
}

# The first two rounds warm the caches up and do not count.
run_rounds() { # NAME PROGRAM COUNT [kustomize]
    local round
    for ((round = -1; round <= $3; round++)); do
        run_round "$1" "$2" "$work/tree.$1.$round"
        [ -z "${4-}" ] ||
            render_overlays "$1.kustomize" "$work/tree.$1.$round"
        [ "$round" -ne 0 ] || rm -f "$measured/$1".*
    done
}

# For who compares two runs; the load is that before this one.
describe_machine() {
    # shellcheck source=/dev/null
    printf '%s processors, %s, trees in %s, load %s, %s\n' "$(nproc)" \
        "$(. /etc/os-release && echo "$PRETTY_NAME")" \
        "$(df --output=fstype "$work" | tail -n 1)" \
        "$(cut -d ' ' -f 1 /proc/loadavg)" \
        "$(ldd "$broxc" >"$work/said" 2>&1 &&
            echo 'broxc linked with its libraries' ||
            echo 'broxc standing alone')"
}

describe_tree() { # TITLE FOLDER
    find "$2" -type f -printf '%s\n' | awk -v title="$1" '
        { sum += $1 }
        END { printf "%s: %d files, %.0f KB\n", title, NR, sum / 1000 }'
}

# jsonnet writes its objects as JSON, the others as YAML.
describe_stream() { # TITLE
    printf '%s: %d objects, %.1f MB\n' "$1" \
        "$(grep -cE '^(   ")?kind"?: ' "$work/said")" \
        "$(awk -v bytes="$(stat -c %s "$work/said")" \
            'BEGIN { print bytes / 1e6 }')"
}

# Each peer beside a stream of ours.
run_peers() { # PROGRAM
    local peer round
    for peer in "${peers[@]}"; do
        if ! find_peer "$peer" "$services"; then
            echo "not here: $peer ($(peer_source "$peer") installs it)"
            continue
        fi
        for ((round = 1; round <= peer_rounds; round++)); do
            timed "$peer.broxc" "$broxc" build "$1" --flat -o -
            [ "$peer$round" != "${peers[0]}1" ] || describe_stream broxc
            timed "$peer.$peer" "${peer_command[@]}"
        done
        describe_stream "$peer"
    done
}

# As an editor does after each key: the range in line 8,500 runs backwards.
run_editor() {
    local round
    generate 1088 "$work/sound.brx"
    sed '0,/cpu 200m\.\.500m/s//cpu 900m..500m/' "$work/sound.brx" \
        >"$work/edited.brx"
    printf 'the edited program: %d lines, bytes changed: %d\n' \
        "$(wc -l <"$work/edited.brx")" \
        "$(cmp -l "$work/sound.brx" "$work/edited.brx" | wc -l)"
    for ((round = 1; round <= rounds; round++)); do
        ! "$measure" "$measured/edited.check" "$broxc" check \
            "$work/edited.brx" >"$work/said" 2>&1 &&
            grep -q 'error\[L05\]' "$work/said"
    done
}

# The peer that took least, by the median.
fastest_peer() {
    local peer
    for peer in "${peers[@]}"; do
        ! has_measured "$peer.$peer" ||
            echo "$(each_ms "$peer.$peer" 1 | median) $peer"
    done | sort -n | sed -n '1s/.* //p'
}

print_targets() {
    local stream="$services services as one stream" peer
    table_head job ours beside ratio asked 'met?'
    target_ratio 'the reference program, into a new folder' \
        reference fresh write 1.3
    target_ratio 'the same, with nothing changed' reference again compare 1.5
    target_gain 'the same, beside kustomize' reference fresh kustomize 100
    target_ratio 'starting' reference start empty 1.2
    target_ratio "$services services, into a new folder" large fresh write 1.3
    target_ratio "$stream" large stream print 3
    peer=$(fastest_peer)
    [ -z "$peer" ] ||
        target_gain "$stream, beside the fastest peer" "$peer" broxc "$peer" 20
    print_target "$stream: memory" "$(peak_mib large.stream) MiB" '' \
        "$(peak_mib large.stream)" most 40 ' MiB'
    print_target 'checking 10,000 lines, one byte changed' \
        "$(each_ms edited.check 1 | median | xargs printf '%.1f ms')" '' \
        "$(each_ms edited.check 1 | median)" most 10 ' ms'
}

print_all() {
    local peer
    table_head job 'wall ms' 'CPU ms' beside MiB
    print_rows reference reference
    print_rows "$services services" large
    for peer in "${peers[@]}"; do
        print_row "$services services" "$peer" "$peer" broxc
        print_row "$services services, beside $peer" "$peer" broxc
    done
    print_rows '20 services' small
    print_row '10,000 lines' edited check
}

# What a reader of the README asks first.
print_short() {
    local peer
    table_head job ours 'beside it' 'times ours'
    short_row 'the tree of the reference program' reference fresh kustomize
    for peer in "${peers[@]}"; do
        short_row "$services services in three environments, one stream" \
            "$peer" broxc "$peer"
    done
}

short_row() { # JOB NAME CASE PEER
    has_measured "$2.$3" "$2.$4" || return 0
    printf '| %s | %s ms | %s: %s ms | %s |\n' "$1" \
        "$(each_ms "$2.$3" 1 | median | xargs printf '%.0f')" "$4" \
        "$(each_ms "$2.$4" 1 | median | xargs printf '%.0f')" \
        "$(each_ratio "$2.$4" "$2.$3" | median | xargs printf '%.0f')"
}

describe_machine | tee "$work/machine"
has_kustomize=
if command -v kustomize >"$work/where"; then
    has_kustomize=kustomize
else
    echo "not here: kustomize (scripts/test fetches it)"
fi
generate 20 "$work/small.brx"
generate "$services" "$work/large.brx"

run_rounds reference "$program" "$rounds" "$has_kustomize"
run_rounds large "$work/large.brx" 5
if [ -n "$has_kustomize" ]; then
    run_round small "$work/small.brx" "$work/tree.small.1"
    render_overlays small.kustomize "$work/tree.small.1"
fi
describe_tree 'reference' "$work/tree.reference.1"
describe_tree "$services services" "$work/tree.large.1"
run_peers "$work/large.brx"
run_editor

{
    echo "Measured with: $(cat "$work/machine")."
    echo
    print_targets
} >"$work/targets"
print_all >"$work/all"
print_short >"$work/short"
echo
cat "$work/targets"
echo
cat "$work/all"
if [[ ${4:-} == --bless ]]; then
    bless_page "$root/docs/speed.md" targets <"$work/targets"
    bless_page "$root/docs/speed.md" times <"$work/all"
    bless_page "$root/README.md" times <"$work/short"
fi
