/*
 * brx.h: a program to start from. Its text is runtime/templates/envs.brx.
 */
#include "driver/handle.h"

#include "emit/runtime.h"

/* The answer to what stands at the start of `text`, and how long that is. */
static struct str
answer_at(const struct brx_answers *answers, struct str text, size_t *len)
{
    const struct {
        struct str hole;
        struct brx_text answer;
    } holes[] = {{STR_INIT("@NAME@"), answers->name},
                 {STR_INIT("@REGISTRY@"), answers->registry},
                 {STR_INIT("@DOMAIN@"), answers->domain}};
    for (size_t i = 0; i < sizeof holes / sizeof holes[0]; i++) {
        *len = holes[i].hole.len;
        if (has_prefix(text, holes[i].hole))
            return str_of(holes[i].answer);
    }
    *len = 0;
    return STR("");
}

static void
write_starter(struct brx *brx, struct buf *buf, const void *answers)
{
    struct embedded runtime = embedded_open(&embedded_runtime, brx->arena);
    struct str text = runtime_get(&runtime, STR("templates/envs.brx"));
    for (size_t at = 0; at < text.len;) {
        size_t len;
        struct str rest = str_slice(text, at, text.len);
        struct str answer = answer_at(answers, rest, &len);
        if (len > 0)
            buf_add(buf, answer);
        else
            buf_byte(buf, text.at[at]);
        at += len > 0 ? len : 1;
    }
}

struct brx_text
brx_starter(struct brx *brx, const struct brx_answers *answers)
{
    return guard_text(brx, write_starter, answers);
}
