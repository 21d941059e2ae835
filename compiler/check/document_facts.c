/*
 * The facts by their titles.
 */
#include "check/document.h"

static const struct fact facts[] = {
#define FACT(titles, name, is_of_service, judge)                               \
    {titles, name, is_of_service, judge},
#include "check/document_facts.def"
#undef FACT
};

static bool
has_title(const struct fact *fact, struct str title)
{
    struct str rest = str_from(fact->titles);
    while (!is_str_empty(rest)) {
        if (is_str_equal_nocase(str_cut(&rest, ','), title))
            return true;
    }
    return false;
}

const struct fact *
fact_find(struct str title, bool is_of_service)
{
    const struct fact *found = NULL;
    for (size_t i = 0; i < sizeof facts / sizeof facts[0]; i++) {
        if (has_title(&facts[i], title) &&
            (found == NULL || facts[i].is_of_service == is_of_service))
            found = &facts[i];
    }
    return found;
}
