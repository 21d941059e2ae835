/*
 * layout.def in memory.
 */
#include "format/layout.h"

#include <string.h>

struct layout {
    enum layout_kind kind;
    enum place place;
    const char *word;
    size_t column;
};

static const struct layout rows[] = {
#define ROW(place, word) {LAYOUT_ROW, PLACE_##place, word, 0},
#define COLUMNS(place, word) {LAYOUT_COLUMNS, PLACE_##place, word, 0},
#define ALIKE(word) {LAYOUT_ALIKE, PLACE_FILE, word, 0},
#define TIGHT(place, clause) {LAYOUT_TIGHT, PLACE_##place, clause, 0},
#define MARGIN(place, clause, column)                                          \
    {LAYOUT_MARGIN, PLACE_##place, clause, column},
#include "format/layout.def"
#undef ROW
#undef COLUMNS
#undef ALIKE
#undef TIGHT
#undef MARGIN
};

static const struct layout *
find_layout(enum layout_kind kind, enum place place, const char *word)
{
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        if (rows[i].kind == kind && rows[i].place == place &&
            strcmp(rows[i].word, word) == 0)
            return &rows[i];
    }
    return NULL;
}

bool
has_layout(enum layout_kind kind, enum place place, const char *word)
{
    return find_layout(kind, place, word) != NULL;
}

size_t
margin_of(enum place place, const char *clause)
{
    const struct layout *row = find_layout(LAYOUT_MARGIN, place, clause);
    return row == NULL ? 0 : row->column;
}
