#include "ir/domain.h"

#include <criterion/criterion.h>

/* RFC 4034 6.1, its own example; `\001` is a byte. */
Test(domain, sorts_as_the_standard_shows)
{
    static const char *const names[] = {
        "example",        "a.example",      "yljkjljk.a.example",
        "Z.a.example",    "zABC.a.EXAMPLE", "z.example",
        "\001.z.example", "*.z.example",    "\200.z.example",
    };
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        for (size_t k = 0; k < sizeof names / sizeof *names; k++) {
            int order = domain_compare(str_from(names[i]), str_from(names[k]));
            int wanted = (i > k) - (i < k);
            cr_expect_eq((order > 0) - (order < 0), wanted, "%s, %s", names[i],
                         names[k]);
        }
    }
}

Test(domain, sorts_the_root_first)
{
    cr_expect_lt(domain_compare(STR(""), STR("a")), 0);
    cr_expect_eq(domain_compare(STR(""), STR("")), 0);
}

Test(domain, knows_what_lies_in_a_zone)
{
    cr_expect(is_domain_inside(STR("example.com"), STR("example.com")));
    cr_expect(is_domain_inside(STR("a.b.Example.com"), STR("example.com")));
    cr_expect_not(is_domain_inside(STR("badexample.com"), STR("example.com")));
    cr_expect_not(is_domain_inside(STR("com"), STR("example.com")));
    cr_expect_not(is_domain_inside(STR(""), STR("example.com")));
}

Test(domain, goes_up_one_label)
{
    cr_expect(is_str_equal(domain_parent(STR("a.b.c")), STR("b.c")));
    cr_expect(is_str_equal(domain_parent(STR("c")), STR("")));
    cr_expect(is_str_equal(domain_parent(STR("")), STR("")));
}

Test(domain, a_wildcard_is_a_label_of_its_own)
{
    cr_expect(is_wildcard(STR("*.example.com")));
    cr_expect(is_wildcard(STR("*")));
    cr_expect_not(is_wildcard(STR("*a.example.com")));
    cr_expect_not(is_wildcard(STR("a.*.example.com")));
}

/* A `*` that is not the first label is a byte as any other. */
Test(domain, a_name_below_a_wildcard_is_none)
{
    static const char *const origins[] = {"*", "*.example.com", "**.com"};
    static const char *const wanted[] = {"a.\\042", "a.\\042.example.com",
                                         "a.**.com"};
    struct arena *arena = arena_open();
    for (size_t i = 0; i < sizeof origins / sizeof *origins; i++) {
        struct str name = domain_join(arena, STR("a"), str_from(origins[i]));
        cr_expect(is_str_equal(name, str_from(wanted[i])), "%.*s",
                  (int)name.len, name.at);
    }
    arena_close(arena);
}
