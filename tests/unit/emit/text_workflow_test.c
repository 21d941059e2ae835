/*
 * Text in workflows, read back the way the workflow reader finds expressions.
 */
#include "emit/text/workflow.h"

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

TestSuite(workflow_text, .init = setup, .fini = teardown, .timeout = 60);

static struct str
write_text(struct str text)
{
    struct buf buf;
    buf_init(&buf, arena);
    workflow_text(&buf, text);
    return buf_str(&buf);
}

/* A string literal between `start` and the `}}` that ends its expression;
 * gives the offset behind these. */
static size_t
read_expression(struct str text, size_t start, struct buf *buf)
{
    size_t i = start;
    bool is_inside = false;
    while (is_inside || !has_prefix(str_slice(text, i, text.len), STR("}}"))) {
        if (text.at[i] == '\'') {
            is_inside = !is_inside;
        }
        i++;
    }
    struct str literal = str_trim(str_slice(text, start, i));
    cr_assert(has_prefix(literal, STR("'")) && has_suffix(literal, STR("'")));
    for (size_t at = 1; at + 1 < literal.len; at++) {
        buf_byte(buf, literal.at[at]);
        at += literal.at[at] == '\'';
    }
    return i + 2;
}

static struct str
evaluate(struct str text)
{
    struct buf buf;
    buf_init(&buf, arena);
    for (size_t i = 0; i < text.len;) {
        if (has_prefix(str_slice(text, i, text.len), STR("${{"))) {
            i = read_expression(text, i + 3, &buf);
        } else {
            buf_byte(&buf, text.at[i]);
            i++;
        }
    }
    return buf_str(&buf);
}

Test(workflow_text, writes_an_expression_for_three_characters)
{
    struct str text = write_text(STR("a ${{ secrets.X }} b"));
    cr_expect(is_str_equal(text, STR("a ${{ '${{' }} secrets.X }} b")), "%.*s",
              (int)text.len, text.at);
    cr_expect(is_str_equal(write_text(STR("${x} $$ {{")), STR("${x} $$ {{")));
}

Test(workflow_text, evaluates_to_itself)
{
    static const struct str pieces[] = {
        STR_INIT("$"),  STR_INIT("{"), STR_INIT("{{"), STR_INIT("${{"),
        STR_INIT("}}"), STR_INIT("'"), STR_INIT(" "),  STR_INIT("github.sha"),
    };
    struct nasty nasty;
    nasty_init(&nasty, arena);
    for (unsigned i = 0; i < 4000; i++) {
        struct buf buf;
        buf_init(&buf, arena);
        for (unsigned k = nasty_number(&nasty, 9); k > 0; k--) {
            buf_add(&buf, pieces[nasty_number(&nasty, 8)]);
        }
        struct str text = write_text(buf_str(&buf));
        cr_assert(is_str_equal(evaluate(text), buf_str(&buf)), "%.*s",
                  (int)text.len, text.at);
    }
}

Test(workflow_text, strings_evaluate_to_themselves)
{
    struct nasty nasty;
    nasty_init(&nasty, arena);
    for (unsigned i = 0; i < 2000; i++) {
        struct str text = nasty_text(&nasty);
        struct buf buf;
        buf_init(&buf, arena);
        buf_add(&buf, STR("${{ "));
        workflow_string(&buf, text);
        buf_add(&buf, STR(" }}"));
        cr_assert(is_str_equal(evaluate(buf_str(&buf)), text));
    }
}
