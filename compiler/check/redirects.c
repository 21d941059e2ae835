/*
 * Family W: hosts that send their requests on, and paths that controllers
 * understand alike.
 */
#include "base/map.h"
#include "check/check.h"
#include "check/walk.h"
#include "ir/controller.h"

typedef void redirect_judge(struct check *check,
                            const struct environment *environment,
                            const struct redirect *redirect);

static redirect_judge judge_way, judge_chain, judge_target;

static void
each_redirect(struct check *check, redirect_judge *judge)
{
    for (size_t i = 0; i < check->ir->environment_count; i++) {
        const struct environment *environment = check->ir->environments[i];
        for (size_t k = 0; k < environment->redirect_count; k++)
            judge(check, environment, &environment->redirects[k]);
    }
}

/* W17 */
void
check_redirect_way(struct check *check)
{
    each_redirect(check, judge_way);
}

/* W18 */
void
check_redirect_chain(struct check *check)
{
    each_redirect(check, judge_chain);
}

/* W19 */
void
check_redirect_target(struct check *check)
{
    each_redirect(check, judge_target);
}

static struct str
redirect_object(struct check *check, const struct environment *environment,
                const struct redirect *redirect)
{
    return arena_format(check->arena, "{}.{}",
                        STRS(environment->name, redirect->from->text));
}

/* ---- W17 ---------------------------------------------------------------- */

/* A class that is not known yet, or missing (W12), is judged elsewhere. */
static void
judge_way(struct check *check, const struct environment *environment,
          const struct redirect *redirect)
{
    const struct ingress *ingress = environment->ingress;
    if (ingress == NULL || ingress->is_gateway ||
        !is_value_known(ingress->class_name) || !is_value_known(redirect->from))
        return;
    const struct controller *controller =
        controller_find(ingress->class_name->text);
    if (controller != NULL && controller->family == CONTROLLER_NGINX)
        return;
    struct diag *diag =
        diag_add(check->sink, DIAG_W17, redirect->span,
                 STRS(redirect->from->text, ingress->class_name->text));
    diag_note(diag, ingress->class_name->span, "the class of `{}`",
              STRS(environment->name));
    diag_help(diag,
              "serve `{}` as a host of a service that sends requests on, "
              "or give `{}` a `gateway`",
              STRS(redirect->from->text, environment->name));
    diag_about(diag, redirect_object(check, environment, redirect));
}

/* ---- W18 ---------------------------------------------------------------- */

static const struct redirect *
redirect_find(const struct environment *environment, const struct value *host)
{
    for (size_t i = 0; i < environment->redirect_count; i++) {
        const struct redirect *redirect = &environment->redirects[i];
        if (is_value_known(redirect->from) && is_value_known(host) &&
            is_str_equal(redirect->from->text, host->text))
            return redirect;
    }
    return NULL;
}

/* Where requests end, or NULL when they go round. */
static const struct redirect *
last_redirect(const struct environment *environment,
              const struct redirect *redirect)
{
    const struct redirect *next = redirect_find(environment, redirect->to);
    for (size_t i = 0; next != NULL && i < environment->redirect_count; i++) {
        redirect = next;
        next = redirect_find(environment, redirect->to);
    }
    return next == NULL ? redirect : NULL;
}

static void
judge_chain(struct check *check, const struct environment *environment,
            const struct redirect *redirect)
{
    const struct redirect *next = redirect_find(environment, redirect->to);
    if (next == NULL || !is_value_known(redirect->from))
        return;
    const struct redirect *last = last_redirect(environment, redirect);
    struct str how = last == NULL ? STR("in a circle") : STR("twice");
    struct diag *diag = diag_add_as(
        check->sink, DIAG_W18, last == NULL ? SEVERITY_ERROR : SEVERITY_WARNING,
        redirect->to->span, STRS(redirect->from->text, how));
    if (next == redirect)
        diag_label(diag, "this is the host itself", NO_STRS);
    else
        diag_note(diag, next->span, "`{}` is itself sent on",
                  STRS(redirect->to->text));
    if (last == NULL)
        diag_help(diag, "let one of them be served", NO_STRS);
    else
        diag_help(diag, "write `redirect {} -> {}`",
                  STRS(redirect->from->text, last->to->text));
    diag_about(diag, redirect_object(check, environment, redirect));
}

/* ---- W19 ---------------------------------------------------------------- */

/* What lies in no zone of the program is somebody else's to answer, and what
 * is sent on itself is W18's, also in a circle. */
static void
judge_target(struct check *check, const struct environment *environment,
             const struct redirect *redirect)
{
    const struct ir *ir = check->ir;
    const struct value *target = redirect->to;
    if (!is_value_known(target) || !is_value_known(redirect->from) ||
        has_host(environment, target->text) ||
        redirect_find(environment, target) != NULL)
        return;
    const struct environment *other = host_environment_find(ir, target->text);
    const struct zone *zone = zone_find(ir, target->text);
    if (other == NULL && zone == NULL)
        return;
    struct diag *diag = diag_add(check->sink, DIAG_W19, target->span,
                                 STRS(redirect->from->text, target->text));
    if (other != NULL)
        diag_note(diag, other->span, "it is a host of `{}`", STRS(other->name));
    else
        diag_note(diag, zone->span, "its zone is the program's", NO_STRS);
    diag_help(diag, "name a host that `{}` serves", STRS(environment->name));
    diag_about(diag, redirect_object(check, environment, redirect));
}

/* ---- W20 ---------------------------------------------------------------- */

/* Letters, digits and `-._~` in segments of at least one: what the Gateway API
 * and ingress-nginx both take, and what no client rewrites (RFC 3986 6.2.2). */
static const char *
path_fault(struct str path)
{
    size_t start = 1;
    for (size_t i = 1; i <= path.len; i++) {
        bool is_end = i == path.len || path.at[i] == '/';
        if (!is_end && !is_ascii_alnum(path.at[i]) &&
            !has_byte(STR("-._~"), path.at[i]))
            return "only letters, digits and `-`, `.`, `_`, `~` stand in it";
        if (!is_end)
            continue;
        struct str segment = str_slice(path, start, i);
        if (is_str_empty(segment) && i < path.len)
            return "two slashes in a row";
        if (is_str_equal(segment, STR(".")) || is_str_equal(segment, STR("..")))
            return "clients resolve `.` and `..` before they ask";
        start = i + 1;
    }
    return NULL;
}

static void
judge_path(struct check *check, const struct workload *workload,
           const struct value *path)
{
    const char *fault = is_value_known(path) ? path_fault(path->text) : NULL;
    if (fault == NULL)
        return;
    struct diag *diag =
        diag_add(check->sink, DIAG_W20, path->span, STRS(path->text));
    diag_label(diag, "{}", STRS(str_from(fault)));
    diag_help(diag, "write it like `/api`, without a pattern", NO_STRS);
    diag_about(diag, workload_object(check, workload));
}

static void
judge_paths(struct check *check, const struct workload *workload)
{
    for (size_t i = 0; i < workload->route_count; i++) {
        const struct value *paths = workload->routes[i].paths;
        for (size_t k = 0; paths != NULL && k < paths->item_count; k++)
            judge_path(check, workload, &paths->items[k]);
    }
}

void
check_host_paths(struct check *check)
{
    each_workload(check, judge_paths);
}
