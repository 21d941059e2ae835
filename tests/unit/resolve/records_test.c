#include "resolve/records.h"

#include <criterion/criterion.h>

static struct arena *arena;
static struct sink *sink;
static struct record record;

static void
open_sink(void)
{
    arena = arena_open();
    sink = sink_new(arena, source_map_new(arena), PROFILE_STANDARD);
}

static void
close_sink(void)
{
    arena_close(arena);
}

TestSuite(records, .init = open_sink, .fini = close_sink);

/* `fields` is parted by `|`; `?` makes a hole of one, `!` poison. */
static bool
read_record(const char *name, enum record_type type, const char *fields)
{
    struct value list = {.kind = VALUE_LIST};
    struct str rest = str_from(fields);
    struct value *items = arena_array(arena, rest.len + 1, sizeof *items);
    while (rest.len > 0) {
        struct value *item = &items[list.item_count++];
        item->kind = VALUE_TEXT;
        item->text = str_cut(&rest, '|');
        if (is_str_equal(item->text, STR("?")))
            item->kind = VALUE_HOLE;
        if (is_str_equal(item->text, STR("!")))
            item->kind = VALUE_POISON;
    }
    list.items = items;
    record = (struct record){.type = type, .ttl_seconds = 300};
    return resolve_record(arena, sink, STR("example.com"), &record,
                          str_from(name), &list, false);
}

static void
expect_owner(const char *name, const char *owner)
{
    cr_expect(read_record(name, RECORD_CNAME, "x.example.net"), "%s", name);
    cr_expect(is_str_equal(record.owner, str_from(owner)), "%s: %.*s", name,
              (int)record.owner.len, record.owner.at);
}

static void
expect_target(const char *text, const char *target)
{
    cr_assert(read_record("a", RECORD_CNAME, text));
    cr_expect(is_str_equal(record_target(&record)->text, str_from(target)),
              "%s: %.*s", text, (int)record_target(&record)->text.len,
              record_target(&record)->text.at);
}

/* One message, of this code; the record is there all the same. */
static void
expect_fault(const char *name, enum record_type type, const char *fields,
             enum diag_code code)
{
    size_t before = sink_count(sink);
    cr_expect(read_record(name, type, fields), "%s %s", name, fields);
    cr_expect_eq(sink_count(sink), before + 1, "%s %s: %zu messages", name,
                 fields, sink_count(sink) - before);
    cr_expect_eq(sink_at(sink, sink_count(sink) - 1)->code, code, "%s %s", name,
                 fields);
    cr_expect_eq(sink_at(sink, sink_count(sink) - 1)->severity, SEVERITY_ERROR);
}

static void
expect_right(const char *name, enum record_type type, const char *fields)
{
    size_t before = sink_count(sink);
    cr_expect(read_record(name, type, fields), "%s %s", name, fields);
    cr_expect_eq(sink_count(sink), before, "%s %s", name, fields);
}

Test(records, completes_names)
{
    expect_owner("@", "example.com");
    expect_owner("www", "www.example.com");
    expect_owner("a.b", "a.b.example.com");
    expect_owner("WwW.Example.Com.", "www.example.com");
    expect_owner("example.com.", "example.com");
    expect_owner("www.example.com", "www.example.com.example.com");
    expect_owner("*", "*.example.com");
    expect_owner("*.apps", "*.apps.example.com");
    expect_owner("b\xc3\xbc"
                 "cher",
                 "xn--bcher-kva.example.com");
    cr_expect_eq(sink_count(sink), 0);
}

Test(records, completes_targets)
{
    expect_target("mail", "mail.example.com");
    expect_target("@", "example.com");
    expect_target(".", "");
    expect_target("Mail.Example.Net", "mail.example.net");
    expect_target("mail.example.net.", "mail.example.net");
    expect_target("localhost.", "localhost");
    cr_expect_eq(sink_count(sink), 0);
}

Test(records, refuses_a_name_outside_the_zone)
{
    cr_expect_not(read_record("a.example.org.", RECORD_CNAME, "b"));
    cr_expect_not(read_record("badexample.com.", RECORD_CNAME, "b"));
    cr_expect_not(read_record("com.", RECORD_CNAME, "b"));
    cr_expect_eq(sink_count(sink), 3);
    cr_expect_eq(sink_at(sink, 0)->code, DIAG_L03);
}

Test(records, reads_every_type)
{
    expect_right("a", RECORD_A, "192.0.2.1");
    expect_right("a", RECORD_AAAA, "2001:db8::1");
    expect_right("a", RECORD_CNAME, "_x._domainkey.example.net");
    expect_right("@", RECORD_NS, "ns1.example.net");
    expect_right("@", RECORD_MX, "10|mail");
    cr_expect_eq(record.fields[0]->number, 10);
    cr_expect(
        is_str_equal(record_target(&record)->text, STR("mail.example.com")));
    expect_right("_sip._tcp", RECORD_SRV, "0|65535|5060|sip.example.net");
    cr_expect_eq(record.fields[0]->number, 0);
    cr_expect_eq(record.fields[1]->number, 65535);
    cr_expect_eq(record.fields[2]->number, 5060);
    expect_right("a", RECORD_PTR, "host.example.net");
    expect_right("@", RECORD_CAA, "128|Issue|letsencrypt.org; x=y");
    cr_expect(is_str_equal(record.fields[1]->text, STR("issue")));
    expect_right("a", RECORD_SSHFP, "4|2|AB CD");
    expect_right("_443._tcp", RECORD_TLSA, "3|1|1|AB|CD");
    cr_expect(is_str_equal(record.fields[3]->text, STR("abcd")));
    expect_right("a", RECORD_DS, "60485|13|2|AB");
    expect_right("@", RECORD_HTTPS, "1|.|port=443|alpn=h3,h2");
    cr_expect(is_str_equal(record.fields[2]->items[0].text, STR("alpn=h3,h2")));
    expect_right("@", RECORD_HTTPS, "0|svc.example.net");
    expect_right("@", RECORD_NAPTR, "1|2|S|SIP+D2U||_sip._udp");
    expect_right("@", RECORD_LOC, "52|N|13|24|0.5|E|34m");
    cr_expect(is_str_equal(record.fields[0]->text,
                           STR("52 0 0.000 N 13 24 0.500 E 34.00m 1.00m "
                               "10000.00m 10.00m")));
    expect_right("@", RECORD_OTHER, "\\#|2|ab|CD");
    expect_right("@", RECORD_OTHER, "\\#|0");
    expect_right("a\\046b", RECORD_TXT, "x");
    expect_right("_dmarc", RECORD_TXT, "one| two|three");
    cr_expect(is_str_equal(record.fields[0]->text, STR("one twothree")));
}

Test(records, says_what_is_wrong_with_fields)
{
    expect_fault("a", RECORD_A, "2001:db8::1", DIAG_D15);
    expect_fault("a", RECORD_A, "192.0.2.256", DIAG_D15);
    expect_fault("a", RECORD_A, "host.example.net", DIAG_D15);
    expect_fault("a", RECORD_AAAA, "192.0.2.1", DIAG_D15);
    expect_fault("a", RECORD_A, "192.0.2.1|192.0.2.2", DIAG_L28);
    expect_fault("a", RECORD_A, "", DIAG_L28);
    expect_fault("a", RECORD_MX, "mail", DIAG_L28);
    expect_fault("a", RECORD_MX, "mail|10", DIAG_L03);
    expect_fault("a", RECORD_MX, "65536|mail", DIAG_L03);
    expect_fault("a", RECORD_MX, "-1|mail", DIAG_L03);
    expect_fault("a", RECORD_SRV, "1|2|3|a|b", DIAG_L28);
    expect_fault("a", RECORD_TLSA, "3|1|1|ABC", DIAG_L03);
    expect_fault("a", RECORD_TLSA, "3|1|256|AB", DIAG_L03);
    expect_fault("a", RECORD_HTTPS, "1|.|port=443|port=8443", DIAG_D48);
    expect_fault("a", RECORD_HTTPS, "1|.|mandatory=alpn", DIAG_D48);
    expect_fault("a", RECORD_HTTPS, "1|.|ipv4hint=::1", DIAG_D48);
    expect_fault("a", RECORD_HTTPS, "1|.|key3=x", DIAG_D48);
    expect_fault("a", RECORD_LOC, "91|N|13|E|0m", DIAG_L03);
    expect_fault("a", RECORD_LOC, "90|1|N|13|E|0m", DIAG_L03);
    expect_fault("a", RECORD_OTHER, "\\#|3|abcd", DIAG_L03);
    expect_fault("a", RECORD_CAA, "256|issue|x", DIAG_L03);
    expect_fault("a\\256b", RECORD_TXT, "x", DIAG_D02);
    expect_fault("a", RECORD_TXT, "", DIAG_L28);
    cr_expect(is_value_poison(record.fields[0]));
}

Test(records, says_what_is_wrong_with_names)
{
    expect_fault("a_b", RECORD_A, "192.0.2.1", DIAG_D03);
    expect_right("a_b", RECORD_TXT, "x");
    expect_fault("-a", RECORD_A, "192.0.2.1", DIAG_D02);
    expect_fault("a..b", RECORD_A, "192.0.2.1", DIAG_D02);
    expect_fault("", RECORD_TXT, "x", DIAG_D02);
    expect_fault("a b", RECORD_TXT, "x", DIAG_D02);
    expect_fault("a.*", RECORD_A, "192.0.2.1", DIAG_D02);
    expect_fault("*a", RECORD_A, "192.0.2.1", DIAG_D02);
    expect_fault("a\n$INCLUDE", RECORD_TXT, "x", DIAG_D02);
    expect_fault("@", RECORD_MX, "1|mail_1.example.net", DIAG_D03);
    expect_fault("a", RECORD_CNAME, "192.0.2.1", DIAG_D02);
    expect_fault("@", RECORD_NS, "ns 1.example.net", DIAG_D02);
    expect_fault(
        "a123456789b123456789c123456789d123456789e123456789f123456789abcd",
        RECORD_A, "192.0.2.1", DIAG_D01);
    expect_right(
        "a123456789b123456789c123456789d123456789e123456789f123456789abc",
        RECORD_A, "192.0.2.1");
    expect_fault("i\xe2\x99\xa5pears", RECORD_A, "192.0.2.1", DIAG_D36);
}

Test(records, keeps_holes_and_poison)
{
    expect_right("a", RECORD_A, "?");
    cr_expect_eq(record_target(&record)->kind, VALUE_HOLE);
    expect_right("a", RECORD_MX, "?|?");
    cr_expect_eq(record.fields[0]->kind, VALUE_HOLE);
    cr_expect_eq(record_target(&record)->kind, VALUE_HOLE);
    expect_right("a", RECORD_TXT, "x|?");
    cr_expect_eq(record.fields[0]->kind, VALUE_HOLE);
    expect_right("a", RECORD_A, "!");
    cr_expect(is_value_poison(record_target(&record)));
    expect_right("a", RECORD_SRV, "!|!|!|!");
    expect_right("a", RECORD_TXT, "x|!");
    cr_expect(is_value_poison(record.fields[0]));
}
