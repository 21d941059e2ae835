#!/usr/bin/env bash
# The jq that remembers says what the real one says, both times; asks it once of
# what depends on nothing else, and each time of what does; and never takes one
# question for another.
#
#     test.sh JQ
# shellcheck disable=SC2016 # the $ is of jq
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
real=$(command -v jq)
mkdir bin memory
printf '#!/bin/sh\necho >>%q\nexec %q "$@"\n' "$work/asked" "$real" >bin/jq
chmod +x bin/jq
remembering() {
    JQ_MEMORY=$work/memory PATH=$work/bin:$PATH "$jq" "$@"
}
jq=$1
failed=0
cases=0

# times COUNT INPUT WORD...: asked twice, it asks the real jq so often, and its
# output, errors and exit code are those of the real one.
times() {
    local count=$1 input=$2 turn code wanted=0
    shift 2
    cases=$((cases + 1))
    printf '%s' "$input" >input
    "$real" "$@" <input >wanted 2>wanted.said || wanted=$?
    : >asked
    for turn in first second; do
        code=0
        remembering "$@" <input >found 2>found.said || code=$?
        if [ "$code" -ne "$wanted" ] || ! cmp wanted found ||
            ! cmp wanted.said found.said; then
            echo "failed: exit code $code, not $wanted, the $turn time: $*"
            failed=1
        fi
    done
    [ "$(wc -l <asked)" -eq "$count" ] || {
        echo "failed: asked $(wc -l <asked) times, not $count: $*"
        failed=1
    }
}

echo '{"a": [1, 2]}' >one.json
echo '{"a": [3]}' >two.json
export NAME=value

times 1 '{"a": 1}' .
times 1 '{"a": 2}' .
times 1 '{"a": 2}' -c .
times 1 '{"a": null}' -e .a
times 1 '' -e .
times 1 '' -n '[1, 2]'
times 1 'one
two' -Rr .
times 1 'one
two
' -Rs .
times 1 '' -cn --arg a 1 '[$a]'
times 1 '' -cn --arg a 11 '[$a]'
times 1 '' -cn --argjson a 1 '[$a]'
times 1 '' -cn '$ARGS' --args one two
times 1 '' -cn '$ARGS' --args onet wo
times 1 '[1] [2]' -cn '[inputs]'
times 1 '[1]' . one.json
times 1 '[1]' -s . one.json two.json
times 1 '[1]' -s . two.json one.json
times 1 '[1]' -n --slurpfile a one.json '$a'
times 1 '[1]' -n --rawfile a two.json '$a'
times 2 '' -r '.['
times 2 '{"a": 1' .
times 2 '' . absent.json
times 2 '' -n '$ENV.NAME, env.NAME'
times 2 '' -r input_filename one.json
times 2 '[1]' --tab .
echo '{"a": [4]}' >two.json
times 1 '[1]' -s . two.json one.json

# What it does not read is left to who comes after it.
left=$(
    {
        remembering -n 1 >/dev/null
        remembering . one.json >/dev/null
        cat
    } <<<$'one\ntwo'
)
[ "$left" = $'one\ntwo' ] || {
    echo "failed: it took from its input, and left: $left"
    failed=1
}
: >asked
for _ in first second; do
    remembering -c . <(cat one.json) >found
    cmp <("$real" -c . one.json) found || failed=1
done
[ "$(wc -l <asked)" -eq 2 ] || failed=1
echo "$cases questions"
exit "$failed"
