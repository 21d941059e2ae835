/*
 * An environment's own facts. Everything scalar is one look-up in its scope.
 */
#include "resolve/environments.h"

#include "base/buf.h"
#include "ir/release.h"
#include "resolve/access.h"
#include "resolve/edge.h"
#include "resolve/manifests.h"
#include "resolve/rules.h"
#include "resolve/node.h"
#include "resolve/routes.h"
#include "resolve/patches.h"
#include "resolve/settings.h"
#include "resolve/typing.h"
#include "resolve/runs.h"

static const struct cluster *
resolve_cluster(const struct scope *scope)
{
    struct scope_node at = scope_find(scope, WORD_CLUSTER);
    if (at.node == NULL)
        return NULL;
    struct scope inside = scope_inside(scope, at);
    struct cluster *cluster =
        arena_new(scope->resolver->arena, sizeof *cluster);
    cluster->provider = scope_argument(scope, at, 0);
    cluster->name = scope_argument(scope, at, 1);
    cluster->group = scope_value(&inside, WORD_GROUP);
    cluster->version = scope_value(&inside, WORD_CLUSTER_VERSION);
    cluster->nodes = scope_value(&inside, WORD_NODES);
    cluster->cpu = scope_value(&inside, WORD_NODE_CPU);
    cluster->memory = scope_value(&inside, WORD_NODE_MEMORY);
    cluster->span = at.node->span;
    return cluster;
}

/* VAULT_IDENTITY_DEV: a hole that each environment has by itself. */
static const struct value *
implicit_identity(const struct scope *scope, struct span span)
{
    struct buf name;
    const struct value *short_name = scope_value(scope, WORD_SHORT);
    buf_init(&name, scope->resolver->arena);
    buf_add(&name, STR("VAULT_IDENTITY_"));
    for (size_t i = 0; short_name != NULL && i < short_name->text.len; i++) {
        char byte = short_name->text.at[i];
        if (byte >= 'a' && byte <= 'z')
            byte = (char)(byte - 'a' + 'A');
        buf_byte(&name, is_ascii_alnum(byte) ? byte : '_');
    }
    return hole_value(scope->resolver, buf_str(&name), TYPE_UUID, span);
}

static const struct vault *
resolve_vault(const struct scope *scope)
{
    struct scope_node at = scope_find(scope, WORD_VAULT);
    if (at.node == NULL)
        return NULL;
    struct scope inside = scope_inside(scope, at);
    struct vault *vault = arena_new(scope->resolver->arena, sizeof *vault);
    vault->provider = scope_argument(scope, at, 0);
    vault->name = scope_argument(scope, at, 1);
    vault->rotate = scope_value(&inside, WORD_ROTATE);
    vault->remind = scope_value(&inside, WORD_REMIND);
    vault->identity = scope_value(&inside, WORD_VAULT_IDENTITY);
    if (vault->identity == NULL)
        vault->identity = implicit_identity(scope, at.node->span);
    vault->span = at.node->span;
    return vault;
}

static enum tier
tier_of(const struct value *value)
{
    if (value != NULL && is_str_equal(value->text, STR("production")))
        return TIER_PRODUCTION;
    if (value != NULL && is_str_equal(value->text, STR("staging")))
        return TIER_STAGING;
    return TIER_DEVELOPMENT;
}

/* What GitHub is told of it. */
static void
resolve_github(const struct scope *scope, struct environment *environment)
{
    struct scope_node at = scope_find(scope, WORD_GITHUB);
    struct scope_node tag = scope_find(scope, WORD_TAG);
    environment->github = scope_value(scope, WORD_GITHUB);
    if (at.node != NULL) {
        struct scope inside = scope_inside(scope, at);
        environment->github_wait = scope_value(&inside, WORD_GITHUB_WAIT);
        environment->github_branches =
            scope_value(&inside, WORD_GITHUB_BRANCHES);
    }
    if (tag.node == NULL)
        return;
    struct scope inside = scope_inside(scope, tag);
    struct scope_node open = scope_find(&inside, WORD_TAG_UNPROTECTED);
    environment->is_tag_unprotected = open.node != NULL;
    if (open.node != NULL)
        environment->tag_unprotected_span = open.node->span;
}

static void
resolve_environment(struct resolver *resolver,
                    const struct environment_entry *entry, size_t index)
{
    struct scope scope = scope_of_environment(resolver, entry);
    struct environment *environment = entry->result;
    environment->name = entry->name;
    environment->doc = entry->node->doc;
    environment->span = entry->node->cells[0].syntax->span;
    environment->index = index;
    environment->short_name = scope_value(&scope, WORD_SHORT);
    environment->tier_value = scope_value(&scope, WORD_TIER);
    environment->tier = tier_of(environment->tier_value);
    environment->namespace_name = scope_value(&scope, WORD_NAMESPACE);
    environment->like = entry->like == NULL ? NULL : entry->like->result;
    environment->cluster = resolve_cluster(&scope);
    environment->prices = resolver->ir->prices;
    environment->ingress = resolve_edge(&scope);
    environment->vault = resolve_vault(&scope);
    environment->quota = resolve_quota(&scope);
    environment->limits = resolve_size_limits(&scope);
    environment->branch = scope_value(&scope, WORD_ENV_BRANCH);
    environment->tag = scope_value(&scope, WORD_TAG);
    environment->syncer = scope_value(&scope, WORD_SYNCER);
    environment->drift = scope_value(&scope, WORD_DRIFT);
    resolve_github(&scope, environment);
    environment->deploy = resolve_deploy(&scope);
    environment->settings = resolve_settings(resolver, entry);
    environment->manifests = manifests_in(&scope, &environment->manifest_count);
    environment->patches = patches_in(&scope, &environment->patch_count);
}

/* What is known only when all that runs in it is there. */
static void
finish_environment(struct resolver *resolver,
                   const struct environment_entry *entry)
{
    struct scope scope = scope_of_environment(resolver, entry);
    struct environment *environment = entry->result;
    environment->is_staged = has_staged_workload(environment);
    resolve_redirects(&scope, environment);
    resolve_accesses(&scope, environment);
    resolve_served_hosts(resolver->arena, environment);
}

void
resolve_environments(struct resolver *resolver)
{
    size_t count = resolver->environment_list.count;
    const struct environment **environments =
        arena_array(resolver->arena, count, sizeof *environments);
    for (size_t i = 0; i < count; i++) {
        struct environment_entry **entry =
            vec_at(&resolver->environment_list, i);
        resolve_environment(resolver, *entry, i);
        environments[i] = (*entry)->result;
    }
    resolve_runs(resolver);
    for (size_t i = 0; i < count; i++) {
        struct environment_entry **entry =
            vec_at(&resolver->environment_list, i);
        finish_environment(resolver, *entry);
    }
    resolver->ir->environments = environments;
    resolver->ir->environment_count = count;
}
