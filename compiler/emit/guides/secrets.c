/*
 * Which secrets there are, where they lie, and how one is changed. Values are
 * nowhere.
 */
#include "emit/guides/sections.h"

#include "base/map.h"
#include "emit/guides/places.h"
#include "emit/kubernetes/names.h"
#include "emit/workflows/steps.h"
#include "ir/release.h"

bool
has_secrets(const struct ir *ir)
{
    return ir->secret_count > 0;
}

static bool
takes_secret(const struct workload *workload, const struct secret *secret)
{
    for (size_t i = 0; i < workload->secret_count; i++) {
        if (workload->secrets[i] == secret)
            return true;
    }
    for (size_t i = 0; i < workload->secret_file_count; i++) {
        if (workload->secret_files[i].secret == secret)
            return true;
    }
    return false;
}

/* For each secret the services that ask for it anywhere, each once. */
struct takers {
    struct map lists; /* of each secret's name: struct buf */
    struct map seen;  /* SECRET SERVICE */
};

static void
file_taker(struct guide *guide, struct takers *takers,
           const struct workload *workload, const struct secret *secret)
{
    struct str pair = arena_format(guide->arena, "{} {}",
                                   STRS(secret->name, workload->service->name));
    struct buf *list = map_find(&takers->lists, secret->name);
    if (map_find(&takers->seen, pair) != NULL)
        return;
    map_put(&takers->seen, pair, takers);
    if (list == NULL) {
        list = arena_new(guide->arena, sizeof *list);
        buf_init(list, guide->arena);
        map_put(&takers->lists, secret->name, list);
    }
    buf_format(list, list->len == 0 ? "{}" : ", {}",
               STRS(said(guide, workload->service->name)));
}

static void
file_takers(struct guide *guide, struct takers *takers,
            const struct environment *environment)
{
    for (size_t i = 0; i < environment->workload_count; i++) {
        const struct workload *workload = environment->workloads[i];
        for (size_t j = 0; j < workload->secret_count; j++)
            file_taker(guide, takers, workload, workload->secrets[j]);
        for (size_t j = 0; j < workload->secret_file_count; j++)
            file_taker(guide, takers, workload,
                       workload->secret_files[j].secret);
    }
}

static void
write_table(struct guide *guide)
{
    const struct ir *ir = guide->ir;
    struct takers takers;
    map_init(&takers.lists, guide->arena);
    map_init(&takers.seen, guide->arena);
    for (size_t i = 0; i < ir->environment_count; i++)
        file_takers(guide, &takers, ir->environments[i]);
    guide_table(guide,
                STRS(STR("Secret"), STR("In the vault"), STR("Read by")));
    for (size_t i = 0; i < ir->secret_count; i++) {
        struct str name = ir->secrets[i]->name;
        const struct buf *list = map_find(&takers.lists, name);
        guide_row(guide, STRS(code(guide, name),
                              code(guide, vault_key(guide->arena, name)),
                              list == NULL ? STR("–") : buf_str(list)));
    }
}

static void
write_vaults(struct guide *guide)
{
    const struct ir *ir = guide->ir;
    bool is_first = true;
    for (size_t i = 0; i < ir->environment_count; i++) {
        const struct environment *environment = ir->environments[i];
        if (environment->vault == NULL)
            continue;
        if (is_first)
            guide_table(guide, STRS(STR("Environment"), STR("Vault"),
                                    STR("Changed every")));
        is_first = false;
        guide_row(guide, STRS(said(guide, environment->name),
                              shown(guide, environment->vault->name),
                              shown(guide, environment->vault->rotate)));
    }
}

/* ---- changing one ------------------------------------------------------- */

static const struct environment *
with_vault(const struct ir *ir)
{
    for (size_t i = ir->environment_count; i-- > 0;) {
        const struct environment *environment = ir->environments[i];
        if (environment->vault != NULL &&
            is_value_known(environment->vault->name) &&
            is_value_known(environment->namespace_name))
            return environment;
    }
    return NULL;
}

static const struct workload *
taker_in(const struct environment *environment, const struct secret *secret)
{
    for (size_t i = 0; i < environment->workload_count; i++) {
        if (takes_secret(environment->workloads[i], secret) &&
            environment->workloads[i]->secret_count > 0 &&
            runs_steadily(environment->workloads[i]->service))
            return environment->workloads[i];
    }
    return NULL;
}

static void
write_change(struct guide *guide)
{
    const struct ir *ir = guide->ir;
    const struct environment *environment = with_vault(ir);
    const struct secret *secret = ir->secrets[0];
    const struct workload *workload =
        environment == NULL ? NULL : taker_in(environment, secret);
    if (workload == NULL)
        return;
    struct str space = word_of(guide, environment->namespace_name->text);
    struct str vault = word_of(guide, environment->vault->name->text);
    struct str key = vault_key(guide->arena, secret->name);
    struct buf lines;
    buf_init(&lines, guide->arena);
    buf_format(&lines,
               "az keyvault secret set --vault-name {} --name {} --file FILE\n",
               STRS(vault, key));
    buf_format(&lines,
               "kubectl --namespace {} annotate externalsecret {} --overwrite "
               "force-sync=\"$(date +%s)\"\n",
               STRS(space, name_secret(guide->arena, workload->service)));
    buf_format(&lines,
               "kubectl --namespace {} rollout restart deployment --selector "
               "app.kubernetes.io/name={}\n",
               STRS(space, workload->service->name));
    guide_heading(guide, 3, STR("Changing one"));
    guide_paragraph(
        guide,
        "First see that the other side takes both the old value and the new "
        "one, then write the new one from a file that you delete afterwards; "
        "a value on a command line stays in the shell's history. {} in {}, "
        "for instance:",
        STRS(code(guide, secret->name), said(guide, environment->name)));
    guide_block(guide, "sh", buf_str(&lines));
    guide_paragraph(guide,
                    "Pods read a secret when they start. Take the old value "
                    "back at the other side when all pods are new.",
                    NO_STRS);
}

/* ---- at GitHub ---------------------------------------------------------- */

static void
write_hosting_secrets(struct guide *guide)
{
    if (!has_workflows(guide->ir))
        return;
    guide_heading(guide, 3, STR("At GitHub"));
    guide_paragraph(
        guide,
        "No password of a cloud is stored there: pipelines sign in as the "
        "GitHub environment they run in. What must be set, and by whom it is "
        "read, is in the checklists of [Before the first "
        "release](#before-the-first-release).",
        NO_STRS);
}

void
write_secrets(struct guide *guide)
{
    guide_paragraph(guide,
                    "Values are in the vaults and nowhere else: not in git, "
                    "not in a manifest, not in a pipeline. The External "
                    "Secrets Operator copies them into the namespace.",
                    NO_STRS);
    write_table(guide);
    write_vaults(guide);
    write_change(guide);
    write_hosting_secrets(guide);
}
