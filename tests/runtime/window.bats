# When a release may come in. Times are in UTC unless a zone is said.
load helper
setup() {
    common_setup
    export ROOT
    unset GITHUB_ACTIONS
}

# window TIME: what is said at that moment.
window() {
    AT=$(date --date "$1" +%s)
    export AT
    run library 'brx_window "$AT"'
    [ "$status" -eq 0 ]
}

@test "without a freeze and a window, always" {
    window 2026-12-24T12:00:00Z
    [ -z "$output" ]
}

@test "both ends of a freeze belong to it, in its own zone" {
    export BRX_FREEZES='2026-12-20 2027-01-03 Europe/Berlin the winter holidays'
    for moment in 2026-12-19T22:59:59Z 2027-01-03T23:00:00Z 2026-07-01T00:00:00Z; do
        window "$moment"
        [ -z "$output" ]
    done
    for moment in 2026-12-19T23:00:00Z 2026-12-31T12:00:00Z 2027-01-03T22:59:59Z; do
        window "$moment"
        [ "$output" = "$(date --date 2027-01-03T23:00:00Z +%s) frozen: the winter holidays" ]
    done
}

@test "a window is open on its days and hours alone" {
    export BRX_WINDOWS='1 4 09:00 16:00 Europe/Berlin'
    # 2026-11-25 is a Wednesday; Berlin is at UTC+1.
    for moment in 2026-11-25T08:00:00Z 2026-11-25T14:59:59Z 2026-11-23T08:00:00Z; do
        window "$moment"
        [ -z "$output" ]
    done
    window 2026-11-25T07:59:59Z
    [ "$output" = "$(date --date 2026-11-25T08:00:00Z +%s) outside of its window" ]
    window 2026-11-25T15:00:00Z
    [ "$output" = "$(date --date 2026-11-26T08:00:00Z +%s) outside of its window" ]
    window 2026-11-26T15:00:00Z
    [ "$output" = "$(date --date 2026-11-30T08:00:00Z +%s) outside of its window" ]
}

@test "the clock's change does not move a window" {
    export BRX_WINDOWS='7 7 09:00 16:00 Europe/Berlin'
    window 2026-03-28T12:00:00Z
    [ "$output" = "$(date --date 2026-03-29T07:00:00Z +%s) outside of its window" ]
    window 2026-10-24T12:00:00Z
    [ "$output" = "$(date --date 2026-10-25T08:00:00Z +%s) outside of its window" ]
}

@test "of several windows the next one counts, and a day may end at 24:00" {
    export BRX_WINDOWS=$'5 5 10:00 12:00 UTC\n3 3 20:00 24:00 UTC'
    window 2026-11-25T23:59:59Z
    [ -z "$output" ]
    window 2026-11-26T00:00:00Z
    [ "$output" = "$(date --date 2026-11-27T10:00:00Z +%s) outside of its window" ]
}

@test "a pipeline stops before it begins" {
    export BRX_FREEZES="2026-01-01 2999-01-01 UTC the end"
    export GITHUB_REF=refs/heads/main BRX_BRANCH=main
    run pipeline preflight.sh
    [ "$status" -eq 1 ]
    has 'no release comes in before 2999-01-02T00:00:00Z: frozen: the end'
}
