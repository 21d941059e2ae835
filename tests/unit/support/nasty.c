/*
 * Texts that writers stumble over.
 */
#include "support/nasty.h"

#include "base/utf8.h"

static const struct str TYPED[] = {
    STR_INIT(""),
    STR_INIT("~"),
    STR_INIT("null"),
    STR_INIT("Null"),
    STR_INIT("NULL"),
    STR_INIT("nULL"),
    STR_INIT("y"),
    STR_INIT("Y"),
    STR_INIT("n"),
    STR_INIT("N"),
    STR_INIT("yes"),
    STR_INIT("yEs"),
    STR_INIT("YES"),
    STR_INIT("no"),
    STR_INIT("No"),
    STR_INIT("nO"),
    STR_INIT("on"),
    STR_INIT("On"),
    STR_INIT("oN"),
    STR_INIT("off"),
    STR_INIT("OFF"),
    STR_INIT("true"),
    STR_INIT("True"),
    STR_INIT("tRUE"),
    STR_INIT("false"),
    STR_INIT("False"),
    STR_INIT("0"),
    STR_INIT("-0"),
    STR_INIT("+12"),
    STR_INIT("012"),
    STR_INIT("08"),
    STR_INIT("0o7"),
    STR_INIT("0x1F"),
    STR_INIT("0xdead_beef"),
    STR_INIT("0b1010_0111"),
    STR_INIT("1_000"),
    STR_INIT("12:30"),
    STR_INIT("12:30:45"),
    STR_INIT("190:20:30.15"),
    STR_INIT("1."),
    STR_INIT(".5"),
    STR_INIT("."),
    STR_INIT("1.5"),
    STR_INIT("1.2.3"),
    STR_INIT("203.0.113.10"),
    STR_INIT("1e3"),
    STR_INIT("1E+3"),
    STR_INIT("6.8523015e+5"),
    STR_INIT("685_230.15"),
    STR_INIT(".inf"),
    STR_INIT("-.INF"),
    STR_INIT("+.Inf"),
    STR_INIT(".nan"),
    STR_INIT(".NaN"),
    STR_INIT("2026-11-23"),
    STR_INIT("2001-12-14t21:59:43.10-05:00"),
    STR_INIT("2001-12-14 21:59:43.10 -5"),
    STR_INIT("2001-12-15 2:59:43.10"),
    STR_INIT("="),
    STR_INIT("<<"),
    STR_INIT("8e1"),
    STR_INIT("123456789012345678901234567890"),
};

const struct strs NASTY_TYPED = {TYPED, sizeof TYPED / sizeof TYPED[0]};

static const struct str TRAPS[] = {
    STR_INIT(" "),
    STR_INIT(" a"),
    STR_INIT("a "),
    STR_INIT("a: b"),
    STR_INIT("a:"),
    STR_INIT(":a"),
    STR_INIT("a #b"),
    STR_INIT("a#b"),
    STR_INIT("#"),
    STR_INIT("- a"),
    STR_INIT("-"),
    STR_INIT("--flag=1"),
    STR_INIT("? a"),
    STR_INIT("?"),
    STR_INIT("[a"),
    STR_INIT("a]"),
    STR_INIT("{a}"),
    STR_INIT("a, b"),
    STR_INIT("a:b"),
    STR_INIT("&a"),
    STR_INIT("*a"),
    STR_INIT("!a"),
    STR_INIT("|"),
    STR_INIT(">"),
    STR_INIT("%a"),
    STR_INIT("@a"),
    STR_INIT("`a`"),
    STR_INIT("'a'"),
    STR_INIT("\"a\""),
    STR_INIT("it's"),
    STR_INIT("a\\b"),
    STR_INIT("'\"\\"),
    STR_INIT("---"),
    STR_INIT("--- a"),
    STR_INIT("..."),
    STR_INIT("... b"),
    STR_INIT("a\n---\nb\n"),
    STR_INIT("\t"),
    STR_INIT("a\tb"),
    STR_INIT("a\n\tb\n"),
    STR_INIT("\n"),
    STR_INIT("\n\n"),
    STR_INIT("a\n"),
    STR_INIT("a\n\n"),
    STR_INIT("a\n\n\n"),
    STR_INIT("\na"),
    STR_INIT("\n a\n"),
    STR_INIT(" a\nb\n"),
    STR_INIT("  a\n b"),
    STR_INIT("a\n  b\n\n    c\n"),
    STR_INIT("a\n \nb"),
    STR_INIT("a \nb"),
    STR_INIT("a\n#b\n"),
    STR_INIT("# a\nb: c\n"),
    STR_INIT("a\r\nb\r\n"),
    STR_INIT("\r"),
    STR_INIT("a\rb"),
    {"\0", 1},
    {"a\0b", 3},
    STR_INIT("\x01\x1b[31m\x7f"),
    STR_INIT("\xC2\x85"),
    STR_INIT("a\xC2\x85 b\n"),
    STR_INIT("a\xE2\x80\xA8 b"),
    STR_INIT("a\n\xE2\x80\xA9 b"),
    STR_INIT("\xEF\xBB\xBF"),
    STR_INIT("a\xEF\xBB\xBF b"),
    STR_INIT("\xC2\xA0"),
    STR_INIT("\xC2\x9F"),
    STR_INIT("\xE2\x80\xAE txt"),
    STR_INIT("\xE2\x80\x8B"),
    STR_INIT("\xEF\xBF\xBE"),
    STR_INIT("\xEF\xBF\xBF"),
    STR_INIT("\xF0\x9F\x9A\x80 rocket"),
    STR_INIT("\xF0\x9F\xBF\xBF"),
    STR_INIT("\xF3\xA0\x80\x81"),
    STR_INIT("\xF4\x8F\xBF\xBF"),
    STR_INIT("Gr\xC3\xBC\xC3\x9F"
             "e"),
    STR_INIT("\xE6\x97\xA5\xE6\x9C\xAC\n\xE8\xAA\x9E\n"),
    STR_INIT("256Mi"),
    STR_INIT("10.0.0.0/16"),
    STR_INIT("*/5 * * * *"),
    STR_INIT("${{ secrets.TOKEN }}"),
    STR_INIT("$(date)"),
    STR_INIT("{\"a\": [1, 2]}"),
    STR_INIT("!!str a"),
    STR_INIT("!<tag:yaml.org,2002:int> 3"),
};

static void add_piece(struct nasty *nasty, struct buf *buf);

void
nasty_init(struct nasty *nasty, struct arena *arena)
{
    *nasty = (struct nasty){.arena = arena, .state = 0x9E3779B97F4A7C15u};
}

struct str
nasty_text(struct nasty *nasty)
{
    struct buf buf;
    buf_init(&buf, nasty->arena);
    uint32_t count = 1 + nasty_number(nasty, 4);
    for (uint32_t i = 0; i < count; i++) {
        add_piece(nasty, &buf);
    }
    if (nasty_number(nasty, 200) == 0) {
        buf_repeat(&buf, "x'\x01 "[nasty_number(nasty, 4)], 1100);
    }
    return buf_str(&buf);
}

struct str
nasty_bytes(struct nasty *nasty, size_t len_max)
{
    struct buf buf;
    buf_init(&buf, nasty->arena);
    size_t len = nasty_number(nasty, (uint32_t)len_max + 1);
    for (size_t i = 0; i < len; i++) {
        buf_byte(&buf, (char)(1 + nasty_number(nasty, 255)));
    }
    return buf_str(&buf);
}

/* xorshift64* (Vigna 2016) */
uint32_t
nasty_number(struct nasty *nasty, uint32_t bound)
{
    nasty->state ^= nasty->state >> 12;
    nasty->state ^= nasty->state << 25;
    nasty->state ^= nasty->state >> 27;
    uint64_t number = nasty->state * 0x2545F4914F6CDD1Du;
    return (uint32_t)((number >> 32) % bound);
}

static void
add_piece(struct nasty *nasty, struct buf *buf)
{
    static const struct str marks =
        STR_INIT(" \n\t:#-?,[]{}&*!|>'\"%@`\\.~=<0179aenoxyNYTZ_+/$");
    uint32_t number = 0;
    switch (nasty_number(nasty, 5)) {
    case 0:
        buf_add(buf,
                TRAPS[nasty_number(nasty, sizeof TRAPS / sizeof TRAPS[0])]);
        return;
    case 1:
        buf_add(buf, TYPED[nasty_number(nasty, (uint32_t)NASTY_TYPED.count)]);
        return;
    case 2:
        number = nasty_number(nasty, 0x110000 - 0x800);
        utf8_add(buf, number < 0xD800 ? number : number + 0x800);
        return;
    case 3:
        utf8_add(buf, nasty_number(nasty, 0x100));
        return;
    default:
        for (uint32_t i = 1 + nasty_number(nasty, 6); i > 0; i--) {
            buf_byte(buf, marks.at[nasty_number(nasty, (uint32_t)marks.len)]);
        }
    }
}
