#include "emit/zone_serial.h"

#include "base/arena.h"

#include <criterion/criterion.h>

static uint32_t
serial_of(struct str previous, struct str next)
{
    struct serial_source source = {.previous = previous};
    return zone_serial(&source, next);
}

#define HEAD "; made by\n$ORIGIN a.\n$TTL 60\n"
#define SOA(serial) "a.  60  IN  SOA  ns.b. me.a. " serial " 1 2 3 4\n"
#define REST "a.  60  IN  NS  ns.b.\n"

Test(zone_serial, begins_with_one)
{
    cr_expect_eq(serial_of(STR(""), STR(HEAD SOA("0") REST)), 1);
    cr_expect_eq(serial_of(STR("rubbish\n\n;"), STR(HEAD SOA("0"))), 1);
    cr_expect_eq(serial_of(STR(SOA("4294967296")), STR(SOA("0"))), 1);
    cr_expect_eq(serial_of(STR(SOA("-1")), STR(SOA("0"))), 1);
    cr_expect_eq(serial_of(STR("a. 60 IN SOA x y"), STR(SOA("0"))), 1);
}

Test(zone_serial, stays_while_records_stay)
{
    cr_expect_eq(serial_of(STR(HEAD SOA("41") REST), STR(HEAD SOA("0") REST)),
                 41);
    cr_expect_eq(serial_of(STR(HEAD SOA("41") REST),
                           STR("; another head\n$ORIGIN a.\n\n$TTL 60\n" SOA(
                               "0") "; waits\n" REST)),
                 41);
    cr_expect_eq(serial_of(STR(SOA("0")), STR(SOA("7"))), 0);
}

Test(zone_serial, rises_with_any_change)
{
    struct str before = STR(HEAD SOA("41") REST);
    cr_expect_eq(serial_of(before, STR(HEAD SOA("41"))), 42);
    cr_expect_eq(serial_of(before, STR(HEAD SOA("41") REST REST)), 42);
    cr_expect_eq(
        serial_of(before, STR(HEAD SOA("41") "a.  61  IN  NS  ns.b.\n")), 42);
    cr_expect_eq(
        serial_of(before, STR(HEAD "a.  60  IN  SOA  ns.b. me.a. 41 1 2 3 5"
                                   "\n" REST)),
        42);
    cr_expect_eq(
        serial_of(before, STR(HEAD "a.  60  IN  SOA  ns.b. me.a. 41 1 2 3 4 "
                                   "5\n" REST)),
        42);
}

/* RFC 1982 3.1: half of the numbers are greater than any one of them. */
static bool
is_greater(uint32_t a, uint32_t b)
{
    return a != b && a - b < 0x80000000U;
}

Test(zone_serial, rises_over_the_end_of_numbers)
{
    struct arena *arena = arena_open();
    static const int64_t serials[] = {
        0, 1, 2147483646, 2147483647, 2147483648, 4294967294, 4294967295};
    for (size_t i = 0; i < sizeof serials / sizeof *serials; i++) {
        struct str before =
            arena_format(arena, "a. 60 IN SOA ns.b. me.a. {} 1 2 3 4\n",
                         STRS(arena_number(arena, serials[i])));
        uint32_t after = serial_of(before, STR(SOA("0") REST));
        cr_expect(is_greater(after, (uint32_t)serials[i]));
        cr_expect_neq(after, 0);
    }
    arena_close(arena);
}

static uint32_t
serial_on(const char *previous, const char *day, int64_t served)
{
    struct serial_source source = {.previous = str_from(previous),
                                   .has_served = served >= 0,
                                   .served = (uint32_t)served,
                                   .day = str_from(day)};
    return zone_serial(&source, STR(SOA("0") REST));
}

Test(zone_serial, is_a_day_when_there_is_one)
{
    cr_expect_eq(serial_on("", "2026-11-25", -1), 2026112501);
    cr_expect_eq(serial_on(SOA("7"), "2026-11-25", -1), 2026112501);
    cr_expect_eq(serial_on(SOA("2026112501"), "2026-11-25", -1), 2026112502);
    cr_expect_eq(serial_on(SOA("2026112599"), "2026-11-25", -1), 2026112600);
    cr_expect_eq(serial_on(SOA("2026112600"), "2026-11-25", -1), 2026112601);
    cr_expect_eq(serial_on(SOA("2026112601"), "2026-11-26", -1), 2026112602);
    cr_expect_eq(serial_on(SOA("2026112501") REST, "2027-01-01", -1),
                 2026112501);
    cr_expect_eq(serial_on(SOA("4294967295"), "2026-11-25", -1), 2026112501);
    cr_expect_eq(serial_on(SOA("2147483646"), "9999-12-31", -1), 2147483647);
}

Test(zone_serial, goes_on_from_what_is_served)
{
    cr_expect_eq(serial_on("", "", 2026112501), 2026112502);
    cr_expect_eq(serial_on("", "", 4294967295), 1);
    cr_expect_eq(serial_on(SOA("7") REST, "", 41), 42);
    cr_expect_eq(serial_on(SOA("41") REST, "", 41), 41);
    cr_expect_eq(serial_on(SOA("42") REST, "", 41), 42);
    cr_expect_eq(serial_on(SOA("42"), "", 41), 43);
    cr_expect_eq(serial_on("", "2026-11-25", 2026112507), 2026112508);
    cr_expect_eq(serial_on("", "2026-11-25", 1), 2026112501);
}
