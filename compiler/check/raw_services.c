/*
 * Family W: Services that somebody wrote by hand, and the pods behind them.
 */
#include "check/raw_values.h"
#include "check/scene.h"

enum {
    SSH_PORT = 22,
    PRIVILEGED_PORTS = 1024, /* below it a program needs a right of root's */
};

static scene_judge judge_selector, judge_target;
static raw_visit judge_type, judge_external, judge_ssh;
static raw_container_visit judge_port;

/* W05 */
void
check_service_target(struct check *check)
{
    each_scene_of(check, "", "Service", judge_selector);
}

/* W06 */
void
check_target_port(struct check *check)
{
    each_scene_of(check, "", "Service", judge_target);
}

/* W07 */
void
check_raw_service_type(struct check *check)
{
    each_raw_of(check, "", "Service", judge_type);
}

/* W08 */
void
check_external_addresses(struct check *check)
{
    each_raw_of(check, "", "Service", judge_external);
}

/* W14 */
void
check_raw_ports(struct check *check)
{
    each_raw_container(check, judge_port);
    each_raw_of(check, "", "Service", judge_ssh);
}

/* ---- W05 ---------------------------------------------------------------- */

/* NULL where somebody else says which addresses are behind it. */
static const struct raw *
selector_of(const struct raw_use *use)
{
    const struct raw *selector = raw_find(use->spec, STR("selector"));
    bool is_name =
        is_raw_text(raw_find(use->spec, STR("type")), "ExternalName");
    return is_name || raw_key_count(selector) == 0 ? NULL : selector;
}

static bool
judge_selector(struct check *check, const struct raw_use *use,
               const struct scene *scene)
{
    const struct raw *selector = selector_of(use);
    if (selector == NULL || scene->has_strangers)
        return false;
    struct scene_walk walk = scene_match(scene, selector);
    if (scene_next(&walk) != NULL)
        return false;
    const struct raw_entry *stray = scene_stray_label(scene, selector);
    struct diag *diag = raw_report(
        check, DIAG_W05, stray == NULL ? selector->span : stray->value->span,
        use, STRS(use->text));
    diag_label(diag,
               stray == NULL ? "no pod of `{}` has these labels"
                             : "no pod of `{}` has this label",
               STRS(scene->environment->name));
    diag_help(diag, "select labels that the pods have", NO_STRS);
    return true;
}

/* ---- W06 ---------------------------------------------------------------- */

static bool
has_generated_port(const struct workload *workload, const struct raw *wanted)
{
    int64_t number;
    bool is_number = raw_to_number(wanted, &number);
    for (size_t i = 0; i < workload->port_count; i++) {
        const struct port *port = &workload->ports[i];
        if (is_number ? !is_value_known(port->number) ||
                            port->number->number == number
                      : is_str_equal(port->name, wanted->text))
            return true;
    }
    return false;
}

/* A container that says no ports may still open any number. */
static bool
has_raw_port(const struct check *check, const struct raw_pod *pod,
             const struct raw *wanted)
{
    const char *key = wanted->kind == RAW_TEXT ? "name" : "containerPort";
    size_t port_count = 0;
    for (size_t i = 0; i < pod->container_count; i++) {
        const struct raw *ports =
            raw_find(raw_container_at(check, pod, i)->raw, STR("ports"));
        port_count += raw_item_count(ports);
        for (size_t j = 0; j < raw_item_count(ports); j++) {
            const struct raw *found =
                raw_find(ports->entries[j].value, str_from(key));
            if (found != NULL && is_str_equal(found->text, wanted->text))
                return true;
        }
    }
    return wanted->kind != RAW_TEXT && port_count == 0;
}

/* The first pods that a selector takes, when none of all have the port. */
static const struct scene_pods *
portless_find(const struct check *check, const struct scene *scene,
              const struct raw *selector, const struct raw *wanted)
{
    const struct scene_pods *first = NULL;
    struct scene_walk walk = scene_match(scene, selector);
    for (const struct scene_pods *pods = scene_next(&walk); pods != NULL;
         pods = scene_next(&walk)) {
        if (pods->workload != NULL ? has_generated_port(pods->workload, wanted)
                                   : has_raw_port(check, pods->raw, wanted))
            return NULL;
        if (first == NULL)
            first = pods;
    }
    return first;
}

static bool
judge_target(struct check *check, const struct raw_use *use,
             const struct scene *scene)
{
    const struct raw *selector = selector_of(use);
    const struct raw *ports = raw_find(use->spec, STR("ports"));
    bool is_reported = false;
    for (size_t i = 0; selector != NULL && i < raw_item_count(ports); i++) {
        const struct raw *port = ports->entries[i].value;
        const struct raw *wanted = raw_find(port, STR("targetPort"));
        if (wanted == NULL)
            wanted = raw_find(port, STR("port"));
        const struct scene_pods *pods =
            wanted == NULL ? NULL
                           : portless_find(check, scene, selector, wanted);
        if (pods == NULL)
            continue;
        struct diag *diag = raw_report(check, DIAG_W06, wanted->span, use,
                                       STRS(use->text, wanted->text));
        diag_label(diag, "no container behind it has such a port", NO_STRS);
        diag_note(diag, pods->span, "the pods of `{}` are behind it",
                  STRS(pods->text));
        diag_help(diag, "name one of their ports", NO_STRS);
        is_reported = true;
    }
    return is_reported;
}

/* ---- W07, W08 ----------------------------------------------------------- */

/* A load balancer that only the own network sees, or only some blocks. */
static bool
is_narrowed(const struct raw_use *use)
{
    const struct raw *annotations =
        raw_at(use->object->root, "metadata.annotations");
    for (size_t i = 0; i < raw_key_count(annotations); i++) {
        const struct raw_entry *entry = &annotations->entries[i];
        if (has_suffix(entry->key, STR("load-balancer-internal")) ||
            is_str_equal_nocase(entry->value->text, STR("internal")))
            return true;
    }
    return raw_item_count(
               raw_find(use->spec, STR("loadBalancerSourceRanges"))) > 0;
}

static void
judge_type(struct check *check, const struct raw_use *use)
{
    const struct raw *type = raw_find(use->spec, STR("type"));
    bool is_balanced = is_raw_text(type, "LoadBalancer");
    if (!is_balanced && !is_raw_text(type, "NodePort"))
        return;
    if (is_balanced && is_narrowed(use))
        return;
    struct diag *diag =
        raw_report(check, DIAG_W07, type->span, use, STRS(use->text));
    diag_label(
        diag,
        is_balanced
            ? "an address of its own, past the ingress and its certificates"
            : "a port on every machine, past the ingress and its certificates",
        NO_STRS);
    diag_help(
        diag,
        is_balanced
            ? "write an Ingress, or say by `loadBalancerSourceRanges` who may come"
            : "write `ClusterIP`, and an Ingress",
        NO_STRS);
}

static void
judge_external(struct check *check, const struct raw_use *use)
{
    const struct raw_entry *entry =
        raw_entry_find(use->spec, STR("externalIPs"));
    if (entry == NULL)
        return;
    struct diag *diag =
        raw_report(check, DIAG_W08, entry->key_span, use, STRS(use->text));
    diag_label(diag, "what the cluster sends there ends here", NO_STRS);
    diag_help(diag, "leave it out: an Ingress or a Gateway has addresses",
              NO_STRS);
}

/* ---- W14 ---------------------------------------------------------------- */

static void
report_port(struct check *check, const struct raw_use *use,
            const struct raw *port, struct str text, bool is_ssh)
{
    struct diag *diag =
        raw_report(check, DIAG_W14, port->span, use, STRS(text, port->text));
    diag_label(diag,
               is_ssh ? "that of SSH: a way in beside the pipeline"
                      : "below 1024, where a program needs a right of root's",
               NO_STRS);
    diag_help(
        diag,
        is_ssh ? "leave it out: `kubectl exec` needs no port"
               : "listen above 1024: a Service may still have the low number",
        NO_STRS);
}

static void
judge_port(struct check *check, const struct raw_container *container)
{
    const struct raw *ports = raw_find(container->raw, STR("ports"));
    for (size_t i = 0; i < raw_item_count(ports); i++) {
        const struct raw *port =
            raw_find(ports->entries[i].value, STR("containerPort"));
        int64_t number;
        if (raw_to_number(port, &number) && number < PRIVILEGED_PORTS)
            report_port(check, container->pod->use, port, container->text,
                        number == SSH_PORT);
    }
}

static void
judge_ssh(struct check *check, const struct raw_use *use)
{
    const struct raw *ports = raw_find(use->spec, STR("ports"));
    for (size_t i = 0; i < raw_item_count(ports); i++) {
        const struct raw *port = raw_find(ports->entries[i].value, STR("port"));
        int64_t number;
        if (raw_to_number(port, &number) && number == SSH_PORT)
            report_port(check, use, port, use->text, true);
    }
}
