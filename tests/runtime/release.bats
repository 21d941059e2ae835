# preflight.sh, test.sh.
load helper
setup() {
    common_setup
}

@test "a release runs from its own branch alone" {
    export BRX_BRANCH=main GITHUB_REF=refs/heads/main
    run pipeline preflight.sh
    [ "$status" -eq 0 ]
    for GITHUB_REF in refs/heads/develop refs/tags/main '' 'refs/heads/main x'; do
        run pipeline preflight.sh
        [ "$status" -eq 1 ]
        has 'from the branch main alone'
    done
}

@test "each missing setting is named before anything is done" {
    export BRX_NEEDED=$'AZURE_CLIENT_ID 1234\nBRX_SCANNER_IMAGE \nTOKEN false'
    run pipeline preflight.sh
    [ "$status" -eq 1 ]
    has 'environment: BRX_SCANNER_IMAGE TOKEN'
    BRX_NEEDED=$'AZURE_CLIENT_ID 1234\nTOKEN true' run pipeline preflight.sh
    [ "$status" -eq 0 ]
}

@test "a test finds addresses, and no credentials" {
    export ACTIONS_ID_TOKEN_REQUEST_TOKEN=secret KUBECONFIG=/x
    export BRX_ADDRESSES=$'web-api https://api.example.org\nweb https://example.org'
    BRX_COMMAND='echo "[$BRX_URL|$BRX_URL_WEB|$BRX_URL_WEB_API|${KUBECONFIG:-}${ACTIONS_ID_TOKEN_REQUEST_TOKEN:-}]"' \
        run pipeline test.sh
    [ "$status" -eq 0 ]
    has '[https://api.example.org|https://example.org|https://api.example.org|]'
}

@test "a test that fails, fails the release" {
    BRX_COMMAND='false; echo never' run pipeline test.sh
    [ "$status" -ne 0 ]
    [[ $output != *$'\n'never* ]]
    BRX_COMMAND=' ' run pipeline test.sh
    [ "$status" -eq 1 ]
    has 'BRX_COMMAND is missing'
}

@test "a name that is no service is refused" {
    BRX_ADDRESSES='a;b https://example.org' BRX_COMMAND=true run pipeline test.sh
    [ "$status" -eq 1 ]
    has 'not a service'
}
