/*
 * Which files there are.
 */
#include "emit/hosting.h"

#include "emit/hosting/classic.h"
#include "emit/hosting/environments.h"
#include "emit/hosting/inventory.h"
#include "emit/hosting/owners.h"
#include "emit/hosting/rulesets.h"

static void
emit_protection(struct hosting *hosting, const struct protection *protection)
{
    if (!is_value_known(protection->branch))
        return;
    if (is_ruleset(protection))
        emit_ruleset(hosting, protection);
    if (is_classic(protection))
        emit_classic(hosting, protection);
}

void
emit_hosting(const struct model *model, struct documents *documents)
{
    const struct ir *ir = model->ir;
    struct hosting hosting = {
        .documents = documents, .arena = documents->scratch, .ir = ir};
    if (!is_value_known(ir->output.hosting))
        return;
    hosting.root = ir->output.hosting->text;
    map_init(&hosting.paths, documents->scratch);
    for (size_t i = 0; i < ir->protection_count; i++)
        emit_protection(&hosting, &ir->protections[i]);
    emit_tag_rulesets(&hosting);
    emit_environments(&hosting);
    emit_inventory(&hosting);
    emit_owners(&hosting);
}
