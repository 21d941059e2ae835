#include "ir/quantity.h"

#include <criterion/criterion.h>

typedef enum quantity_fault quantity_read(struct str text, int64_t *number);

static void
expect_read(quantity_read *read, const char *text, enum quantity_fault fault,
            int64_t number)
{
    int64_t found = -1;
    enum quantity_fault seen = read(str_from(text), &found);
    cr_expect_eq(seen, fault, "`%s`: fault %d, not %d", text, (int)seen,
                 (int)fault);
    cr_expect_eq(found, number, "`%s`: %lld", text, (long long)found);
}

static void
expect_fault(quantity_read *read, const char *text, enum quantity_fault fault)
{
    expect_read(read, text, fault, -1);
}

typedef struct str quantity_text(struct arena *arena, int64_t number);

/* The text is the one given, and reads back as the same number. */
static void
expect_text(quantity_text *show, quantity_read *read, int64_t number,
            const char *text)
{
    struct arena *arena = arena_open();
    struct str seen = show(arena, number);
    cr_expect(is_str_equal(seen, str_from(text)), "%lld: %.*s",
              (long long)number, (int)seen.len, seen.at);
    int64_t back = -1;
    if (read) {
        cr_expect_eq(read(seen, &back), QUANTITY_OK, "%s", text);
        cr_expect_eq(back, number, "%s", text);
    }
    arena_close(arena);
}

Test(quantity, memory_in_binary_units)
{
    expect_read(memory_read, "256Mi", QUANTITY_OK, 268435456);
    expect_read(memory_read, "1.5Gi", QUANTITY_OK, 1610612736);
    expect_read(memory_read, "1.50Gi", QUANTITY_OK, 1610612736);
    expect_read(memory_read, "0.5Ki", QUANTITY_OK, 512);
    expect_read(memory_read, "1Ti", QUANTITY_OK, INT64_C(1) << 40);
    expect_read(memory_read, "1Pi", QUANTITY_OK, INT64_C(1) << 50);
    expect_read(memory_read, "7Ei", QUANTITY_OK, INT64_C(7) << 60);
    expect_read(memory_read, "0Mi", QUANTITY_OK, 0);
    expect_read(memory_read, "0.0009765625Ki", QUANTITY_OK, 1);
}

Test(quantity, memory_in_decimal_units_is_read_and_told)
{
    expect_read(memory_read, "256M", QUANTITY_DECIMAL, 256000000);
    expect_read(memory_read, "1G", QUANTITY_DECIMAL, 1000000000);
    expect_read(memory_read, "1.5k", QUANTITY_DECIMAL, 1500);
    expect_read(memory_read, "9E", QUANTITY_DECIMAL,
                INT64_C(9000000000000000000));
}

Test(quantity, memory_without_a_unit_or_in_millibytes)
{
    expect_fault(memory_read, "512", QUANTITY_NO_UNIT);
    expect_fault(memory_read, "1.5", QUANTITY_NO_UNIT);
    expect_fault(memory_read, "1000m", QUANTITY_MILLIBYTES);
}

Test(quantity, memory_that_is_none)
{
    static const char *const texts[] = {
        "",       "Mi",   "1e3",    "1e3Mi",      "0x10",    "-1Mi", "+1Mi",
        "1000mi", "1MB",  "1K",     "1ki",        "1 Gi",    " 1Gi", "1Gi ",
        "1.Gi",   ".5Gi", "1..2Gi", "1,5Gi",      "1.2.3Gi", "01Gi", "1Gi1Mi",
        "1E3",    "1u",   "1Gib",   "\302\275Gi", "1_000Mi", ".",    "%",
    };
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++)
        expect_fault(memory_read, texts[i], QUANTITY_BAD);
}

Test(quantity, memory_at_the_edges)
{
    expect_fault(memory_read, "8Ei", QUANTITY_TOO_LARGE);
    expect_fault(memory_read, "10E", QUANTITY_TOO_LARGE);
    expect_fault(memory_read, "9999999999999999999Mi", QUANTITY_TOO_LARGE);
    expect_read(memory_read, "9007199254740991.999Ki", QUANTITY_TOO_FINE, -1);
    expect_read(memory_read, "9007199254740991Ki", QUANTITY_OK,
                INT64_MAX - 1023);
    expect_fault(memory_read, "9007199254740992Ki", QUANTITY_TOO_LARGE);
    expect_read(memory_read, "7.9999999999999999991326382620115964527941Ei",
                QUANTITY_TOO_FINE, -1);
    expect_fault(memory_read, "0.1Ki", QUANTITY_TOO_FINE);
    expect_fault(memory_read, "0.3Gi", QUANTITY_TOO_FINE);
    expect_fault(memory_read, "1.0005k", QUANTITY_TOO_FINE);
}

Test(quantity, text_with_a_nul_byte)
{
    int64_t number = 0;
    cr_expect_eq(memory_read(STR("256Mi\0"), &number), QUANTITY_BAD);
    cr_expect_eq(memory_read(STR("256\0Mi"), &number), QUANTITY_BAD);
    cr_expect_eq(duration_read(STR("1h\0"), &number), QUANTITY_BAD);
}

Test(quantity, cpu)
{
    expect_read(cpu_read, "500m", QUANTITY_OK, 500);
    expect_read(cpu_read, "2", QUANTITY_OK, 2000);
    expect_read(cpu_read, "0.5", QUANTITY_OK, 500);
    expect_read(cpu_read, "1.5", QUANTITY_OK, 1500);
    expect_read(cpu_read, "0.001", QUANTITY_OK, 1);
    expect_read(cpu_read, "1.500000", QUANTITY_OK, 1500);
    expect_read(cpu_read, "0", QUANTITY_OK, 0);
    expect_read(cpu_read, "9223372036854775", QUANTITY_OK,
                INT64_C(9223372036854775000));
    expect_fault(cpu_read, "9223372036854776", QUANTITY_TOO_LARGE);
    expect_fault(cpu_read, "0.0005", QUANTITY_TOO_FINE);
    expect_fault(cpu_read, "1.5m", QUANTITY_TOO_FINE);
    static const char *const texts[] = {"",    "m",  "1k",    "500Mi", "-1",
                                        "1e3", "02", "0.5.5", "1 m",   "0x1"};
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++)
        expect_fault(cpu_read, texts[i], QUANTITY_BAD);
}

Test(quantity, duration)
{
    expect_read(duration_read, "500ms", QUANTITY_OK, 500);
    expect_read(duration_read, "10s", QUANTITY_OK, 10000);
    expect_read(duration_read, "1min", QUANTITY_OK, 60000);
    expect_read(duration_read, "24h", QUANTITY_OK, 86400000);
    expect_read(duration_read, "90d", QUANTITY_OK, INT64_C(7776000000));
    expect_read(duration_read, "2w", QUANTITY_OK, 1209600000);
    expect_read(duration_read, "1h30min", QUANTITY_OK, 5400000);
    expect_read(duration_read, "1w2d3h4min5s6ms", QUANTITY_OK, 788645006);
    expect_read(duration_read, "1.5h", QUANTITY_OK, 5400000);
    expect_read(duration_read, "1min0.5s", QUANTITY_OK, 60500);
    expect_read(duration_read, "0s", QUANTITY_OK, 0);
    expect_fault(duration_read, "30", QUANTITY_NO_UNIT);
    expect_fault(duration_read, "0.5ms", QUANTITY_TOO_FINE);
    expect_fault(duration_read, "0.0001s", QUANTITY_TOO_FINE);
    expect_fault(duration_read, "106751991168d", QUANTITY_TOO_LARGE);
    expect_fault(duration_read, "106751991167d24h", QUANTITY_TOO_LARGE);
    static const char *const texts[] = {
        "",    "5m", "1h5m",  "min", "1h30", "30min1h", "1h1h", "1.5h30min",
        "-1h", "1H", "1hour", "1 h", "1h ",  "1.h",     "1y",   "1h30min5",
    };
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++)
        expect_fault(duration_read, texts[i], QUANTITY_BAD);
}

Test(quantity, price)
{
    expect_read(price_read, "30/month", QUANTITY_OK, 30000000);
    expect_read(price_read, "0.000001/month", QUANTITY_OK, 1);
    expect_read(price_read, "0.0416/hour", QUANTITY_OK, 30368000);
    expect_read(price_read, "0/hour", QUANTITY_OK, 0);
    expect_fault(price_read, "30", QUANTITY_NO_UNIT);
    expect_fault(price_read, "0.0000001/month", QUANTITY_TOO_FINE);
    expect_fault(price_read, "9223372036855/month", QUANTITY_TOO_LARGE);
    expect_fault(price_read, "9000000000000/hour", QUANTITY_TOO_LARGE);
    static const char *const texts[] = {"",          "/month",    "30/",
                                        "30/day",    "30m/month", "-1/month",
                                        "30/months", "30 /month"};
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++)
        expect_fault(price_read, texts[i], QUANTITY_BAD);
}

Test(quantity, percent)
{
    expect_read(percent_read, "1%", QUANTITY_OK, 1000);
    expect_read(percent_read, "0.5%", QUANTITY_OK, 500);
    expect_read(percent_read, "99.95%", QUANTITY_OK, 99950);
    expect_read(percent_read, "99.999%", QUANTITY_OK, 99999);
    expect_read(percent_read, "150%", QUANTITY_OK, 150000);
    expect_fault(percent_read, "1", QUANTITY_NO_UNIT);
    expect_fault(percent_read, "99.9995%", QUANTITY_TOO_FINE);
    expect_fault(percent_read, "9223372036854776%", QUANTITY_TOO_LARGE);
    static const char *const texts[] = {"",    "%",  "-1%", "1%%", "1 %",
                                        "1m%", "%1", "1%1", "0.%", "01%"};
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++)
        expect_fault(percent_read, texts[i], QUANTITY_BAD);
}

Test(quantity, memory_text_has_the_largest_whole_unit)
{
    expect_text(memory_text, memory_read, INT64_C(1536) << 20, "1536Mi");
    expect_text(memory_text, memory_read, INT64_C(2) << 30, "2Gi");
    expect_text(memory_text, memory_read, INT64_C(512) << 20, "512Mi");
    expect_text(memory_text, memory_read, INT64_C(7) << 60, "7Ei");
    expect_text(memory_text, NULL, 1000000000, "1000000000");
    expect_text(memory_text, NULL, 0, "0");
    expect_text(memory_text, NULL, INT64_MAX, "9223372036854775807");
}

Test(quantity, cpu_text)
{
    expect_text(cpu_text, cpu_read, 500, "500m");
    expect_text(cpu_text, cpu_read, 2000, "2");
    expect_text(cpu_text, cpu_read, 2500, "2500m");
    expect_text(cpu_text, cpu_read, 0, "0");
}

Test(quantity, duration_text)
{
    const int64_t hour = 3600000;
    expect_text(duration_text, duration_read, 90 * 24 * hour, "90d");
    expect_text(duration_text, duration_read, 24 * hour, "24h");
    expect_text(duration_text, duration_read, 48 * hour, "2d");
    expect_text(duration_text, duration_read, 25 * hour, "25h");
    expect_text(duration_text, duration_read, 600000, "10min");
    expect_text(duration_text, duration_read, 5400000, "90min");
    expect_text(duration_text, duration_read, 90000, "90s");
    expect_text(duration_text, duration_read, 1500, "1500ms");
    expect_text(duration_text, duration_read, 0, "0s");
}

Test(quantity, percent_text)
{
    expect_text(percent_text, percent_read, 1000, "1%");
    expect_text(percent_text, percent_read, 500, "0.5%");
    expect_text(percent_text, percent_read, 99950, "99.95%");
    expect_text(percent_text, percent_read, 99999, "99.999%");
    expect_text(percent_text, percent_read, 1, "0.001%");
    expect_text(percent_text, percent_read, 1010, "1.01%");
    expect_text(percent_text, percent_read, 0, "0%");
}

Test(quantity, seconds_are_rounded_up)
{
    cr_expect_eq(duration_seconds(0), 0);
    cr_expect_eq(duration_seconds(1), 1);
    cr_expect_eq(duration_seconds(1000), 1);
    cr_expect_eq(duration_seconds(1001), 2);
    cr_expect_eq(duration_seconds(INT64_MAX), INT64_MAX / 1000 + 1);
}

/* Every whole number reads back from its own text. */
Test(quantity, texts_read_back)
{
    struct arena *arena = arena_open();
    for (int64_t i = 0; i < 20000; i++) {
        int64_t back = -1;
        int64_t number = i * 977;
        cpu_read(cpu_text(arena, number), &back);
        cr_assert_eq(back, number);
        duration_read(duration_text(arena, number), &back);
        cr_assert_eq(back, number);
        percent_read(percent_text(arena, number), &back);
        cr_assert_eq(back, number);
    }
    arena_close(arena);
}
