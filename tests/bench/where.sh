#!/usr/bin/env bash
# Where the time of a build goes: what each part of broxc computes, what it asks
# of the kernel, and the pages that it touches for the first time.
#
#     where.sh BROXC TOOLS PROGRAM [--bless]
#
# BROXC is built with its symbols, TOOLS the folder of `measure`, PROGRAM the
# reference program; the other is 1,000 services as one stream. Instructions are
# counted by valgrind and calls by strace, on one processor. The milliseconds are
# those of all processors in the mean of many runs of a copy (see run.sh), shared
# out by the instructions. With --bless the table goes to docs/internals.md as
# well.
set -euo pipefail
export LC_ALL=C

measure=$2/measure
program=$3
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
work=$(mktemp -d)
installed=$(mktemp -d "$2/installed.XXXXXX")
trap 'rm -rf "$work" "$installed"' EXIT
cp "$1" "$installed"
broxc=$installed/$(basename "$1")
# shellcheck disable=SC2034 # table.sh reads it
measured=$work
# shellcheck source=tests/bench/table.sh
. "$here/table.sh"
# shellcheck source=tests/e2e/lib/processor.sh
. "$here/../e2e/lib/processor.sh"

quiet() { # COMMAND...
    "$@" >"$work/said" 2>&1 || {
        head -c 2000 "$work/said" >&2
        return 1
    }
}

# PREFIX runs what follows: valgrind, strace or measure.
job() { # NAME PREFIX...
    rm -rf "$work/tree"
    case $1 in
    reference) quiet "${@:2}" "$broxc" build "$program" -o "$work/tree" ;;
    stream) quiet "${@:2}" "$broxc" build "$work/large.brx" --flat -o - ;;
    esac
}

profile() { # NAME ROUNDS
    local round
    job "$1" on_one_processor valgrind --tool=callgrind --callgrind-out-file="$work/$1.counts" \
        --log-file="$work/valgrind"
    callgrind_annotate --inclusive=yes --threshold=100 "$work/$1.counts" \
        >"$work/$1.profile"
    job "$1" on_one_processor strace -f -qq -o "$work/$1.calls"
    for ((round = 1; round <= $2; round++)); do
        job "$1" "$measure" "$work/$1.runs"
    done
}

# The instructions of a function with all that it calls; of one that a job has
# no use for, none.
within() { # NAME FUNCTION
    awk -v name=":$2 " 'index($0 " ", name) {
            gsub(",", "", $1); print $1; found = 1; exit
        }
        END { if (!found) print 0 }' "$work/$1.profile"
}

total() { # NAME
    awk '/PROGRAM TOTALS/ { gsub(",", "", $1); print $1 }' "$work/$1.profile"
}

mean() { # NAME clock|computing|kernel|pages
    awk -v what="$2" '
        {
            sum["clock"] += $1 / 1000
            sum["computing"] += ($2 - $4) / 1000
            sum["kernel"] += $4 / 1000
            sum["pages"] += $5
        }
        END { printf (what == "pages" ? "%.0f" : "%.3f"), sum[what] / NR }
    ' "$work/$1.runs"
}

# What each part computes alone: `PART|INSTRUCTIONS`.
parts() { # NAME
    local name=$1 all main load lex resolve check emit plan base overlay flat
    local kubernetes workflows scripts guides unpack spool place
    all=$(total "$name")
    main=$(within "$name" main)
    load=$(within "$name" load_program)
    lex=$(within "$name" lex_file)
    resolve=$(within "$name" resolve_program)
    check=$(within "$name" check_model)
    emit=$(within "$name" emit_documents)
    unpack=$(within "$name" embedded_open)
    plan=$(within "$name" plan_new)
    base=$(within "$name" emit_base)
    overlay=$(within "$name" emit_overlay)
    flat=$(within "$name" emit_flat)
    spool=$(within "$name" spool_add)
    kubernetes=$((plan + base + overlay + flat))
    workflows=$(within "$name" emit_workflows)
    scripts=$(within "$name" emit_scripts)
    guides=$(within "$name" emit_guides)
    place=$(within "$name" tree_write)
    ((main > 0 && load > 0 && lex > 0 && resolve > 0 && check > 0 && emit > 0))
    cat <<END
starting: loader and libraries|$((all - main))
lexing|$lex
reading, matching brackets, parsing|$((load - lex))
resolving|$resolve
checking|$check
Kubernetes, printed|$kubernetes
workflows, printed|$workflows
scripts, printed|$scripts
the runtime, unpacked|$unpack
guides, printed|$guides
zones, settings, alerts, printed|$((emit - kubernetes - workflows - scripts - \
    guides - unpack))
of all that is printed, looking up and staging|$spool
putting in place, the lock|$place
the rest|$((main - load - resolve - check - emit - place))
END
}

# Both jobs beside each other. What is below 0.05 % of both is left out.
print_parts() {
    paste -d '|' <(parts reference) <(parts stream) |
        awk -F '|' -v all_a="$(total reference)" -v all_b="$(total stream)" \
            -v ms_a="$(mean reference computing)" \
            -v ms_b="$(mean stream computing)" '
        function cells(count, all, ms) {
            return count == 0 ? " |  | " : sprintf("%.1f | %.1f %% | %.2f",
                count / 1e6, 100 * count / all, ms * count / all)
        }
        $2 > 0 || $4 > 0 {
            print "| " $1 " | " cells($2, all_a, ms_a) " | " \
                cells($4, all_b, ms_b) " |"
        }
        END {
            print "| computing, in all | " cells(all_a, all_a, ms_a) " | " \
                cells(all_b, all_b, ms_b) " |"
        }'
}

calls() { # NAME PATTERN
    grep -cE "^[0-9]+ +($2)\(" "$work/$1.calls" || true
}

# Of each kind of call, how many.
kernel_row() { # WHAT PATTERN
    echo "| the kernel: $1 | $(calls reference "$2") calls | |" \
        "| $(calls stream "$2") calls | | |"
}

print_kernel() {
    local of_files='openat|read|pread64|write|writev|close|lseek|mkdir|mkdirat'
    of_files+='|newfstatat|fstat|faccessat2?|access|readlink|getdents64'
    of_files+='|rename|renameat2?|link|linkat|unlink|unlinkat|rmdir'
    of_files+='|fchmod|fchmodat|fsync|flock|chdir|fchdir|getcwd'
    kernel_row 'calls for files' "$of_files"
    kernel_row 'calls for memory' 'mmap|munmap|madvise|mremap|mprotect|brk'
    echo "| the kernel: memory given out | $(mean reference pages) pages | |" \
        "| $(mean stream pages) pages | | |"
    printf '| the kernel, in all | | | %.2f | | | %.2f |\n' \
        "$(mean reference kernel)" "$(mean stream kernel)"
    printf '| **by the clock** | | | **%.2f** | | | **%.2f** |\n' \
        "$(mean reference clock)" "$(mean stream clock)"
}

awk -v services=1000 -v environments=3 -v keys=10 -f "$here/generate.awk" \
    >"$work/large.brx"
profile reference 50
profile stream 10
{
    table_head part 'reference tree: M instructions' share ms \
        '1000 services, stream: M instructions' share ms
    print_parts
    print_kernel
} >"$work/table"
cat "$work/table"
if [[ ${4:-} == --bless ]]; then
    bless_page "$root/docs/internals.md" where <"$work/table"
fi
