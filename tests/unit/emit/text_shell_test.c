/*
 * Words that real shells take as they are.
 */
#include "emit/text/shell.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "support/nasty.h"

enum { WORD_COUNT = 400 };

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

TestSuite(shell_text, .init = setup, .fini = teardown, .timeout = 60);

/* What a shell prints when it runs `script` with its output in a file. */
static struct str
run(const char *shell, struct str script)
{
    static char output[WORD_COUNT * 64];
    char path[] = "/tmp/shell_text_XXXXXX";
    int file = mkstemp(path);
    cr_assert_geq(file, 0);
    struct buf redirected;
    buf_init(&redirected, arena);
    buf_format(&redirected, "exec >{}\n{}\n", STRS(str_from(path), script));
    FILE *pipe = popen(shell, "w");
    cr_assert_not_null(pipe);
    fwrite(redirected.at, 1, redirected.len, pipe);
    cr_assert_eq(pclose(pipe), 0);
    ssize_t len = read(file, output, sizeof output);
    close(file);
    unlink(path);
    cr_assert(len >= 0 && (size_t)len < sizeof output);
    return (struct str){output, (size_t)len};
}

static void
expect_words(const char *shell)
{
    struct nasty nasty;
    struct buf script;
    struct buf expected;
    nasty_init(&nasty, arena);
    buf_init(&script, arena);
    buf_init(&expected, arena);
    buf_add(&script, STR("printf '%s\\0'"));
    for (unsigned i = 0; i < WORD_COUNT; i++) {
        struct str word = nasty_bytes(&nasty, 40);
        buf_byte(&script, ' ');
        shell_word(&script, word);
        buf_add(&expected, word);
        buf_byte(&expected, '\0');
    }
    struct str printed = run(shell, buf_str(&script));
    cr_assert(is_str_equal(printed, buf_str(&expected)), "%s", shell);
}

Test(shell_text, quotes_quotes)
{
    struct buf buf;
    buf_init(&buf, arena);
    shell_word(&buf, STR("it's $(x)"));
    cr_expect(is_str_equal(buf_str(&buf), STR("'it'\\''s $(x)'")));
    buf_init(&buf, arena);
    shell_word(&buf, STR(""));
    cr_expect(is_str_equal(buf_str(&buf), STR("''")));
}

Test(shell_text, sh_prints_words_back)
{
    expect_words("sh");
}

Test(shell_text, bash_prints_words_back)
{
    expect_words("bash");
}
