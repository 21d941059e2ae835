# The functions that every script stands on.
load helper
setup() { common_setup; }

@test "an error message cannot end its workflow command" {
    export ROOT TEXT=$'50%\r\n::set-output name=x::y'
    run library 'brx_fail "$TEXT"'
    [ "$status" -eq 1 ]
    [ "$output" = '::error::50%25%0D%0A::set-output name=x::y' ]
}

@test "text of others cannot give workflow commands" {
    export ROOT
    run library 'printf "::error::boo\n" | brx_foreign'
    [ "$status" -eq 0 ]
    [[ ${lines[0]} =~ ^::stop-commands::(brx-[0-9a-f]{32})$ ]]
    [ "${lines[1]}" = '::error::boo' ]
    [ "${lines[-1]}" = "::${BASH_REMATCH[1]}::" ]
}

@test "an output keeps quotes, dollars, expressions and lines" {
    export ROOT TEXT=$'a "b" \'c\' $(touch pwned) ${{ github.token }}\nEOF\nlast'
    run library 'brx_output name "$TEXT"'
    [ "$status" -eq 0 ]
    [ "$(output name)" = "$TEXT" ]
    [ ! -e pwned ]
}

@test "retry stops at its bound and gives the last status" {
    export ROOT
    run library 'f() { echo call; return 7; }; brx_retry 3 40 f'
    [ "$status" -eq 7 ]
    [ "$(grep -c ^call <<<"$output")" -eq 3 ]
    called 'sleep 40'
    called 'sleep 60'
}

@test "retry ends with the first success" {
    export ROOT
    run library 'n=0; f() { n=$((n + 1)); ((n == 2)); }; brx_retry 5 1 f; echo $n'
    [ "$status" -eq 0 ]
    [ "${lines[-1]}" = 2 ]
}

@test "a blank fact is missing" {
    export ROOT BRX_X=$' \n\t'
    run library 'brx_need BRX_X'
    [ "$status" -eq 1 ]
    has 'the fact BRX_X is missing or empty'
}

@test "a line with a bad service name is refused" {
    export ROOT BRX_X
    for BRX_X in '$(id) x' '../x y' 'Api 1' '-n 1' 'api' 'api 1 2' $'api 1\nx;y 2'; do
        run library 'brx_lines BRX_X 2'
        [ "$status" -eq 1 ]
        has 'is not well formed'
    done
}

@test "curl's configuration keeps quotes and refuses line breaks" {
    export ROOT
    run library 'brx_curl_line url "a\"b\\c"'
    [ "$output" = 'url = "a\"b\\c"' ]
    run library 'brx_curl_line url $'"'a\\nb'"
    [ "$status" -eq 1 ]
}
