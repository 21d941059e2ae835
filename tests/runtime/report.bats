# report.sh and comment.sh: what a pull request is told.
load helper
setup() {
    common_setup
    a_commit
    echo brx 1 >envs.brx
    git add envs.brx
    git commit --quiet --message second
    git commit --quiet --allow-empty --message third
    echo '### What changes' >review.md
    export BRX_SOURCE=envs.brx BRX_BROXC=$FAKE/broxc
    export BRX_REPORT=review.md BRX_MARK=review BRX_PULL_REQUEST=7
    export BRX_FROM=acme/shop GH_TOKEN=t
    MARK='<!-- broxc: review -->'
}

# The compiler: `check` prints SARIF and ends with CHECK, `diff` says DIFF.
compiler() { # CHECK DIFF
    printf '%s\n' '#!/usr/bin/env bash' 'echo "broxc $*" >>"$FAKE/calls"' \
        'if [[ $1 == check ]]; then echo "{}"; exit '"$1"'; fi' \
        'echo "told <b>"; echo "said \`why\`" >&2; exit '"$2" >"$BRX_BROXC"
    chmod +x "$BRX_BROXC"
}

# comments JSON...: those that the pull request has, on one page.
comments() {
    printf '%s\n' "$@" | jq -cs '[.]' >"$FAKE/gh.1"
    echo '{"html_url": "https://hub.example/7"}' >"$FAKE/gh.2"
}

comment() { # ID AUTHOR BODY
    jq -cn --arg body "$3" --arg login "$2" \
        "{id: $1, user: {login: \$login}, body: \$body}"
}

# What gh was given on its standard input, last.
sent() {
    jq -r .body "$FAKE/gh.stdin"
}

@test "a program gives its messages, and what changes" {
    compiler 0 3
    export BRX_BASE=HEAD^1
    run pipeline report.sh
    [ "$status" -eq 0 ]
    called "broxc diff $(git rev-parse --short HEAD^)..$(git rev-parse --short HEAD) --format markdown -- envs.brx"
    [ "$(<"$(output sarif)")" = '{}' ]
    grep -qF 'told <b>' "$(output review)"
    grep -qF 'told <b>' "$FAKE/summary"
    [ "$(ls "$(output folder)")" = $'broxc.sarif\nreview.md' ]
    [ "$(output changed)" = true ]
    compiler 0 0
    : >"$GITHUB_OUTPUT"
    run pipeline report.sh
    [ "$(output changed)" = false ]
}

@test "a program that is new has nothing to be compared with" {
    compiler 0 4
    export BRX_BASE=HEAD^^ BRX_PROFILE=hardened
    run pipeline report.sh
    [ "$status" -eq 0 ]
    grep -qF 'The program is new.' "$(output review)"
    [ "$(output changed)" = true ]
    called 'broxc check --format sarif --profile hardened envs.brx'
    never_called 'broxc diff'
}

@test "errors are told, and without a base nothing is compared" {
    compiler 1 0
    run pipeline report.sh
    [ "$status" -eq 0 ]
    [ -s "$(output sarif)" ]
    [ -z "$(output review)" ]
    never_called diff
}

@test "programs that cannot be compared say why, as code" {
    compiler 1 1
    export BRX_BASE=HEAD^1
    run pipeline report.sh
    [ "$status" -eq 0 ]
    grep -qF '    said `why`' "$(output review)"
    run grep -qF told "$(output review)"
    [ "$status" -eq 1 ]
}

@test "a broken machine and a base that is nothing fail" {
    compiler 4 0
    run pipeline report.sh
    [ "$status" -eq 1 ]
    has 'ended with 4'
    compiler 0 4
    BRX_BASE=HEAD^1 run pipeline report.sh
    [ "$status" -eq 1 ]
    has 'diff ended with 4'
    BRX_BASE=--output=x run pipeline report.sh
    [ "$status" -eq 1 ]
    has 'is no commit'
}

@test "a comment is made" {
    comments
    run pipeline comment.sh
    [ "$status" -eq 0 ]
    called 'repos/acme/shop/issues/7/comments --input -'
    [ "$(sent)" = "$MARK"$'\n''### What changes' ]
    has 'https://hub.example/7'
}

@test "a comment is updated, ours and no other" {
    comments "$(comment 1 eve "$MARK")" \
        "$(comment 2 'github-actions[bot]' '<!-- broxc: drift -->')" \
        "$(comment 3 'github-actions[bot]' "$MARK old")" \
        "$(comment 4 'github-actions[bot]' "$MARK older")"
    run pipeline comment.sh
    [ "$status" -eq 0 ]
    called '--method PATCH repos/acme/shop/issues/comments/3'
    never_called POST
}

@test "a report that is too long is cut at a line" {
    comments
    for i in {1..3000}; do
        echo "| line $i | ééééééééééééééé |"
    done >review.md
    run pipeline comment.sh
    [ "$status" -eq 0 ]
    [ "$(sent | wc --bytes)" -lt 65536 ]
    [ "$(sent | wc --bytes)" -gt 64000 ]
    sent | tail -n 1 | grep -qE '^\*\*Cut here:\*\* [0-9]+ more lines'
    [ "$(sent | LC_ALL=C.UTF-8 grep -c '^| line [0-9]* | é* |$')" -gt 1000 ]
    printf 'x%.0s' {1..70000} >review.md
    comments
    rm "$FAKE/gh.count"
    run pipeline comment.sh
    [ "$status" -eq 0 ]
    sent | grep -qF '1 more lines'
}

@test "from a fork nothing is asked of GitHub" {
    for BRX_FROM in eve/shop ''; do
        export BRX_FROM
        run pipeline comment.sh
        [ "$status" -eq 0 ]
        has 'may only read'
    done
    never_called gh
}

@test "GitHub that refuses a token is well, GitHub that fails is not" {
    comments
    echo 1 >"$FAKE/gh.code.2"
    echo 'gh: Resource not accessible by integration (HTTP 403)' >"$FAKE/gh.error"
    run pipeline comment.sh
    [ "$status" -eq 0 ]
    has 'may only read'
    rm "$FAKE/gh.count"
    echo 'gh: Validation Failed (HTTP 422)' >"$FAKE/gh.error"
    run pipeline comment.sh
    [ "$status" -eq 1 ]
    has 'took no comment (HTTP 422)'
    echo 1 >"$FAKE/gh.code"
    rm "$FAKE/gh.count"
    run pipeline comment.sh
    [ "$status" -eq 1 ]
    has 'does not say which comments'
}

@test "malformed facts stop it before anything is asked" {
    BRX_PULL_REQUEST='7/../8' run pipeline comment.sh
    [ "$status" -eq 1 ]
    BRX_MARK='x --> y' run pipeline comment.sh
    [ "$status" -eq 1 ]
    BRX_REPORT=absent run pipeline comment.sh
    [ "$status" -eq 1 ]
    never_called gh
}
