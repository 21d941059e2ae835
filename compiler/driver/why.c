/*
 * brx.h: where things come from.
 */
#include "driver/handle.h"

#include "driver/origins.h"

static struct origins
origins_of(const struct brx *brx)
{
    return (struct origins){brx->arena, brx->pipeline.map, &brx->documents};
}

static void
write_answer(struct brx *brx, struct buf *buf, const void *argument)
{
    const struct ir *ir = brx->pipeline.ir;
    struct origins origins = origins_of(brx);
    (void)argument;
    if (ir != NULL && ir->answer != NULL && !is_value_poison(ir->answer))
        write_value_origins(buf, &origins, brx->pipeline.question, ir->answer);
}

struct brx_text
brx_why(struct brx *brx)
{
    return guard_text(brx, write_answer, NULL);
}

/* A question about a line, and where its answer goes. */
struct line_question {
    struct str path;
    size_t line;
    struct brx_text *story;
    bool (*write)(struct buf *buf, const struct origins *origins,
                  struct str path, size_t line);
    const char *failure;
};

static struct status
answer_line(struct brx *brx, const void *argument)
{
    const struct line_question *question = argument;
    struct origins origins = origins_of(brx);
    struct buf buf;
    buf_init(&buf, brx->arena);
    if (!question->write(&buf, &origins, question->path, question->line))
        return (struct status){
            STATUS_REFUSED,
            arena_format(
                brx->arena, question->failure,
                STRS(question->path,
                     arena_number(brx->arena, (int64_t)question->line)))};
    *question->story = text_of(buf_str(&buf));
    return (struct status){STATUS_OK, STR("")};
}

enum brx_status
brx_why_line(struct brx *brx, struct brx_text path, size_t line,
             struct brx_text *story)
{
    struct line_question question = {
        str_of(path), line, story, write_line_origins,
        "a build writes no file `{}` with a line {}"};
    return guard(brx, answer_line, &question);
}

enum brx_status
brx_where(struct brx *brx, struct brx_text path, size_t line,
          struct brx_text *story)
{
    struct line_question question = {
        str_of(path), line, story, write_line_uses,
        "the program has no file `{}` with a line {}"};
    return guard(brx, answer_line, &question);
}
