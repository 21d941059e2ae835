# shellcheck shell=bash
# shellcheck disable=SC2154 # golden.sh says what project, data, scratch … are
# Cases of testdata/literal: a document of somebody's, said in the language word
# for word, faults and all. Its file `faults` numbers them, `NUMBER CODE what`,
# and the programs mark where each shows. To be sourced by golden.sh.

# Every fault of the list is found, and nothing that is not in it.
check_faults() { # FOLDER
    marks "$1" >"$scratch/marks"
    places "$scratch/short" >"$scratch/places"
    diff -u --label 'marked' --label 'messages' \
        "$scratch/marks" "$scratch/places" || failed=1
    awk '{ print $2 }' "$1/faults" | sort >"$scratch/wanted"
    codes "$scratch/short" | uniq >"$scratch/codes"
    diff -u --label faults --label messages \
        "$scratch/wanted" "$scratch/codes" || failed=1
}

# The program of examples/ that says the same without the faults: nothing is
# said of it, however strict one is, and it says itself what it knows better.
check_corrected() { # PROGRAM ALLOWS
    (cd "$(dirname "$1")" && "$broxc" check "$(basename "$1")" \
        --profile hardened --release --strict) >"$scratch/corrected" 2>&1 ||
        fail "$1 has faults under the profile hardened"
    [ "$(cat "$scratch/corrected")" = "no errors" ] || {
        cat "$scratch/corrected"
        fail "$1 is not silent"
    }
    [ "$(grep -c '^allow ' "$1")" -eq "$2" ] || fail "$1: expected $2 allows"
}

run_literal() { # FOLDER
    local code=0
    read_args "$1"
    run_broxc "$1" main.brx short >"$scratch/short" || code=$?
    check_exit "$code" "$scratch/short" main.brx
    check_faults "$1"
    [ "$mode" != bless ] || [ "$failed" -eq 0 ] || return 0
    run_broxc "$1" main.brx human >"$scratch/human" || true
    expect_file "$1/main.human" "$scratch/human"
    run_broxc "$1" main.brx json >"$scratch/json" || true
    sed -i 1q "$scratch/json"
    expect_file "$1/main.json" "$scratch/json"
    node "$here/literal.mjs" "$1/faults" "$scratch/json" || failed=1
    check_corrected "$project/examples/${1##*/}/envs.brx" 3
}
