/*
 * Questions from metrics.def, with their bounds.
 */
#include "emit/workflows/queries.h"

#include "base/buf.h"
#include "base/vec.h"
#include "ir/quantity.h"

/* Until what is new shows in metrics that look two minutes back. */
enum { SETTLE_SECONDS_MAX = 60 };

struct watch_time
watch_time_of(const struct step *step)
{
    int64_t seconds = duration_seconds(step->duration->number);
    int64_t half = seconds / 2;
    return (struct watch_time){
        .seconds = seconds,
        .settle_seconds = half < SETTLE_SECONDS_MAX ? half : SETTLE_SECONDS_MAX,
    };
}

/* Which series are asked for, between braces. */
static struct str
selector_text(struct arena *arena, const struct environment *environment,
              struct str pods)
{
    struct str namespace_name = environment->namespace_name->text;
    if (is_str_empty(pods))
        return arena_format(arena, "namespace=\"{}\"", STRS(namespace_name));
    return arena_format(arena, "namespace=\"{}\",pod=~\"{}\"",
                        STRS(namespace_name, pods));
}

static struct str
query_text(struct arena *arena, struct str metric, struct str selector)
{
    static const struct {
        const char *word;
        const char *query;
    } metrics[] = {
#define METRIC(word, query) {word, query},
#include "emit/workflows/metrics.def"
#undef METRIC
    };
    struct buf buf;
    buf_init(&buf, arena);
    for (size_t i = 0; i < sizeof metrics / sizeof metrics[0]; i++) {
        if (!is_str_equal(metric, str_from(metrics[i].word)))
            continue;
        struct str rest = str_from(metrics[i].query);
        buf_add(&buf, str_cut(&rest, '@'));
        while (!is_str_empty(rest)) {
            buf_add(&buf, selector);
            buf_add(&buf, str_cut(&rest, '@'));
        }
    }
    return buf_str(&buf);
}

static void
add_check(struct vec *list, struct str metric, struct str selector,
          struct str operator_text, struct str bound)
{
    struct watch_check *check = vec_add(list);
    *check = (struct watch_check){
        .name = metric,
        .query = query_text(list->arena, metric, selector),
        .operator_text = operator_text,
        .bound = bound,
    };
}

struct watch_checks
watch_checks_of(struct arena *arena, const struct environment *environment,
                const struct step *step, struct str pods)
{
    struct str selector = selector_text(arena, environment, pods);
    struct vec list;
    vec_init(&list, arena, sizeof(struct watch_check));
    if (!is_str_empty(pods))
        add_check(&list, STR("scraped"), selector, STR(">"), STR("0"));
    for (size_t i = 0; i < step->threshold_count; i++) {
        const struct value *bound = step->thresholds[i].comparison;
        if (is_value_known(bound))
            add_check(&list, step->thresholds[i].metric, selector,
                      str_from(comparison_text(bound->comparison)),
                      thousandths_text(arena, bound->items[0].number));
    }
    return (struct watch_checks){list.items, list.count};
}

struct str
thousandths_text(struct arena *arena, int64_t number)
{
    struct buf buf;
    int64_t rest = number % 1000;
    buf_init(&buf, arena);
    buf_number(&buf, number / 1000);
    if (rest == 0)
        return buf_str(&buf);
    buf_byte(&buf, '.');
    for (int64_t unit = 100; rest > 0; unit /= 10) {
        buf_byte(&buf, (char)('0' + rest / unit));
        rest %= unit;
    }
    return buf_str(&buf);
}
