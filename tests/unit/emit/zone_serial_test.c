#include "emit/zone_serial.h"

#include "base/arena.h"

#include <criterion/criterion.h>

#define HEAD "; made by\n$ORIGIN a.\n$TTL 60\n"
#define SOA(serial) "a.  60  IN  SOA  ns.b. me.a. " serial " 1 2 3 4\n"
#define REST "a.  60  IN  NS  ns.b.\n"

Test(zone_serial, begins_with_one)
{
    cr_expect_eq(zone_serial(STR(""), STR(HEAD SOA("0") REST)), 1);
    cr_expect_eq(zone_serial(STR("rubbish\n\n;"), STR(HEAD SOA("0"))), 1);
    cr_expect_eq(zone_serial(STR(SOA("4294967296")), STR(SOA("0"))), 1);
    cr_expect_eq(zone_serial(STR(SOA("-1")), STR(SOA("0"))), 1);
    cr_expect_eq(zone_serial(STR("a. 60 IN SOA x y"), STR(SOA("0"))), 1);
}

Test(zone_serial, stays_while_records_stay)
{
    cr_expect_eq(zone_serial(STR(HEAD SOA("41") REST), STR(HEAD SOA("0") REST)),
                 41);
    cr_expect_eq(zone_serial(STR(HEAD SOA("41") REST),
                             STR("; another head\n$ORIGIN a.\n\n$TTL 60\n" SOA(
                                 "0") "; waits\n" REST)),
                 41);
    cr_expect_eq(zone_serial(STR(SOA("0")), STR(SOA("7"))), 0);
}

Test(zone_serial, rises_with_any_change)
{
    struct str before = STR(HEAD SOA("41") REST);
    cr_expect_eq(zone_serial(before, STR(HEAD SOA("41"))), 42);
    cr_expect_eq(zone_serial(before, STR(HEAD SOA("41") REST REST)), 42);
    cr_expect_eq(
        zone_serial(before, STR(HEAD SOA("41") "a.  61  IN  NS  ns.b.\n")), 42);
    cr_expect_eq(
        zone_serial(before, STR(HEAD "a.  60  IN  SOA  ns.b. me.a. 41 1 2 3 5"
                                     "\n" REST)),
        42);
    cr_expect_eq(
        zone_serial(before, STR(HEAD "a.  60  IN  SOA  ns.b. me.a. 41 1 2 3 4 "
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
        uint32_t after = zone_serial(before, STR(SOA("0") REST));
        cr_expect(is_greater(after, (uint32_t)serials[i]));
        cr_expect_neq(after, 0);
    }
    arena_close(arena);
}
