#include "check/ways.h"

#include "check/raw_values.h"

#define NAMESPACE_LABEL "kubernetes.io/metadata.name"

enum { DNS_PORT = 53 };

enum direction { INGRESS, EGRESS };

/* The other end: pods of this namespace, or NULL for somebody outside. */
struct other_end {
    const struct scene_pods *pods;
    int64_t port;
};

static bool is_closed(const struct scene *scene, const struct scene_pods *pods,
                      enum direction direction);
static bool is_opened(const struct scene *scene, const struct scene_pods *pods,
                      enum direction direction, const struct other_end *other);
static bool is_let_in(const struct scene *scene, const struct scene_pods *from,
                      const struct scene_pods *to);
static bool is_let_out(const struct scene_pods *from);

enum way
way_between(const struct scene *scene, const struct scene_pods *from,
            const struct scene_pods *to, int64_t port)
{
    struct other_end target = {to, port};
    struct other_end source = {from, port};
    if (is_closed(scene, from, EGRESS) && !is_let_out(from) &&
        !is_opened(scene, from, EGRESS, &target))
        return WAY_NOT_OUT;
    if (is_closed(scene, to, INGRESS) && !is_let_in(scene, from, to) &&
        !is_opened(scene, to, INGRESS, &source))
        return WAY_NOT_IN;
    return WAY_OPEN;
}

bool
is_open_to_ingress(const struct scene *scene, const struct scene_pods *to,
                   int64_t port)
{
    struct other_end controller = {NULL, port};
    bool has_hosts = to->workload != NULL && to->workload->route_count > 0;
    return has_hosts || !is_closed(scene, to, INGRESS) ||
           is_opened(scene, to, INGRESS, &controller);
}

/* Where the namespace is closed, `allow-dns` is for all pods in it. */
bool
is_open_to_dns(const struct scene *scene, const struct scene_pods *pods)
{
    struct other_end resolver = {NULL, DNS_PORT};
    return pods->workload != NULL || !is_network_open(scene->ir) ||
           !is_closed(scene, pods, EGRESS) ||
           is_opened(scene, pods, EGRESS, &resolver);
}

bool
is_governed(const struct scene *scene, const struct scene_pods *pods)
{
    return is_closed(scene, pods, INGRESS) || is_closed(scene, pods, EGRESS);
}

/* ---- what a policy of a manifest says ----------------------------------- */

static bool
has_direction(const struct raw_use *policy, enum direction direction)
{
    const struct raw *types = raw_find(policy->spec, STR("policyTypes"));
    if (raw_item_count(types) > 0)
        return raw_item_find(types, direction == INGRESS ? "Ingress"
                                                         : "Egress") != NULL;
    return direction == INGRESS ||
           raw_find(policy->spec, STR("egress")) != NULL;
}

static bool
is_about(const struct scene *scene, const struct raw_use *policy,
         const struct scene_pods *pods, enum direction direction)
{
    return has_direction(policy, direction) &&
           is_selected(scene, pods, raw_find(policy->spec, STR("podSelector")));
}

static const struct raw_use *
policy_at(const struct scene *scene, size_t index)
{
    return *(const struct raw_use **)vec_at(&scene->policies, index);
}

/* Only what is asked of the name alone can be answered. */
static bool
is_own_namespace(const struct scene *scene, const struct raw *selector)
{
    const struct value *own = scene->environment->namespace_name;
    const struct raw *name =
        raw_find(raw_find(selector, STR("matchLabels")), STR(NAMESPACE_LABEL));
    return name == NULL || !is_value_known(own) ||
           is_str_equal(name->text, own->text);
}

static bool
is_peer(const struct scene *scene, const struct raw *peer,
        const struct scene_pods *pods)
{
    const struct raw *namespaces = raw_find(peer, STR("namespaceSelector"));
    if (raw_find(peer, STR("ipBlock")) != NULL)
        return true;
    if (pods == NULL)
        return namespaces != NULL;
    if (namespaces != NULL && !is_own_namespace(scene, namespaces))
        return false;
    return is_selected(scene, pods, raw_find(peer, STR("podSelector")));
}

static bool
has_peer(const struct scene *scene, const struct raw *peers,
         const struct scene_pods *pods)
{
    for (size_t i = 0; i < raw_item_count(peers); i++) {
        if (is_peer(scene, peers->entries[i].value, pods))
            return true;
    }
    return raw_item_count(peers) == 0;
}

/* A name may be that of any port. */
static bool
has_port(const struct raw *ports, int64_t port)
{
    for (size_t i = 0; i < raw_item_count(ports); i++) {
        const struct raw *entry = ports->entries[i].value;
        const struct raw *wanted = raw_find(entry, STR("port"));
        int64_t first;
        int64_t last;
        if (!raw_to_number(wanted, &first))
            return true;
        if (!raw_to_number(raw_find(entry, STR("endPort")), &last))
            last = first;
        if (port < 0 || (port >= first && port <= last))
            return true;
    }
    return raw_item_count(ports) == 0;
}

static bool
is_opened_by(const struct scene *scene, const struct raw_use *policy,
             enum direction direction, const struct other_end *other)
{
    const char *side = direction == INGRESS ? "ingress" : "egress";
    const char *peers = direction == INGRESS ? "from" : "to";
    const struct raw *rules = raw_find(policy->spec, str_from(side));
    for (size_t i = 0; i < raw_item_count(rules); i++) {
        const struct raw *rule = rules->entries[i].value;
        if (has_peer(scene, raw_find(rule, str_from(peers)), other->pods) &&
            has_port(raw_find(rule, STR("ports")), other->port))
            return true;
    }
    return false;
}

/* ---- all policies together ---------------------------------------------- */

/* By the namespace's default, by its own policy, or by one of a manifest. */
static bool
is_closed(const struct scene *scene, const struct scene_pods *pods,
          enum direction direction)
{
    if (pods->workload != NULL || !is_network_open(scene->ir))
        return true;
    for (size_t i = 0; i < scene->policies.count; i++) {
        if (is_about(scene, policy_at(scene, i), pods, direction))
            return true;
    }
    return false;
}

static bool
is_opened(const struct scene *scene, const struct scene_pods *pods,
          enum direction direction, const struct other_end *other)
{
    for (size_t i = 0; i < scene->policies.count; i++) {
        const struct raw_use *policy = policy_at(scene, i);
        if (is_about(scene, policy, pods, direction) &&
            is_opened_by(scene, policy, direction, other))
            return true;
    }
    return false;
}

/* ---- what broxc's own policies say -------------------------------------- */

static bool
calls(const struct workload *workload, const struct service *service)
{
    for (size_t i = 0; i < workload->call_count; i++) {
        if (workload->calls[i].service == service)
            return true;
    }
    return false;
}

/* By its labels a manifest's pod may pass for one of a service. */
static bool
passes_for(const struct scene *scene, const struct scene_pods *pods,
           const struct workload *workload)
{
    struct str name;
    struct str instance;
    return pods_label(scene, pods, STR("app.kubernetes.io/name"), &name) &&
           pods_label(scene, pods, STR("app.kubernetes.io/instance"),
                      &instance) &&
           is_str_equal(name, workload->service->name) &&
           is_str_equal(instance, scene->ir->project->name);
}

static bool
is_let_in(const struct scene *scene, const struct scene_pods *from,
          const struct scene_pods *to)
{
    const struct environment *environment = scene->environment;
    for (size_t i = 0; to->workload != NULL && i < environment->workload_count;
         i++) {
        const struct workload *caller = environment->workloads[i];
        if (calls(caller, to->workload->service) &&
            passes_for(scene, from, caller))
            return true;
    }
    return false;
}

/* Secrets, blocks and hosts open ways by address, which may be a pod's. */
static bool
is_let_out(const struct scene_pods *from)
{
    const struct workload *workload = from->workload;
    return workload != NULL &&
           (workload->secret_count > 0 || workload->secret_file_count > 0 ||
            workload->reach_count > 0);
}
