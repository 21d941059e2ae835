#include "tree/links.h"

#include "base/map.h"
#include "tree/page.h"
#include "tree/path.h"
#include "tree/walk.h"

struct links {
    const struct tree *tree;
    struct arena *scratch;
    struct sink *sink;
    const struct document *document; /* whose links these are */
    struct map dead;                 /* of its links, each once */
    struct str first;                /* of these */
};

static void judge_page(struct links *links, const struct page *page);
static void report_page(const struct links *links);
static bool is_there(const struct links *links, struct str path);

void
report_links(const struct tree *tree, const struct documents *documents)
{
    struct links links = {
        .tree = tree, .scratch = documents->scratch, .sink = tree->sink};
    for (size_t i = 0; i < document_count(documents); i++) {
        links.document = document_at(documents, i);
        const struct found *found = links.document->found;
        if (found != NULL && found->page != NULL)
            judge_page(&links, found->page);
    }
}

/* ---- one link ------------------------------------------------------------ */

static void
drop_part(struct buf *path)
{
    path->len = path_folder(buf_str(path)).len;
}

/* `docs` and `../dns/a.md` are `dns/a.md`; empty when it leads out. */
static struct str
joined(struct arena *arena, struct str folder, struct str target)
{
    struct buf path;
    buf_init(&path, arena);
    buf_add(&path, folder);
    while (!is_str_empty(target)) {
        struct str part = str_cut(&target, '/');
        if (is_str_equal(part, STR(".")) || is_str_empty(part))
            continue;
        if (!is_str_equal(part, STR(".."))) {
            if (path.len > 0)
                buf_byte(&path, '/');
            buf_add(&path, part);
        } else if (path.len == 0) {
            return STR("");
        } else {
            drop_part(&path);
        }
    }
    return buf_str(&path);
}

static void
judge_link(struct links *links, struct str target)
{
    struct str folder = path_folder(links->document->path);
    if (map_find(&links->dead, target) != NULL ||
        is_there(links, joined(links->scratch, folder, target)))
        return;
    if (links->dead.count == 0)
        links->first = target;
    map_put(&links->dead, target, links);
}

/* The first of the plan's paths that does not come before this one; empty when
 * all do. */
static struct str
next_planned(const struct plan *plan, struct str path)
{
    const struct lock_entry *entries = plan->entries.items;
    size_t low = 0;
    size_t high = plan->entries.count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (str_compare(entries[middle].path, path) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low < plan->entries.count ? entries[low].path : STR("");
}

/* Will it be a file, or a folder? */
static bool
is_planned(const struct links *links, struct str path)
{
    const struct plan *plan = &links->tree->plan;
    struct str inside = arena_format(links->scratch, "{}/", STRS(path));
    return is_str_equal(next_planned(plan, path), path) ||
           has_prefix(next_planned(plan, inside), inside);
}

static bool
is_there(const struct links *links, struct str path)
{
    struct walk walk;
    struct seen seen = {.kind = SEEN_NOTHING};
    int folder;
    if (is_planned(links, path))
        return true;
    if (!is_path_safe(path))
        return false;
    walk_open(&walk, links->tree->output.root);
    if (walk_to(&walk, path, &folder) == WALK_HERE &&
        disk_look(folder, name_from(path_name(path)), &seen) != 0)
        seen.kind = SEEN_NOTHING;
    walk_close(&walk);
    return seen.kind != SEEN_NOTHING;
}

/* ---- one page ------------------------------------------------------------ */

static void
judge_page(struct links *links, const struct page *page)
{
    map_init(&links->dead, links->scratch);
    for (size_t i = 0; i < page->targets.count; i++)
        judge_link(links, *(struct str *)vec_at(&page->targets, i));
    if (links->dead.count > 0)
        report_page(links);
}

static void
report_page(const struct links *links)
{
    size_t others = links->dead.count - 1;
    struct diag *diag =
        diag_add(links->sink, DIAG_O08, document_span(links->document),
                 STRS(links->document->path, links->first));
    if (others > 0)
        diag_remark(diag, "{} more of its links do so",
                    STRS(arena_number(links->tree->arena, (int64_t)others)));
    diag_help(diag,
              "build what it links to as well: leave `--only` and `--env` out",
              NO_STRS);
}
