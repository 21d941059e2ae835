#include "tree/clash.h"

#include "base/sort.h"
#include "tree/path.h"

struct folded {
    struct str key; /* path_folded() */
    const struct document *document;
};

static size_t check_safe(struct sink *sink, const struct documents *documents);
static sort_compare compare_folded;
static bool check_pair(struct sink *sink, struct folded first,
                       struct folded second);
static bool check_reserved(struct sink *sink, struct folded folded);
static bool is_folded_below(struct str key, struct str folder);
static void report_same(struct sink *sink, const struct document *first,
                        const struct document *second);
static void report_folder(struct sink *sink, const struct document *file,
                          const struct document *inside);

size_t
check_paths(struct sink *sink, const struct documents *documents,
            struct found *const *found, size_t count)
{
    struct arena *arena = documents->scratch;
    struct folded *folded = arena_array(arena, count, sizeof *folded);
    size_t report_count = check_safe(sink, documents);
    for (size_t i = 0; i < count; i++)
        folded[i] = (struct folded){
            .key = path_folded(arena, found[i]->document->path),
            .document = found[i]->document,
        };
    sort_items(arena, folded, count, sizeof *folded, compare_folded, NULL);
    for (size_t i = 0; i < count; i++) {
        report_count += check_reserved(sink, folded[i]);
        if (i > 0)
            report_count += check_pair(sink, folded[i - 1], folded[i]);
    }
    return report_count;
}

/* The spool passed over the others. */
static size_t
check_safe(struct sink *sink, const struct documents *documents)
{
    size_t report_count = 0;
    for (size_t i = 0; i < document_count(documents); i++) {
        const struct document *document = document_at(documents, i);
        if (document->found != NULL)
            continue;
        diag_add(sink, DIAG_N20, document_span(document), STRS(document->path));
        report_count++;
    }
    return report_count;
}

static int
compare_folded(const void *a, const void *b, const void *context)
{
    (void)context;
    return str_compare(((const struct folded *)a)->key,
                       ((const struct folded *)b)->key);
}

static bool
check_pair(struct sink *sink, struct folded first, struct folded second)
{
    if (is_str_equal(first.key, second.key))
        report_same(sink, first.document, second.document);
    else if (is_folded_below(second.key, first.key))
        report_folder(sink, first.document, second.document);
    else
        return false;
    return true;
}

static bool
check_reserved(struct sink *sink, struct folded folded)
{
    struct str lock = STR(LOCK_NAME);
    struct str staging = STR(STAGING_NAME);
    if (!is_str_equal(folded.key, lock) && !is_folded_below(folded.key, lock) &&
        !is_str_equal(folded.key, staging) &&
        !is_folded_below(folded.key, staging))
        return false;
    struct diag *diag = diag_add(sink, DIAG_N11, document_span(folded.document),
                                 STRS(folded.document->path));
    diag_label(diag, "the compiler keeps this name for itself", NO_STRS);
    return true;
}

static bool
is_folded_below(struct str key, struct str folder)
{
    return key.len > folder.len && has_prefix(key, folder) &&
           key.at[folder.len] == FOLDED_SEPARATOR;
}

static void
report_same(struct sink *sink, const struct document *first,
            const struct document *second)
{
    struct diag *diag =
        diag_add(sink, DIAG_N11, document_span(second), STRS(second->path));
    if (is_str_equal(first->path, second->path)) {
        diag_label(diag, "this makes the file a second time", NO_STRS);
        diag_note(diag, document_span(first), "it is first made here", NO_STRS);
        return;
    }
    diag_label(diag, "some file systems take it for `{}`", STRS(first->path));
    diag_note(diag, document_span(first), "`{}` is made here",
              STRS(first->path));
}

static void
report_folder(struct sink *sink, const struct document *file,
              const struct document *inside)
{
    struct diag *diag =
        diag_add(sink, DIAG_N11, document_span(file), STRS(file->path));
    diag_label(diag, "this makes it a file", NO_STRS);
    diag_note(diag, document_span(inside), "`{}` makes it a folder",
              STRS(inside->path));
}
