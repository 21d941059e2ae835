/*
 * `zone` and `tls`. What records a zone has beside those that it declares is
 * worked out in zone_records.
 */
#include "resolve/lowering.h"

#include "resolve/bind.h"
#include "resolve/layers.h"
#include "resolve/node.h"
#include "resolve/records.h"

static int64_t
record_ttl(const struct scope *record, const struct zone *zone)
{
    const struct value *ttl =
        scope_has(record, WORD_TTL) ? scope_value(record, WORD_TTL) : zone->ttl;
    return ttl != NULL && ttl->kind == VALUE_NUMBER ? ttl->number : 0;
}

static const struct environment *
switched_in(const struct scope *record)
{
    if (!scope_has(record, WORD_SWITCHED_IN))
        return NULL;
    struct environment_entry *entry = bind_environment(
        record->resolver, scope_value(record, WORD_SWITCHED_IN));
    return entry == NULL ? NULL : entry->result;
}

/* `ds FIELDS…`: a record of the zone's name, for another zone. */
static void
resolve_ds(const struct scope *zone_scope, const struct zone *zone,
           const struct node *node, struct vec *records)
{
    struct resolver *resolver = zone_scope->resolver;
    struct scope_node at = {node, LAYER_ENVIRONMENT};
    const struct value *fields = scope_argument(zone_scope, at, 0);
    struct record record = {.type = RECORD_DS,
                            .is_derived = true,
                            .span = node->span,
                            .owner_span = zone->span};
    if (fields == NULL || fields->kind != VALUE_LIST)
        return;
    if (resolve_record(resolver->arena, resolver->sink, zone->name, &record,
                       STR("@"), fields, false))
        *(struct record *)vec_add(records) = record;
}

static void
resolve_record_of(const struct scope *zone_scope, const struct zone *zone,
                  const struct node *node, struct vec *records)
{
    struct resolver *resolver = zone_scope->resolver;
    struct scope scope =
        scope_inside(zone_scope, (struct scope_node){node, LAYER_ENVIRONMENT});
    struct scope_node at = {node, LAYER_ENVIRONMENT};
    const struct value *name = scope_argument(&scope, at, 0);
    const struct value *type = scope_argument(&scope, at, 1);
    const struct value *fields = scope_argument(&scope, at, 2);
    struct record record = {.ttl_seconds = record_ttl(&scope, zone),
                            .span = node->span};
    if (!is_value_known(name) || !is_value_known(type) || fields == NULL ||
        fields->kind != VALUE_LIST ||
        !record_type_find(type->text, &record.type, &record.type_number))
        return;
    record.owner_span = name->span;
    record.switched_in = switched_in(&scope);
    if (resolve_record(resolver->arena, resolver->sink, zone->name, &record,
                       name->text, fields, scope_has(&scope, WORD_APART)))
        *(struct record *)vec_add(records) = record;
}

/* D47: what is served under another name says nothing of this zone. */
static void
report_other_zone(struct resolver *resolver, const struct zone *live,
                  struct span span, struct str wanted)
{
    struct diag *diag =
        diag_add(resolver->sink, DIAG_D47,
                 is_span_nowhere(span) ? live->span : span, STRS(live->name));
    if (!is_span_nowhere(span))
        diag_label(diag, "`{}` is wanted here", STRS(wanted));
    if (!is_span_nowhere(span))
        diag_note(diag, live->span, "its SOA record says so", NO_STRS);
}

/* The master file that the zone's `live` names, or the caller's. */
static const struct zone *
live_find(struct resolver *resolver, const struct node *node,
          const struct zone *zone)
{
    const struct node *word = node_child(node, WORD_ZONE_LIVE);
    const struct argument *path = word == NULL ? NULL : word->cells[0].syntax;
    const struct zone *found = NULL;
    for (size_t i = 0; i < resolver->live_zone_count; i++) {
        const struct live_zone *live = &resolver->live_zones[i];
        bool is_named = path != NULL && is_span_equal(live->span, path->span);
        bool is_same = is_str_equal(live->zone->name, zone->name);
        if (is_named && !is_same)
            report_other_zone(resolver, live->zone, live->span, zone->name);
        if (is_same && (is_named || is_span_nowhere(live->span)))
            found = live->zone;
    }
    return found;
}

/* A file that the caller gives must be of some zone of the program. */
static void
check_live_zones(struct resolver *resolver)
{
    for (size_t i = 0; i < resolver->live_zone_count; i++) {
        const struct live_zone *live = &resolver->live_zones[i];
        bool is_found = !is_span_nowhere(live->span);
        for (size_t k = 0; !is_found && k < resolver->ir->zone_count; k++)
            is_found =
                is_str_equal(resolver->ir->zones[k].name, live->zone->name);
        if (!is_found)
            report_other_zone(resolver, live->zone, live->span, STR(""));
    }
}

/* Who serves the zone, and who else writes it. */
static void
resolve_serving(const struct scope *scope, struct zone *zone)
{
    struct scope_node external = scope_find(scope, WORD_EXTERNAL_DNS);
    zone->provider = scope_value(scope, WORD_ZONE_PROVIDER);
    zone->also = scope_value(scope, WORD_ZONE_ALSO);
    zone->derives_pointers = scope_has(scope, WORD_POINTERS);
    zone->is_external = external.node != NULL;
    if (external.node != NULL) {
        struct scope inside = scope_inside(scope, external);
        zone->external_prefix = scope_value(&inside, WORD_EXTERNAL_PREFIX);
    }
}

static void
resolve_zone(struct resolver *resolver, const struct node *node,
             const struct value *name, struct zone *zone)
{
    struct scope scope = scope_of_block(resolver, node);
    struct scope_node caa = scope_find(&scope, WORD_CAA);
    struct scope_node servers = scope_find(&scope, WORD_NAMESERVERS);
    struct vec records;
    struct vec ds;
    vec_init(&records, resolver->arena, sizeof(struct record));
    vec_init(&ds, resolver->arena, sizeof(struct record));
    zone->name = name->text;
    zone->span = node->cells[0].syntax->span;
    zone->nameservers = scope_value(&scope, WORD_NAMESERVERS);
    zone->primary = scope_value(&scope, WORD_PRIMARY);
    zone->contact = scope_value(&scope, WORD_ZONE_CONTACT);
    zone->serial = scope_value(&scope, WORD_SERIAL);
    zone->live = live_find(resolver, node, zone);
    zone->ttl = scope_value(&scope, WORD_TTL);
    zone->refresh = scope_value(&scope, WORD_REFRESH);
    zone->retry = scope_value(&scope, WORD_RETRY);
    zone->expire = scope_value(&scope, WORD_EXPIRE);
    zone->minimum = scope_value(&scope, WORD_MINIMUM);
    zone->caa = scope_value(&scope, WORD_CAA);
    if (servers.node != NULL) {
        struct scope inside = scope_inside(&scope, servers);
        if (scope_has(&inside, WORD_TTL))
            zone->nameservers_ttl = scope_value(&inside, WORD_TTL);
    }
    if (caa.node != NULL) {
        struct scope inside = scope_inside(&scope, caa);
        zone->report = scope_value(&inside, WORD_CAA_REPORT);
    }
    resolve_serving(&scope, zone);
    for (size_t i = 0; i < node->child_count; i++) {
        if (node->children[i]->word->id == WORD_RECORD)
            resolve_record_of(&scope, zone, node->children[i], &records);
        if (node->children[i]->word->id == WORD_ZONE_DS)
            resolve_ds(&scope, zone, node->children[i], &ds);
    }
    zone->records = records.items;
    zone->record_count = records.count;
    zone->ds = ds.items;
    zone->ds_count = ds.count;
}

void
resolve_zones(struct resolver *resolver)
{
    struct vec list;
    vec_init(&list, resolver->arena, sizeof(struct zone));
    for (size_t i = 0; i < resolver->statement_count; i++) {
        const struct node *node = resolver->statements[i];
        if (node->word->id == WORD_ZONE && is_value_known(node->cells[0].value))
            resolve_zone(resolver, node, node->cells[0].value, vec_add(&list));
    }
    resolver->ir->zones = list.items;
    resolver->ir->zone_count = list.count;
    check_live_zones(resolver);
}

static bool
is_text(const struct value *value, const char *text)
{
    return value != NULL && is_str_equal(value->text, str_from(text));
}

/* DNS-01 through Azure asks who writes which zone. */
static void
resolve_proof(const struct scope *scope, struct tls *tls)
{
    struct scope_node prove = scope_find(scope, WORD_PROVE);
    struct scope inside = {.resolver = scope->resolver};
    tls->proof = is_text(scope_value(scope, WORD_PROVE), "http") ? PROOF_HTTP
                                                                 : PROOF_DNS;
    if (prove.node != NULL)
        tls->proof_span = prove.node->span;
    if (tls->proof == PROOF_HTTP ||
        !is_text(scope->resolver->ir->project->cloud, "azure"))
        return;
    if (prove.node != NULL)
        inside = scope_inside(scope, prove);
    tls->identity = scope_value(&inside, WORD_PROVE_IDENTITY);
    tls->group = scope_value(&inside, WORD_PROVE_GROUP);
}

static enum certificate_names
certificate_names_of(const struct value *word)
{
    if (is_text(word, "wildcard-and-apex"))
        return NAMES_WILDCARD_AND_APEX;
    return is_text(word, "wildcard") ? NAMES_WILDCARD : NAMES_EXACT;
}

void
resolve_tls(struct resolver *resolver)
{
    const struct node *node = find_statement(resolver, WORD_TLS);
    if (node == NULL)
        return;
    struct scope scope = scope_of_block(resolver, node);
    struct scope_node at = {node, LAYER_ENVIRONMENT};
    struct tls *tls = arena_new(resolver->arena, sizeof *tls);
    tls->issuer = scope_argument(&scope, at, 0);
    tls->span = node->span;
    tls->contact = scope_value(&scope, WORD_ZONE_CONTACT);
    tls->renew = scope_value(&scope, WORD_RENEW);
    tls->names = certificate_names_of(scope_value(&scope, WORD_NAMES));
    resolve_proof(&scope, tls);
    resolver->ir->tls = tls;
}
