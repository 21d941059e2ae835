/*
 * brx.h: one program, read and built two times by handles that share nothing.
 */
#include "driver/handle.h"

#include "base/map.h"
#include "tree/diff.h"
#include "tree/path.h"

enum { SHOWN_LINES_MAX = 12 };

/* What brx_check_again() takes. */
struct builds {
    struct brx *again;
};

static void
explain_difference(struct diag *diag)
{
    diag_help(diag, "build from files alone, and when nothing else writes them",
              NO_STRS);
    diag_help(diag, "if nothing does, the fault is in broxc: report it",
              NO_STRS);
}

static void
add_first_difference(struct brx *brx, struct diag *diag, struct str first,
                     struct str again)
{
    int64_t line = 1;
    struct buf buf;
    buf_init(&buf, brx->arena);
    for (size_t i = 0;
         i < first.len && i < again.len && first.at[i] == again.at[i]; i++)
        line += first.at[i] == '\n';
    diff_print(&buf, first, again, SHOWN_LINES_MAX);
    diag_remark(diag, "they part in line {}:\n{}",
                STRS(arena_number(brx->arena, line), buf_str(&buf)));
}

static void
report_content(struct brx *brx, const struct document *first,
               const struct document *again)
{
    struct diag *diag =
        diag_add(brx->sink, DIAG_O12, document_span(first), STRS(first->path));
    diag_label(diag, "this makes it", NO_STRS);
    add_first_difference(brx, diag, buf_str(&first->content),
                         buf_str(&again->content));
    explain_difference(diag);
}

static void
report_alone(struct brx *brx, const struct document *document,
             const char *remark, bool is_first)
{
    /* A place of the other handle means nothing to this one. */
    struct span span = is_first ? document_span(document) : NO_SPAN;
    struct diag *diag =
        diag_add(brx->sink, DIAG_O12, span, STRS(document->path));
    diag_remark(diag, remark, NO_STRS);
    explain_difference(diag);
}

static void
compare_document(struct brx *brx, const struct document *first,
                 const struct document *again)
{
    bool is_same_kind = first->kind == again->kind &&
                        first->target == again->target &&
                        first->is_executable == again->is_executable;
    if (!is_str_equal(buf_str(&first->content), buf_str(&again->content)))
        report_content(brx, first, again);
    else if (!is_same_kind)
        report_alone(brx, first, "it is another kind of file the second time",
                     true);
}

static void
index_documents(struct brx *brx, const struct documents *documents,
                struct map *map)
{
    map_init(map, brx->arena);
    for (size_t i = 0; i < document_count(documents); i++) {
        const struct document *document = document_at(documents, i);
        map_put(map, document->path, document);
    }
}

/* Of two lists with the same names. */
static void
compare_order(struct brx *brx, const struct documents *first,
              const struct documents *again)
{
    for (size_t i = 0; i < document_count(first); i++) {
        const struct document *document = document_at(first, i);
        if (is_str_equal(document->path, document_at(again, i)->path))
            continue;
        report_alone(brx, document, "it has another place in the list of files",
                     true);
        return;
    }
}

static void
compare_documents(struct brx *brx, const struct documents *first,
                  const struct documents *again)
{
    struct map first_paths;
    struct map again_paths;
    bool is_same_list = document_count(first) == document_count(again);
    index_documents(brx, first, &first_paths);
    index_documents(brx, again, &again_paths);
    for (size_t i = 0; i < document_count(first); i++) {
        const struct document *document = document_at(first, i);
        const struct document *other = map_find(&again_paths, document->path);
        is_same_list = is_same_list && other != NULL;
        if (other == NULL)
            report_alone(brx, document, "only the first build makes it", true);
        else
            compare_document(brx, document, other);
    }
    for (size_t i = 0; i < document_count(again); i++) {
        const struct document *document = document_at(again, i);
        if (map_find(&first_paths, document->path) == NULL)
            report_alone(brx, document, "only the second build makes it",
                         false);
    }
    if (is_same_list)
        compare_order(brx, first, again);
}

/* A second build that fails says so in its messages, and has no documents. */
static bool
compare_messages(struct brx *brx, struct brx *again)
{
    struct str first = str_of(brx_messages(brx, BRX_SHORT, BRX_NO_COLOR));
    struct str other = str_of(brx_messages(again, BRX_SHORT, BRX_NO_COLOR));
    if (is_str_equal(first, other))
        return true;
    struct diag *diag =
        diag_add(brx->sink, DIAG_O12, NO_SPAN, STRS(STR("messages")));
    add_first_difference(brx, diag, first, other);
    explain_difference(diag);
    return false;
}

static struct status
check_again(struct brx *brx, const void *argument)
{
    const struct builds *builds = argument;
    if (brx->pipeline.model == NULL)
        return (struct status){STATUS_REFUSED, STR("the program has errors")};
    begin_stage(brx, "compare");
    struct brx *again = builds->again;
    bool is_alike = compare_messages(brx, again);
    if (is_alike || document_count(&again->documents) > 0)
        compare_documents(brx, &brx->documents, &again->documents);
    sink_settle(brx->sink);
    return (struct status){STATUS_OK, STR("")};
}

enum brx_status
brx_check_again(struct brx *brx, struct brx *again)
{
    struct builds builds = {again};
    return guard(brx, check_again, &builds);
}
