/*
 * The names of the IANA time zone database. The machine's own copy is never
 * read: every machine must give the same answer.
 */
#include "resolve/names.h"

static const struct str zones[] = {
#define ZONE(name) STR_INIT(name),
#include "resolve/names_time_zone.def"
#undef ZONE
};
static const struct str links[] = {
#define ZONE(name) STR_INIT(name),
#include "resolve/names_time_zone_link.def"
#undef ZONE
};

static bool is_listed(const struct str *names, size_t count, struct str text);

bool
is_time_zone(struct str text)
{
    return is_listed(zones, sizeof zones / sizeof zones[0], text) ||
           is_listed(links, sizeof links / sizeof links[0], text);
}

/* By halves: the names are in byte order. */
static bool
is_listed(const struct str *names, size_t count, struct str text)
{
    size_t low = 0;
    size_t high = count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        int order = str_compare(text, names[middle]);
        if (order == 0)
            return true;
        if (order < 0)
            high = middle;
        else
            low = middle + 1;
    }
    return false;
}
