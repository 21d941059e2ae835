# shellcheck shell=bash
# What the end-to-end tests share: running the command, and saying what is not
# as it should be. To be sourced, after `broxc` is set.

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export JQ_MEMORY=$work/jq-memory # for the jq of tests/remember
mkdir "$JQ_MEMORY"
failed=0
checked=0

fail() { # WHAT
    echo "failed: $1"
    failed=1
}

# Runs broxc; its output goes to $work/stdout and $work/stderr.
expect_exit() { # CODE WHAT ARGUMENT...
    local code=0
    checked=$((checked + 1))
    "${broxc:?}" "${@:3}" >"$work/stdout" 2>"$work/stderr" || code=$?
    [ "$code" -eq "$1" ] || {
        cat "$work/stdout" "$work/stderr"
        fail "$2: expected exit code $1, found $code"
    }
}

expect_said() { # PATTERN WHAT: on either stream
    checked=$((checked + 1))
    grep -qE -e "$1" "$work/stdout" "$work/stderr" || {
        cat "$work/stdout" "$work/stderr"
        fail "$2: nothing like \`$1\` was said"
    }
}

expect() { # WHAT COMMAND...: which must succeed
    checked=$((checked + 1))
    "${@:2}" || fail "$1"
}

# All below a folder: kind, rights, place, time and content.
picture() { # FOLDER
    # The folder's own time tells that files waited in it, no more.
    stat --format '%A %i' "$1"
    (cd "$1" && find . -mindepth 1 -printf '%y %m %p %i %T@ %l\n' | LC_ALL=C sort)
    (cd "$1" && find . -type f -exec cksum {} + | LC_ALL=C sort)
}

# The same, less inodes and times: what a reader sees.
content() { # FOLDER
    (cd "$1" && find . -printf '%y %m %p %l\n' | LC_ALL=C sort)
    (cd "$1" && find . -type f -exec cksum {} + | LC_ALL=C sort)
}

finish() { # WHAT
    [ "$checked" -gt 0 ] || fail "nothing was checked"
    echo "$checked checks of $1"
    exit "$failed"
}
