/*
 * `project`, `prices` and `output`: what is the same in every environment.
 */
#include "resolve/lowering.h"

#include "resolve/layers.h"
#include "resolve/node.h"

const struct node *
find_statement(const struct resolver *resolver, enum word_id id)
{
    for (size_t i = 0; i < resolver->statement_count; i++) {
        if (resolver->statements[i]->word->id == id)
            return resolver->statements[i];
    }
    return NULL;
}

static void
resolve_contacts(const struct scope *scope, struct project *project)
{
    struct vec list = scope_list(scope, WORD_CONTACT);
    struct contact *contacts =
        arena_array(scope->resolver->arena, list.count, sizeof *contacts);
    for (size_t i = 0; i < list.count; i++) {
        const struct scope_node *at = vec_at(&list, i);
        contacts[i] = (struct contact){
            node_key(at->node), scope_argument(scope, *at, 1), at->node->span};
    }
    project->contacts = contacts;
    project->contact_count = list.count;
}

static void
resolve_channels(const struct scope *scope, struct project *project)
{
    struct vec list = scope_list(scope, WORD_SLACK);
    struct channel *channels =
        arena_array(scope->resolver->arena, list.count, sizeof *channels);
    for (size_t i = 0; i < list.count; i++) {
        const struct scope_node *at = vec_at(&list, i);
        channels[i] = (struct channel){
            node_key(at->node), scope_argument(scope, *at, 1), at->node->span};
        map_put(&scope->resolver->channels, channels[i].name, &channels[i]);
    }
    project->channels = channels;
    project->channel_count = list.count;
}

static void
resolve_registry(const struct scope *scope, struct project *project)
{
    struct scope_node at = scope_find(scope, WORD_REGISTRY);
    project->registry = scope_value(scope, WORD_REGISTRY);
    if (at.node == NULL)
        return;
    struct scope inside = scope_inside(scope, at);
    project->is_registry_immutable = scope_has(&inside, WORD_IMMUTABLE);
    project->registry_keep = scope_value(&inside, WORD_REGISTRY_KEEP);
}

static void
resolve_repository(const struct scope *scope, struct project *project)
{
    struct scope_node at = scope_find(scope, WORD_REPOSITORY);
    project->repository = scope_value(scope, WORD_REPOSITORY);
    if (at.node == NULL)
        return;
    struct scope inside = scope_inside(scope, at);
    project->visibility = scope_value(&inside, WORD_VISIBILITY);
    project->plan = scope_value(&inside, WORD_PLAN);
    project->owned_by = scope_value(&inside, WORD_OWNED_BY);
}

static void
resolve_owners(const struct scope *scope, struct project *project)
{
    struct vec list = scope_list(scope, WORD_OWN);
    struct ownership *ownerships =
        arena_array(scope->resolver->arena, list.count, sizeof *ownerships);
    for (size_t i = 0; i < list.count; i++) {
        const struct scope_node *at = vec_at(&list, i);
        struct scope inside = scope_inside(scope, *at);
        ownerships[i] = (struct ownership){node_key(at->node),
                                           scope_value(&inside, WORD_OWN_BY),
                                           at->node->span};
    }
    project->owners = scope_value(scope, WORD_OWNERS);
    project->ownerships = ownerships;
    project->ownership_count = list.count;
}

static void
resolve_schemas(const struct scope *scope, struct project *project)
{
    struct vec list = scope_list(scope, WORD_SCHEMA);
    const struct value **schemas =
        arena_array(scope->resolver->arena, list.count, sizeof *schemas);
    for (size_t i = 0; i < list.count; i++) {
        const struct scope_node *at = vec_at(&list, i);
        schemas[i] = scope_argument(scope, *at, 0);
    }
    project->schemas = schemas;
    project->schema_count = list.count;
}

/* Only Azure asks who one is there. */
static void
resolve_cloud(const struct scope *scope, struct project *project)
{
    struct scope_node at = scope_find(scope, WORD_CLOUD);
    project->cloud = scope_value(scope, WORD_CLOUD);
    if (at.node == NULL || project->cloud == NULL ||
        !is_str_equal(project->cloud->text, STR("azure")))
        return;
    struct scope inside = scope_inside(scope, at);
    project->tenant = scope_value(&inside, WORD_TENANT);
    project->subscription = scope_value(&inside, WORD_SUBSCRIPTION);
}

void
resolve_project(struct resolver *resolver)
{
    struct project *project = arena_new(resolver->arena, sizeof *project);
    resolver->ir->project = project;
    if (resolver->project == NULL) {
        /* A word that is none may be `project` misspelled: that was said. */
        if (has_diag(resolver->sink, DIAG_L01))
            return;
        diag_add(resolver->sink, DIAG_L29, (struct span){0, 0},
                 STRS(STR("the program"), STR("project")));
        return;
    }
    struct scope scope = scope_of_block(resolver, resolver->project);
    project->name = node_key(resolver->project);
    project->span = resolver->project->word_span;
    resolve_repository(&scope, project);
    resolve_owners(&scope, project);
    resolve_registry(&scope, project);
    project->kubernetes = scope_value(&scope, WORD_KUBERNETES);
    project->workflow_secrets = scope_value(&scope, WORD_WORKFLOW_SECRET);
    project->network = scope_value(&scope, WORD_NETWORK);
    resolve_schemas(&scope, project);
    resolve_cloud(&scope, project);
    resolve_contacts(&scope, project);
    resolve_channels(&scope, project);
}

void
resolve_prices(struct resolver *resolver)
{
    const struct node *node = find_statement(resolver, WORD_PRICES);
    if (node == NULL)
        return;
    struct scope scope = scope_of_block(resolver, node);
    struct prices *prices = arena_new(resolver->arena, sizeof *prices);
    prices->currency =
        scope_argument(&scope, (struct scope_node){node, LAYER_PROJECT}, 0);
    prices->cpu = scope_value(&scope, WORD_PRICE_CPU);
    prices->memory = scope_value(&scope, WORD_PRICE_MEMORY);
    prices->span = node->span;
    resolver->ir->prices = prices;
}

void
resolve_output(struct resolver *resolver)
{
    const struct node *node = find_statement(resolver, WORD_OUTPUT);
    struct scope scope = {.resolver = resolver};
    if (node != NULL)
        scope = scope_of_block(resolver, node);
    resolver->ir->output = (struct output_root){
        .kubernetes = scope_value(&scope, WORD_OUTPUT_KUBERNETES),
        .dns = scope_value(&scope, WORD_OUTPUT_DNS),
        .workflows = scope_value(&scope, WORD_OUTPUT_WORKFLOWS),
        .scripts = scope_value(&scope, WORD_OUTPUT_SCRIPTS),
        .monitoring = scope_value(&scope, WORD_OUTPUT_MONITORING),
        .hosting = scope_value(&scope, WORD_OUTPUT_HOSTING),
        .docs = scope_value(&scope, WORD_OUTPUT_DOCS),
    };
}
