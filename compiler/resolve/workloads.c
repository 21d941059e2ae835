/*
 * From a scope of layers to struct workload, one function a part.
 */
#include "resolve/workloads.h"

#include "resolve/bind.h"
#include "resolve/containers.h"
#include "resolve/exposure.h"
#include "resolve/fold.h"
#include "resolve/names.h"
#include "resolve/node.h"
#include "resolve/placement.h"
#include "resolve/ports.h"
#include "resolve/probes.h"
#include "resolve/process.h"
#include "resolve/routes.h"
#include "resolve/rules.h"
#include "resolve/typing.h"

static enum service_kind
service_kind_of(enum word_id word)
{
    static const struct {
        enum word_id word;
        enum service_kind kind;
    } kinds[] = {
        {WORD_WORKER, SERVICE_WORKER},
        {WORD_STATEFUL, SERVICE_STATEFUL},
        {WORD_JOB, SERVICE_JOB},
        {WORD_TASK, SERVICE_TASK},
    };
    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++) {
        if (kinds[i].word == word)
            return kinds[i].kind;
    }
    return SERVICE_SERVICE;
}

void
resolve_services(struct resolver *resolver)
{
    size_t count = resolver->service_list.count;
    const struct service **services =
        arena_array(resolver->arena, count, sizeof *services);
    for (size_t i = 0; i < count; i++) {
        struct service_entry **entry = vec_at(&resolver->service_list, i);
        const struct node *node = (*entry)->node;
        *(*entry)->result = (struct service){
            .name = node_key(node),
            .doc = node->doc,
            .kind = service_kind_of(node->word->id),
            .span = node->cells[0].syntax->span,
            .index = i,
        };
        services[i] = (*entry)->result;
    }
    resolver->ir->services = services;
    resolver->ir->service_count = count;
}

static const struct migration *
resolve_migration(const struct scope *scope)
{
    struct scope_node at = scope_find(scope, WORD_MIGRATE_COMMAND);
    if (at.node == NULL)
        return NULL;
    struct migration *migration =
        arena_new(scope->resolver->arena, sizeof *migration);
    migration->command = scope_argument(scope, at, 0);
    migration->is_reversible = node_child(at.node, WORD_REVERSIBLE) != NULL;
    migration->span = at.node->span;
    return migration;
}

static bool
is_all(const struct value *list)
{
    return list->item_count == 1 &&
           is_str_equal(list->items[0].text, STR("all"));
}

/* The keys it asks for, in the contract's order when it asks for all. */
static void
resolve_config(const struct scope *scope, struct workload *workload)
{
    struct resolver *resolver = scope->resolver;
    const struct value *keys = scope_value(scope, WORD_CONFIG);
    const struct setting *settings = workload->environment->settings;
    struct vec list;
    vec_init(&list, resolver->arena, sizeof(const struct setting *));
    if (keys != NULL && keys->kind == VALUE_LIST && is_all(keys)) {
        for (size_t i = 0; i < resolver->ir->config_key_count; i++)
            vec_add_pointer(&list, &settings[i]);
    } else if (keys != NULL && keys->kind == VALUE_LIST) {
        for (size_t i = 0; i < keys->item_count; i++) {
            const struct config_key *key =
                bind_config_key(resolver, &keys->items[i]);
            if (key != NULL)
                vec_add_pointer(&list, &settings[key->index]);
        }
    }
    workload->config = list.items;
    workload->config_count = list.count;
}

static void
resolve_calls(const struct scope *scope, struct workload *workload)
{
    const struct value *names = scope_value(scope, WORD_CALLS);
    struct vec list;
    vec_init(&list, scope->resolver->arena, sizeof(struct call));
    for (size_t i = 0; names != NULL && i < names->item_count; i++) {
        struct service_entry *entry =
            bind_service(scope->resolver, &names->items[i]);
        if (entry == NULL)
            continue;
        struct call *call = vec_add(&list);
        *call = (struct call){entry->result, names->items[i].span};
    }
    workload->calls = list.items;
    workload->call_count = list.count;
}

static void
resolve_reaches(const struct scope *scope, struct workload *workload)
{
    struct vec list = scope_list(scope, WORD_REACH);
    struct vec reaches;
    vec_init(&reaches, scope->resolver->arena, sizeof(struct reach));
    for (size_t i = 0; i < list.count; i++) {
        const struct scope_node *at = vec_at(&list, i);
        struct scope inside = scope_inside(scope, *at);
        const struct value *target = scope_argument(scope, *at, 0);
        if (target == NULL || is_value_poison(target))
            continue;
        struct reach *reach = vec_add(&reaches);
        reach->target = target;
        reach->is_block = has_byte(target->text, '/');
        reach->ports = scope_value(&inside, WORD_REACH_ON);
        reach->protocol = scope_value(&inside, WORD_REACH_PROTOCOL);
        reach->except = scope_value(&inside, WORD_REACH_EXCEPT);
        reach->span = at->node->span;
    }
    workload->reaches = reaches.items;
    workload->reach_count = reaches.count;
}

static const struct value *
default_count(const struct scope *scope, struct span span)
{
    static const struct argument_rule rule = {
        .name = "count", .detail = "", .shape = SHAPE_ONE, .type = TYPE_COUNT};
    struct argument one = {
        .kind = ARGUMENT_ATOM, .span = span, .text = STR("1")};
    return type_argument(scope->resolver, &rule, &one, LAYER_DEFAULT);
}

/* The `run` line of a layer, when it has a count. */
static bool
has_count(const struct scope_layer *layer)
{
    return layer->node->word->id == WORD_RUN &&
           layer->node->cells[1].syntax != NULL;
}

static const struct origin *
weaker_counts(const struct scope *scope, size_t top)
{
    struct origin *chain = NULL;
    for (size_t i = 0; i < top; i++) {
        if (!has_count(&scope->layers[i]))
            continue;
        struct origin *origin =
            arena_new(scope->resolver->arena, sizeof *origin);
        *origin = (struct origin){.span = scope->layers[i].node->span,
                                  .layer = scope->layers[i].layer,
                                  .weaker = chain};
        chain = origin;
    }
    return chain;
}

/* The count on the strongest `run` line that has one. */
static const struct value *
resolve_count(const struct scope *scope, struct span span)
{
    for (size_t i = scope->count; i-- > 0;) {
        struct scope_node at = {scope->layers[i].node, scope->layers[i].layer};
        if (has_count(&scope->layers[i]))
            return value_above(scope->resolver->arena,
                               scope_argument(scope, at, 1), at.layer,
                               weaker_counts(scope, i));
    }
    return default_count(scope, span);
}

/* REGISTRY/SERVICE, unless the program says another. */
static const struct value *
resolve_image(const struct scope *scope, struct str service)
{
    const struct value *image = scope_value(scope, WORD_IMAGE);
    if (image != NULL)
        return image;
    struct resolver *resolver = scope->resolver;
    const struct value *registry = resolver->ir->project->registry;
    struct value *made = arena_new(resolver->arena, sizeof *made);
    if (!is_value_known(registry))
        return registry;
    *made = *registry;
    made->type = TYPE_IMAGE;
    made->text =
        arena_format(resolver->arena, "{}/{}", STRS(registry->text, service));
    return made;
}

/* L03: a tag and a digest, as a registry takes them. */
static void
resolve_pin(const struct scope *scope, struct workload *workload)
{
    struct scope inside = scope_inside(scope, scope_find(scope, WORD_IMAGE));
    const struct value *version = scope_value(&inside, WORD_IMAGE_VERSION);
    const struct value *digest = scope_value(&inside, WORD_IMAGE_DIGEST);
    workload->image_version = version;
    workload->image_digest = digest;
    if (is_value_known(version) && !is_image_tag(version->text))
        diag_add(scope->resolver->sink, DIAG_L03, version->span,
                 STRS(STR("an image's tag"), version->text));
    if (is_value_known(digest) && !is_image_digest(digest->text))
        diag_add(scope->resolver->sink, DIAG_L03, digest->span,
                 STRS(STR("`sha256:` and 64 digits"), digest->text));
}

static void
resolve_schedule(const struct scope *scope, struct workload *workload)
{
    struct scope_node at = scope_find(scope, WORD_SCHEDULE);
    if (at.node == NULL)
        return;
    struct scope inside = scope_inside(scope, at);
    workload->schedule = scope_argument(scope, at, 0);
    workload->time_zone = scope_value(&inside, WORD_ZONE_OF_TIME);
}

static void
resolve_sizes(const struct scope *scope, struct workload *workload)
{
    struct scope_node scale = scope_find(scope, WORD_SCALE);
    workload->scale = scope_value(scope, WORD_SCALE);
    if (scale.node != NULL) {
        struct scope inside = scope_inside(scope, scale);
        workload->scale_cpu = scope_value(&inside, WORD_SCALE_CPU);
        workload->scale_memory = scope_value(&inside, WORD_SCALE_MEMORY);
        workload->scale_calm = scope_value(&inside, WORD_SCALE_CALM);
        workload->scale_metrics = resolve_pairs(&inside, WORD_SCALE_METRIC,
                                                &workload->scale_metric_count);
        resolve_scale_rules(&inside, workload);
    }
    workload->memory = scope_value(scope, WORD_MEMORY);
    workload->cpu = scope_value(scope, WORD_CPU);
    workload->storage = scope_value(scope, WORD_STORAGE);
}

static void
resolve_stateful(const struct scope *scope, struct workload *workload)
{
    struct stateful *stateful = &workload->stateful;
    struct scope_node claims = scope_find(scope, WORD_CLAIMS);
    struct scope inside = scope_inside(scope, claims);
    stateful->claims_deleted = scope_value(scope, WORD_CLAIMS);
    stateful->claims_scaled = scope_value(&inside, WORD_CLAIMS_SCALED);
    stateful->order = scope_value(scope, WORD_POD_ORDER);
    stateful->first_number = scope_value(scope, WORD_FIRST_NUMBER);
    stateful->partition = scope_value(scope, WORD_PARTITION);
}

struct workload *
resolve_workload(const struct scope *scope, struct span span)
{
    const struct service *service = scope->service->result;
    struct workload *workload =
        arena_new(scope->resolver->arena, sizeof *workload);
    workload->service = service;
    workload->environment = scope->environment->result;
    workload->span = span;
    if (runs_steadily(service))
        workload->count = resolve_count(scope, span);
    resolve_sizes(scope, workload);
    resolve_schedule(scope, workload);
    resolve_stateful(scope, workload);
    resolve_rules(scope, workload);
    workload->ports = resolve_port_list(scope, &workload->port_count);
    workload->process =
        resolve_process(scope, workload->ports, workload->port_count);
    workload->file_group = scope_value(scope, WORD_FILE_GROUP);
    resolve_placement(scope, workload);
    resolve_containers(scope, workload);
    resolve_routes(scope, workload);
    workload->is_rolling = scope_has(scope, WORD_ROLLING);
    workload->stop = scope_value(scope, WORD_STOP);
    workload->drain = scope_value(scope, WORD_DRAIN);
    resolve_exposure(scope, workload);
    resolve_admissions(scope, workload);
    workload->sticky = scope_value(scope, WORD_STICKY);
    workload->command = scope_value(scope, WORD_COMMAND);
    workload->arguments = scope_value(scope, WORD_ARGUMENTS);
    workload->directory = scope_value(scope, WORD_DIRECTORY);
    workload->image = resolve_image(scope, service->name);
    resolve_pin(scope, workload);
    resolve_probes(scope, workload);
    workload->migration = resolve_migration(scope);
    resolve_config(scope, workload);
    resolve_calls(scope, workload);
    resolve_reaches(scope, workload);
    workload->labels = resolve_pairs(scope, WORD_LABEL, &workload->label_count);
    workload->annotations =
        resolve_pairs(scope, WORD_ANNOTATION, &workload->annotation_count);
    return workload;
}
