/*
 * What stands in a zone file: by example, and read back by the rules of RFC
 * 1035 5.1.
 */
#include "emit/text/zone.h"

#include <criterion/criterion.h>

#include "support/nasty.h"

static struct arena *arena;

static void
setup(void)
{
    arena = arena_open();
}

static void
teardown(void)
{
    arena_close(arena);
}

TestSuite(zone_text, .init = setup, .fini = teardown, .timeout = 60);

typedef void zone_writer(struct buf *buf, struct str text);

static struct str
write_with(zone_writer *writer, struct str text)
{
    struct buf buf;
    buf_init(&buf, arena);
    writer(&buf, text);
    return buf_str(&buf);
}

static void
expect(zone_writer *writer, const char *text, const char *expected)
{
    struct str written = write_with(writer, str_from(text));
    cr_expect(is_str_equal(written, str_from(expected)), "wrote %.*s not %s",
              (int)written.len, written.at, expected);
}

Test(zone_text, quotes_character_strings)
{
    expect(zone_string, "", "\"\"");
    expect(zone_string, "v=spf1 -all; a", "\"v=spf1 -all; a\"");
    expect(zone_string, "a\"b\\c", "\"a\\\"b\\\\c\"");
    expect(zone_string, "a\n\xC3\xBC\x7F", "\"a\\010\\195\\188\\127\"");
}

Test(zone_text, makes_names_absolute)
{
    expect(zone_name, "", ".");
    expect(zone_name, ".", ".");
    expect(zone_name, "API.Broxiva.com", "api.broxiva.com.");
    expect(zone_name, "api.broxiva.com.", "api.broxiva.com.");
    expect(zone_name, "*.dev_1-a.x", "*.dev_1-a.x.");
    expect(zone_name, "a b;c$d@e\\f\"g(h)",
           "a\\032b\\059c\\036d\\064e\\092f"
           "\\034g\\040h\\041.");
}

Test(zone_text, writes_mail_addresses_as_names)
{
    expect(zone_mailbox, "hostmaster@broxiva.com", "hostmaster.broxiva.com.");
    expect(zone_mailbox, "Ann.Lee@broxiva.com", "ann\\.lee.broxiva.com.");
    expect(zone_mailbox, "a@b.c@d.e", "a\\064b\\.c.d.e.");
    expect(zone_mailbox, "hostmaster.broxiva.com", "hostmaster.broxiva.com.");
}

/* One character-string at `*at`, which moves behind it. */
static void
read_string(struct str zone, size_t *at, struct buf *buf)
{
    size_t len_before = buf->len;
    cr_assert_eq(zone.at[*at], '"');
    (*at)++;
    while (zone.at[*at] != '"') {
        char byte = zone.at[*at];
        cr_assert(byte >= ' ' && byte <= '~');
        (*at)++;
        if (byte == '\\' && is_ascii_digit(zone.at[*at])) {
            int64_t number = 0;
            cr_assert(str_to_number(str_slice(zone, *at, *at + 3), &number));
            byte = (char)number;
            *at += 3;
        } else if (byte == '\\') {
            byte = zone.at[*at];
            (*at)++;
        }
        buf_byte(buf, byte);
    }
    (*at)++;
    cr_assert_leq(buf->len - len_before, 255);
}

static struct str
read_strings(struct str zone)
{
    struct buf buf;
    size_t at = 0;
    buf_init(&buf, arena);
    read_string(zone, &at, &buf);
    while (at < zone.len) {
        cr_assert_eq(zone.at[at], ' ');
        at++;
        read_string(zone, &at, &buf);
    }
    return buf_str(&buf);
}

Test(zone_text, strings_read_back)
{
    struct nasty nasty;
    nasty_init(&nasty, arena);
    for (unsigned i = 0; i < 2000; i++) {
        struct str text = nasty_bytes(&nasty, 800);
        struct str written = write_with(zone_string, text);
        cr_assert(is_str_equal(read_strings(written), text));
    }
}

Test(zone_text, strings_split_at_255_bytes)
{
    struct buf buf;
    buf_init(&buf, arena);
    buf_repeat(&buf, 'a', 255);
    struct str full = buf_str(&buf);
    cr_expect_eq(write_with(zone_string, full).len, 257);
    buf_byte(&buf, 'b');
    struct str over = write_with(zone_string, buf_str(&buf));
    cr_expect(has_suffix(over, STR("a\" \"b\"")));
}
