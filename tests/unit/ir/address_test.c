#include "ir/address.h"

#include "support/nasty.h"

#include <arpa/inet.h>
#include <criterion/criterion.h>
#include <string.h>

/* The C library reads the same, and the same bytes. */
static void
expect_as_libc(struct arena *arena, struct str text)
{
    struct address found;
    unsigned char bytes[IPV6_BYTES] = {0};
    const char *cstr = arena_cstr(arena, text);
    bool is_ipv6 = has_byte(text, ':');
    bool is_wanted = strlen(cstr) == text.len &&
                     inet_pton(is_ipv6 ? AF_INET6 : AF_INET, cstr, bytes) == 1;
    bool is_read = address_read(text, &found);
    cr_expect_eq(is_read, is_wanted, "%s", cstr);
    if (is_read && is_wanted) {
        cr_expect_eq(found.is_ipv6, is_ipv6, "%s", cstr);
        cr_expect_arr_eq(found.bytes, bytes, IPV6_BYTES, "%s", cstr);
    }
}

Test(address, reads_what_the_c_library_reads)
{
    static const char *const texts[] = {
        "0.0.0.0",
        "255.255.255.255",
        "256.0.0.0",
        "1.2.3",
        "1.2.3.4.5",
        "01.2.3.4",
        "1..2.3",
        "1.2.3.",
        ".1.2.3",
        "",
        ".",
        "1.2.3.4 ",
        "::",
        "::1",
        "1::",
        "1:2:3:4:5:6:7:8",
        "1:2:3:4:5:6:7::",
        "::2:3:4:5:6:7:8",
        "1:2:3:4::5:6:7:8",
        "1::2::3",
        ":::",
        ":1",
        "1:",
        ":",
        "::ffff:1.2.3.4",
        "1.2.3.4::",
        "::1.2.3",
        "1:2:3:4:5:6:1.2.3.4",
        "1:2:3:4:5:6:7:1.2.3.4",
        "::1.2.3.4:5",
        "12345::",
        "::g",
        "FE80::aBcD",
        "fe80::1%eth0",
        "0x1.2.3.4",
        "1:2:3:4:5:6:7:8:9",
        "::00001",
        "1.2.3.+4",
    };
    struct arena *arena = arena_open();
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        expect_as_libc(arena, str_from(texts[i]));
    arena_close(arena);
}

Test(address, reads_made_up_texts_as_the_c_library_does)
{
    static const char letters[] = "0123456789abF:::::....::";
    struct arena *arena = arena_open();
    struct nasty nasty;
    nasty_init(&nasty, arena);
    for (size_t turn = 0; turn < 20000; turn++) {
        struct buf text;
        buf_init(&text, arena);
        size_t len = nasty_number(&nasty, 24);
        for (size_t i = 0; i < len; i++)
            buf_byte(&text, letters[nasty_number(&nasty, sizeof letters - 1)]);
        expect_as_libc(arena, buf_str(&text));
    }
    arena_close(arena);
}

static bool
is_inside(const char *address_text, const char *block_text, unsigned bits)
{
    struct address address;
    struct address block;
    cr_assert(address_read(str_from(address_text), &address));
    cr_assert(address_read(str_from(block_text), &block));
    return is_address_inside(&address, &block, bits);
}

Test(address, compares_bits_at_the_edges)
{
    cr_expect(is_inside("172.31.255.255", "172.16.0.0", 12));
    cr_expect_not(is_inside("172.32.0.0", "172.16.0.0", 12));
    cr_expect_not(is_inside("172.15.255.255", "172.16.0.0", 12));
    cr_expect(is_inside("::1", "::1", 128));
    cr_expect_not(is_inside("::2", "::1", 128));
    cr_expect(is_inside("fdff::1", "fc00::", 7));
    cr_expect_not(is_inside("fe00::1", "fc00::", 7));
    cr_expect_not(is_inside("0.0.0.1", "::1", 128));
    cr_expect(is_inside("9.9.9.9", "0.0.0.0", 0));
}

Test(address, two_spellings_are_one_address)
{
    struct address a;
    struct address b;
    cr_assert(address_read(STR("2001:DB8:0::1"), &a));
    cr_assert(address_read(STR("2001:db8::0:1"), &b));
    cr_expect(is_address_equal(&a, &b));
    cr_assert(address_read(STR("0.0.0.1"), &a));
    cr_assert(address_read(STR("::0.0.0.1"), &b));
    cr_expect_not(is_address_equal(&a, &b));
}

static void
expect_written(const char *text, const char *wanted)
{
    struct arena *arena = arena_open();
    struct address address;
    struct buf buf;
    buf_init(&buf, arena);
    cr_assert(address_read(str_from(text), &address), "%s", text);
    address_write(&buf, &address);
    cr_expect(is_str_equal(buf_str(&buf), str_from(wanted)), "%s: %.*s", text,
              (int)buf.len, buf.at);
    arena_close(arena);
}

/* RFC 5952 4, with its examples. */
Test(address, has_one_way_to_be_written)
{
    expect_written("192.0.2.255", "192.0.2.255");
    expect_written("2001:0DB8::0001", "2001:db8::1");
    expect_written("2001:db8:0:0:0:0:2:1", "2001:db8::2:1");
    expect_written("2001:db8:0:1:1:1:1:1", "2001:db8:0:1:1:1:1:1");
    expect_written("2001:0:0:1:0:0:0:1", "2001:0:0:1::1");
    expect_written("2001:db8:0:0:1:0:0:1", "2001:db8::1:0:0:1");
    expect_written("0:0:0:0:0:0:0:0", "::");
    expect_written("0:0:0:0:0:0:0:1", "::1");
    expect_written("1:0:0:0:0:0:0:0", "1::");
    expect_written("::ffff:192.0.2.1", "::ffff:c000:201");
}
