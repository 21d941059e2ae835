# Made by broxc from its own runtime. Scripts beside this folder read it.
# shellcheck shell=bash
# When a release may come in: not in a freeze, and only in a weekly window.
# Needs log.sh.
#
# BRX_FREEZES  lines `FIRST LAST ZONE REASON`, days; both belong to it
# BRX_WINDOWS  lines `FIRST LAST OPENS CLOSES ZONE`, e.g. `1 4 09:00 16:00 UTC`:
#              days of the week from 1 (Monday) to 7; open on any of the lines

# brx_seconds ZONE TEXT: since 1970.
brx_seconds() {
    TZ=$1 date --date "$2" +%s
}

# brx_frozen NOW: prints when the freeze that NOW is in ends, and why it is
# one; nothing when there is none.
brx_frozen() {
    local now=$1 first last zone reason start end
    while read -r first last zone reason; do
        [[ -n $first ]] || continue
        start=$(brx_seconds "$zone" "$first")
        end=$(brx_seconds "$zone" "$last + 1 day")
        ((start < end)) || brx_fail "not a freeze: $first $last"
        if ((now >= start && now < end)); then
            printf '%s %s\n' "$end" "$reason"
            return
        fi
    done <<<"${BRX_FREEZES:-}"
}

# brx_closing ZONE DATE AHEAD TIME: date(1) does not know 24:00.
brx_closing() {
    if [[ $4 == 24:00 ]]; then
        brx_seconds "$1" "$2 + $(($3 + 1)) days 00:00"
    else
        brx_seconds "$1" "$2 + $3 days $4"
    fi
}

# brx_closed NOW: prints when the next window opens; nothing when one is open,
# or none is asked for.
brx_closed() {
    local now=$1 first last opens closes zone next=
    local today ahead day start end
    [[ -n ${BRX_WINDOWS:-} ]] || return 0
    while read -r first last opens closes zone; do
        [[ -n $first ]] || continue
        today=$(TZ=$zone date --date "@$now" +%F)
        for ahead in 0 1 2 3 4 5 6 7; do
            start=$(brx_seconds "$zone" "$today + $ahead days $opens")
            end=$(brx_closing "$zone" "$today" "$ahead" "$closes")
            day=$(TZ=$zone date --date "@$start" +%u)
            ((day >= first && day <= last && now < end)) || continue
            ((now < start)) || return 0
            [[ -n $next ]] && ((next <= start)) || next=$start
            break
        done
    done <<<"$BRX_WINDOWS"
    printf '%s\n' "${next:?no window ever opens}"
}

# brx_window NOW: prints `UNTIL REASON` when nothing may come in now.
brx_window() {
    local frozen opens
    frozen=$(brx_frozen "$1")
    if [[ -n $frozen ]]; then
        printf '%s frozen: %s\n' "${frozen%% *}" "${frozen#* }"
        return
    fi
    opens=$(brx_closed "$1")
    [[ -z $opens ]] || printf '%s outside of its window\n' "$opens"
}

# brx_when SECONDS: for people, in UTC.
brx_when() {
    TZ=UTC printf '%(%Y-%m-%dT%H:%M:%SZ)T\n' "$1"
}
