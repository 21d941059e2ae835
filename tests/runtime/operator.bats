# The functions that a person's scripts stand on.
load helper
setup() {
    common_setup
    unset GITHUB_ACTIONS GITHUB_ACTOR
    export ROOT BRX_HOME=$FAKE/home BRX_PROJECT=shop BRX_TIER=staging
}

@test "a person gets lines, without colour where there is no terminal" {
    run library 'brx_warn a b; brx_stop 4 "$(printf "c\nd")"'
    [ "$status" -eq 4 ]
    [ "$output" = $'warning: a b\nerror: c\nd' ]
}

@test "NO_COLOR is heard at a terminal" {
    export -f library
    run typed '' env TERM=xterm bash -c 'library "brx_warn hot"'
    has $'\033[33mwarning:\033[0m hot'
    run typed '' env TERM=xterm NO_COLOR=1 bash -c 'library "brx_warn hot"'
    has 'warning: hot'
    [[ $output != *$'\033'* ]]
}

@test "a terminal takes no control characters from others" {
    run library 'printf "a\033[2Jb\tc\n::error::d\n" | brx_foreign'
    [ "$output" = $'a[2Jb\tc\n::error::d' ]
}

@test "what is due at the end is done, the last first, whatever the end" {
    local ending='a() { echo "a $BRX_CODE"; false; }; b() { echo b; }
        brx_at_exit a; brx_at_exit b; echo in'
    run library "$ending"
    [ "$status" -eq 0 ]
    [ "$output" = $'in\nb\na 0' ]
    run library "$ending; false"
    [ "$status" -eq 1 ]
    [ "$output" = $'in\nb\na 1' ]
    run library "$ending"'; kill -TERM $$; echo not'
    [ "$status" -eq 143 ]
    [ "$output" = $'in\nb\na 143' ]
}

@test "a journal keeps texts as they are, and forgets empty ones" {
    export TEXT=$'a "b" \'c\' $(touch pwned) \\n\nlast'
    run library 'brx_journal_put "$FAKE/j" one "$TEXT" two 2
        brx_journal_get "$FAKE/j" one; brx_journal_put "$FAKE/j" one ""
        echo "<$(brx_journal_get "$FAKE/j" one)$(brx_journal_get "$FAKE/j" two)>"'
    [ "$status" -eq 0 ]
    [ "$output" = "$TEXT"$'\n<2>' ]
    [ ! -e pwned ]
    [ "$(stat -c %a "$FAKE/j")" = 600 ]
}

@test "a journal that cannot be read is put aside" {
    for TEXT in '' '{"a": "1"}' '[]' ']=$(id)' $'\na 1' 'broxc' \
        $'broxc journal\n\na 1' $'broxc journal\n x' $'broxc journal\na'; do
        printf '%s' "$TEXT" >"$FAKE/j"
        run library 'brx_journal_get "$FAKE/j" a; brx_journal_put "$FAKE/j" a 2
            brx_journal_get "$FAKE/j" a'
        [ "$status" -eq 0 ]
        has 'cannot be read'
        [ "${lines[-1]}" = 2 ]
        [ "$(<"$FAKE/j.broken")" = "$TEXT" ]
    done
}

@test "one run at a time: the second is told of the first" {
    run library 'brx_lock deploy; (brx_lock deploy) || echo "gave $?"'
    has "another run is at work: $(id -un)@"
    has 'gave 4'
    run library 'brx_lock deploy; brx_lock other; echo both'
    [ "$status" -eq 0 ]
    [ "$output" = both ]
}

@test "a run that was killed holds no lock" {
    run library 'brx_lock deploy; kill -KILL $$'
    [ "$status" -eq 137 ]
    run library 'brx_lock deploy; echo held'
    [ "$output" = held ]
}

@test "a record is one line of JSON for each event" {
    run library 'brx_audit made "what=a \"b\"
c=d" empty= "other=\\ é	$(printf "\033")"; BRX_DRY_RUN=1 brx_audit unseen'
    [ "$status" -eq 0 ]
    [ "$(wc -l <"$BRX_HOME/shop/audit.jsonl")" -eq 1 ]
    jq -e '.event == "made" and .what == "a \"b\"\nc=d" and has("empty") == false
        and .other == "\\ é\t\u001b"
        and (.time | test("^20.*Z$"))' "$BRX_HOME/shop/audit.jsonl"
}

@test "without a place for the record nothing is done" {
    mkdir -p "$BRX_HOME/shop/audit.jsonl"
    run library 'brx_audit made; echo went on'
    [ "$status" -eq 1 ]
    has 'nothing is done without a record'
    HOME='' BRX_HOME='' XDG_STATE_HOME='' run library 'brx_home'
    [ "$status" -eq 1 ]
    has 'set HOME'
}

@test "the word must be typed, whole and at a terminal" {
    export -f library
    run typed YES bash -c 'library "brx_confirm YES; echo went on"'
    [ "$status" -eq 0 ]
    has 'went on'
    for TEXT in yes '' 'YES ' 'YES please'; do
        run typed "$TEXT" bash -c 'library "brx_confirm YES; echo went on"'
        [ "$status" -eq 4 ]
        has 'not confirmed'
    done
    run library 'brx_confirm YES <<<YES; echo went on'
    [ "$status" -eq 4 ]
    has "nobody sits at a terminal to type 'YES'"
    [ "$(jq -r .event "$BRX_HOME/shop/audit.jsonl" | sort | uniq -c |
        tr -s ' \n' ' ')" = ' 1 confirmed 4 refused ' ]
}

@test "--yes stands for the word, but not in production" {
    run library 'BRX_YES=1; brx_confirm YES; echo went on'
    [ "${lines[-1]}" = 'went on' ]
    BRX_TIER=production run library 'BRX_YES=1; brx_confirm YES; echo went on'
    [ "$status" -eq 2 ]
    has '--yes is refused for production'
    run library 'unset BRX_TIER; BRX_YES=1; brx_confirm YES'
    [ "$status" -eq 2 ]
    run library 'BRX_DRY_RUN=1; brx_confirm YES; echo went on'
    [ "${lines[-1]}" = 'went on' ]
}

@test "what hangs is ended, and waiting ends, too" {
    run library 'brx_bounded 0.2 /bin/sleep 9'
    [ "$status" -eq 124 ]
    run library 'n=0; f() { n=$((n + 1)); echo "call $n"; return 3; }
        brx_until 10 4 f || echo "gave $?"'
    [ "$output" = $'call 1\ncall 2\ncall 3\ncall 4\ngave 3' ]
    run library 'n=0; f() { n=$((n + 1)); ((n == 2)); }; brx_until 10 4 f; echo $n'
    [ "$output" = 2 ]
}

@test "facts are those of the environment, by either of its names" {
    export BRX_FACTS=$'production BRX_SHORT prod\nproduction BRX_LINE a  b\\n $(id)
production BRX_LINE second\nstaging BRX_SHORT staging\nstaging BRX_LINE other'
    for NAME in prod production; do
        run library "brx_environment $NAME"'; echo "$BRX_ENVIRONMENT/$BRX_LINE"'
        [ "$status" -eq 0 ]
        [ "$output" = $'production/a  b\\n $(id)\nsecond' ]
    done
    run library 'brx_environment staging; BRX_LINE=x'
    [ "$status" -ne 0 ]
    for NAME in pro 'x y' '' '*'; do
        export NAME
        run library 'brx_environment "$NAME"'
        [ "$status" -eq 2 ]
        has 'there are production (prod), staging (staging)'
    done
    BRX_FACTS=$'a BRX_SHORT a\na PATH /evil' run library 'brx_environment a'
    [ "$status" -eq 1 ]
}

steps='begin() { brx_steps_begin "$(brx_home)/journal" 3; }
    one() { brx_do "make one" touch "$FAKE/one"; }
    die() { kill -KILL $$; }
    two() { '"\${BREAK:-true}"'; brx_do "make two" touch "$FAKE/two"; }
    all() { begin; brx_step 1 First one; brx_step 2 Second two
        brx_step_always 3 Third true; brx_steps_end; }'

@test "steps say where they stand, and leave what stands" {
    mkdir -p "$BRX_HOME/shop"
    BREAK=false run library "$steps; all"
    [ "$status" -eq 1 ]
    has 'stopped in step 2 of 3, Second'
    grep -qx 'status failed' "$BRX_HOME/shop/journal"
    run library "$steps; all"
    [ "$status" -eq 0 ]
    has 'failed in step 2 of 3, Second'
    grep -qx 'status done' "$BRX_HOME/shop/journal"
    run library "$steps; all"
    [[ $output != *'failed in'* ]]
    [ "$(jq -r 'select(.event == "change") | .what' \
        "$BRX_HOME/shop/audit.jsonl" | sort -u | tr '\n' ,)" = 'make one,make two,' ]
}

@test "a run that was killed is known to the next one" {
    BREAK=die run library "$steps; all"
    [ "$status" -eq 137 ]
    run library "$steps; all"
    [ "$status" -eq 0 ]
    has 'was cut off in step 2 of 3, Second'
}

@test "--from leaves steps out, but not those that others stand on" {
    BRX_FROM=4 run library "$steps; all"
    [ "$status" -eq 0 ]
    has '[2/3] Second: left out'
    has $'[3/3] Third'
    [[ $output != *'Third: left out'* ]]
    [ ! -e "$FAKE/one" ]
}

@test "a rehearsal changes nothing and remembers nothing" {
    BRX_DRY_RUN=1 run library "$steps; all"
    [ "$status" -eq 0 ]
    has '  would make two'
    [ ! -e "$FAKE/one" ]
    [ -z "$(find "$BRX_HOME" -type f)" ]
}
