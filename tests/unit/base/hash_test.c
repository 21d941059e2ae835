#include "base/hash.h"

#include <criterion/criterion.h>
#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

static void
expect_hash(struct str text, struct str digits)
{
    struct arena *arena = arena_open();
    struct buf buf;
    struct hash again;
    buf_init(&buf, arena);
    hash_print(&buf, hash_text(text));
    cr_expect(is_str_equal(buf_str(&buf), digits), "%.*s", (int)buf.len,
              buf.at);
    cr_expect(hash_parse(digits, &again));
    cr_expect(is_hash_equal(again, hash_text(text)));
    arena_close(arena);
}

/* As `xxh128sum` prints them. */
Test(hash, is_xxh3_128_in_canonical_order)
{
    expect_hash(STR(""), STR("99aa06d3014798d86001c324468d497f"));
    expect_hash(STR("broxc\n"), STR("f0c9b4f2c1c14bb2cc02a303ed950a5b"));
}

Test(hash, of_a_file_is_that_of_its_text)
{
    char path[] = "/tmp/broxc-hash-XXXXXX";
    int file = mkstemp(path);
    static char text[200001];
    for (size_t i = 0; i < sizeof text; i++)
        text[i] = (char)(i * 7 % 251);
    cr_assert_eq(write(file, text, sizeof text), (ssize_t)sizeof text);
    cr_assert_eq(lseek(file, 0, SEEK_SET), 0);
    struct hash hash;
    cr_expect_eq(hash_file(file, &hash), 0);
    cr_expect(is_hash_equal(hash, hash_text((struct str){text, sizeof text})));
    close(file);
    cr_expect_neq(hash_file(-1, &hash), 0);
    unlink(path);
}

Test(hash, parse_takes_32_small_hex_digits_alone)
{
    struct hash hash;
    cr_expect_not(hash_parse(STR(""), &hash));
    cr_expect_not(hash_parse(STR("99aa06d3014798d86001c324468d497"), &hash));
    cr_expect_not(hash_parse(STR("99aa06d3014798d86001c324468d497ff"), &hash));
    cr_expect_not(hash_parse(STR("99AA06d3014798d86001c324468d497f"), &hash));
    cr_expect_not(hash_parse(STR("99aa06d3014798d86001c324468d497g"), &hash));
}
