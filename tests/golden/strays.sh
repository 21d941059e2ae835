# shellcheck shell=bash
# shellcheck disable=SC2154 # golden.sh says what project, data, scratch … are
# Expected files whose input is gone. To be sourced by golden.sh.

# Files FOLDER/NAME.OUT need a FOLDER/NAME.brx.
expect_inputs() { # FOLDER OUT
    local name
    for name in $(names "$data/$1/" ".$2"); do
        [ -e "$data/$1/$name.brx" ] || fail "testdata/$1/$name.$2 has no input"
    done
}

# Folders KIND/NAME/ that hold EXPECTED need an INPUT.
expect_programs() { # KIND EXPECTED INPUT
    local name
    for name in $(names "$data/$1/" "/$2"); do
        [ -e "$data/$1/$name/$3" ] || fail "testdata/$1/$name/$2 has no $3"
    done
}

run_strays() {
    local name
    expect_inputs lexer tokens
    expect_inputs parser ast
    expect_inputs resolve ir
    expect_programs project main.ir main.brx
    expect_programs emit expected main.brx
    expect_programs literal main.human main.brx
    expect_programs literal main.json main.brx
    expect_programs edges main.human main.brx
    expect_programs error fires.human fires.brx
    expect_programs error fires.json fires.brx
    for name in $(names "$data/examples/" ''); do
        [ -e "$project/examples/$name/envs.brx" ] ||
            fail "testdata/examples/$name is of no program in examples/"
    done
}
