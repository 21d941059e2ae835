#include "base/helper.h"

#include <criterion/criterion.h>

enum { WORKS = 100, NO_MEMORY_AT = 50 };

struct count {
    size_t begun;
    size_t done;
};

static void
work(void *context, struct arena *arena)
{
    struct count *count = context;
    count->begun++;
    (void)arena_new(arena, 100);
    if (count->begun == NO_MEMORY_AT)
        arena_fail(arena);
    count->done++;
}

/* Where there is one processor there is no helper. */
Test(helper, does_all_that_it_is_given_but_what_gets_no_memory)
{
    struct count count = {0};
    struct arena *arena = arena_open();
    struct helper *helper = helper_open(arena);
    for (size_t i = 0; helper != NULL && i < WORKS; i++)
        cr_expect(helper_give(helper, work, &count));
    if (helper != NULL) {
        helper_wait(helper);
        cr_expect_eq(count.begun, WORKS);
        cr_expect_eq(count.done, WORKS - 1);
    }
    helper_close(helper);
    arena_close(arena);
}

Test(helper, begins_again_when_there_is_more)
{
    struct count count = {0};
    struct arena *arena = arena_open();
    struct helper *helper = helper_open(arena);
    if (helper != NULL) {
        helper_give(helper, work, &count);
        helper_dismiss(helper);
        helper_wait(helper);
        cr_expect_eq(count.done, 1);
        helper_give(helper, work, &count);
    }
    helper_close(helper);
    cr_expect_eq(count.done, helper == NULL ? 0 : 2);
    arena_close(arena);
}
