/*
 * CNAMEs that lead to CNAMEs (RFC 1034 3.6.2, RFC 1912 2.4). Each is followed
 * once: what was found behind it is kept.
 */
#include "check/check.h"
#include "check/owners.h"

enum link_state { LINK_NEW, LINK_OPEN, LINK_DONE };

struct link {
    const struct record *cname;
    enum link_state state;
    size_t length; /* CNAMEs from here to the end; 0 when it never ends */
    bool is_head;  /* no other CNAME leads to it */
};

struct chains {
    struct check *check;
    const struct zone *zone;
    struct map index; /* owner -> struct link * */
    struct vec links; /* of struct link * */
};

static void judge_zone(struct check *check, const struct zone *zone);
static void chains_add(struct chains *chains, const struct record *cname);
static struct link *link_at(const struct chains *chains, size_t index);
static struct link *link_next(const struct chains *chains,
                              const struct link *link);
static void follow(struct chains *chains, struct link *link);
static void report_loop(struct chains *chains, const struct link *link);
static void report_chain(struct chains *chains, const struct link *link);

void
check_cname_chain(struct check *check)
{
    for (size_t i = 0; i < check->ir->zone_count; i++)
        judge_zone(check, &check->ir->zones[i]);
}

static void
judge_zone(struct check *check, const struct zone *zone)
{
    struct chains chains = {.check = check, .zone = zone};
    map_init(&chains.index, check->arena);
    vec_init(&chains.links, check->arena, sizeof(struct link *));
    for (size_t i = 0; i < zone->record_count; i++) {
        const struct record *record = &zone->records[i];
        if (record->type == RECORD_CNAME &&
            is_value_known(record_target(record)) &&
            map_find(&chains.index, record->owner) == NULL)
            chains_add(&chains, record);
    }
    for (size_t i = 0; i < chains.links.count; i++) {
        struct link *next = link_next(&chains, link_at(&chains, i));
        if (next != NULL)
            next->is_head = false;
    }
    for (size_t i = 0; i < chains.links.count; i++) {
        struct link *link = link_at(&chains, i);
        follow(&chains, link);
        if (link->is_head && link->length > 1)
            report_chain(&chains, link);
    }
}

static void
chains_add(struct chains *chains, const struct record *cname)
{
    struct link *link = arena_new(chains->check->arena, sizeof *link);
    *link = (struct link){.cname = cname, .is_head = true};
    map_put(&chains->index, cname->owner, link);
    vec_add_pointer(&chains->links, link);
}

static struct link *
link_at(const struct chains *chains, size_t index)
{
    return *(struct link *const *)vec_at(&chains->links, index);
}

static struct link *
link_next(const struct chains *chains, const struct link *link)
{
    return map_find(&chains->index, record_target(link->cname)->text);
}

static void
follow(struct chains *chains, struct link *link)
{
    struct vec path;
    vec_init(&path, chains->check->arena, sizeof(struct link *));
    while (link != NULL && link->state == LINK_NEW) {
        link->state = LINK_OPEN;
        vec_add_pointer(&path, link);
        link = link_next(chains, link);
    }
    bool is_loop = link != NULL && link->state == LINK_OPEN;
    bool is_endless = link != NULL && link->length == 0;
    size_t length = link != NULL ? link->length : 0;
    if (is_loop)
        report_loop(chains, link);
    for (size_t i = path.count; i > 0; i--) {
        struct link *passed = *(struct link **)vec_at(&path, i - 1);
        passed->state = LINK_DONE;
        passed->length = is_endless ? 0 : ++length;
    }
}

static void
report_loop(struct chains *chains, const struct link *link)
{
    const struct record *cname = link->cname;
    struct diag *diag =
        diag_add_as(chains->check->sink, DIAG_D07, SEVERITY_ERROR,
                    record_target(cname)->span,
                    STRS(cname->owner, STR("leads back to itself")));
    const struct link *next = link_next(chains, link);
    diag_label(diag, "this way", NO_STRS);
    if (next != link)
        diag_note(diag, record_target(next->cname)->span, "and from there here",
                  NO_STRS);
    diag_help(diag, "let one of them lead to a name with an address", NO_STRS);
    diag_about(diag, chains->zone->name);
}

static void
report_chain(struct chains *chains, const struct link *link)
{
    struct arena *arena = chains->check->arena;
    const struct record *cname = link->cname;
    const struct link *next = link_next(chains, link);
    struct str length =
        arena_format(arena, "leads over {} CNAMEs",
                     STRS(arena_number(arena, (int64_t)link->length)));
    struct diag *diag =
        diag_add(chains->check->sink, DIAG_D07, record_target(cname)->span,
                 STRS(cname->owner, length));
    diag_label(diag, "is a CNAME too", NO_STRS);
    diag_note(diag, record_target(next->cname)->span, "it leads on here",
              NO_STRS);
    diag_help(diag, "let `{}` lead to `{}`",
              STRS(cname->owner, record_target(next->cname)->text));
    diag_about(diag, chains->zone->name);
}
