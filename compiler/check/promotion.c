/*
 * Family M: the graph on which releases move.
 */
#include "check/walk.h"

#include "ir/release.h"

static struct str
edge_text(struct check *check, const struct environment *from,
          const struct environment *to)
{
    return arena_format(check->arena, "{} -> {}", STRS(from->name, to->name));
}

static bool
is_promoted(const struct ir *ir, const struct environment *environment)
{
    return !is_first_environment(ir, environment) ||
           !is_last_environment(ir, environment);
}

void
check_unreachable(struct check *check)
{
    const struct ir *ir = check->ir;
    for (size_t i = 0; ir->promotion_count > 0 && i < ir->environment_count;
         i++) {
        const struct environment *environment = ir->environments[i];
        if (environment->deploy == NULL || is_promoted(ir, environment))
            continue;
        struct diag *diag = diag_add(check->sink, DIAG_M01, environment->span,
                                     STRS(environment->name));
        diag_label(diag, "no promotion leads here", NO_STRS);
        diag_note(diag, ir->promotions[0].span,
                  "other environments take releases from each other", NO_STRS);
        diag_help(diag, "write `promote ENV -> {}`", STRS(environment->name));
        diag_about(diag, environment->name);
    }
}

/* Is there a way along promotions? `seen` is by index of the environment. */
static bool
is_reached(const struct ir *ir, const struct environment *from,
           const struct environment *to, bool *seen)
{
    if (from == to)
        return true;
    seen[from->index] = true;
    for (size_t i = 0; i < ir->promotion_count; i++) {
        const struct promotion *promotion = &ir->promotions[i];
        if (promotion->from == from && !seen[promotion->to->index] &&
            is_reached(ir, promotion->to, to, seen))
            return true;
    }
    return false;
}

/* One message a circle: on the first of its edges whose circle is not yet
 * closed by those before it. */
void
check_promotion_cycle(struct check *check)
{
    const struct ir *ir = check->ir;
    struct ir before = *ir;
    for (size_t i = 0; i < ir->promotion_count; i++) {
        const struct promotion *promotion = &ir->promotions[i];
        bool *seen =
            arena_array(check->arena, ir->environment_count, sizeof *seen);
        before.promotion_count = i;
        if (!is_reached(&before, promotion->to, promotion->from, seen))
            continue;
        struct diag *diag = diag_add(check->sink, DIAG_M02, promotion->span,
                                     STRS(promotion->from->name));
        diag_label(diag, "`{}` is where it came from",
                   STRS(promotion->to->name));
        diag_help(diag, "take out one edge of the circle", NO_STRS);
        diag_about(diag, promotion->to->name);
    }
}

static bool
has_push(const struct environment *environment)
{
    return environment->deploy != NULL && is_value_known(environment->branch);
}

static bool
is_same_place(const struct environment *a, const struct environment *b)
{
    return a->cluster != NULL && b->cluster != NULL &&
           is_value_known(a->cluster->name) &&
           is_value_equal(a->cluster->name, b->cluster->name) &&
           is_value_equal(a->cluster->group, b->cluster->group) &&
           is_value_known(a->namespace_name) &&
           is_value_equal(a->namespace_name, b->namespace_name);
}

static void
check_forbidden_edge(struct check *check, const struct forbidden *never)
{
    const struct ir *ir = check->ir;
    struct span span = NO_SPAN;
    const char *how = NULL;
    const char *help = "take the promotion or the `never` out";
    for (size_t i = 0; i < ir->promotion_count; i++) {
        if (ir->promotions[i].from == never->from &&
            ir->promotions[i].to == never->to) {
            span = ir->promotions[i].span;
            how = "this promotion is the same edge";
        }
    }
    if (how == NULL && has_push(never->to) && has_push(never->from) &&
        is_str_equal(never->to->branch->text, never->from->branch->text)) {
        span = never->to->branch->span;
        how = "a push to this branch deploys to both at once";
        help = "give each of them a branch of its own";
    }
    if (how == NULL && is_same_place(never->from, never->to)) {
        span = never->to->namespace_name->span;
        how =
            "both are this namespace, so what comes to one comes to the other";
        help = "give each of them a namespace of its own";
    }
    if (how == NULL && ir->promotion_count > 0 && has_push(never->to) &&
        is_first_environment(ir, never->to)) {
        span = never->to->branch->span;
        how = "a push to this branch deploys there, from wherever it comes";
        help = "promote releases into it, so that it takes only these";
    }
    if (how == NULL)
        return;
    struct diag *diag =
        diag_add(check->sink, DIAG_M03, never->span,
                 STRS(edge_text(check, never->from, never->to)));
    diag_note(diag, span, how, NO_STRS);
    diag_help(diag, help, NO_STRS);
    diag_about(diag, never->to->name);
}

void
check_forbidden_edges(struct check *check)
{
    for (size_t i = 0; i < check->ir->forbidden_count; i++)
        check_forbidden_edge(check, &check->ir->forbidden[i]);
}

static const struct environment *
staging_of(const struct ir *ir)
{
    for (size_t i = 0; i < ir->environment_count; i++) {
        if (ir->environments[i]->tier == TIER_STAGING)
            return ir->environments[i];
    }
    return NULL;
}

void
check_skipped_tier(struct check *check)
{
    const struct environment *staging = staging_of(check->ir);
    for (size_t i = 0; staging != NULL && i < check->ir->promotion_count; i++) {
        const struct promotion *promotion = &check->ir->promotions[i];
        if (promotion->from->tier != TIER_DEVELOPMENT ||
            promotion->to->tier != TIER_PRODUCTION)
            continue;
        struct diag *diag =
            diag_add(check->sink, DIAG_M04, promotion->span,
                     STRS(edge_text(check, promotion->from, promotion->to)));
        diag_note(diag, staging->span, "`{}` is of the tier between them",
                  STRS(staging->name));
        diag_help(diag, "promote to `{}`, and from there to `{}`",
                  STRS(staging->name, promotion->to->name));
        diag_about(diag, promotion->to->name);
    }
}

void
check_production_gate(struct check *check)
{
    const struct ir *ir = check->ir;
    for (size_t i = 0; i < ir->promotion_count; i++) {
        const struct promotion *promotion = &ir->promotions[i];
        const struct environment *to = promotion->to;
        if (to->tier != TIER_PRODUCTION || promotion->when_healthy ||
            promotion->soak != NULL || promotion->confirm != NULL ||
            approval_count(ir, to) > 0)
            continue;
        struct diag *diag =
            diag_add(check->sink, DIAG_M05, promotion->span, STRS(to->name));
        diag_label(diag, "nothing holds a release back", NO_STRS);
        diag_help(diag, "add `when healthy`, `soak 24h` or `approve 2 by TEAM`",
                  NO_STRS);
        diag_about(diag, to->name);
    }
}

void
check_soak(struct check *check)
{
    for (size_t i = 0; i < check->ir->promotion_count; i++) {
        const struct promotion *promotion = &check->ir->promotions[i];
        const struct objective *objective =
            objective_find(check->ir, promotion->to);
        if (!is_value_known(promotion->soak) || objective == NULL ||
            deploy_interval_ms(objective) == 0 ||
            promotion->soak->number <= deploy_interval_ms(objective))
            continue;
        struct diag *diag =
            diag_add(check->sink, DIAG_M10, promotion->soak->span,
                     STRS(promotion->soak->text, promotion->to->name));
        diag_note(diag, objective->deploys->span, "releases are to come {}",
                  STRS(objective->deploys->text));
        diag_help(diag, "soak for less, or promise fewer releases", NO_STRS);
        diag_about(diag, promotion->to->name);
    }
}

static bool
has_health(const struct environment *environment)
{
    const struct deploy *deploy = environment->deploy;
    for (size_t i = 0; deploy != NULL && i < deploy->step_count; i++) {
        if (deploy->steps[i].kind == STEP_TEST)
            return true;
    }
    for (size_t i = 0; i < environment->workload_count; i++) {
        if (environment->workloads[i]->ready != NULL)
            return true;
    }
    return false;
}

void
check_health_source(struct check *check)
{
    for (size_t i = 0; i < check->ir->promotion_count; i++) {
        const struct promotion *promotion = &check->ir->promotions[i];
        if (!promotion->when_healthy || has_health(promotion->from))
            continue;
        struct diag *diag = diag_add(check->sink, DIAG_M11, promotion->span,
                                     STRS(promotion->from->name));
        diag_label(diag, "`when healthy` has nothing to look at", NO_STRS);
        diag_help(diag, "write `test health` in the deployment of `{}`",
                  STRS(promotion->from->name));
        diag_about(diag, promotion->to->name);
    }
}
