# shellcheck shell=bash
# shellcheck disable=SC2154 # golden.sh says what project, data, scratch … are
# Programs in docs/: each block of code marked `brx` is a whole program and
# compiles. In a page of docs/checks/ those under `## Wrong` give the page's
# code and no other, and those under `## Right` nothing. To be sourced.

# Writes each block as FOLDER/NUMBER, its heading in FOLDER/NUMBER.heading.
split_page() { # PAGE FOLDER
    mkdir -p "$2"
    awk -v folder="$2" '
        /^## / && !inside { heading = substr($0, 4) }
        /^ *```/ && inside { inside = 0; close(file); next }
        /^ *```brx$/ {
            inside = 1
            file = folder "/" ++count
            print heading >(file ".heading")
            close(file ".heading")
            printf "" >file
            next
        }
        /^ *```/ { inside = 1; file = "/dev/null"; next }
        inside { print >file }
        END { exit inside }
    ' "$1" || fail "$1: a block of code is never closed"
}

# A wrong program may include what lies beside the case of its code.
check_block() { # BLOCK CODE CASE
    local heading folder=$scratch/block wanted='' program=silent.brx
    heading=$(cat "$1.heading")
    if [ "$heading" = Wrong ]; then
        wanted=$2
        program=fires.brx
    fi
    rm -rf "$folder"
    mkdir "$folder"
    [ ! -d "$3" ] || cp -R "$3/." "$folder"
    cp "$1" "$folder/$program"
    read_args "$folder"
    run_broxc "$folder" "$program" short >"$scratch/said" || true
    [ "$(codes "$scratch/said" | uniq)" = "$wanted" ] || {
        cat "$scratch/said"
        fail "a program under \`$heading\` should give ${wanted:-no message}"
    }
}

run_page() { # PAGE
    local code='' case=/nowhere block count=0
    if [[ $1 == */docs/checks/* ]]; then
        code=$(basename "$1" .md)
        case=$(echo "$data/error/$code"-*)
    fi
    split_page "$1" "$scratch/blocks"
    for block in "$scratch/blocks/"*.heading; do
        [ -e "$block" ] || break
        count=$((count + 1))
        check_block "${block%.heading}" "$code" "$case"
    done
    [ -z "$code" ] || check_headings "$1"
}

# A page of a check has a wrong program, a right one and the reason.
check_headings() { # PAGE
    local heading
    grep -q "^# $code " "$1" || fail "the page's title does not begin with $code"
    for heading in Wrong Right; do
        grep -qsx "$heading" "$scratch"/blocks/*.heading ||
            fail "no program stands under \`## $heading\`"
    done
    grep -qx '## Why' "$1" || fail "the page has no \`## Why\`"
}
