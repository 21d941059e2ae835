#include "tree/page.h"

static void read_line(struct page *page, struct str line);
static void add_target(struct page *page, struct str target);
static bool is_relative(struct str target);

struct page *
page_new(struct arena *arena)
{
    struct page *page = arena_new(arena, sizeof *page);
    vec_init(&page->targets, arena, sizeof(struct str));
    return page;
}

/* What stands between fences is no link. */
void
page_read(struct page *page, struct str lines)
{
    while (page != NULL && !is_str_empty(lines)) {
        struct str line = str_cut(&lines, '\n');
        if (has_prefix(str_trim(line), STR("```")))
            page->is_code = !page->is_code;
        else if (!page->is_code)
            read_line(page, line);
    }
}

/* `[text](target)`, as often as it stands in a line. */
static void
read_line(struct page *page, struct str line)
{
    for (size_t at = str_index(line, ']', 0); at + 1 < line.len;
         at = str_index(line, ']', at + 1)) {
        size_t start = at + 2;
        size_t end = str_index(line, ')', start);
        if (line.at[at + 1] == '(' && end < line.len)
            add_target(page, str_slice(line, start, end));
    }
}

static void
add_target(struct page *page, struct str target)
{
    struct str path = str_cut(&target, '#');
    if (is_relative(path))
        *(struct str *)vec_add(&page->targets) =
            arena_copy(page->targets.arena, path);
}

/* No page of the web, no place on the same page, and a plain path. */
static bool
is_relative(struct str target)
{
    for (size_t i = 0; i < target.len; i++) {
        char byte = target.at[i];
        if (byte == ':' || byte == '%' || byte == '<' || byte == ' ')
            return false;
    }
    return !is_str_empty(target) && target.at[0] != '/';
}
