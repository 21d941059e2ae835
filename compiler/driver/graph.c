/*
 * brx.h: pictures of a program, and the whole of it as JSON.
 */
#include "driver/handle.h"

#include "emit/export.h"
#include "emit/graph.h"

struct picture {
    const struct brx_graph_choices *choices;
    struct brx_text *text;
};

static struct status
refuse(struct brx *brx, const char *form, struct str text)
{
    return (struct status){STATUS_REFUSED,
                           arena_format(brx->arena, form, STRS(text))};
}

static struct status
draw(struct brx *brx, const void *argument)
{
    const struct picture *picture = argument;
    struct str kind_name = str_of(picture->choices->kind);
    struct str form_name = str_of(picture->choices->form);
    struct graph_input input = {.arena = brx->arena,
                                .ir = brx->pipeline.ir,
                                .map = brx->pipeline.map,
                                .documents = &brx->documents};
    struct str name = str_of(picture->choices->environment);
    enum graph_kind kind;
    enum graph_form form;
    struct buf buf;
    if (!graph_kind_find(kind_name, &kind))
        return refuse(
            brx,
            "no picture is called `{}`: it is promote, request, calls or files",
            kind_name);
    if (!graph_form_find(form_name, &form))
        return refuse(brx, "no form is called `{}`: it is mermaid, dot or svg",
                      form_name);
    if (input.ir == NULL)
        return refuse(brx, "`{}` is no program", brx->path);
    const struct environment *environment = environment_find(input.ir, name);
    if (environment == NULL && !is_str_empty(name))
        return refuse(brx, "no environment is called `{}`", name);
    if (environment != NULL)
        input.environment = environment->name;
    buf_init(&buf, brx->arena);
    emit_graph(&buf, &input, kind, form);
    *picture->text = text_of(buf_str(&buf));
    return (struct status){STATUS_OK, STR("")};
}

enum brx_status
brx_graph(struct brx *brx, const struct brx_graph_choices *choices,
          struct brx_text *text)
{
    struct picture picture = {choices, text};
    return guard(brx, draw, &picture);
}

static struct status export(struct brx *brx, const void *argument)
{
    struct brx_text *const *text = argument;
    struct buf buf;
    if (brx->pipeline.ir == NULL)
        return refuse(brx, "`{}` is no program", brx->path);
    buf_init(&buf, brx->arena);
    emit_export(&buf, brx->pipeline.ir);
    **text = text_of(buf_str(&buf));
    return (struct status){STATUS_OK, STR("")};
}

enum brx_status
brx_export(struct brx *brx, struct brx_text *text)
{
    return guard(brx, export, &text);
}
