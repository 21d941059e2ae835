/*
 * Lines of facts. Names of services are DNS labels and hosts are host names,
 * so that words never hold a space.
 */
#include "emit/workflows/facts.h"

#include "base/map.h"
#include "emit/workflows/queries.h"
#include "emit/workflows/steps.h"

static void add_build_place(struct buf *lines, struct str service);
static bool is_served(const struct workload *workload);
static bool has_http_probe(const struct workload *workload);
static struct str lines_end(struct buf *lines);

/* Is it called as its image is: the one whose build makes the image? */
static bool
is_image_owner(const struct workload *workload)
{
    struct str image = workload->image->text;
    struct str name = workload->service->name;
    return has_suffix(image, name) && image.len > name.len &&
           image.at[image.len - name.len - 1] == '/';
}

/* Several may run one image, such as a task that runs a service's: it is built
 * and looked up once, for its owner, or else for the first of them. */
static void
file_image_runners(struct map *runners, const struct environment *environment)
{
    for (size_t i = 0; i < environment->workload_count; i++) {
        const struct workload *workload = environment->workloads[i];
        if (!is_value_known(workload->image) || is_image_pinned(workload))
            continue;
        const struct workload *found = map_find(runners, workload->image->text);
        if (found == NULL ||
            (is_image_owner(workload) && !is_image_owner(found)))
            map_put(runners, workload->image->text, workload);
    }
}

struct str
repository_lines(struct arena *arena, const struct environment *environment)
{
    struct buf lines;
    struct map runners;
    buf_init(&lines, arena);
    map_init(&runners, arena);
    file_image_runners(&runners, environment);
    for (size_t i = 0; i < environment->workload_count; i++) {
        const struct workload *workload = environment->workloads[i];
        if (!is_value_known(workload->image) ||
            map_find(&runners, workload->image->text) != workload)
            continue;
        struct str service = workload->service->name;
        buf_format(&lines, "{} {}", STRS(service, workload->image->text));
        buf_byte(&lines, '\n');
    }
    return lines_end(&lines);
}

struct str
build_lines(struct arena *arena, const struct environment *environment)
{
    struct str repositories =
        plain_text(arena, repository_lines(arena, environment));
    struct buf lines;
    buf_init(&lines, arena);
    while (!is_str_empty(repositories)) {
        struct str line = str_cut(&repositories, '\n');
        struct str rest = line;
        buf_add(&lines, line);
        add_build_place(&lines, str_cut(&rest, ' '));
        buf_byte(&lines, '\n');
    }
    return lines_end(&lines);
}

/* A folder of the service's name, unless the repository's variables say
 * another one. */
static void
add_build_place(struct buf *lines, struct str service)
{
    struct arena *arena = lines->arena;
    struct str suffix = variable_suffix(arena, service);
    buf_format(
        lines, " {} {}",
        STRS(expression(arena, "vars.BRX_CONTEXT_{} || '{}'",
                        STRS(suffix, service)),
             expression(arena, "vars.BRX_DOCKERFILE_{} || '{}/Dockerfile'",
                        STRS(suffix, service))));
}

struct str
source_output(struct arena *arena, const struct pipeline *pipeline,
              struct str name)
{
    return expression(arena, "needs.{}.outputs.{}",
                      STRS(pipeline->source->id, name));
}

struct str
image_lines(struct arena *arena, const struct pipeline *pipeline)
{
    return source_output(arena, pipeline, STR("images"));
}

static bool
is_deployed(const struct workload *workload, enum deployed deployed)
{
    bool is_rolling = strategy_of(workload) == STRATEGY_ROLLING;
    return runs_steadily(workload->service) &&
           is_rolling == (deployed == DEPLOYED_ROLLING);
}

static bool
is_stateful_set(const struct workload *workload)
{
    return workload->service->kind == SERVICE_STATEFUL;
}

static struct str
target_of(struct arena *arena, const struct workload *workload)
{
    struct str name = workload->service->name;
    return is_stateful_set(workload)
               ? arena_format(arena, "statefulset/{}", STRS(name))
               : name;
}

static void
add_count(struct buf *lines, const struct workload *workload)
{
    struct arena *arena = lines->arena;
    if (is_value_known(workload->count) && workload->count->number > 0)
        buf_format(lines, "{} {}\n",
                   STRS(target_of(arena, workload),
                        arena_number(arena, workload->count->number)));
}

struct str
stateful_count_lines(struct arena *arena, const struct environment *environment)
{
    struct buf lines;
    buf_init(&lines, arena);
    for (size_t i = 0; i < environment->workload_count; i++) {
        if (is_stateful_set(environment->workloads[i]))
            add_count(&lines, environment->workloads[i]);
    }
    return lines_end(&lines);
}

bool
has_stateful_sets(const struct environment *environment)
{
    for (size_t i = 0; i < environment->workload_count; i++) {
        const struct workload *workload = environment->workloads[i];
        if (is_stateful_set(workload) && is_value_known(workload->count) &&
            workload->count->number > 0)
            return true;
    }
    return false;
}

struct str
count_lines(struct arena *arena, const struct environment *environment,
            enum deployed deployed)
{
    struct buf lines;
    buf_init(&lines, arena);
    for (size_t i = 0; i < environment->workload_count; i++) {
        if (is_deployed(environment->workloads[i], deployed))
            add_count(&lines, environment->workloads[i]);
    }
    return lines_end(&lines);
}

struct service_order {
    struct buf lines;
    const struct environment *environment;
    enum deployed deployed;
    bool *is_seen; /* by index of the service */
};

/* What it calls comes before it. A circle of calls is entered once. The depth
 * is the length of a chain of calls, at most the count of services. */
static void
add_in_order(struct service_order *order, const struct workload *workload)
{
    if (order->is_seen[workload->service->index])
        return;
    order->is_seen[workload->service->index] = true;
    for (size_t i = 0; i < workload->call_count; i++) {
        const struct workload *callee =
            workload_find(order->environment, workload->calls[i].service);
        if (callee != NULL)
            add_in_order(order, callee);
    }
    if (is_deployed(workload, order->deployed))
        buf_format(&order->lines, "{}\n",
                   STRS(target_of(order->lines.arena, workload)));
}

struct str
service_lines(struct arena *arena, const struct ir *ir,
              const struct environment *environment, enum deployed deployed)
{
    struct service_order order = {
        .environment = environment,
        .deployed = deployed,
        .is_seen = arena_array(arena, ir->service_count, sizeof(bool))};
    buf_init(&order.lines, arena);
    for (size_t i = 0; i < environment->workload_count; i++)
        add_in_order(&order, environment->workloads[i]);
    return lines_end(&order.lines);
}

/* Stateful sets come before all else, and a task's template starts nothing. */
bool
waits_for_traffic(const struct workload *workload)
{
    return workload->environment->is_staged && !is_stateful_set(workload) &&
           workload->service->kind != SERVICE_TASK &&
           strategy_of(workload) == STRATEGY_ROLLING;
}

struct str
later_lines(struct arena *arena, const struct environment *environment)
{
    struct buf lines;
    buf_init(&lines, arena);
    size_t count = environment->is_staged ? environment->workload_count : 0;
    for (size_t i = 0; i < count; i++) {
        const struct workload *workload = environment->workloads[i];
        if (waits_for_traffic(workload))
            buf_format(&lines, "{}\n", STRS(workload->service->name));
    }
    return lines_end(&lines);
}

struct str
share_text(struct arena *arena, const struct step *step)
{
    return thousandths_text(arena, step->share->number);
}

/* Requests reach it: it has a port that is known. */
static bool
is_served(const struct workload *workload)
{
    return workload->service->kind == SERVICE_SERVICE &&
           workload->port_count > 0 &&
           is_value_known(workload->ports[0].number) &&
           (workload->count == NULL || !is_value_known(workload->count) ||
            workload->count->number > 0);
}

static bool
has_http_probe(const struct workload *workload)
{
    const struct probe *ready = workload->ready;
    return is_served(workload) && ready != NULL && ready->kind == PROBE_HTTP &&
           is_value_known(ready->path) && !has_byte(ready->path->text, ' ') &&
           ready->port != NULL && is_value_known(ready->port->number);
}

/* Does a request for `path` come to the route's port? RFC 3986 segments. */
static bool
is_path_routed(const struct route *route, struct str path)
{
    for (size_t i = 0; route->paths != NULL && i < route->paths->item_count;
         i++) {
        struct str prefix = route->paths->items[i].text;
        if (!is_value_known(&route->paths->items[i]))
            continue;
        if (route->is_exact) {
            if (is_str_equal(path, prefix))
                return true;
            continue;
        }
        if (has_suffix(prefix, STR("/")))
            prefix = str_slice(prefix, 0, prefix.len - 1);
        if (has_prefix(path, prefix) &&
            (path.len == prefix.len || path.at[prefix.len] == '/'))
            return true;
    }
    return false;
}

static void
add_urls(struct buf *lines, const struct workload *workload,
         const struct route *route)
{
    struct str path = workload->ready->path->text;
    if (route->hosts == NULL || route->port == NULL ||
        !is_value_known(route->port->number) ||
        route->port->number->number != workload->ready->port->number->number ||
        !is_path_routed(route, path))
        return;
    for (size_t i = 0; i < route->hosts->item_count; i++) {
        if (is_value_known(&route->hosts->items[i]))
            buf_format(lines, "https://{}{}\n",
                       STRS(route->hosts->items[i].text, path));
    }
}

/* A probe of a port, or of a path, that no host leads to says nothing of the
 * hosts. */
struct str
url_lines(struct arena *arena, const struct environment *environment)
{
    struct buf lines;
    buf_init(&lines, arena);
    for (size_t i = 0; i < environment->workload_count; i++) {
        const struct workload *workload = environment->workloads[i];
        for (size_t k = 0;
             has_http_probe(workload) && k < workload->route_count; k++)
            add_urls(&lines, workload, &workload->routes[k]);
    }
    return lines_end(&lines);
}

struct str
preview_lines(struct arena *arena, const struct environment *environment)
{
    struct buf lines;
    buf_init(&lines, arena);
    for (size_t i = 0; i < environment->workload_count; i++) {
        const struct workload *workload = environment->workloads[i];
        if (!has_http_probe(workload) ||
            strategy_of(workload) == STRATEGY_ROLLING)
            continue;
        const struct probe *ready = workload->ready;
        buf_format(&lines, "{}-preview {} {}\n",
                   STRS(workload->service->name,
                        arena_number(arena, ready->port->number->number),
                        ready->path->text));
    }
    return lines_end(&lines);
}

struct str
address_lines(struct arena *arena, const struct environment *environment)
{
    struct buf lines;
    buf_init(&lines, arena);
    for (size_t i = 0; i < environment->workload_count; i++) {
        const struct workload *workload = environment->workloads[i];
        if (is_served(workload) && workload->hosts != NULL &&
            workload->hosts->item_count > 0 &&
            is_value_known(&workload->hosts->items[0]))
            buf_format(
                &lines, "{} https://{}\n",
                STRS(workload->service->name, workload->hosts->items[0].text));
    }
    return lines_end(&lines);
}

struct str
forward_lines(struct arena *arena, const struct environment *environment)
{
    struct buf lines;
    buf_init(&lines, arena);
    for (size_t i = 0; i < environment->workload_count; i++) {
        const struct workload *workload = environment->workloads[i];
        if (!is_served(workload))
            continue;
        bool is_rolling = strategy_of(workload) == STRATEGY_ROLLING;
        buf_format(
            &lines, "{} {}{} {}\n",
            STRS(workload->service->name, workload->service->name,
                 is_rolling ? STR("") : STR("-preview"),
                 arena_number(arena, workload->ports[0].number->number)));
    }
    return lines_end(&lines);
}

struct str
watch_lines(struct arena *arena, const struct environment *environment,
            const struct step *step, struct str pods)
{
    struct watch_checks checks =
        watch_checks_of(arena, environment, step, pods);
    struct buf lines;
    buf_init(&lines, arena);
    for (size_t i = 0; i < checks.count; i++)
        buf_format(&lines, "{}|{}|{}|{}\n",
                   STRS(checks.at[i].name, checks.at[i].query,
                        checks.at[i].operator_text, checks.at[i].bound));
    return lines_end(&lines);
}

struct str
tag_template(struct arena *arena, const struct environment *environment)
{
    const struct value *tag = environment->tag;
    struct buf buf;
    buf_init(&buf, arena);
    if (!is_value_known(tag))
        return STR("{sha}");
    for (size_t i = 0; i < value_part_count(tag); i++) {
        const struct text_part *part = &tag->parts->at[i];
        if (!part->is_name)
            buf_add(&buf, plain_text(arena, part->text));
        else if (is_str_equal(part->text, STR("git.sha")))
            buf_add(&buf, STR("{sha}"));
        else if (is_str_equal(part->text, STR("version")))
            buf_add(&buf, STR("{version}"));
        else
            buf_add(&buf, expression(arena, "{}", STRS(part->text)));
    }
    return value_part_count(tag) == 0 ? plain_text(arena, tag->text)
                                      : buf_str(&buf);
}

/* A reason on one line: it is a line's rest. */
static void
add_reason(struct buf *lines, const struct value *reason)
{
    if (!is_value_known(reason))
        return;
    buf_byte(lines, ' ');
    for (size_t i = 0; i < reason->text.len; i++) {
        char byte = reason->text.at[i];
        buf_byte(lines, byte == '\n' ? ' ' : byte);
    }
}

struct str
freeze_lines(struct arena *arena, const struct ir *ir,
             const struct environment *environment)
{
    struct buf lines;
    buf_init(&lines, arena);
    for (size_t i = 0; i < ir->freeze_count; i++) {
        const struct freeze *freeze = &ir->freezes[i];
        if (!is_frozen_by(freeze, environment))
            continue;
        buf_format(&lines, "{} {} {}",
                   STRS(freeze->days->items[0].text,
                        freeze->days->items[1].text, freeze->zone->text));
        add_reason(&lines, freeze->reason);
        buf_byte(&lines, '\n');
    }
    return lines_end(&lines);
}

struct str
window_lines(struct arena *arena, const struct promotion *promotion)
{
    struct buf lines;
    buf_init(&lines, arena);
    for (size_t i = 0; i < promotion->window_count; i++) {
        const struct window *window = &promotion->windows[i];
        buf_format(&lines, "{} {} {} {} {}\n",
                   STRS(arena_number(arena, window->days->items[0].number),
                        arena_number(arena, window->days->items[1].number),
                        window->hours->items[0].text,
                        window->hours->items[1].text, window->zone->text));
    }
    return lines_end(&lines);
}

struct str
denied_lines(struct arena *arena, const struct ir *ir)
{
    struct buf lines;
    buf_init(&lines, arena);
    for (size_t i = 0; i < ir->denial_count; i++) {
        struct str version = ir->denials[i].version->text;
        if (has_prefix(version, STR("v")))
            version = str_slice(version, 1, version.len);
        buf_add(&lines, version);
        add_reason(&lines, ir->denials[i].reason);
        buf_byte(&lines, '\n');
    }
    return lines_end(&lines);
}

struct str
source_lines(struct arena *arena, const struct ir *ir,
             const struct environment *environment)
{
    struct buf lines;
    buf_init(&lines, arena);
    for (size_t i = 0; i < ir->promotion_count; i++) {
        if (ir->promotions[i].to == environment)
            buf_format(&lines, "{}\n", STRS(ir->promotions[i].from->name));
    }
    return lines_end(&lines);
}

/* Without the last newline: the scripts take lines, not a file. */
static struct str
lines_end(struct buf *lines)
{
    return lines->len == 0 ? STR("")
                           : str_slice(buf_str(lines), 0, lines->len - 1);
}
