#include "resolve/names.h"

#include "base/buf.h"

#include <criterion/criterion.h>

typedef bool is_name(struct str text);

#define EXPECT_ALL(question, ...)                                              \
    expect_all(question, #question, STRS(__VA_ARGS__), true)
#define EXPECT_NONE(question, ...)                                             \
    expect_all(question, #question, STRS(__VA_ARGS__), false)
#define S(literal) STR_INIT(literal)

static void
expect_all(is_name *question, const char *name, struct strs texts, bool answer)
{
    for (size_t i = 0; i < texts.count; i++) {
        struct str text = texts.at[i];
        cr_expect_eq(question(text), answer, "%s: `%.*s`", name, (int)text.len,
                     text.at);
    }
}

static struct str
repeated(struct arena *arena, const char *before, char byte, size_t count,
         const char *after)
{
    struct buf buf;
    buf_init(&buf, arena);
    buf_add(&buf, str_from(before));
    buf_repeat(&buf, byte, count);
    buf_add(&buf, str_from(after));
    return buf_str(&buf);
}

/* A text of the longest length is a name, and one byte more is none. */
static void
expect_longest(is_name *question, const char *before, size_t longest,
               const char *after)
{
    struct arena *arena = arena_open();
    size_t rest = longest - str_from(before).len - str_from(after).len;
    cr_expect(question(repeated(arena, before, 'a', rest, after)));
    cr_expect_not(question(repeated(arena, before, 'a', rest + 1, after)));
    arena_close(arena);
}

Test(names, dns_label)
{
    EXPECT_ALL(is_dns_label, S("a"), S("api"), S("1a"), S("a-b"), S("a--b"));
    EXPECT_NONE(is_dns_label, S(""), S("-a"), S("a-"), S("-"), S("A"), S("a.b"),
                S("a_b"), S("\xc3\xa9"), S("a\0"));
    expect_longest(is_dns_label, "", 63, "");
}

Test(names, branch)
{
    EXPECT_ALL(is_branch_name, S("main"), S("feature/x"), S("release/1.2"),
               S("a@b"), S("@a"), S("a{b"), S("x.lockx"), S("HEAD/x"),
               S("a/-b"), S("\xc3\xa9"), S("refs/heads/x"), S("a.lock.b"));
    EXPECT_NONE(is_branch_name, S(""), S("."), S(".a"), S("a/.b"), S("a..b"),
                S("a.lock"), S("a.lock/b"), S("a b"), S("a~b"), S("a^b"),
                S("a:b"), S("a?b"), S("a*b"), S("a[b"), S("a\\b"), S("/a"),
                S("a/"), S("a//b"), S("a."), S("a@{b"), S("@"), S("-a"),
                S("HEAD"), S("a\tb"), S("a\177b"), S("a\0b"), S("a\nb"));
}

Test(names, email)
{
    EXPECT_ALL(is_email, S("ops@example.com"), S("a.b+c@x-y.example"),
               S("!#$%&'*+-/=?^_`{|}~@example.com"), S("A@EXAMPLE.COM"));
    EXPECT_NONE(is_email, S(""), S("@"), S("ops"), S("@example.com"), S("ops@"),
                S("ops@example"), S("a@b@example.com"), S(".a@example.com"),
                S("a.@example.com"), S("a..b@example.com"),
                S("a b@example.com"), S("\"a b\"@example.com"),
                S("a@[192.0.2.1]"), S("a@192.0.2.1"), S("a@-x.com"),
                S("a@x_y.com"), S("a@example.com."), S("a@.com"),
                S("a\0@example.com"), S("a@example.com\n"));
    expect_longest(is_email, "", 64 + 12, "@example.com");
}

Test(names, team)
{
    EXPECT_ALL(is_team_slug, S("devops"), S("devops-team"), S("a_b"), S("1"));
    EXPECT_NONE(is_team_slug, S(""), S("DevOps"), S("dev ops"), S("org/team"),
                S("-a"), S("a-"), S("@devops"));
}

Test(names, repository)
{
    EXPECT_ALL(is_repository, S("acme/platform"), S("a/b"), S("A-1/.github"),
               S("acme_corp/x"), S("acme/a.b_c-d"));
    EXPECT_NONE(is_repository, S(""), S("acme"), S("acme/"), S("/x"),
                S("a/b/c"), S("-a/b"), S("a-/b"), S("a--b/c"), S("a/."),
                S("a/.."), S("a/b.git"), S("a/b c"), S("a.b/c"), S("a/b@c"));
    expect_longest(is_repository, "", 41, "/b");
    expect_longest(is_repository, "a/", 102, "");
}

Test(names, image_registry)
{
    EXPECT_ALL(is_image_registry, S("acme.azurecr.io"), S("localhost"),
               S("localhost:5000"), S("registry:5000"), S("ghcr.io/acme"),
               S("ghcr.io/acme/a__b/c-d"), S("192.0.2.1:443"));
    EXPECT_NONE(is_image_registry, S(""), S("acme"), S("acme/x"),
                S("Acme.azurecr.io"), S("https://acme.io"), S("acme.io/"),
                S("acme.io:0"), S("acme.io:65536"), S("acme.io:"),
                S("acme.io:x"), S("acme.io/a:1"), S("acme.io/A"), S("-acme.io"),
                S("acme..io"), S("acme.io//x"), S("acme_x.io"),
                S("acme.io/a@sha256"));
}

Test(names, image)
{
    EXPECT_ALL(is_image_name, S("acme.azurecr.io/api"), S("nginx"),
               S("library/nginx"), S("localhost:5000/a"), S("a.b/c"), S("a-b"),
               S("a---b"), S("a__b"), S("a_b.c"));
    EXPECT_NONE(is_image_name, S(""), S("nginx:1.27"), S("Nginx"), S("a/"),
                S("/a"), S("a___b"), S("a..b"), S("a-"), S("-a"), S("_a"),
                S("a_"), S("a.-b"), S("a@sha256:0"), S("a b"),
                S("ghcr.io/api:v1"), S("ghcr.io/Api"), S("a.b:0/c"));
    expect_longest(is_image_name, "", 255, "");
    expect_longest(is_image_name, "ghcr.io/", 255, "");
}

Test(names, uuid)
{
    EXPECT_ALL(is_uuid, S("00000000-0000-0000-0000-000000000000"),
               S("f81d4fae-7dec-11d0-a765-00A0C91E6BF6"));
    EXPECT_NONE(is_uuid, S(""), S("f81d4fae7dec11d0a76500a0c91e6bf6"),
                S("f81d4fae-7dec-11d0-a765-00a0c91e6bf"),
                S("f81d4fae-7dec-11d0-a765-00a0c91e6bf67"),
                S("g81d4fae-7dec-11d0-a765-00a0c91e6bf6"),
                S("f81d4fae-7dec-11d0-a76500-a0c91e6bf6"),
                S("{f81d4fae-7dec-11d0-a765-00a0c91e6b}"));
}

Test(names, date)
{
    EXPECT_ALL(is_date, S("2027-06-30"), S("2028-02-29"), S("2000-02-29"),
               S("0000-01-01"), S("9999-12-31"));
    EXPECT_NONE(is_date, S(""), S("2027-02-29"), S("1900-02-29"),
                S("2027-06-31"), S("2027-13-01"), S("2027-00-01"),
                S("2027-01-00"), S("2027-1-01"), S("27-01-01"), S("2027/01/01"),
                S("2027-01-01Z"), S("2027-01-0a"), S("20270101  "),
                S("-027-01-01"));
}

Test(names, ipv4)
{
    EXPECT_ALL(is_ipv4, S("0.0.0.0"), S("255.255.255.255"), S("203.0.113.10"));
    EXPECT_NONE(is_ipv4, S(""), S("1.2.3"), S("1.2.3.4.5"), S("256.1.1.1"),
                S("01.2.3.4"), S("1.2.3.04"), S("1..2.3"), S("1.2.3."),
                S(".1.2.3"), S("1.2.3.4 "), S("0x1.2.3.4"), S("1.2.3.-4"),
                S("1.2.3.1000"), S("00.0.0.0"));
}

Test(names, ipv6)
{
    EXPECT_ALL(is_ipv6, S("::"), S("::1"), S("1::"), S("2001:db8::10"),
               S("1:2:3:4:5:6:7:8"), S("1:2:3:4:5:6:7::"), S("::2:3:4:5:6:7:8"),
               S("::ffff:192.0.2.1"), S("1:2:3:4:5:6:192.0.2.1"),
               S("FE80::ABCD"), S("64:ff9b::192.0.2.33"));
    EXPECT_NONE(is_ipv6, S(""), S(":"), S(":::"), S("1:2:3:4:5:6:7"),
                S("1:2:3:4:5:6:7:8:9"), S("1::2::3"), S(":1::2"), S("1::2:"),
                S("12345::"), S("g::"), S("fe80::1%eth0"), S("[::1]"),
                S("1:2:3:4:5:6:7:192.0.2.1"), S("192.0.2.1"), S("192.0.2.1::"),
                S("::192.0.2.256"), S("1:2:3:4::5:6:7:8"),
                S("::1:2:3:4:5:6:7:8"), S("::192.0.2.1:1"), S("1:"), S(":1"));
}

Test(names, variable)
{
    EXPECT_ALL(is_variable_name, S("A"), S("_"), S("LOG_LEVEL"), S("a1"));
    EXPECT_NONE(is_variable_name, S(""), S("1A"), S("A-B"), S("A.B"), S("A B"),
                S("\xc3\x84"), S("A="));
}

Test(names, config_key)
{
    EXPECT_ALL(is_config_key, S("LOG_LEVEL"), S("app.json"), S("-"), S("a..b"),
               S(".env"), S("1"));
    EXPECT_NONE(is_config_key, S(""), S("."), S(".."), S("..a"), S("a/b"),
                S("a b"), S("a:b"), S("\xc3\xa9"));
    expect_longest(is_config_key, "", 253, "");
}

Test(names, time_zone)
{
    EXPECT_ALL(is_time_zone, S("Africa/Abidjan"), S("Europe/Berlin"), S("UTC"),
               S("Etc/UTC"), S("Zulu"), S("America/Argentina/Ushuaia"),
               S("WET"), S("Asia/Calcutta"), S("Europe/Kyiv"), S("Europe/Kiev"),
               S("US/Pacific"), S("Etc/GMT+12"), S("GMT"));
    EXPECT_NONE(is_time_zone, S(""), S("europe/berlin"), S("Europe/berlin"),
                S("Europe"), S("Europe/"), S("Europe/Berlin "), S("CEST"),
                S("Mars/Olympus"), S("Local"), S("GMT+1"), S("PST"));
}

/* A row out of order could not be found by halves. */
Test(names, every_time_zone_is_found)
{
    static const struct str zones[] = {
#define ZONE(name) STR_INIT(name),
#include "resolve/names_time_zone.def"
#include "resolve/names_time_zone_link.def"
#undef ZONE
    };
    for (size_t i = 0; i < sizeof zones / sizeof zones[0]; i++)
        cr_expect(is_time_zone(zones[i]), "%s", zones[i].at);
}

Test(names, url)
{
    EXPECT_ALL(is_url, S("https://example.com"), S("http://example.com/"),
               S("HTTPS://a.example:8443/x?y=z&w#f"), S("http://localhost"),
               S("http://192.0.2.1/a%20b"), S("http://[2001:db8::1]:80/"),
               S("https://example.com?x"), S("https://example.com/~a/(b)"));
    EXPECT_NONE(is_url, S(""), S("example.com"), S("ftp://example.com"),
                S("https:/example.com"), S("https://"), S("https:///x"),
                S("https://example.com:0"), S("https://example.com:"),
                S("https://example.com:65536"), S("https://a b.com"),
                S("https://a.com/a b"), S("https://a.com/%2"),
                S("https://a.com/%zz"), S("https://user@a.com"),
                S("https://user:secret@a.com"), S("https://[::1"),
                S("https://[1::2::3]"), S("https://a.com/#a#b"),
                S("https://a.com/\xc3\xa9"), S("https://a.com/\""),
                S("https://a.com/<x>"), S("https://a_b.com"),
                S("javascript:alert(1)"), S("https://a.com\n"));
}

Test(names, cron)
{
    EXPECT_ALL(is_cron, S("0 3 * * *"), S("*/15 * * * *"),
               S("0-59 0-23 1-31 1-12 0-7"), S("0 0 1 JAN MON"),
               S("0 0 1 jan-dec sun-sat"), S("0 0 * * 7"),
               S("0,30 8-18/2 * * MON-FRI"), S("5\t4 *  * *"), S("05 04 * * *"),
               S(" 0 0 1 1 1 "), S("0 0 1,15 1,JUL *"), S("0 0 1-1 * *"),
               S("*/59 * * * *"));
    EXPECT_NONE(
        is_cron, S(""), S("@daily"), S("* * * *"), S("* * * * * *"),
        S("60 * * * *"), S("* 24 * * *"), S("* * 0 * *"), S("* * 32 * *"),
        S("* * * 0 *"), S("* * * 13 *"), S("* * * * 8"), S("* * * * MONDAY"),
        S("* * * MON *"), S("* * * * JAN"), S("30-10 * * * *"),
        S("*/0 * * * *"), S("*/60 * * * *"), S("*/ * * * *"), S("5/15 * * * *"),
        S("1, * * * *"), S(",1 * * * *"), S("1-2-3 * * * *"), S("1- * * * *"),
        S("-1 * * * *"), S("*/2/3 * * * *"), S("*-5 * * * *"), S("? * * * *"),
        S("000 * * * *"), S("* * L * *"), S("* * * * FRI-MON"),
        S("1.5 * * * *"), S("* * * *\n*"), S("** * * * *"));
}

static void
expect_cron(const char *text, const char *expected)
{
    struct arena *arena = arena_open();
    struct str found = cron_text(arena, str_from(text));
    cr_expect(is_str_equal(found, str_from(expected)), "%s: %.*s", text,
              (int)found.len, found.at);
    arena_close(arena);
}

Test(names, cron_text_has_no_seventh_day)
{
    expect_cron("0 3 * * *", "0 3 * * *");
    expect_cron("7 7 7 7 MON-FRI", "7 7 7 7 MON-FRI");
    expect_cron("0 0 * * 7", "0 0 * * 0");
    expect_cron("0  0 * * 5-7 ", "0  0 * * 0,5,6");
    expect_cron("0 0 * * 0-7", "0 0 * * 0,1,2,3,4,5,6");
    expect_cron("0 0 * * 1-7/2", "0 0 * * 0,1,3,5");
    expect_cron("0 0 * * 07,MON", "0 0 * * 0,1");
    expect_cron("0 0 * * 7,3-4", "0 0 * * 0,3,4");
    expect_cron("0 0 * * */7", "0 0 * * 0");
}

Test(names, host)
{
    struct arena *arena = arena_open();
    cr_expect_eq(host_fault(STR("api.example.com")), HOST_OK);
    cr_expect_eq(host_fault(STR("API.Example.COM")), HOST_OK);
    cr_expect_eq(host_fault(STR("3com.com")), HOST_OK);
    cr_expect_eq(host_fault(STR("a--b.c")), HOST_OK);
    cr_expect_eq(host_fault(STR("")), HOST_EMPTY_LABEL);
    cr_expect_eq(host_fault(STR(".")), HOST_EMPTY_LABEL);
    cr_expect_eq(host_fault(STR("a..b")), HOST_EMPTY_LABEL);
    cr_expect_eq(host_fault(STR("a.b.")), HOST_EMPTY_LABEL);
    cr_expect_eq(host_fault(STR("a_b.c")), HOST_UNDERSCORE);
    cr_expect_eq(host_fault(STR("a b.c")), HOST_BAD_CHARACTER);
    cr_expect_eq(host_fault(STR("a\0b.c")), HOST_BAD_CHARACTER);
    cr_expect_eq(host_fault(STR("*.b.c")), HOST_BAD_CHARACTER);
    cr_expect_eq(host_fault(STR("m\xc3\xbcnchen.example")), HOST_BAD_CHARACTER);
    cr_expect_eq(host_fault(STR("-a.b")), HOST_HYPHEN_EDGE);
    cr_expect_eq(host_fault(STR("a.b-")), HOST_HYPHEN_EDGE);
    cr_expect_eq(host_fault(repeated(arena, "", 'a', 63, ".b")), HOST_OK);
    cr_expect_eq(host_fault(repeated(arena, "", 'a', 64, ".b")),
                 HOST_LABEL_TOO_LONG);
    cr_expect_eq(host_fault(repeated(arena, "", '.', 253, "")),
                 HOST_EMPTY_LABEL);
    cr_expect_eq(host_fault(repeated(arena, "", 'a', 254, "")),
                 HOST_NAME_TOO_LONG);
    arena_close(arena);
}

Test(names, address_block)
{
    static const char *const right[] = {
        "10.20.0.0/16", "0.0.0.0/0", "203.0.113.7/32", "2001:db8::/32", "::/0"};
    static const char *const wrong[] = {
        "10.20.0.1/16", "10.20.0.0/33",   "10.20.0.0/",  "10.20.0.0",
        "/16",          "10.20.0.0/016",  "10.20/16",    "2001:db8::1/32",
        "2001::/129",   "10.20.0.0/16/8", "10.0.0.0/-1", ""};
    for (size_t i = 0; i < sizeof right / sizeof right[0]; i++)
        cr_expect(is_address_block(str_from(right[i])), "%s", right[i]);
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++)
        cr_expect_not(is_address_block(str_from(wrong[i])), "%s", wrong[i]);
}
