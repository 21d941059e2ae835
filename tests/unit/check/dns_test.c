/*
 * What testdata/error, with one program a code, does not show: the edges of
 * the rules on zones and certificates, and what they keep silent about.
 */
#include "base/buf.h"
#include "support/over_text.h"

#include <criterion/criterion.h>

/* `error[D07]` to `E:D07 `, in the order of their places; other families have
 * tests of their own. */
static struct str
codes_of(struct arena *arena, struct brx_text messages)
{
    struct buf codes;
    struct str rest = {messages.at, messages.len};
    buf_init(&codes, arena);
    while (rest.len > 0) {
        struct str line = str_cut(&rest, '\n');
        size_t open = str_index(line, '[', 0);
        if (open < 4 || open + 4 >= line.len ||
            !has_byte(STR("DT"), line.at[open + 1]))
            continue;
        char first = line.at[open - 4]; /* of info, error or warning */
        char severity = (char)(first == 'i' ? 'I' : first == 'r' ? 'E' : 'W');
        buf_byte(&codes, severity);
        buf_byte(&codes, ':');
        buf_add(&codes, str_slice(line, open + 1, open + 4));
        buf_byte(&codes, ' ');
    }
    return buf_str(&codes);
}

static void
expect_program(const char *program, const char *wanted)
{
    struct arena *arena = arena_open();
    struct brx *brx = open_over_text(program);
    cr_assert_eq(brx_compile(brx, brx_text("test.brx")), BRX_OK);
    struct brx_text messages = brx_messages(brx, BRX_SHORT, BRX_NO_COLOR);
    struct str codes = codes_of(arena, messages);
    cr_expect(is_str_equal(codes, str_from(wanted)),
              "expected `%s`, found `%.*s` in\n%s\n%.*s", wanted,
              (int)codes.len, codes.at, program, (int)messages.len,
              messages.at);
    brx_close(brx);
    arena_close(arena);
}

#define ORCHARD "brx 1\nproject orchard {\n registry orchard.azurecr.io\n}\n"
#define ZONE                                                                   \
    "zone example.com {\n nameservers [ns1.example.net ns2.example.net]\n"     \
    " contact dns@example.net\n caa letsencrypt.org\n"

/* The records of a zone that is else without fault. */
static void
expect_zone(const char *records, const char *wanted)
{
    struct arena *arena = arena_open();
    struct str program = arena_format(
        arena, "{}{}}\n", STRS(STR(ORCHARD ZONE), str_from(records)));
    expect_program(arena_cstr(arena, program), wanted);
    arena_close(arena);
}

Test(check_dns, a_sound_zone_is_silent)
{
    expect_zone("", "");
    expect_zone(
        "record a A 8.8.8.8\nrecord a AAAA 2606:4700::1111\n"
        "record b CNAME a\nrecord @ MX 10 m.example.net\nrecord _dmarc TXT "
        "\"v=DMARC1; p=none\"\nrecord @ TXT \"v=spf1 -all\"\n"
        "record _s._tcp SRV 0 0 1 a\n",
        "");
}

Test(check_dns, a_missing_dot_is_seen_where_only_one_reading_leads_anywhere)
{
    expect_zone("record b.c A 8.8.8.8\nrecord a CNAME b.c\n", "E:D10 ");
    expect_zone("record b.c A 8.8.8.8\nrecord a CNAME b.c.\n", "");
    expect_zone("record b.c A 8.8.8.8\nrecord a CNAME b.d\n", "");
    expect_zone("record b.c A 8.8.8.8\nrecord a CNAME b.c.example.com\n", "");
}

Test(check_dns, providers_have_bounds)
{
    expect_zone("provider azure\nrecord * NS a.example.net\n", "E:D50 ");
    expect_zone("provider route53\nrecord * NS a.example.net\n", "E:D50 ");
    expect_zone("provider bind\nrecord * NS a.example.net\n", "E:D50 ");
    expect_zone("provider azure\nrecord @ HTTPS 1 .\n", "E:D28 ");
    expect_zone("provider route53\nrecord @ HTTPS 1 .\n", "");
    expect_zone("also route53\nrecord @ HTTPS 1 .\n", "");
    expect_zone("also [octodns route53]\nrecord a LOC 1 N 1 E 1m\n", "E:D28 ");
    expect_zone("also octodns\nrecord a LOC 1 N 1 E 1m\n", "");
    expect_zone("provider route53\nrecord a TYPE731 \"\\\\#\" 0\n", "E:D28 ");
}

Test(check_dns, glue_is_not_occluded)
{
    expect_zone("record l NS n.l\nrecord n.l A 8.8.8.8\n", "E:D10 W:D39 ");
    expect_zone("record l NS n.l.example.com\nrecord n.l A 8.8.8.8\n", "");
    expect_zone("record l NS n.example.net\nrecord l DS 1 13 2 "
                "D4B7D520E7BB5F0F67674A0CCEB1E3E0614B93C4F9E99B8383F6A1E4469DA5"
                "0A\nrecord l TXT x\n",
                "W:D39 ");
    expect_zone("record @ DNAME example.net\nrecord a TXT x\n", "W:D39 ");
}

Test(check_dns, cnames_at_the_apex_are_one_fault)
{
    expect_zone("record @ CNAME a.example.net\n", "E:D04 ");
    expect_zone("record @ CNAME a.example.net\nrecord @ CNAME b.example.net\n",
                "E:D04 E:D06 ");
}

Test(check_dns, equal_cnames_are_duplicates_only)
{
    expect_zone("record a CNAME x.example.net\nrecord a CNAME X.example.net.\n",
                "E:D14 ");
}

Test(check_dns, three_cnames_at_a_name_are_one_fault)
{
    expect_zone("record a CNAME x.example.net\nrecord a CNAME y.example.net\n"
                "record a CNAME z.example.net\n",
                "E:D06 ");
}

Test(check_dns, a_chain_is_one_fault_at_its_head)
{
    expect_zone("record a CNAME b\nrecord b CNAME c\nrecord c CNAME "
                "d.example.net\n",
                "W:D07 ");
    expect_zone("record a CNAME b\nrecord b CNAME c.example.net\n", "W:D07 ");
    expect_zone("record b CNAME c.example.net\n", "");
}

Test(check_dns, a_loop_is_one_fault)
{
    expect_zone("record a CNAME a\n", "E:D07 ");
    expect_zone("record a CNAME b\nrecord b CNAME c\nrecord c CNAME a\n",
                "E:D07 ");
    expect_zone("record x CNAME a\nrecord y CNAME a\nrecord a CNAME b\nrecord "
                "b CNAME a\n",
                "E:D07 ");
}

Test(check_dns, targets_must_be_there)
{
    expect_zone("record @ MX 10 mail\nrecord mail TXT x\nrecord @ TXT "
                "\"v=spf1\"\nrecord _dmarc TXT \"v=DMARC1\"\n",
                "E:D09 ");
    expect_zone("record a CNAME b\nrecord b TXT x\n", "");
    expect_zone("record a CNAME nothing\n", "E:D09 ");
    expect_zone("record * CNAME x.example.net\nrecord a CNAME nothing\n",
                "I:D26 ");
}

Test(check_dns, what_is_delegated_is_not_ours)
{
    expect_zone("record sub NS ns1.example.net\nrecord a CNAME www.sub\n", "");
    expect_zone("record sub NS ns.sub.example.com\n", "E:D20 ");
    expect_zone("record sub NS ns.sub.example.com\nrecord ns.sub A 8.8.8.8\n",
                "");
}

Test(check_dns, name_servers_may_be_declared)
{
    const char *zone = ORCHARD "zone example.com {\n contact dns@example.net\n "
                               "caa letsencrypt.org\n";
    struct arena *arena = arena_open();
    static const struct {
        const char *records;
        const char *wanted;
    } cases[] = {
        {"", "E:D19 "},
        {"record @ NS ns1.example.net\n", "W:D19 "},
        {"record @ NS ns1.example.net\nrecord @ NS ns2.example.net\n", ""},
        {"nameservers ns1.example.net\nrecord @ NS ns1.example.net\n",
         "E:D14 "},
        {"nameservers ns1.example.net\nrecord sub NS ns2.example.net\n",
         "W:D19 "},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct str program = arena_format(
            arena, "{}{}}\n", STRS(str_from(zone), str_from(cases[i].records)));
        expect_program(arena_cstr(arena, program), cases[i].wanted);
    }
    arena_close(arena);
}

Test(check_dns, times_to_live_have_bounds)
{
    expect_zone("ttl 0\n", "E:D12 ");
    expect_zone("ttl 59\n", "W:D12 ");
    expect_zone("ttl 60\n", "");
    expect_zone("ttl 86400\n", "");
    expect_zone("ttl 86401\n", "W:D12 ");
    expect_zone("ttl 59\nrecord a A 8.8.8.8\nrecord b A 8.8.8.8\n", "W:D12 ");
    expect_zone("record a A 8.8.8.8 ttl 0\n", "E:D12 ");
}

Test(check_dns, soa_times_have_bounds)
{
    expect_zone("refresh 20min\nretry 19min\n", "");
    expect_zone("refresh 20min\nretry 20min\n", "W:D16 ");
    expect_zone("refresh 19min\nretry 20min\n", "W:D16 ");
    expect_zone("refresh 12h\nexpire 28d\nminimum 1h\n", "");
    expect_zone("refresh 13h\nexpire 29d\nminimum 2h\n", "W:D16 W:D16 W:D16 ");
}

Test(check_dns, one_address_is_one_message)
{
    expect_zone("record a A 10.0.0.1\nrecord b A 10.0.0.1\n", "W:D15 ");
    expect_zone("record a A 10.0.0.1\nrecord b A 10.0.0.2\n", "W:D15 W:D15 ");
    expect_zone("record a AAAA 2001:db8::1\nrecord b AAAA 2001:DB8:0::1\n",
                "W:D15 ");
    expect_zone("record a A 172.32.0.1\nrecord b A 100.128.0.1\n", "");
}

Test(check_dns, allow_covers_all_addresses_of_a_zone)
{
    expect_program(ORCHARD ZONE "record a A 10.0.0.1\nrecord b A 10.0.0.2\n}\n"
                                "allow D15 on example.com \"internal\"\n",
                   "");
    expect_program(ORCHARD ZONE "record a A 10.0.0.1\n}\n"
                                "allow D15 on example.org \"internal\"\n",
                   "W:D15 ");
}

Test(check_dns, spellings_of_one_record_are_one)
{
    expect_zone("record a AAAA 2606:4700::1111\nrecord A.example.com. AAAA "
                "2606:4700:0::1111\n",
                "E:D14 ");
    expect_zone("record a TXT x\nrecord a TXT X\n", "");
    expect_zone("record a MX 1 m.example.net\nrecord a MX 2 m.example.net\n",
                "");
}

Test(check_dns, mail_needs_its_policies)
{
    expect_zone("record @ MX 10 m.example.net\n", "W:D33 W:D33 ");
    expect_zone("record @ MX 0 .\n", "");
    expect_zone("record @ MX 10 m.example.net\nrecord @ TXT \"v=spf1 -all\"\n"
                "record _dmarc CNAME d.example.net\n",
                "");
}

Test(check_dns, holes_are_no_faults)
{
    expect_zone("record a A ?A\nrecord a A ?B\nrecord b MX ?P ?H\nrecord c "
                "TXT ?T\nrecord d CNAME ?C\n",
                "");
}

Test(check_dns, faulty_records_bring_no_second_message)
{
    expect_zone("record a A 1.2.3\nrecord b CNAME a\n", "E:D15 ");
    expect_zone("record @ MX 10 m_m.example.net\nrecord @ TXT \"v=spf1\"\n"
                "record _dmarc TXT \"v=DMARC1\"\n",
                "E:D03 ");
}

#define SERVICE                                                                \
    "service shop {\n port http 80\n}\n"                                       \
    "env development {\n ingress nginx address 8.8.8.8\n"

Test(check_dns, an_environment_without_address_is_one_fault)
{
    expect_program(ORCHARD "service shop {\n port http 80\n}\n"
                           "env development {\n ingress nginx\n run shop 1 "
                           "host [a.example.com b.example.com]\n}\n" ZONE
                           "record c CNAME a\n}\n",
                   "E:D30 ");
}

Test(check_dns, a_host_may_have_a_record_of_its_own)
{
    expect_program(ORCHARD SERVICE " run shop 1 host [a.example.com "
                                   "b.example.com]\n}\n" ZONE
                                   "record a CNAME a.example.net\nrecord *.b "
                                   "A 8.8.8.8\n}\n",
                   "I:D26 ");
}

Test(check_dns, a_host_outside_every_zone_is_found_once)
{
    expect_program(ORCHARD SERVICE " run shop 1 host a.example.org\n}\n" ZONE
                                   "}\n",
                   "E:D30 ");
    expect_program(ORCHARD SERVICE " run shop 1 host a.example.org\n}\n" ZONE
                                   "}\ntls lets-encrypt {\n prove dns\n}\n",
                   "E:T01 ");
    expect_program(ORCHARD SERVICE " run shop 1 host a.example.org\n}\n" ZONE
                                   "}\ntls lets-encrypt {\n prove http\n}\n",
                   "E:D30 ");
    expect_program(ORCHARD SERVICE " run shop 1 host a.example.org\n}\n", "");
}

Test(check_tls, wildcards_cover_one_label)
{
    expect_program(
        ORCHARD SERVICE
        " run shop 1 host [a.example.com example.com a.b.example.com]\n}\n" ZONE
        "provider route53\n}\ntls lets-encrypt {\n names wildcard\n}\n",
        "E:T02 E:T02 ");
}

Test(check_tls, a_zone_that_nobody_can_write_to_proves_nothing)
{
    expect_program(ORCHARD SERVICE " run shop 1 host a.example.com\n}\n" ZONE
                                   "}\ntls lets-encrypt\n",
                   "E:T17 ");
    expect_program(ORCHARD SERVICE " run shop 1 host a.example.com\n}\n" ZONE
                                   "provider azure\n}\ntls lets-encrypt\n",
                   "E:T17 ");
    expect_program(ORCHARD SERVICE " run shop 1 host a.example.com\n}\n" ZONE
                                   "}\ntls lets-encrypt {\n prove http\n}\n",
                   "");
}

Test(check_tls, a_wildcard_by_http_is_a_fault_beside_others)
{
    expect_program(ORCHARD SERVICE
                   " run shop 1 host [a.example.com example.com]\n}\n" ZONE
                   "}\ntls lets-encrypt {\n prove http\n names wildcard\n}\n",
                   "E:T02 E:T03 ");
}

Test(check_dns, a_third_of_a_life_is_left_at_renewal)
{
    expect_program(
        ORCHARD "tls lets-encrypt {\n contact a@example.com\n renew 20%\n}\n",
        "I:T14 W:T11 ");
    expect_program(
        ORCHARD "tls lets-encrypt {\n contact a@example.com\n renew 100%\n}\n",
        "I:T14 W:T11 ");
    expect_program(
        ORCHARD "tls lets-encrypt {\n contact a@example.com\n renew 40%\n}\n",
        "I:T14 ");
}
