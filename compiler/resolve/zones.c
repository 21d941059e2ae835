/*
 * `zone` and `tls`. What records a zone has beside those that it declares is
 * worked out in zone_records.
 */
#include "resolve/lowering.h"

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

static void
resolve_record_of(const struct scope *zone_scope, const struct zone *zone,
                  const struct node *node, struct vec *records)
{
    struct resolver *resolver = zone_scope->resolver;
    struct scope scope = scope_inside(zone_scope, node);
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
    if (resolve_record(resolver->arena, resolver->sink, zone->name, &record,
                       name->text, fields, scope_has(&scope, WORD_APART)))
        *(struct record *)vec_add(records) = record;
}

static void
resolve_zone(struct resolver *resolver, const struct node *node,
             const struct value *name, struct zone *zone)
{
    struct scope scope = scope_of_block(resolver, node);
    struct scope_node caa = scope_find(&scope, WORD_CAA);
    struct scope_node servers = scope_find(&scope, WORD_NAMESERVERS);
    struct vec records;
    vec_init(&records, resolver->arena, sizeof(struct record));
    zone->name = name->text;
    zone->span = node->cells[0].syntax->span;
    zone->nameservers = scope_value(&scope, WORD_NAMESERVERS);
    zone->primary = scope_value(&scope, WORD_PRIMARY);
    zone->contact = scope_value(&scope, WORD_ZONE_CONTACT);
    zone->ttl = scope_value(&scope, WORD_TTL);
    zone->refresh = scope_value(&scope, WORD_REFRESH);
    zone->retry = scope_value(&scope, WORD_RETRY);
    zone->expire = scope_value(&scope, WORD_EXPIRE);
    zone->minimum = scope_value(&scope, WORD_MINIMUM);
    zone->caa = scope_value(&scope, WORD_CAA);
    if (servers.node != NULL) {
        struct scope inside = scope_inside(&scope, servers.node);
        if (scope_has(&inside, WORD_TTL))
            zone->nameservers_ttl = scope_value(&inside, WORD_TTL);
    }
    if (caa.node != NULL) {
        struct scope inside = scope_inside(&scope, caa.node);
        zone->report = scope_value(&inside, WORD_CAA_REPORT);
    }
    for (size_t i = 0; i < node->child_count; i++) {
        if (node->children[i]->word->id == WORD_RECORD)
            resolve_record_of(&scope, zone, node->children[i], &records);
    }
    zone->records = records.items;
    zone->record_count = records.count;
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
    if (tls->proof == PROOF_HTTP ||
        !is_text(scope->resolver->ir->project->cloud, "azure"))
        return;
    if (prove.node != NULL)
        inside = scope_inside(scope, prove.node);
    tls->identity = scope_value(&inside, WORD_PROVE_IDENTITY);
    tls->group = scope_value(&inside, WORD_PROVE_GROUP);
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
    tls->names = is_text(scope_value(&scope, WORD_NAMES), "wildcard")
                     ? NAMES_WILDCARD
                     : NAMES_EXACT;
    resolve_proof(&scope, tls);
    resolver->ir->tls = tls;
}
