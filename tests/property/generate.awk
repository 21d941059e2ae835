# A valid program, the same for the same seed:
#
#     awk -f generate.awk -v seed=7 -v services=5 -v environments=3
#
# Every service and environment differs in what it says; names never meet.

function roll(count) { return int(rand() * count) }
function pick(words, list, count) {
    count = split(words, list, " ")
    return list[roll(count) + 1]
}
function host(service, environment) {
    return "s" service "-e" environment ".example.com"
}

function print_project() {
    print "brx 1"
    print "project random" seed " {"
    print "    registry    ghcr.io/random"
    print "    repository  random/random" seed
    print "    contact     ops ops@example.com"
    print "    slack       all \"#all\""
    if (roll(2)) print "    kubernetes  1.33.." pick("1.34 1.35 1.36")
    if (roll(2)) print "    stop        " pick("20s 40s 1min")
    print "}"
}

function print_profile(i) {
    print "profile p" i " {"
    print "    port     http " 3000 + i
    print "    ready    GET /ready/" i "  every " pick("5s 10s 20s")
    print "    live     GET /live/" i "   every " pick("15s 25s")
    if (roll(2)) print "    metrics  GET /metrics"
    if (roll(2)) print "    label    \"random/p\" \"" pick("a b on 012 1e3") "\""
    print "    stop     " pick("10s 30s 45s")
    print "}"
}

function print_service(i) {
    if (roll(2)) print "## Service " i ", with \"quotes\", $$ and: colons."
    print "service s" i " {"
    print "    use     p" i % profiles
    if (i > 0 && roll(2)) print "    calls   s" roll(i)
    if (roll(2)) print "    config  all"
    if (roll(3) == 0) print "    secret  [SECRET_" i " SHARED]"
    if (roll(3) == 0) print "    command [\"run\" \"--it\" \"a b\" \"$$HOME\"]"
    print "}"
}

function print_config(i) {
    print "config {"
    for (i = 0; i < keys; i++)
        print "    KEY_" i "  text  default \"" \
            pick("yes no 0123 1_000 ~ a:b #x {} ${env.name} ${env.namespace}") \
            "\""
    print "}"
}

function print_run(service, environment, count) {
    count = 2 + environment + roll(2)
    printf "    run s%d  %d", service, count
    if (roll(3) == 0) printf " scale %d..%d", count, count + 1 + roll(5)
    printf "  memory %dMi..%dMi", 64 * (1 + environment), 128 * (1 + environment)
    printf "  cpu %dm..%dm", 50 * (1 + environment), 100 * (1 + environment)
    if (roll(2)) printf "  host %s", host(service, environment)
    print ""
}

function print_environment(i, s) {
    print "env e" i " {"
    print "    tier     " (i == 0 ? "development" : i < environments - 1 \
        ? "staging" : "production")
    print "    ingress  haproxy  address 93.184.215." 10 + i
    print "    vault    azure random-" seed "-" i "-kv  rotate 90d" \
        "  identity 00000000-0000-4000-8000-" sprintf("%012d", i)
    print "    branch   branch-" i
    print "    tag      e" i "-${git.sha}"
    for (s = 0; s < services; s++)
        if (s == 0 || i == environments - 1 || roll(4)) print_run(s, i)
    print "    set {"
    for (s = 0; s < keys; s++)
        if (roll(2)) print "        KEY_" s "  \"" pick("on off null 12:30 x") "\""
    print "    }"
    print "}"
}

BEGIN {
    srand(seed)
    profiles = 2
    if (keys == "") keys = 3
    print_project()
    for (i = 0; i < profiles; i++) print_profile(i)
    for (i = 0; i < services; i++) print_service(i)
    print_config()
    for (i = 0; i < environments; i++) print_environment(i)
    print "zone example.com {"
    print "    nameservers [ns1.example.net ns2.example.net]"
    print "    contact     ops@example.com"
    print "    caa         letsencrypt.org"
    print "}"
    print "tls lets-encrypt { contact ops@example.com; prove http }"
}
