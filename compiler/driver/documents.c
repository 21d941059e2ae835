/*
 * brx.h, second half: documents are made from the checked model and written.
 */
#include "driver/handle.h"

#include "emit/emit.h"
#include "source/read.h"
#include "tree/tree.h"

/* The zone files that stand in the output folder, for their serials. What is
 * there and cannot be read is no answer: a serial would go back. */
static struct status
read_zone_history(struct brx *brx, struct str folder,
                  struct zone_history *history)
{
    const struct ir *ir = brx->pipeline.ir;
    struct str *files = arena_array(brx->arena, ir->zone_count, sizeof *files);
    struct status status = {STATUS_OK, STR("")};
    for (size_t i = 0; i < ir->zone_count && status.kind == STATUS_OK; i++) {
        struct str path = zone_path(brx->arena, ir, &ir->zones[i]);
        files[i] = STR("");
        if (!is_str_empty(folder) && !is_str_empty(path))
            status = read_file_if_any(
                brx->arena,
                arena_format(brx->arena, "{}/{}", STRS(folder, path)),
                &files[i]);
    }
    *history = (struct zone_history){str_of(brx->options.today), files,
                                     ir->zone_count};
    return status;
}

static struct emit_input
emit_input_of(struct brx *brx, const struct brx_selection *selection,
              const struct environment *environment)
{
    const unsigned all = BRX_KUBERNETES | BRX_DNS | BRX_CI | BRX_SCRIPTS |
                         BRX_MONITORING | BRX_HOSTING | BRX_DOCS;
    unsigned targets = selection->targets != 0 ? selection->targets : all;
    struct emit_input input = {.model = brx->pipeline.model};
    input.has_target[TARGET_KUBERNETES] = (targets & BRX_KUBERNETES) != 0;
    input.has_target[TARGET_DNS] = (targets & BRX_DNS) != 0;
    input.has_target[TARGET_CI] = (targets & BRX_CI) != 0;
    input.has_target[TARGET_MONITORING] = (targets & BRX_MONITORING) != 0;
    input.has_target[TARGET_HOSTING] = (targets & BRX_HOSTING) != 0;
    input.has_target[TARGET_DOCS] = (targets & BRX_DOCS) != 0;
    input.has_target[TARGET_SCRIPTS] = (targets & BRX_SCRIPTS) != 0;
    input.has_target[TARGET_FLAT] =
        selection->is_flat || (targets & BRX_FLAT) != 0;
    if (environment != NULL)
        input.environment = environment->name;
    brx->is_partial = (targets & all) != all || environment != NULL;
    return input;
}

static enum brx_target
target_of(enum document_target target)
{
    switch (target) {
    case TARGET_KUBERNETES:
        return BRX_KUBERNETES;
    case TARGET_DNS:
        return BRX_DNS;
    case TARGET_CI:
        return BRX_CI;
    case TARGET_FLAT:
        return BRX_FLAT;
    case TARGET_SCRIPTS:
        return BRX_SCRIPTS;
    case TARGET_MONITORING:
        return BRX_MONITORING;
    case TARGET_HOSTING:
        return BRX_HOSTING;
    case TARGET_DOCS:
        return BRX_DOCS;
    case TARGET_COUNT:
        break;
    }
    return BRX_KUBERNETES;
}

/* To whom documents are handed over. */
struct taking {
    brx_take *take;
    void *context;
    const struct document *last;
    size_t count; /* of those that a piece came from */
};

static struct brx_document
document_of(const struct document *document, struct str content)
{
    return (struct brx_document){
        text_of(document->path), text_of(content), target_of(document->target),
        document->is_executable, (size_t)document->bytes};
}

static void
stream_piece(void *context, const struct document *document, struct str piece)
{
    struct taking *taking = context;
    struct brx_document part = document_of(document, piece);
    taking->count += document == taking->last ? 0 : 1;
    taking->last = document;
    taking->take(taking->context, taking->count - 1, &part);
}

static struct status
choose(struct brx *brx, const struct brx_selection *selection,
       struct emit_input *input)
{
    struct str name = str_of(selection->environment);
    if (brx->pipeline.model == NULL)
        return (struct status){STATUS_REFUSED, STR("the program has errors")};
    const struct environment *environment =
        environment_find(brx->pipeline.ir, name);
    if (environment == NULL && !is_str_empty(name))
        return (struct status){STATUS_REFUSED,
                               arena_format(brx->arena,
                                            "no environment is called `{}`",
                                            STRS(name))};
    begin_stage(brx, "emit");
    *input = emit_input_of(brx, selection, environment);
    return read_zone_history(brx, str_of(selection->folder),
                             &input->zone_history);
}

static void
make_documents(struct brx *brx, struct emit_input *input)
{
    struct helper *helper = brx->helper;
    if (helper != NULL &&
        (helper_has_begun(helper) || is_helper_worth(brx->pipeline.ir)))
        input->helper = helper;
    input->runtime = &brx->runtime;
    emit_documents(input, &brx->documents);
}

static struct status
emit(struct brx *brx, const void *argument)
{
    const struct brx_selection *selection = argument;
    struct emit_input input;
    struct taking taking = {.take = selection->take,
                            .context = selection->context};
    struct status status = choose(brx, selection, &input);
    if (status.kind != STATUS_OK)
        return status;
    if (selection->take != NULL)
        input.receiver = (struct document_receiver){.context = &taking,
                                                    .stream = stream_piece};
    make_documents(brx, &input);
    return status;
}

enum brx_status
brx_emit(struct brx *brx, const struct brx_selection *selection)
{
    const struct brx_selection everything = {.size = sizeof everything};
    return guard(brx, emit, selection == NULL ? &everything : selection);
}

size_t
brx_document_count(const struct brx *brx)
{
    return document_count(&brx->documents);
}

struct brx_document
brx_document(const struct brx *brx, size_t index)
{
    const struct document *document = document_at(&brx->documents, index);
    return document_of(document, buf_str(&document->content));
}

/* ---- files ----------------------------------------------------------------
 */

/* What a write takes and gives. */
struct writing {
    const struct brx_selection *selection; /* or NULL: of what is kept */
    const struct brx_destination *destination;
    bool only_looks;
    struct tree_result result;
};

static bool
take_whole(void *context, const struct documents *documents,
           struct document *document)
{
    return tree_take(context, documents, document);
}

static bool
take_piece(void *context, const struct documents *documents,
           struct document *document)
{
    return tree_take_piece(context, documents, document);
}

static struct status
open_tree(struct brx *brx, const struct writing *writing, struct tree **tree)
{
    struct tree_options options = {
        .folder = str_of(writing->destination->folder),
        .program = brx->path,
        .compiler = STR(BRX_VERSION),
        .adopt = writing->destination->adopt,
        .force = writing->destination->force,
        .is_partial = brx->is_partial,
        .only_looks = writing->only_looks,
    };
    begin_stage(brx, "write");
    return tree_open(brx->arena, brx->sink, brx->pipeline.map, &options, tree);
}

static struct status
end_tree(struct brx *brx, struct writing *writing, struct tree *tree)
{
    struct status status =
        writing->only_looks
            ? tree_verify(tree, &brx->documents, &writing->result)
            : tree_write(tree, &brx->documents, &writing->result);
    sink_settle(brx->sink);
    return status;
}

static struct status
write_kept(struct brx *brx, const void *argument)
{
    struct writing *writing = *(struct writing *const *)argument;
    struct tree *tree;
    struct status status = open_tree(brx, writing, &tree);
    if (status.kind != STATUS_OK)
        return status;
    for (size_t i = 0; i < document_count(&brx->documents); i++)
        (void)tree_take(tree, &brx->documents, document_at(&brx->documents, i));
    return end_tree(brx, writing, tree);
}

static struct status
write_as_made(struct brx *brx, const void *argument)
{
    struct writing *writing = *(struct writing *const *)argument;
    struct tree *tree;
    struct emit_input input;
    struct status status = choose(brx, writing->selection, &input);
    if (status.kind == STATUS_OK)
        status = open_tree(brx, writing, &tree);
    if (status.kind != STATUS_OK)
        return status;
    input.receiver = (struct document_receiver){
        .context = tree, .take_piece = take_piece, .take_whole = take_whole};
    make_documents(brx, &input);
    return end_tree(brx, writing, tree);
}

static enum brx_status
write_tree(struct brx *brx, struct writing *writing,
           struct brx_written *written)
{
    enum brx_status status = guard(
        brx, writing->selection == NULL ? write_kept : write_as_made, &writing);
    const size_t *counts = writing->result.counts;
    if (written != NULL)
        *written =
            (struct brx_written){counts[TREE_CREATED], counts[TREE_CHANGED],
                                 counts[TREE_REMOVED], counts[TREE_KEPT]};
    return status;
}

enum brx_status
brx_write(struct brx *brx, const struct brx_destination *destination,
          struct brx_written *written)
{
    struct writing writing = {.destination = destination};
    return write_tree(brx, &writing, written);
}

enum brx_status
brx_verify(struct brx *brx, const struct brx_destination *destination,
           struct brx_written *written)
{
    struct writing writing = {.destination = destination, .only_looks = true};
    return write_tree(brx, &writing, written);
}

enum brx_status
brx_build(struct brx *brx, const struct brx_selection *selection,
          const struct brx_destination *destination,
          struct brx_written *written)
{
    struct writing writing = {.selection = selection,
                              .destination = destination};
    return write_tree(brx, &writing, written);
}

enum brx_status
brx_verify_build(struct brx *brx, const struct brx_selection *selection,
                 const struct brx_destination *destination,
                 struct brx_written *written)
{
    struct writing writing = {
        .selection = selection, .destination = destination, .only_looks = true};
    return write_tree(brx, &writing, written);
}
