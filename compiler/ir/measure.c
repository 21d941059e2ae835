#include "ir/measure.h"

#include "base/buf.h"

static const struct measure measures[] = {
#define MEASURE(name, type, query, says) {name, TYPE_##type, query, says},
#include "ir/measures.def"
#undef MEASURE
};

size_t
measure_count(void)
{
    return sizeof measures / sizeof measures[0];
}

const struct measure *
measure_at(size_t index)
{
    return &measures[index];
}

const struct measure *
measure_find(struct str name)
{
    for (size_t i = 0; i < measure_count(); i++) {
        if (is_str_equal(name, str_from(measures[i].name)))
            return &measures[i];
    }
    return NULL;
}

struct str
measure_query(struct arena *arena, const struct measure *measure,
              struct str labels, struct str window)
{
    struct buf buf;
    buf_init(&buf, arena);
    for (const char *at = measure->query; *at != '\0'; at++) {
        if (*at == '@')
            buf_add(&buf, labels);
        else if (*at == '%')
            buf_add(&buf, window);
        else
            buf_byte(&buf, *at);
    }
    return buf_str(&buf);
}
