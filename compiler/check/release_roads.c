/*
 * Family M: the roads that a release can take, beside what is promised of
 * them: two roads of which one is weaker, gates that get weaker on the way,
 * environments that a road leads into and a script cannot reach.
 */
#include "check/walk.h"
#include "check/workflow.h"

#include "ir/release.h"

static struct str
edge_of(struct check *check, const struct promotion *promotion)
{
    return arena_format(check->arena, "{} -> {}",
                        STRS(promotion->from->name, promotion->to->name));
}

/* What one of two roads to the same place asks for and the other does not;
 * NULL when there is nothing. Approvals and soaks are asked for by the
 * pipeline, which takes the most of both. */
static const char *
lighter_gate(const struct promotion *strict, const struct promotion *weak)
{
    if (strict->when_healthy && !weak->when_healthy)
        return "`when healthy`";
    if (strict->window_count > 0 && weak->window_count == 0)
        return "`window`";
    if (strict->confirm != NULL && weak->confirm == NULL)
        return "`confirm`";
    return NULL;
}

static void
check_two_promotions(struct check *check, const struct promotion *strict,
                     const struct promotion *weak)
{
    const char *missing = lighter_gate(strict, weak);
    if (missing == NULL)
        return;
    struct diag *diag = diag_add(check->sink, DIAG_M09, weak->span,
                                 STRS(edge_of(check, weak), weak->to->name));
    diag_label(diag, "it goes without {}", STRS(str_from(missing)));
    diag_note(diag, strict->span, "this road asks for it", NO_STRS);
    diag_help(diag, "ask for the same on both, or take one of them out",
              NO_STRS);
    diag_about(diag, weak->to->name);
}

static const struct protection *
protection_of(const struct ir *ir, const struct environment *environment)
{
    for (size_t i = 0; i < ir->protection_count; i++) {
        const struct protection *protection = &ir->protections[i];
        if (is_value_known(protection->branch) &&
            is_str_equal(protection->branch->text, environment->branch->text))
            return protection;
    }
    return NULL;
}

/* Can whoever may push anything also push to the environment's branch? */
static bool
is_open_branch(const struct ir *ir, const struct environment *environment)
{
    if (environment->deploy == NULL || !is_value_known(environment->branch))
        return false;
    const struct protection *protection = protection_of(ir, environment);
    return protection == NULL ||
           (protection->push == NULL && (!is_value_known(protection->reviews) ||
                                         protection->reviews->number == 0));
}

/* Only the script asks for the word; a push starts the same pipeline. */
static void
check_push_road(struct check *check, const struct promotion *promotion)
{
    const struct environment *to = promotion->to;
    if (promotion->confirm == NULL || !is_open_branch(check->ir, to))
        return;
    struct diag *diag = diag_add(
        check->sink, DIAG_M09, to->branch->span,
        STRS(arena_format(check->arena, "a push to {}", STRS(to->branch->text)),
             to->name));
    diag_label(diag, "anybody who may push releases by it", NO_STRS);
    diag_note(diag, promotion->confirm->span,
              "the promotion asks for a word, a push does not", NO_STRS);
    diag_help(diag, "write `protect {} {{ reviews 2 }`",
              STRS(to->branch->text));
    diag_about(diag, to->name);
}

void
check_two_roads(struct check *check)
{
    const struct ir *ir = check->ir;
    for (size_t i = 0; i < ir->promotion_count; i++) {
        const struct promotion *first = &ir->promotions[i];
        check_push_road(check, first);
        for (size_t j = i + 1; j < ir->promotion_count; j++) {
            const struct promotion *second = &ir->promotions[j];
            if (first->to != second->to)
                continue;
            check_two_promotions(check, first, second);
            if (lighter_gate(first, second) == NULL)
                check_two_promotions(check, second, first);
        }
    }
}

/* What is asked on the way in and not on the way on; NULL: nothing. */
static const char *
dropped_gate(const struct ir *ir, const struct promotion *earlier,
             const struct promotion *later)
{
    if (earlier->when_healthy && !later->when_healthy)
        return "`when healthy`";
    if (earlier->soak != NULL && later->soak == NULL)
        return "`soak`";
    if (approval_count(ir, earlier->to) > approval_count(ir, later->to))
        return "as many approvals";
    if (earlier->confirm != NULL && later->confirm == NULL)
        return "`confirm`";
    return NULL;
}

static void
check_way_on(struct check *check, const struct promotion *earlier,
             const struct promotion *later)
{
    const char *missing = dropped_gate(check->ir, earlier, later);
    if (missing == NULL)
        return;
    struct diag *diag = diag_add(check->sink, DIAG_M18, later->span,
                                 STRS(edge_of(check, later)));
    diag_label(diag, "it goes without {}", STRS(str_from(missing)));
    diag_note(diag, earlier->span, "`{}` asks for it",
              STRS(edge_of(check, earlier)));
    diag_help(diag, "ask for at least as much closer to the users", NO_STRS);
    diag_about(diag, later->to->name);
}

void
check_weaker_downstream(struct check *check)
{
    const struct ir *ir = check->ir;
    for (size_t i = 0; i < ir->promotion_count; i++) {
        for (size_t j = 0; j < ir->promotion_count; j++) {
            if (ir->promotions[j].to == ir->promotions[i].from)
                check_way_on(check, &ir->promotions[j], &ir->promotions[i]);
        }
    }
}

/* Commits can land on the target's branch that the source never had. */
void
check_branch_divergence(struct check *check)
{
    const struct ir *ir = check->ir;
    for (size_t i = 0; i < ir->promotion_count; i++) {
        const struct promotion *promotion = &ir->promotions[i];
        const struct environment *to = promotion->to;
        if (!is_value_known(promotion->from->branch) ||
            promotion->confirm != NULL || !is_open_branch(ir, to) ||
            !has_tag_part(to, STR("version")))
            continue;
        struct diag *diag =
            diag_add(check->sink, DIAG_M12, to->branch->span,
                     STRS(to->branch->text, promotion->from->branch->text));
        diag_label(diag, "it is not protected", NO_STRS);
        diag_note(diag, promotion->span,
                  "a promotion can only move it forward, and fails once it "
                  "went its own way",
                  NO_STRS);
        diag_help(diag, "write `protect {} {{ reviews 1 }`",
                  STRS(to->branch->text));
        diag_about(diag, to->name);
    }
}

static bool
has_any_pipeline(const struct ir *ir)
{
    for (size_t i = 0; i < ir->environment_count; i++) {
        if (has_pipeline(ir, ir->environments[i]))
            return true;
    }
    return false;
}

void
check_script_targets(struct check *check)
{
    const struct ir *ir = check->ir;
    for (size_t i = 0; has_any_pipeline(ir) && i < ir->promotion_count; i++) {
        const struct promotion *promotion = &ir->promotions[i];
        const struct environment *lost = may_have_pipeline(ir, promotion->from)
                                             ? promotion->to
                                             : promotion->from;
        if (may_have_pipeline(ir, lost) ||
            (pipeline_fault(ir, lost) != NULL &&
             !is_allowed(check, DIAG_G34, lost->name)))
            continue;
        struct diag *diag = diag_add(check->sink, DIAG_M17, promotion->span,
                                     STRS(edge_of(check, promotion)));
        diag_label(diag, "no pipeline deploys to `{}`", STRS(lost->name));
        diag_note(diag, lost->span,
                  "it needs a branch, a `deploy` block and "
                  "a cluster that pipelines reach",
                  NO_STRS);
        diag_help(diag, "give it these, or take the promotion out", NO_STRS);
        diag_about(diag, lost->name);
    }
}

/* A freeze is kept by the pipeline, and by the script that starts it. */
void
check_freezes(struct check *check)
{
    const struct ir *ir = check->ir;
    for (size_t i = 0; i < ir->freeze_count; i++) {
        const struct freeze *freeze = &ir->freezes[i];
        for (size_t j = 0; j < ir->environment_count; j++) {
            const struct environment *environment = ir->environments[j];
            if (!is_frozen_by(freeze, environment) ||
                may_have_pipeline(ir, environment))
                continue;
            struct diag *diag =
                diag_add(check->sink, DIAG_M15, freeze->days->span,
                         STRS(environment->name));
            diag_label(diag, "nothing here holds a release back", NO_STRS);
            diag_note(diag, environment->span,
                      "no pipeline of this program deploys there", NO_STRS);
            diag_help(diag,
                      "let the program deploy there, or say by `in` which "
                      "environments are meant",
                      NO_STRS);
            diag_about(diag, environment->name);
        }
    }
}
