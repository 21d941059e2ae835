/*
 * The Kubernetes target: derived names, and what goes to the base, to a patch
 * or whole to an overlay. That kustomize gives the same objects as the flat
 * files is for the tests with the real tool.
 */
#include "emit/kubernetes.h"

#include "emit/kubernetes/names.h"
#include "emit/kubernetes/plan.h"
#include "emit/kubernetes/workload.h"
#include "lexer/lexer.h"
#include "parser/parser.h"
#include "resolve/resolve.h"

#include <criterion/criterion.h>

static struct arena *arena;

static void
open_arena(void)
{
    arena = arena_open();
}

static void
close_arena(void)
{
    arena_close(arena);
}

TestSuite(kubernetes, .init = open_arena, .fini = close_arena);

static const struct ir *
resolve_text(const char *text)
{
    struct source_map *map = source_map_new(arena);
    struct sink *sink = sink_new(arena, map, PROFILE_STANDARD);
    const struct source_file *file =
        source_add(map, STR("envs.brx"), str_from(text));
    const struct block *block =
        parse_file(arena, sink, map, lex_file(arena, sink, file));
    struct resolve_input input = {.map = map, .files = &block, .file_count = 1};
    const struct ir *ir = resolve_program(arena, sink, &input);
    sink_settle(sink);
    for (size_t i = 0; i < sink_count(sink); i++) {
        const struct diag *diag = sink_at(sink, i);
        cr_expect(diag->severity != SEVERITY_ERROR, "%.*s",
                  (int)diag->headline.len, diag->headline.at);
    }
    return ir;
}

static const struct workload *
workload_of(const struct ir *ir, size_t environment, size_t service)
{
    return workload_find(ir->environments[environment], ir->services[service]);
}

/* The file's text; empty when there is no such file. */
static struct str
file_text(const struct documents *documents, const char *path)
{
    for (size_t i = 0; i < document_count(documents); i++) {
        const struct document *document = document_at(documents, i);
        if (is_str_equal(document->path, str_from(path)))
            return buf_str(&document->content);
    }
    return STR("");
}

static bool
is_part(struct str text, const char *part)
{
    struct str wanted = str_from(part);
    for (size_t i = 0; i + wanted.len <= text.len; i++) {
        if (is_str_equal(str_slice(text, i, i + wanted.len), wanted))
            return true;
    }
    return false;
}

static void
expect_part(struct str text, const char *part)
{
    cr_expect(is_part(text, part), "`%s` is not in:\n%.*s", part, (int)text.len,
              text.at);
}

static void
expect_no_part(struct str text, const char *part)
{
    cr_expect(text.len > 0 && !is_part(text, part), "`%s` is in:\n%.*s", part,
              (int)text.len, text.at);
}

/* Two environments, one service each in both and in one. */
#define HEAD                                                                   \
    "brx 1\n"                                                                  \
    "project shop { registry registry.example }\n"                             \
    "config { SAME text default same; OWN text default ${env.name} }\n"

#define PROGRAM                                                                \
    HEAD "service api { port http 8080; ready GET /ready; config all;"         \
         " memory 64Mi..128Mi }\n"                                             \
         "service web { port http 80; calls api }\n"                           \
         "service tool { port http 80 }\n"                                     \
         "env dev { run api 1 cpu 10m; run web; run tool;"                     \
         " deploy rolling { test health } }\n"                                 \
         "env prod { run api 2 cpu 20m; run web;"                              \
         " deploy blue-green { test health } }\n"

static struct documents
emit_text(const char *text)
{
    const struct ir *ir = resolve_text(text);
    const struct plan *plan = plan_new(arena, ir);
    struct documents documents;
    documents_init(&documents, arena);
    documents.scratch = arena;
    emit_base(plan, &documents);
    for (size_t i = 0; i < ir->environment_count; i++)
        emit_overlay(plan, &documents, ir->environments[i]);
    emit_cluster(plan, &documents);
    return documents;
}

static struct str
emitted(const char *text, const char *path)
{
    struct documents documents = emit_text(text);
    return file_text(&documents, path);
}

#define ROOT "infrastructure/kubernetes/"

/* ---- names -------------------------------------------------------------- */

Test(kubernetes, vault_keys_have_letters_digits_and_hyphens)
{
    cr_expect(is_str_equal(vault_key(arena, STR("DATABASE_URL")),
                           STR("database-url")));
    cr_expect(is_str_equal(vault_key(arena, STR("a.B_9")), STR("a-b-9")));
}

Test(kubernetes, config_hash_follows_content_alone)
{
    const struct ir *ir = resolve_text(
        HEAD "service a { config [SAME] }\nservice b { config [SAME] }\n"
             "service c { config all }\n"
             "service d { config [OWN SAME SAME] }\n"
             "env x { run a; run b; run c; run d }\n"
             "env y { run a; run b; run c; run d }\n");
    struct str a = name_config_hashed(arena, workload_of(ir, 0, 0));
    struct str b = name_config_hashed(arena, workload_of(ir, 0, 1));
    struct str c = name_config_hashed(arena, workload_of(ir, 0, 2));
    struct str d = name_config_hashed(arena, workload_of(ir, 0, 3));
    cr_assert_eq(a.len, sizeof "a-config-0123456789" - 1);
    cr_expect(is_str_equal(str_slice(a, 1, a.len), str_slice(b, 1, b.len)),
              "equal content, equal hash");
    cr_expect(is_str_equal(a, name_config_hashed(arena, workload_of(ir, 1, 0))),
              "the environment does not count");
    cr_expect(is_str_equal(str_slice(c, 1, c.len), str_slice(d, 1, d.len)),
              "neither the order of keys counts, nor a key said twice");
    cr_expect(
        !is_str_equal(c, name_config_hashed(arena, workload_of(ir, 1, 2))),
        "another value, another hash");
    for (size_t i = sizeof "a-config-" - 1; i < a.len; i++)
        cr_expect(has_byte(STR("2456789bcdfghkmt"), a.at[i]), "%c", a.at[i]);
}

/* ---- arithmetic --------------------------------------------------------- */

Test(kubernetes, startup_probe_waits_for_the_whole_start)
{
    struct value every = {.kind = VALUE_NUMBER, .number = 20000};
    struct value start = {.kind = VALUE_NUMBER, .number = 60000};
    struct probe probe = {.every = &every, .start = &start};
    cr_expect_eq(startup_failures(&probe), 3);
    start.number = 60001;
    cr_expect_eq(startup_failures(&probe), 4);
    start.number = 1;
    cr_expect_eq(startup_failures(&probe), 1);
    start.number = INT64_MAX;
    cr_expect_gt(startup_failures(&probe), 0);
}

Test(kubernetes, counts_are_zero_while_unknown)
{
    struct value hole = {.kind = VALUE_HOLE, .text = STR("N")};
    struct workload workload = {.count = &hole};
    cr_expect_eq(count_min(&workload), 0);
    cr_expect_eq(count_max(&workload), 0);
}

/* ---- what is shared ----------------------------------------------------- */

Test(kubernetes, equal_sections_are_shared)
{
    const struct ir *ir = resolve_text(PROGRAM);
    const struct plan *plan = plan_new(arena, ir);
    const struct service_plan *api = &plan->services[0];
    cr_expect(api->is_everywhere);
    cr_expect((api->shared & SECTION(PORTS)) != 0);
    cr_expect((api->shared & SECTION(READY)) != 0);
    cr_expect((api->shared & SECTION(CALLERS)) != 0);
    cr_expect((api->shared & SECTION(RESOURCES)) == 0, "cpu differs");
    cr_expect((api->shared & SECTION(REPLICAS)) == 0, "one is blue-green");
    cr_expect((api->shared & SECTION(CONFIG)) == 0, "one key differs");
    cr_expect(api->is_key_shared[0]);
    cr_expect(!api->is_key_shared[1]);
    cr_expect(!plan->services[2].is_everywhere);
}

Test(kubernetes, parts_hold_each_section_once)
{
    const struct ir *ir = resolve_text(PROGRAM);
    const struct plan *plan = plan_new(arena, ir);
    for (size_t i = 0; i < ir->environment_count; i++) {
        const struct environment *environment = ir->environments[i];
        for (size_t k = 0; k < environment->workload_count; k++) {
            const struct workload *workload = environment->workloads[k];
            struct instance whole =
                instance_of(plan, environment, workload, PART_WHOLE);
            struct instance base =
                instance_of(plan, environment, workload, PART_BASE);
            struct instance patch =
                instance_of(plan, environment, workload, PART_PATCH);
            cr_expect_eq(base.sections & patch.sections, 0);
            cr_expect_eq(base.sections | patch.sections, whole.sections);
        }
    }
}

Test(kubernetes, callers_are_found_from_the_called)
{
    const struct ir *ir = resolve_text(PROGRAM);
    const struct plan *plan = plan_new(arena, ir);
    const struct environment_plan *dev = &plan->environments[0];
    cr_expect_eq(dev->starts[1] - dev->starts[0], 1);
    cr_expect_eq(dev->callers[dev->starts[0]], ir->services[1]);
    cr_expect_eq(dev->starts[2] - dev->starts[1], 0);
}

/* ---- files -------------------------------------------------------------- */

Test(kubernetes, base_has_what_is_the_same)
{
    struct str base =
        emitted(PROGRAM, ROOT "base/workloads/deployment-api.yaml");
    expect_part(base, "path: /ready");
    expect_part(base, "name: api-config\n");
    expect_no_part(base, "replicas:");
    expect_no_part(base, "resources:");
}

Test(kubernetes, patch_has_what_differs)
{
    struct str patch =
        emitted(PROGRAM, ROOT "overlays/dev/workloads/deployment-api.yaml");
    expect_part(patch, "replicas: 1");
    expect_part(patch, "cpu: 10m");
    expect_no_part(patch, "/ready");
    expect_no_part(patch, "selector:");
}

Test(kubernetes, config_keys_go_where_they_belong)
{
    struct documents documents = emit_text(PROGRAM);
    struct str base = file_text(&documents, ROOT "base/configmap.yaml");
    struct str dev =
        file_text(&documents, ROOT "overlays/dev/configmap-dev.yaml");
    expect_part(base, "SAME: same");
    expect_no_part(base, "OWN:");
    expect_part(dev, "OWN: dev");
    expect_no_part(dev, "SAME:");
}

Test(kubernetes, service_of_one_environment_is_whole_there)
{
    struct documents documents = emit_text(PROGRAM);
    struct str tool = file_text(&documents, ROOT
                                "overlays/dev/workloads/deployment-tool.yaml");
    expect_part(tool, "selector:");
    expect_part(tool, "replicas: 1");
    cr_expect(is_str_empty(
        file_text(&documents, ROOT "base/workloads/deployment-tool.yaml")));
    cr_expect(is_str_empty(file_text(
        &documents, ROOT "overlays/prod/workloads/deployment-tool.yaml")));
}

Test(kubernetes, blue_green_leaves_counts_and_colours_to_the_pipeline)
{
    struct documents documents = emit_text(PROGRAM);
    struct str patch = file_text(&documents, ROOT
                                 "overlays/prod/workloads/deployment-api.yaml");
    struct str preview =
        file_text(&documents, ROOT "overlays/prod/preview.yaml");
    struct str release =
        file_text(&documents, ROOT "overlays/prod/release/kustomization.yaml");
    expect_no_part(patch, "replicas:");
    expect_no_part(preview, LABEL_COLOUR);
    expect_part(release, LABEL_COLOUR ": blue");
    expect_part(release, "newTag: unreleased");
    cr_expect(
        is_str_empty(file_text(&documents, ROOT "overlays/dev/preview.yaml")));
}

Test(kubernetes, release_is_made_once)
{
    struct documents documents = emit_text(PROGRAM);
    size_t once_count = 0;
    for (size_t i = 0; i < document_count(&documents); i++) {
        const struct document *document = document_at(&documents, i);
        bool is_release =
            has_suffix(document->path, STR("release/kustomization.yaml"));
        cr_expect_eq(document->kind == DOCUMENT_ONCE, is_release, "%.*s",
                     (int)document->path.len, document->path.at);
        once_count += is_release;
    }
    cr_expect_eq(once_count, 2);
}

/* Services called like our own files stand in files of their own. */
Test(kubernetes, no_two_documents_have_one_path)
{
    struct documents documents =
        emit_text(HEAD "service network { port http 80 }\n"
                       "service kustomization { port http 80 }\n"
                       "env base { run network; run kustomization }\n"
                       "env release { run network; run kustomization }\n");
    for (size_t i = 0; i < document_count(&documents); i++) {
        for (size_t k = 0; k < i; k++) {
            struct str path = document_at(&documents, i)->path;
            cr_expect(!is_str_equal(path, document_at(&documents, k)->path),
                      "%.*s", (int)path.len, path.at);
        }
    }
}

Test(kubernetes, patches_and_whole_objects_stand_apart)
{
    struct documents documents =
        emit_text(HEAD "service own-api { port http 80 }\n"
                       "service api { secret [X] }\n"
                       "env dev { short own; run own-api { port http 81 };"
                       " run api { port http 80; config all } }\n"
                       "env prod { run own-api; run api }\n");
    struct str patch =
        file_text(&documents, ROOT "overlays/dev/service-own-api.yaml");
    struct str own =
        file_text(&documents, ROOT "overlays/dev/own-service-api.yaml");
    struct str config =
        file_text(&documents, ROOT "overlays/dev/own-configmap.yaml");
    expect_part(patch, "port: 81");
    expect_no_part(patch, "name: api\n");
    expect_part(own, "kind: Service\n");
    expect_no_part(own, "kind: ServiceAccount");
    expect_part(config, "name: api-config-");
}

Test(kubernetes, user_labels_never_replace_selectors)
{
    struct str base = emitted(
        HEAD "service api { port http 80; label \"app.kubernetes.io/name\""
             " \"evil\"; label \"team\" \"on\" }\n"
             "env dev { run api }\n",
        ROOT "base/workloads/deployment-api.yaml");
    expect_no_part(base, "evil");
    expect_part(base, "team: \"on\"");
}

Test(kubernetes, pairs_are_shared_one_by_one)
{
    struct documents documents =
        emit_text(HEAD "service api { port http 80; label \"a\" \"1\";"
                       " label \"b\" \"2\"; metrics GET /m;"
                       " annotation \"prometheus.io/path\" \"/mine\" }\n"
                       "env dev { run api { label \"b\" \"3\" } }\n"
                       "env prod { run api { without annotation } }\n");
    struct str base =
        file_text(&documents, ROOT "base/workloads/deployment-api.yaml");
    struct str dev = file_text(&documents, ROOT
                               "overlays/dev/workloads/deployment-api.yaml");
    expect_part(base, "    a: \"1\"\n");
    expect_no_part(base, "    b: ");
    expect_part(base, "prometheus.io/path: /m\n");
    expect_part(dev, "    b: \"3\"\n");
    expect_no_part(dev, "    a: ");
    expect_part(dev, "prometheus.io/path: /mine\n");
}

Test(kubernetes, holes_leave_comments)
{
    struct documents documents = emit_text(
        HEAD "service api { port http 80; memory ?SIZE; scale ?MANY }\n"
             "env dev { run api }\n");
    struct str base =
        file_text(&documents, ROOT "base/workloads/deployment-api.yaml");
    expect_part(base, "# memory waits for ?SIZE");
    expect_no_part(base, "memory: ");
    cr_expect(is_str_empty(file_text(
        &documents, ROOT "overlays/dev/workloads/availability.yaml")));
}

Test(kubernetes, quota_is_the_most_that_can_run)
{
    struct str prod =
        emitted(HEAD "service api { port http 80; migrate \"m\" }\n"
                     "env prod { run api 5 scale 3..10 cpu 100m..200m"
                     " memory 1Gi..2Gi; deploy blue-green { test health } }\n",
                ROOT "overlays/prod/quota.yaml");
    expect_part(prod, "pods: \"21\"");
    expect_part(prod, "requests.cpu: 2100m");
    expect_part(prod, "limits.memory: 42Gi");
    struct str rolling = emitted(HEAD "service api { port http 80 }\n"
                                      "env dev { run api 5 cpu 100m memory 1Gi;"
                                      " deploy rolling { test health } }\n",
                                 ROOT "overlays/dev/quota.yaml");
    expect_part(rolling, "pods: \"7\"");
}
