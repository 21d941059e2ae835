#include "ir/idna.h"

#include "base/buf.h"

#include <criterion/criterion.h>

static void
expect_ascii(const char *host, const char *ascii)
{
    struct arena *arena = arena_open();
    struct str found = STR("");
    cr_expect(idna_to_ascii(arena, str_from(host), &found), "%s", host);
    cr_expect(is_str_equal(found, str_from(ascii)), "%s: %.*s", host,
              (int)found.len, found.at);
    arena_close(arena);
}

static void
expect_refused(struct str host)
{
    struct arena *arena = arena_open();
    struct str found = STR("untouched");
    cr_expect_not(idna_to_ascii(arena, host, &found), "%.*s", (int)host.len,
                  host.at);
    cr_expect(is_str_equal(found, STR("untouched")));
    arena_close(arena);
}

static void
expect_unicode(const char *host, const char *unicode)
{
    struct arena *arena = arena_open();
    struct str found = idna_to_unicode(arena, str_from(host));
    cr_expect(is_str_equal(found, str_from(unicode)), "%s: %.*s", host,
              (int)found.len, found.at);
    arena_close(arena);
}

Test(idna, ascii_is_left_alone)
{
    expect_ascii("api.example.com", "api.example.com");
    expect_ascii("a_b..-c", "a_b..-c");
    expect_ascii("", "");
}

Test(idna, labels_become_ascii)
{
    expect_ascii("münchen.example", "xn--mnchen-3ya.example");
    expect_ascii("MÜNCHEN.Example", "xn--mnchen-3ya.example");
    expect_ascii("mu\xcc\x88nchen.example", "xn--mnchen-3ya.example");
    expect_ascii("例え.テスト", "xn--r8jz45g.xn--zckzah");
    expect_ascii("xn--mnchen-3ya.example", "xn--mnchen-3ya.example");
}

/* Transitional processing would give `strasse`, another name. */
Test(idna, sharp_s_stays_itself)
{
    expect_ascii("straße.example", "xn--strae-oqa.example");
    expect_ascii("βόλος.example", "xn--nxasmm1c.example");
}

Test(idna, what_no_registry_takes)
{
    expect_refused(STR("\xff.example"));
    expect_refused(STR("m\xc3\xbcnchen\0.example"));
    expect_refused(STR("☃\xe2\x80\xae.example"));
    expect_refused(STR("a\xcc\x88\xe2\x80\x8b-.example"));
    expect_refused(STR("xn--a.example"));
    expect_refused(STR("xn--zzzzzzzzzz99.example"));
    expect_refused(STR("xn--mnchen-3ya\xff.example"));
    expect_refused(STR("-münchen-.example"));
}

Test(idna, a_long_name_is_refused_soon)
{
    struct arena *arena = arena_open();
    struct buf buf;
    buf_init(&buf, arena);
    for (size_t i = 0; i < 100000; i++)
        buf_add(&buf, STR("ü"));
    expect_refused(buf_str(&buf));
    arena_close(arena);
}

Test(idna, people_read_letters)
{
    expect_unicode("xn--mnchen-3ya.example", "münchen.example");
    expect_unicode("api.example.com", "api.example.com");
    expect_unicode("xn--zzzzzzzzzz99.example", "xn--zzzzzzzzzz99.example");
    expect_unicode("münchen.example", "münchen.example");
}

Test(idna, people_read_letters_inside_a_text)
{
    struct arena *arena = arena_open();
    struct {
        const char *text;
        const char *shown;
    } cases[] = {
        {"nothing here", "nothing here"},
        {"10 *.xn--mnchen-3ya.example., and", "10 *.münchen.example., and"},
        {"_a._b.xn--mnchen-3ya.", "_a._b.münchen."},
        {"xn--zzzzzzzzzz99", "xn--zzzzzzzzzz99"},
        {"", ""},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct str shown = idna_shown(arena, str_from(cases[i].text));
        cr_expect(is_str_equal(shown, str_from(cases[i].shown)), "%.*s",
                  (int)shown.len, shown.at);
    }
    arena_close(arena);
}
