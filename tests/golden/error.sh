# shellcheck shell=bash
# shellcheck disable=SC2154 # golden.sh says what project, data, scratch … are
# Cases of testdata/error: CODE-name/ holds fires.brx, which marks the lines
# that are guilty, and silent.brx, which says the same without a fault. To be
# sourced by golden.sh.
#
#     memory 10  #! L04          this line gives L04, and no other
#     #!^ L26                    the line below does
#     #!- O01                    a message that has no place
#
# `import` in its args holds fires.md or silent.md against the program.
#
# What lies in the output folder before a build is fires.out/ or silent.out/;
# when it is verified, silent.brx made the rest. Standard input is fires.stdin, or
# empty.

# The folder that is verified: what silent.brx makes, and in its lock the lines
# of fires.lock, as after a merge.
make_verified() { # PROGRAM
    local lock=$scratch/case/out/broxc.lock
    (cd "$scratch/case" && "$broxc" build silent.brx -o out) \
        >"$scratch/built" 2>&1 || cat "$scratch/built"
    [ -e "$scratch/case/${1%.brx}.lock" ] || return 0
    {
        grep -vx end "$lock"
        cat "$scratch/case/${1%.brx}.lock"
        echo end
    } >"$scratch/lock"
    cp "$scratch/lock" "$lock"
}

# Runs in a copy, so that a build has somewhere to write.
run_broxc() { # FOLDER PROGRAM FORMAT: messages on stdout; gives its exit code
    local words=("${args[@]}") input=$1/${2%.brx}.stdin
    [ -e "$input" ] || input=/dev/null
    rm -rf "$scratch/case"
    cp -R "$1" "$scratch/case"
    [ "${words[0]-}" != verify ] || make_verified "$2"
    [ ! -d "$1/${2%.brx}.out" ] ||
        cp -RT "$1/${2%.brx}.out" "$scratch/case/out"
    if [ "${words[0]-}" = build ]; then
        words=(build "$2" -o out "${words[@]:1}")
    elif [ "${words[0]-}" = verify ]; then
        words=(verify "$2" -o out "${words[@]:1}")
    elif [ "${words[0]-}" = import ]; then
        words=(import --compare "${2%.brx}.md" "$2" "${words[@]:1}")
    else
        words=(check "$2" "${words[@]}")
    fi
    (cd "$scratch/case" && "$broxc" "${words[@]}" --format "$3") 2>&1 <"$input"
}

# `FILE:LINE CODE`, or `- CODE`, of each mark in the case's programs and the
# manifests that they name.
marks() { # FOLDER
    # shellcheck disable=SC2016 # the $ is of awk
    (cd "$1" && find . \( -name '*.brx' -o -name '*.yaml' -o -name '*.yml' -o -name '*.zone' -o -name '*.md' \) \
        -not -name 'silent.*' -print0 |
        sort -z | xargs -0 awk '
        match($0, /#!\^? |#!- /) {
            kind = substr($0, RSTART + 2, 1)
            count = split(substr($0, RSTART + RLENGTH), codes, / +/)
            for (i = 1; i <= count; i++) {
                if (codes[i] == "" || codes[i] == "-->")
                    continue
                if (kind == "-")
                    print "- " codes[i]
                else
                    print substr(FILENAME, 3) ":" FNR + (kind == "^") \
                        " " codes[i]
            }
        }' | sort)
}

# The same of messages in the format `short`.
places() { # FILE
    sed -nE \
        -e 's/^(.*:[0-9]+):[0-9]+: (error|warning|info)\[([A-Z0-9]+)\].*/\1 \3/p' \
        -e 's/^(error|warning|info)\[([A-Z0-9]+)\].*/- \2/p' "$1" | sort
}

codes() { # FILE: of its messages, sorted, as often as they stand there
    places "$1" | sed 's/.* //' | sort
}

check_exit() { # CODE MESSAGES WHAT
    local wanted=0
    ! grep -Eq '(^|: )error\[' "$2" || wanted=1
    [ "${args[0]-}" != verify ] || [ -z "$(places "$2")" ] || wanted=3
    [ "$1" -eq "$wanted" ] || fail "$3: expected exit code $wanted, found $1"
}

check_fires() { # FOLDER
    local code=0
    run_broxc "$1" fires.brx short >"$scratch/short" || code=$?
    check_exit "$code" "$scratch/short" fires.brx
    marks "$1" >"$scratch/marks"
    places "$scratch/short" >"$scratch/places"
    diff -u --label 'marked in fires.brx' --label 'messages' \
        "$scratch/marks" "$scratch/places" || failed=1
    grep -q " $2\$" "$scratch/places" || fail "fires.brx does not fire $2"
}

check_silent() { # FOLDER
    local code=0
    run_broxc "$1" silent.brx short >"$scratch/silent" || code=$?
    check_exit "$code" "$scratch/silent" silent.brx
    [ -z "$(places "$scratch/silent")" ] || {
        cat "$scratch/silent"
        fail "silent.brx is not silent"
    }
}

check_formats() { # FOLDER
    run_broxc "$1" fires.brx human >"$scratch/human" || true
    expect_file "$1/fires.human" "$scratch/human"
    run_broxc "$1" fires.brx json >"$scratch/json" || true
    # A build's summary follows the object.
    sed -i 1q "$scratch/json"
    expect_file "$1/fires.json" "$scratch/json"
}

# Each fix alone makes its message go away, and brings no new one.
check_fixes() { # FOLDER
    local fix code
    grep -qs '"fixes":\[{' "$scratch/json" || return 0
    codes "$scratch/short" >"$scratch/before"
    while read -r fix code; do
        rm -rf "$scratch/fixed"
        cp -R "$1" "$scratch/fixed"
        node "$here/fixes.mjs" apply "$scratch/json" "$fix" "$scratch/fixed"
        run_broxc "$scratch/fixed" fires.brx short >"$scratch/after" || true
        # What was there, less this one.
        sed "0,/^$code\$/{/^$code\$/d}" "$scratch/before" >"$scratch/wanted"
        codes "$scratch/after" | comm -13 "$scratch/wanted" - >"$scratch/new"
        [ ! -s "$scratch/new" ] || {
            cat "$scratch/after"
            fail "the fix of $code leaves or brings these messages"
        }
    done < <(node "$here/fixes.mjs" list "$scratch/json")
}

run_error() { # FOLDER
    local code=${1##*/}
    code=${code%%-*}
    read_args "$1"
    for program in fires.brx silent.brx; do
        [ -e "$1/$program" ] || fail "$1 has no $program"
    done
    [ "$failed" -eq 0 ] || return 0
    check_fires "$1" "$code"
    check_silent "$1"
    # A wrong message is not worth to be blessed.
    [ "$mode" != bless ] || [ "$failed" -eq 0 ] || return 0
    check_formats "$1"
    check_fixes "$1"
}

# Every row of the catalogue has its page, and its case by code and name.
run_catalogue() {
    local code name
    "$broxc" explain | awk '/^[A-Z][0-9][0-9] / { print $1, $3 }' \
        >"$scratch/catalogue"
    [ -s "$scratch/catalogue" ] || fail "explain lists no code"
    while read -r code name; do
        [ -e "$project/docs/checks/$code.md" ] ||
            fail "docs/checks/$code.md is missing"
        [ -d "$data/error/$code-$name" ] ||
            fail "testdata/error/$code-$name is missing"
    done <"$scratch/catalogue"
    names "$project/docs/checks/" .md | while read -r code; do
        grep -q "^$code " "$scratch/catalogue" ||
            echo "docs/checks/$code.md explains no code"
    done >"$scratch/pages"
    names "$data/error/" '' | while read -r name; do
        grep -qx "${name%%-*} ${name#*-}" "$scratch/catalogue" ||
            echo "testdata/error/$name is no code and its name"
    done >>"$scratch/pages"
    [ ! -s "$scratch/pages" ] || fail "$(cat "$scratch/pages")"
}
