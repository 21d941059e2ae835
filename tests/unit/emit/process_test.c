/*
 * Texts that Kubernetes expands: whatever a program says arrives as it is.
 */
#include "emit/kubernetes/process.h"

#include <criterion/criterion.h>

static struct arena *arena;

static void
open_arena(void)
{
    arena = arena_open();
}

static void
close_arena(void)
{
    arena_close(arena);
}

TestSuite(process, .init = open_arena, .fini = close_arena);

/* What the kubelet makes of a text in which no variable is known: its rules
 * ("$$" is a dollar sign, "$(NAME)" a variable or itself), and its habit to
 * make a character of the byte behind a lone dollar sign. */
static struct str
expanded(struct str text)
{
    struct buf buf;
    buf_init(&buf, arena);
    for (size_t i = 0; i < text.len; i++) {
        char next = i + 1 < text.len ? text.at[i + 1] : '\0';
        if (text.at[i] != '$' || i + 1 == text.len) {
            buf_byte(&buf, text.at[i]);
        } else if (next == '$') {
            buf_byte(&buf, '$');
            i++;
        } else if (next == '(' && str_index(text, ')', i) < text.len) {
            buf_add(&buf, STR("<a variable>"));
            i = str_index(text, ')', i);
        } else if ((unsigned char)next >= 0x80) {
            buf_add(&buf, STR("<half a character>"));
            i++;
        } else {
            buf_byte(&buf, '$');
            buf_byte(&buf, next);
            i++;
        }
    }
    return buf_str(&buf);
}

static void
expect_unchanged(struct str text)
{
    struct str arrived = expanded(unexpanded(arena, text));
    cr_assert(is_str_equal(arrived, text), "%s became %s",
              arena_cstr(arena, text), arena_cstr(arena, arrived));
}

Test(process, plain_text_is_left_alone)
{
    cr_expect(is_str_equal(unexpanded(arena, STR("a $5 ${B} $x")),
                           STR("a $5 ${B} $x")));
    cr_expect(is_str_equal(unexpanded(arena, STR("$(A)")), STR("$$(A)")));
}

Test(process, dollars_arrive_as_they_are)
{
    static const struct str texts[] = {
        STR_INIT(""),           STR_INIT("$"),
        STR_INIT("$$"),         STR_INIT("$$$"),
        STR_INIT("$(HOME)"),    STR_INIT("$$(HOME)"),
        STR_INIT("$$$(A)$"),    STR_INIT("$(date +%s)"),
        STR_INIT("$("),         STR_INIT("a$(b"),
        STR_INIT("$)"),         STR_INIT("$\xc3\xa9"),
        STR_INIT("$$\xc3\xa9"), STR_INIT("${A}$(B)$$C$D")};
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++)
        expect_unchanged(texts[i]);
}

/* Every text of up to six bytes over the letters that matter. */
Test(process, every_short_text_arrives)
{
    static const char letters[] = {'$', '(', ')', 'a', '\xc3'};
    enum { LETTERS = sizeof letters, LENGTH = 6, ALL = 15625 };
    for (size_t code = 0; code < ALL; code++) {
        char bytes[LENGTH];
        size_t rest = code;
        for (size_t i = 0; i < LENGTH; i++, rest /= LETTERS)
            bytes[i] = letters[rest % LETTERS];
        for (size_t len = 0; len <= LENGTH; len++)
            expect_unchanged((struct str){bytes, len});
    }
}
