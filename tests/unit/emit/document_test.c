#include "emit/document.h"

#include <criterion/criterion.h>

Test(document, keeps_order_and_copies_the_path)
{
    struct arena *arena = arena_open();
    struct documents documents;
    documents_init(&documents, arena);
    cr_expect_eq(document_count(&documents), 0u);

    char path[] = "b/second.yaml";
    document_add(&documents, STR("z"), TARGET_DNS);
    document_add(&documents, (struct str){path, sizeof path - 1},
                 TARGET_KUBERNETES);
    path[0] = 'x';

    cr_assert_eq(document_count(&documents), 2u);
    const struct document *second = document_at(&documents, 1);
    cr_expect(is_str_equal(second->path, STR("b/second.yaml")));
    cr_expect_eq(second->kind, DOCUMENT_OWNED);
    cr_expect_eq(second->target, TARGET_KUBERNETES);
    cr_expect(is_str_empty(second->environment));
    cr_expect_not(second->is_executable);
    arena_close(arena);
}

Test(document, a_document_stays_where_it_is)
{
    struct arena *arena = arena_open();
    struct documents documents;
    documents_init(&documents, arena);
    struct document *first = document_add(&documents, STR("a"), TARGET_CI);
    for (int i = 0; i < 1000; i++)
        document_add(&documents, STR("b"), TARGET_CI);
    buf_add(&first->content, STR("text"));
    document_origin(first, (struct span){3, 7});
    document_origin(first, (struct span){9, 9});

    cr_expect_eq(document_at(&documents, 0), first);
    cr_expect(is_str_equal(buf_str(&first->content), STR("text")));
    cr_assert_eq(first->origins.count, 2u);
    const struct span *origin = vec_at(&first->origins, 0);
    cr_expect_eq(origin->start, 3u);
    cr_expect_eq(origin->end, 7u);
    arena_close(arena);
}
