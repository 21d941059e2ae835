# Made by broxc from its own runtime. Scripts beside this folder read it.
# shellcheck shell=bash
# curl with secrets kept off the command line: they go in by --config -.

# brx_curl_line OPTION VALUE: one line of a curl configuration.
brx_curl_line() {
    local value=$2
    [[ $value != *[$'\r\n']* ]] || brx_fail "line break in the value of $1"
    value=${value//\\/\\\\}
    value=${value//\"/\\\"}
    printf '%s = "%s"\n' "$1" "$value"
}

# Runs curl on the configuration that stands on standard input.
brx_curl() {
    curl --silent --show-error --fail --proto '=https,http' \
        --max-time 20 --config -
}
