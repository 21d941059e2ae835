# Made by broxc from its own runtime. Scripts beside this folder read it.
# shellcheck shell=bash
# A text that has to fit somewhere.

# brx_cut BYTES TEXT: whole lines of it, as many as fit; what is missing is said
# in a line behind them, for which there must be room, too.
brx_cut() {
    LC_ALL=C awk -v limit="$1" '
        { size += length($0) + 1; line[NR] = $0 }
        size <= limit { whole = NR; used = size }
        END {
            if (whole < NR) {
                while (whole > 0 && used > limit - 120)
                    used -= length(line[whole--]) + 1
            }
            for (i = 1; i <= whole; i++)
                print line[i]
            if (whole < NR)
                printf "\n**Cut here:** %d more lines are in the summary of " \
                    "the run.\n", NR - whole
        }' <<<"$2"
}
