/*
 * Differences, graphs of files and stories, as documents.
 */
#include "round_trip_told.h"

#include "base/vec.h"

#include <brx/brx.h>

#include <stdint.h>
#include <stdlib.h>

/* Of each document, these lines are asked for. */
static const size_t lines_asked[] = {1, 9, 25};

struct telling {
    struct arena *arena;
    struct brx *brx;
    struct vec documents; /* of struct document */
};

static void
add_told(struct telling *telling, struct str path, struct brx_text text)
{
    *(struct document *)vec_add(&telling->documents) = (struct document){
        path, arena_copy(telling->arena, (struct str){text.at, text.len})};
}

static struct brx *
open_emitted(const struct str *program)
{
    struct brx_options options = brx_default_options();
    struct brx_selection selection = {.size = sizeof selection};
    options.read = read_program;
    options.read_context = (void *)(uintptr_t)program;
    options.keeps_origins = true;
    options.question = brx_text("production.api.memory");
    struct brx *brx = brx_open(&options);
    if (brx == NULL || brx_compile(brx, brx_text("m.brx")) != BRX_OK ||
        brx_emit(brx, &selection) != BRX_OK)
        abort();
    return brx;
}

static void
tell_difference(struct telling *telling, const struct brx *before)
{
    static const struct {
        enum brx_difference_form form;
        const char *path;
    } forms[] = {{BRX_PLAIN, "difference.txt"},
                 {BRX_MARKDOWN, "difference.md"},
                 {BRX_DATA, "difference.data"}};
    for (size_t i = 0; i < sizeof forms / sizeof forms[0]; i++) {
        struct brx_difference difference;
        if (brx_compare(telling->brx, before, forms[i].form, &difference) !=
            BRX_OK)
            abort();
        add_told(telling, str_from(forms[i].path), difference.text);
    }
}

static void
tell_files(struct telling *telling)
{
    static const char *const forms[] = {"mermaid", "dot", "svg"};
    struct brx_text text;
    for (size_t i = 0; i < sizeof forms / sizeof forms[0]; i++) {
        struct brx_graph_choices choices = {.size = sizeof choices,
                                            .kind = brx_text("files"),
                                            .form = brx_text(forms[i])};
        if (brx_graph(telling->brx, &choices, &text) != BRX_OK)
            abort();
        add_told(
            telling,
            arena_format(telling->arena, "files.{}", STRS(str_from(forms[i]))),
            text);
    }
    if (brx_export(telling->brx, &text) != BRX_OK)
        abort();
    add_told(telling, STR("export.json"), text);
}

static void
add_story(struct buf *stories, enum brx_status status, struct brx_text story)
{
    if (status == BRX_OK)
        buf_add(stories, (struct str){story.at, story.len});
}

static void
tell_stories(struct telling *telling, struct str program)
{
    struct brx *brx = telling->brx;
    struct brx_text story = brx_why(brx);
    struct buf stories;
    buf_init(&stories, telling->arena);
    add_story(&stories, BRX_OK, story);
    for (size_t line = 1; !is_str_empty(program); line++) {
        (void)str_cut(&program, '\n');
        enum brx_status status =
            brx_where(brx, brx_text("m.brx"), line, &story);
        add_story(&stories, status, story);
    }
    for (size_t i = 0; i < brx_document_count(brx); i++) {
        struct brx_document document = brx_document(brx, i);
        for (size_t j = 0; j < sizeof lines_asked / sizeof lines_asked[0];
             j++) {
            enum brx_status status =
                brx_why_line(brx, document.path, lines_asked[j], &story);
            add_story(&stories, status, story);
        }
    }
    struct str text = buf_str(&stories);
    add_told(telling, STR("stories.txt"), (struct brx_text){text.at, text.len});
}

struct made
tell_program(struct arena *arena, struct str before, struct str program)
{
    struct brx *other = open_emitted(&before);
    struct telling telling = {.arena = arena, .brx = open_emitted(&program)};
    vec_init(&telling.documents, arena, sizeof(struct document));
    tell_difference(&telling, other);
    tell_files(&telling);
    tell_stories(&telling, program);
    brx_close(telling.brx);
    brx_close(other);
    return (struct made){.documents = telling.documents.items,
                         .document_count = telling.documents.count};
}
