/*
 * The last stage when all documents have come: the plan, what is to be said
 * about it, the commit.
 */
#include "tree/commit.h"
#include "tree/links.h"
#include "tree/open.h"
#include "tree/tree.h"
#include "tree/ways.h"

static struct status write_plan(struct tree *tree, struct arena *scratch);
static struct status put_in_place(struct tree *tree, struct str lock_text);

struct status
tree_write(struct tree *tree, const struct documents *documents,
           struct tree_result *result)
{
    *result = (struct tree_result){0};
    struct status status = tree_plan(tree, documents);
    if (status.kind == STATUS_OK) {
        report_ways(tree, documents);
        report_links(tree, documents);
        status = write_plan(tree, documents->scratch);
    }
    tree_close(tree);
    if (status.kind == STATUS_OK)
        tree_result(tree, result);
    else
        output_unmake(&tree->output);
    return status;
}

static struct status
write_plan(struct tree *tree, struct arena *scratch)
{
    struct lock_head head = {.compiler = tree->options.compiler,
                             .program = tree->options.program};
    struct status status = {.kind = STATUS_OK};
    struct str text = tree_next_lock(tree, scratch);
    bool is_same = tree->plan.change_count == 0 && !tree->leftover.has_lock &&
                   is_str_equal(text, tree->lock_text);
    if (tree->leftover.staging >= 0)
        status =
            leftover_repair(&tree->output, &tree->leftover, &head, &tree->lock);
    if (status.kind != STATUS_OK || is_same)
        return status;
    return put_in_place(tree, text);
}

static struct status
put_in_place(struct tree *tree, struct str lock_text)
{
    struct spool *spool = &tree->spool;
    struct staging *staging = &spool->staging;
    spool_stage(spool);
    if (spool->error == 0 && staging->folder < 0)
        spool->error = staging_make(&tree->output, staging);
    struct status status =
        staging_status(&tree->output, spool->error_path, spool->error);
    if (status.kind == STATUS_OK)
        status = staging_lock(&tree->output, staging->folder, lock_text);
    if (status.kind == STATUS_OK)
        status =
            commit_plan(&tree->output, staging, &tree->plan, &tree->is_torn);
    return status;
}
