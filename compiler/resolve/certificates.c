/*
 * Hosts to certificates' names.
 */
#include "resolve/certificates.h"

#include "base/map.h"
#include "base/vec.h"

/* One certificate's names while they gather. */
struct gathering {
    struct arena *arena;
    const struct ir *ir;
    struct vec names; /* of const struct value * */
    struct map seen;  /* text -> value */
};

static void add_environment(struct arena *arena, const struct ir *ir,
                            const struct environment *environment,
                            struct vec *certificates);
static void add_host(struct gathering *gathering, const struct value *host);
static void add_name(struct gathering *gathering, const struct value *name);
static const struct value *apex_name(struct gathering *gathering,
                                     const struct value *host);
static const struct value *certificate_name(struct gathering *gathering,
                                            const struct value *host);
static const struct value *zone_wildcard(struct arena *arena,
                                         const struct zone *zone,
                                         const struct value *host);

void
resolve_certificates(struct arena *arena, struct ir *ir)
{
    struct vec certificates;
    vec_init(&certificates, arena, sizeof(struct certificate));
    for (size_t i = 0; ir->tls != NULL && i < ir->environment_count; i++)
        add_environment(arena, ir, ir->environments[i], &certificates);
    ir->certificates = certificates.items;
    ir->certificate_count = certificates.count;
}

static void
add_environment(struct arena *arena, const struct ir *ir,
                const struct environment *environment, struct vec *certificates)
{
    struct gathering gathering = {.arena = arena, .ir = ir};
    vec_init(&gathering.names, arena, sizeof(const struct value *));
    map_init(&gathering.seen, arena);
    for (size_t i = 0; i < environment->host_count; i++)
        add_host(&gathering, environment->hosts[i].name);
    if (gathering.names.count == 0)
        return;
    struct certificate *certificate = vec_add(certificates);
    *certificate = (struct certificate){.environment = environment,
                                        .names = gathering.names.items,
                                        .name_count = gathering.names.count};
}

static void
add_host(struct gathering *gathering, const struct value *host)
{
    if (!is_value_known(host))
        return;
    add_name(gathering, certificate_name(gathering, host));
    add_name(gathering, apex_name(gathering, host));
}

static void
add_name(struct gathering *gathering, const struct value *name)
{
    if (name == NULL || map_find(&gathering->seen, name->text) != NULL)
        return;
    map_put(&gathering->seen, name->text, name);
    vec_add_pointer(&gathering->names, name);
}

/* The host's zone itself, where it goes beside the wildcard; or NULL. */
static const struct value *
apex_name(struct gathering *gathering, const struct value *host)
{
    const struct zone *zone = zone_find(gathering->ir, host->text);
    if (zone == NULL || gathering->ir->tls->names != NAMES_WILDCARD_AND_APEX)
        return NULL;
    struct value *name = arena_new(gathering->arena, sizeof *name);
    *name = *host;
    name->text = zone->name;
    return name;
}

/* NULL when control of the host cannot be proved. */
static const struct value *
certificate_name(struct gathering *gathering, const struct value *host)
{
    const struct tls *tls = gathering->ir->tls;
    const struct zone *zone = zone_find(gathering->ir, host->text);
    if (zone == NULL)
        return tls->proof == PROOF_DNS ? NULL : host;
    switch (tls->names) {
    case NAMES_EXACT:
        return host;
    case NAMES_WILDCARD:
    case NAMES_WILDCARD_AND_APEX:
        break;
    }
    return zone_wildcard(gathering->arena, zone, host);
}

static const struct value *
zone_wildcard(struct arena *arena, const struct zone *zone,
              const struct value *host)
{
    struct value *wildcard = arena_new(arena, sizeof *wildcard);
    *wildcard = *host;
    wildcard->text = arena_format(arena, "*.{}", STRS(zone->name));
    return wildcard;
}
