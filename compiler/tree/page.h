/*
 * What a page of Markdown links to.
 */
#ifndef TREE_PAGE_H
#define TREE_PAGE_H

#include "base/vec.h"

/* Read as its text passes, of which nothing is kept. */
struct page {
    struct vec targets; /* of struct str: relative paths, in their order */
    bool is_code;       /* between two fences */
};

struct page *page_new(struct arena *arena);
/* More of it, in whole lines. NULL is no page. */
void page_read(struct page *page, struct str lines);

#endif
