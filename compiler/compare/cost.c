#include "compare/cost.h"

enum { CENT = 10000, CENTS = 100, MILLICORES = 1000, GI_IN_MI = 1024 };

static const int64_t mi = 1048576;

/* Of `count` parts, `parts` of which have the price. */
static int64_t
cost_of(const struct value *price, int64_t count, int64_t parts)
{
    int64_t cost;
    if (!is_value_known(price) ||
        __builtin_mul_overflow(price->number, count, &cost))
        return 0;
    return cost / parts;
}

int64_t
cost_of_cpu(const struct prices *prices, int64_t millicores)
{
    return prices == NULL ? 0 : cost_of(prices->cpu, millicores, MILLICORES);
}

int64_t
cost_of_memory(const struct prices *prices, int64_t bytes)
{
    return prices == NULL ? 0 : cost_of(prices->memory, bytes / mi, GI_IN_MI);
}

bool
add_cost(struct buf *buf, const struct prices *prices, int64_t micros)
{
    uint64_t size = micros < 0 ? 0 - (uint64_t)micros : (uint64_t)micros;
    int64_t cents = (int64_t)((size + CENT / 2) / CENT);
    if (cents == 0 || prices == NULL || !is_value_known(prices->currency))
        return false;
    buf_add(buf, buf->len > 0 ? STR(", ") : STR(""));
    buf_byte(buf, micros < 0 ? '-' : '+');
    buf_number(buf, cents / CENTS);
    if (cents % CENTS > 0) {
        buf_add(buf, cents % CENTS < 10 ? STR(".0") : STR("."));
        buf_number(buf, cents % CENTS);
    }
    buf_format(buf, " {}/month", STRS(prices->currency->text));
    return true;
}
