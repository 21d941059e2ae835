#include "check/raw_values.h"

#include "ir/quantity.h"

enum { PERCENT_WHOLE = 100 };

bool
is_raw_true(const struct raw *raw)
{
    return raw != NULL && raw->kind == RAW_BOOL &&
           is_str_equal(raw->text, STR("true"));
}

bool
is_raw_false(const struct raw *raw)
{
    return raw != NULL && raw->kind == RAW_BOOL &&
           is_str_equal(raw->text, STR("false"));
}

bool
is_raw_text(const struct raw *raw, const char *text)
{
    return raw != NULL && raw->kind == RAW_TEXT &&
           is_str_equal(raw->text, str_from(text));
}

bool
raw_to_number(const struct raw *raw, int64_t *number)
{
    return raw != NULL && raw->kind == RAW_INTEGER &&
           str_to_number(raw->text, number);
}

size_t
raw_item_count(const struct raw *raw)
{
    return raw != NULL && raw->kind == RAW_LIST ? raw->entry_count : 0;
}

size_t
raw_key_count(const struct raw *raw)
{
    return raw != NULL && raw->kind == RAW_MAP ? raw->entry_count : 0;
}

const struct raw *
raw_item_find(const struct raw *list, const char *text)
{
    for (size_t i = 0; i < raw_item_count(list); i++) {
        if (is_raw_text(list->entries[i].value, text))
            return list->entries[i].value;
    }
    return NULL;
}

const struct raw *
raw_at(const struct raw *raw, const char *path)
{
    struct str rest = str_from(path);
    while (raw != NULL && !is_str_empty(rest))
        raw = raw_find(raw, str_cut(&rest, '.'));
    return raw;
}

/* No share that a workload can have overflows: totals are counts of pods. */
int64_t
raw_share(const struct raw *raw, int64_t total, bool rounds_up)
{
    int64_t number;
    if (raw_to_number(raw, &number))
        return number;
    if (raw == NULL || raw->kind != RAW_TEXT ||
        !has_suffix(raw->text, STR("%")))
        return -1;
    struct str digits = str_slice(raw->text, 0, raw->text.len - 1);
    if (!str_to_number(digits, &number) || number > PERCENT_WHOLE ||
        total > INT64_MAX / PERCENT_WHOLE - 1)
        return -1;
    return (total * number + (rounds_up ? PERCENT_WHOLE - 1 : 0)) /
           PERCENT_WHOLE;
}

static bool
is_number(const struct raw *raw)
{
    return raw != NULL && (raw->kind == RAW_INTEGER || raw->kind == RAW_NUMBER);
}

int64_t
raw_memory_bytes(const struct raw *raw)
{
    int64_t bytes;
    if (raw_to_number(raw, &bytes))
        return bytes;
    if (raw == NULL || raw->kind != RAW_TEXT)
        return -1;
    switch (memory_read(raw->text, &bytes)) {
    case QUANTITY_OK:
    case QUANTITY_DECIMAL:
        return bytes;
    case QUANTITY_NO_UNIT:
        return str_to_number(raw->text, &bytes) ? bytes : -1;
    case QUANTITY_BAD:
    case QUANTITY_MILLIBYTES:
    case QUANTITY_TOO_FINE:
    case QUANTITY_TOO_LARGE:
        return -1;
    }
    return -1;
}

int64_t
raw_cpu_millicores(const struct raw *raw)
{
    int64_t millicores;
    bool is_readable = is_number(raw) || (raw != NULL && raw->kind == RAW_TEXT);
    if (!is_readable || cpu_read(raw->text, &millicores) != QUANTITY_OK)
        return -1;
    return millicores;
}
