#include "check/images.h"

#include <criterion/criterion.h>

Test(images, tags)
{
    cr_expect(
        is_str_equal(image_tag(STR("a.example:5000/x/y:1.2")), STR("1.2")));
    cr_expect(is_str_empty(image_tag(STR("a.example:5000/x/y"))));
    cr_expect(is_str_equal(image_tag(STR("y:1.2@sha256:00")), STR("1.2")));
    cr_expect(is_image_fixed(STR("y@sha256:00")));
    cr_expect(!is_image_fixed(STR("y:latest")));
    cr_expect(!is_image_fixed(STR("y")));
}

Test(images, moving_tags)
{
    static const char *const moving[] = {"7",      "7.2", "stable",
                                         "alpine", "v1",  "1.2-alpine3"};
    static const char *const fixed[] = {"7.2.4",    "v7.2.4-alpine",
                                        "20260101", "1.27.0-debian-12-r3",
                                        "g3f9c1a2", "main-3f9c1a2b"};
    for (size_t i = 0; i < sizeof moving / sizeof moving[0]; i++)
        cr_expect(is_tag_moving(str_from(moving[i])), "%s", moving[i]);
    for (size_t i = 0; i < sizeof fixed / sizeof fixed[0]; i++)
        cr_expect(!is_tag_moving(str_from(fixed[i])), "%s", fixed[i]);
}

Test(images, inside_a_registry)
{
    cr_expect(is_image_inside(STR("A.example/x"), STR("a.example")));
    cr_expect(!is_image_inside(STR("a.example.com/x"), STR("a.example")));
}
