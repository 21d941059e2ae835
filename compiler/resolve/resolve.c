/*
 * The stage in its order: holes, statements, names, then each subject.
 */
#include "resolve/resolve.h"

#include "resolve/fold.h"

#include "diag/near.h"
#include "resolve/bind.h"
#include "resolve/certificates.h"
#include "resolve/consequences.h"
#include "resolve/environments.h"
#include "resolve/lowering.h"
#include "resolve/manifests.h"
#include "resolve/node.h"
#include "resolve/patches.h"
#include "resolve/settings.h"
#include "resolve/typing.h"
#include "resolve/volumes.h"
#include "resolve/workloads.h"
#include "resolve/zone_links.h"
#include "resolve/zone_records.h"

enum { LANGUAGE_VERSION = 1 };

static void
init_tables(struct resolver *resolver)
{
    struct map *const maps[] = {
        &resolver->givens,       &resolver->hole_index,
        &resolver->environments, &resolver->services,
        &resolver->profiles,     &resolver->channels,
        &resolver->config_index, &resolver->config_nodes,
        &resolver->secrets,      &resolver->folds,
        &resolver->manifests,    &resolver->project_files,
        &resolver->patch_texts,
    };
    for (size_t i = 0; i < sizeof maps / sizeof maps[0]; i++)
        map_init(maps[i], resolver->arena);
    vec_init(&resolver->given_list, resolver->arena, sizeof(struct given *));
    vec_init(&resolver->holes, resolver->arena, sizeof(struct hole));
    vec_init(&resolver->environment_list, resolver->arena,
             sizeof(struct environment_entry *));
    vec_init(&resolver->service_list, resolver->arena,
             sizeof(struct service_entry *));
    vec_init(&resolver->secret_list, resolver->arena, sizeof(struct secret *));
}

static void
add_given(struct resolver *resolver, struct str name,
          const struct argument *value, struct span span)
{
    struct given *given = arena_new(resolver->arena, sizeof *given);
    *given = (struct given){.name = name, .value = value, .span = span};
    vec_add_pointer(&resolver->given_list, given);
    map_put(&resolver->givens, name, given);
}

/* Before anything is typed, since a hole may stand before its `given`. What
 * comes from outside the program is the strongest. */
static void
collect_givens(struct resolver *resolver, const struct resolve_input *input)
{
    for (size_t i = 0; i < input->file_count; i++) {
        for (size_t j = 0; j < input->files[i]->statement_count; j++) {
            const struct statement *statement = &input->files[i]->statements[j];
            if (is_str_equal(statement->word.text, STR("given")) &&
                statement->argument_count == 2)
                add_given(resolver, statement->arguments[0].text,
                          &statement->arguments[1], statement->span);
        }
    }
    for (size_t i = 0; i < input->given_count; i++)
        add_given(resolver, input->givens[i].name, &input->givens[i].value,
                  input->givens[i].span);
}

static void
check_version(struct resolver *resolver, const struct node *node)
{
    const struct value *version = node->cells[0].value;
    if (!is_value_known(version) || version->number == LANGUAGE_VERSION)
        return;
    struct diag *diag =
        diag_add(resolver->sink, DIAG_L20, version->span,
                 STRS(arena_format(resolver->arena,
                                   "this compiler knows version 1, not {}",
                                   STRS(version->text))));
    diag_help(diag, "a newer broxc may know it", NO_STRS);
}

/* L20: the first statement says the version; an included file may. */
static void
check_versions(struct resolver *resolver)
{
    const struct node *first = NULL;
    for (size_t i = 0; i < resolver->statement_count; i++) {
        const struct node *node = resolver->statements[i];
        if (node->word->id != WORD_BRX)
            continue;
        first = first == NULL ? node : first;
        check_version(resolver, node);
    }
    if (first != NULL)
        return;
    struct diag *diag =
        diag_add(resolver->sink, DIAG_L20, (struct span){0, 0},
                 STRS(STR("the program does not say its version")));
    diag_help(diag, "begin it with `brx 1`", NO_STRS);
}

/* L36: a value that fills nothing is a slip, mostly of spelling. */
static void
check_givens(struct resolver *resolver)
{
    for (size_t i = 0; i < resolver->given_list.count; i++) {
        struct given **given = vec_at(&resolver->given_list, i);
        if (is_hole_filled(resolver, (*given)->name) ||
            map_find(&resolver->givens, (*given)->name) != *given)
            continue;
        struct near near = {.wanted = (*given)->name};
        for (size_t j = 0; j < resolver->holes.count; j++) {
            const struct hole *hole = vec_at(&resolver->holes, j);
            near_offer(&near, hole->name);
        }
        struct diag *diag = diag_add(resolver->sink, DIAG_L36, (*given)->span,
                                     STRS((*given)->name));
        if (!is_str_empty(near.best))
            diag_help(diag, "the nearest hole is `?{}`", STRS(near.best));
    }
}

static void
report_unused(struct resolver *resolver, const char *kind,
              const struct node *node)
{
    diag_add(resolver->sink, DIAG_L08, node->cells[0].syntax->span,
             STRS(str_from(kind), node_key(node)));
}

/* L08: declared, and used nowhere. */
static void
check_unused(struct resolver *resolver)
{
    for (size_t i = 0; i < resolver->service_list.count; i++) {
        struct service_entry **entry = vec_at(&resolver->service_list, i);
        if (!(*entry)->is_used)
            report_unused(resolver, (*entry)->node->word->name, (*entry)->node);
    }
    for (size_t i = 0; i < resolver->statement_count; i++) {
        const struct node *node = resolver->statements[i];
        const struct profile_entry *profile =
            node->word->id == WORD_PROFILE && node->cells[0].syntax != NULL
                ? map_find(&resolver->profiles, node_key(node))
                : NULL;
        if (profile != NULL && !profile->is_used)
            report_unused(resolver, "profile", node);
    }
}

/* What is used nowhere may be used where an error is. */
static void
check_uses(struct resolver *resolver)
{
    if (sink_error_count(resolver->sink) > 0)
        return;
    check_givens(resolver);
    check_unused(resolver);
}

static void
finish_ir(struct resolver *resolver)
{
    struct ir *ir = resolver->ir;
    ir->secrets = resolver->secret_list.items;
    ir->secret_count = resolver->secret_list.count;
    ir->holes = resolver->holes.items;
    ir->hole_count = resolver->holes.count;
}

/* Paths are those of `${path}`. */
static void
resolve_question(struct resolver *resolver, const struct resolve_input *input)
{
    struct scope scope = {.resolver = resolver};
    if (!is_str_empty(input->question))
        resolver->ir->answer =
            fold_path(&scope, input->question, input->question_span);
}

const struct ir *
resolve_program(struct arena *arena, struct sink *sink,
                const struct resolve_input *input)
{
    struct resolver resolver = {
        .helper = input->helper,
        .arena = arena,
        .sink = sink,
        .map = input->map,
        .schema = schema_new(arena),
        .live_zones = input->live_zones,
        .live_zone_count = input->live_zone_count,
        .ir = arena_new(arena, sizeof(struct ir)),
    };
    init_tables(&resolver);
    collect_givens(&resolver, input);
    resolve_statements(&resolver, input);
    check_versions(&resolver);
    bind_declarations(&resolver);
    resolve_project(&resolver);
    resolve_contract(&resolver);
    collect_manifests(&resolver, input);
    collect_project_files(&resolver, input);
    collect_patch_texts(&resolver, input);
    resolve_manifests(&resolver);
    resolve_workflow_files(&resolver, input);
    resolve_services(&resolver);
    resolve_prices(&resolver);
    resolve_environments(&resolver);
    resolve_promotions(&resolver);
    resolve_preview(&resolver);
    resolve_brakes(&resolver);
    resolve_rollback(&resolver);
    resolve_protections(&resolver);
    resolve_zones(&resolver);
    resolve_tls(&resolver);
    resolve_objectives(&resolver);
    resolve_alerts(&resolver);
    resolve_allows(&resolver);
    resolve_assertions(&resolver);
    resolve_output(&resolver);
    resolve_question(&resolver, input);
    resolve_certificates(arena, resolver.ir);
    resolve_zone_records(arena, resolver.ir);
    resolve_delegations(arena, resolver.ir);
    resolve_pointers(arena, resolver.ir);
    withdraw_consequences(&resolver, input);
    check_uses(&resolver);
    finish_ir(&resolver);
    return resolver.ir;
}
