# A master file of the zone example.com, the same for the same seed:
#
#     awk -f zones.awk -v seed=7 -v records=40 -v lowest=0 -v highest=255
#
# Every way in which RFC 1035 5.1 and its successors let a line be written; what
# two readers understand differently is left out.

function roll(count) { return int(rand() * count) }
function pick(words, list, count) {
    count = split(words, list, " ")
    return list[roll(count) + 1]
}
function blank() { return pick("1 1 1 2 3") == 1 ? " " : roll(2) ? "\t" : "  \t " }

# A byte of a label or a text: as it is, behind a backslash, or as \DDD.
function byte(in_text, code) {
    code = 33 + roll(94)
    if (roll(3) == 0) return sprintf("\\%03d", lowest + roll(highest + 1 - lowest))
    if (index(in_text ? "\"\\" : ".;()@$\"\\", sprintf("%c", code)))
        return "\\" sprintf("%c", code)
    if (code >= 48 && code <= 57 || roll(4)) return sprintf("%c", code)
    return "\\" sprintf("%c", code)
}
function bytes(count, in_text, text) {
    text = ""
    while (count-- > 0) text = text byte(in_text)
    return text
}
function mixed(word, i, text) {
    text = ""
    for (i = 1; i <= length(word); i++)
        text = text (roll(3) ? substr(word, i, 1) : toupper(substr(word, i, 1)))
    return text
}
function word() { return pick("www api mail shop a b-c x1 9 deep") }

# Under an origin or absolute; `number` makes it the only one.
function host_owner(number, name) {
    name = word() number
    if (roll(3) == 0) name = name "." word()
    return place(mixed(name))
}
function strange_owner(number, name) {
    name = roll(4) ? "_" word() number : "s" number bytes(1 + roll(6), 0)
    if (roll(6) == 0) name = "*." name
    return place(name)
}
function place(name) {
    return roll(3) ? name : name "." mixed(origin) "."
}
# In or out of the zone, and always a host.
function target() {
    if (roll(2)) return word() "." pick("example.net Example.ORG") "."
    return mixed("ns.inside.example.com.")
}

function text(i) {
    i = roll(3)
    if (i == 0) return "t" bytes(roll(9), 0)
    return "\"" (i == 1 ? bytes(roll(40), 1) : word() " ; ( " word()) "\""
}
function texts(count, all) {
    for (all = text(); count > 1; count--) all = all split_line() text()
    return all
}
function hex(count, digits) {
    digits = ""
    while (count-- > 0) digits = digits sprintf(roll(2) ? "%02x" : "%02X", roll(256))
    return digits
}
function ipv4() { return 1 + roll(9) "." roll(256) "." roll(256) "." roll(256) }
function ipv6() {
    return pick("2606:2800:21F:cb07::1 2a00::2 2001:470::0:0:5 ::ffff:9.9.9.9 2606::1:2:3:4")
}

function fields(type) {
    if (type == "A") return ipv4()
    if (type == "AAAA") return ipv6()
    if (type == "MX") return roll(65536) split_line() target()
    if (type == "SRV") return roll(9) " " roll(9) split_line() roll(65536) " " target()
    if (type == "TXT") return texts(1 + roll(4))
    if (type == "CAA") return pick("0 128") " issue" split_line() "\"" word() ".example.net\""
    if (type == "SSHFP") return "4 2" split_line() hex(16) split_line() hex(16)
    if (type == "TLSA") return "3 1 1 " hex(32)
    if (type == "NAPTR") return "10 20 \"u\" \"E2U+sip\"" split_line() "\"!^.*$!sip:" word() "@example.net!\" ."
    if (type == "HINFO") return text() " " text()
    if (type == "TYPE65280") return "\\# 5 " hex(2) split_line() hex(3)
    if (type == "DNAME") return target()
    return target()
}

# Blank, or a new line inside the parentheses that are open.
function split_line() {
    if (!is_open || roll(3)) return blank()
    return (roll(2) ? " ; a comment ) \"\n" : "\n") blank()
}

function ttl() { return pick("60 3600 1h 1h30m 2d 86400 1W 5m 0300") }

# The class behind the TTL: ldns reads no other order.
function line(owner, type, class, before) {
    is_open = 0
    before = owner blank()
    if (roll(2)) before = before ttl() blank()
    class = roll(3) ? mixed("in") blank() : ""
    before = before class mixed(type) blank()
    is_open = roll(3) == 0
    return before (is_open ? "(" blank() : "") fields(type) (is_open ? split_line() ")" : "") \
        (roll(5) ? "" : " ; " word() " \" (")
}

function soa() {
    print "@ " (roll(2) ? "IN " : "") "SOA ns1.example.net. host\\.master.example.net. ("
    print "\t" 1 + roll(1000000) " ; serial"
    print pick("7200 2h") " 900 ; )"
    print pick("1209600 2w 14D") " 300 )"
    print "\t\tNS ns1.example.net."
    print " NS" blank() "ns2.example.net."
}

BEGIN {
    srand(seed)
    origin = "example.com"
    print "; made of the seed " seed
    print "$TTL " ttl()
    print "$ORIGIN " mixed("example.com") "."
    soa()
    print "ns.inside A 93.184.215.14"
    for (i = 0; i < records; i++) {
        if (roll(12) == 0) {
            origin = pick("example.com sub.example.com deep.er.example.com")
            print "$ORIGIN " mixed(origin) "."
        }
        if (roll(15) == 0) print "$TTL " ttl()
        if (roll(15) == 0) print "  \t; nothing here"
        if (roll(15) == 0) print ""
        type = pick("A AAAA MX TXT TXT TXT CNAME SRV CAA SSHFP TLSA NAPTR HINFO TYPE65280 PTR")
        is_host = type ~ /^(A|AAAA|MX)$/
        print line(is_host ? host_owner(i) : strange_owner(i), type)
        if (type ~ /^(A|SSHFP|CAA)$/ && roll(2)) print line("", "TXT")
    }
}
