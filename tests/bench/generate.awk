# Prints a program of any size, which compiles without a word of complaint:
#
#     awk -v services=1000 -v environments=3 -v keys=10 -f generate.awk
#
# At least two environments and two keys. What grows together in real programs
# grows together here: every service is sized in every environment, calls its
# neighbour and has secrets; every tenth has a host; every environment answers
# every key that has no default.

function environment_name(e) {
    if (e == environments)
        return "production"
    if (e == environments - 1)
        return "staging"
    return e == 1 ? "development" : "development-" e
}

function environment_short(e) {
    if (e == environments)
        return "prod"
    if (e == environments - 1)
        return "stage"
    return "dev" e
}

function environment_tier(e) {
    if (e == environments)
        return "production"
    return e == environments - 1 ? "staging" : "development"
}

function environment_branch(e) {
    return e == environments ? "main" : "deploy/" environment_short(e)
}

function service_name(s) { return sprintf("service-%05d", s) }

# One certificate holds 100 names at most.
function has_host(s,   stride) {
    stride = services > 1000 ? int((services + 99) / 100) : 10
    return s % stride == 1
}

function host_name(s, e) {
    return service_name(s) (e == environments ? "" : \
        "-" environment_short(e)) ".example.com"
}

function print_project() {
    print "## A program as large as it was asked for.\nbrx 1\n"
    print "project bench {"
    print "    repository  example/bench"
    print "    registry    benchexample.azurecr.io"
    print "    cloud       azure {"
    print "        tenant        11111111-2222-4333-8444-555555555555"
    print "        subscription  66666666-7777-4888-9999-000000000000"
    print "    }"
    print "    kubernetes  1.33..1.36"
    print "    contact     oncall  oncall@example.com"
    print "    slack       deployments  \"#deployments\""
    print "    slack       incidents  \"#incidents\""
    print "}\n"
    print "profile node {"
    print "    port     http 3000"
    print "    ready    GET /health/ready  every 10s"
    print "    live     GET /health/live   every 20s  start 1min"
    print "    metrics  GET /metrics"
    print "    stop     30s"
    print "}\n"
}

function print_service(s) {
    print "service " service_name(s) " {"
    print "    use      node"
    print "    config   " (s % 4 == 1 ? "all" : "[KEY_1 KEY_2]")
    print "    secret   [DATABASE_URL API_TOKEN_" s "]"
    if (s > 1)
        print "    calls    " service_name(s - 1)
    if (s % 20 == 1)
        print "    migrate  \"npm run db:migrate\"  reversible"
    print "}"
}

# Of three keys, one is a text, one a choice, one a switch with a default.
function print_contract(   k) {
    print "\nconfig {"
    for (k = 1; k <= keys; k++) {
        if (k % 3 == 1)
            print "    KEY_" k "  text"
        else if (k % 3 == 2)
            print "    KEY_" k "  one-of [debug info warn error]"
        else
            print "    KEY_" k "  bool  default true"
    }
    print "}"
}

function print_run(e, s,   host) {
    host = "  host " host_name(s, e)
    if (e == environments)
        print "    run " service_name(s) \
            "  4 scale 4..6  memory 256Mi..512Mi  cpu 200m..500m" \
            (has_host(s) ? host : "")
    else
        print "    run " service_name(s) \
            "  2  memory 128Mi..256Mi  cpu 100m..250m" \
            (has_host(s) ? host : "")
}

function print_settings(e,   k) {
    print "    set {"
    for (k = 1; k <= keys; k++) {
        if (k % 3 == 1)
            print "        KEY_" k "  \"" environment_name(e) ": no. " k "\""
        else if (k % 3 == 2)
            print "        KEY_" k "  " (e == environments ? "warn" : "debug")
    }
    print "    }"
}

function print_deploy(e) {
    if (e < environments - 1) {
        print "    deploy rolling {"
        print "        test    health"
        print "        test    smoke \"npm run test:smoke\""
        print "        notify  deployments"
    } else {
        print "    deploy blue-green {"
        print "        scan      image"
        print "        approve   2 by release-team"
        print "        migrate"
        print "        test      health"
        print "        test      end-to-end \"npm run test:e2e\""
        print "        switch    approve 1 by release-team"
        print "        watch     10min  errors < 1%  latency-p95 < 500ms"
        print "        keep      20min"
        print "        rollback  automatic"
        print "        notify    deployments"
        print "        notify    incidents  on failure"
    }
    print "    }"
}

function print_environment(e,   s, short) {
    short = environment_short(e)
    print "\nenv " environment_name(e) " {"
    print "    short      " short
    print "    tier       " environment_tier(e)
    print "    cluster    aks bench-" short "-aks  in bench-" short "-rg" \
        "  nodes " services + 10 "  cpu 16  memory 64Gi"
    print "    ingress    webapprouting.kubernetes.azure.com  address 52.0.0." e
    print "    vault      azure bench-" short "-kv  " \
        "identity 22222222-3333-4444-8555-66666666666" e % 10 "  rotate 90d"
    print "    branch     " environment_branch(e)
    print "    tag        " (e == environments ? "v${version}" : \
        short "-${git.sha}")
    for (s = 1; s <= services; s++)
        print_run(e, s)
    print_settings(e)
    print_deploy(e)
    print "}"
}

function print_promotion(e) {
    print "promote " environment_name(e) " -> " environment_name(e + 1) \
        (e + 1 < environments ? "  { when healthy }" : \
        "  { when healthy; soak 24h; approve 2 by release-team }")
}

function print_rest(   e) {
    print ""
    for (e = 1; e < environments; e++)
        print_promotion(e)
    print "\nrollback {\n    keep     10\n    verify   health  errors < 1%"
    print "    confirm  production \"ROLLBACK production\"\n}\n"
    for (e = 1; e <= environments; e++)
        print "protect " environment_branch(e) \
            "  { reviews 2; checks [verify]; up-to-date; signed }"
    print "\nzone example.com {"
    print "    nameservers  [ns1-04.azure-dns.com ns2-04.azure-dns.net]"
    print "    contact      oncall@example.com"
    print "    caa          [letsencrypt.org]  report oncall@example.com"
    print "    record @       MX   10 example-com.mail.protection.outlook.com"
    print "    record @       TXT  \"v=spf1 include:spf.protection.outlook.com -all\""
    print "    record _dmarc  TXT  \"v=DMARC1; p=quarantine\""
    print "}\n"
    print "tls lets-encrypt {"
    print "    contact  oncall@example.com"
    print "    prove    dns  identity 33333333-4444-4555-8666-777777777777" \
        "  in bench-dns-rg"
    print "    names    exact"
    print "}"
}

BEGIN {
    print_project()
    for (s = 1; s <= services; s++)
        print_service(s)
    print_contract()
    for (e = 1; e <= environments; e++)
        print_environment(e)
    print_rest()
}
