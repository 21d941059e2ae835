/*
 * Family W: Ingresses that somebody wrote by hand.
 */
#include "base/map.h"
#include "check/raw_values.h"
#include "check/scene.h"
#include "check/sizes.h"

#define GROUP "networking.k8s.io"
#define KIND "Ingress"
#define CLASS_ANNOTATION "kubernetes.io/ingress.class"

static raw_visit judge_tls, judge_class, judge_redirect;
static scene_judge judge_backends;

/* W09 */
void
check_raw_ingress_tls(struct check *check)
{
    each_raw_of(check, GROUP, KIND, judge_tls);
}

/* W10 */
void
check_raw_backends(struct check *check)
{
    each_scene_of(check, GROUP, KIND, judge_backends);
}

/* W12, with check_ingress_class */
void
check_raw_ingress_class(struct check *check)
{
    each_raw_of(check, GROUP, KIND, judge_class);
}

/* W13 */
void
check_raw_redirect(struct check *check)
{
    each_raw_of(check, GROUP, KIND, judge_redirect);
}

/* ---- W09 ---------------------------------------------------------------- */

/* `*.x` stands for one label before x (Kubernetes, Ingress). */
static bool
is_host_covered(struct str host, struct str name)
{
    if (is_str_equal_nocase(host, name) || is_str_empty(name))
        return true;
    if (!has_prefix(name, STR("*.")))
        return false;
    size_t dot = str_index(host, '.', 0);
    return dot < host.len && is_str_equal_nocase(str_slice(host, dot, host.len),
                                                 str_slice(name, 1, name.len));
}

static bool
has_tls(const struct raw_use *use, struct str host)
{
    const struct raw *tls = raw_find(use->spec, STR("tls"));
    for (size_t i = 0; i < raw_item_count(tls); i++) {
        const struct raw *hosts = raw_find(tls->entries[i].value, STR("hosts"));
        if (raw_item_count(hosts) == 0)
            return true;
        for (size_t j = 0; j < raw_item_count(hosts); j++) {
            if (is_host_covered(host, hosts->entries[j].value->text))
                return true;
        }
    }
    return false;
}

static void
judge_tls(struct check *check, const struct raw_use *use)
{
    const struct raw *rules = raw_find(use->spec, STR("rules"));
    for (size_t i = 0; i < raw_item_count(rules); i++) {
        const struct raw *host = raw_find(rules->entries[i].value, STR("host"));
        if (host == NULL || is_str_empty(host->text) ||
            has_tls(use, host->text))
            continue;
        struct diag *diag =
            raw_report(check, DIAG_W09, host->span, use, STRS(host->text));
        diag_label(diag, "anybody on the way reads along", NO_STRS);
        diag_help(diag,
                  "list it under `tls`, with the Secret of its certificate",
                  NO_STRS);
    }
}

/* ---- W10 ---------------------------------------------------------------- */

static bool
has_raw_service_port(const struct raw_use *service, const struct raw *port)
{
    const struct raw *ports = raw_find(service->spec, STR("ports"));
    const char *key = port->kind == RAW_TEXT ? "name" : "port";
    for (size_t i = 0; i < raw_item_count(ports); i++) {
        const struct raw *found =
            raw_find(ports->entries[i].value, str_from(key));
        if (found != NULL && is_str_equal(found->text, port->text))
            return true;
    }
    return false;
}

static bool
has_made_port(const struct workload *workload, const struct raw *wanted)
{
    int64_t number;
    bool is_number = raw_to_number(wanted, &number);
    for (size_t i = 0; i < workload->port_count; i++) {
        const struct port *port = &workload->ports[i];
        const struct value *served = port->as != NULL ? port->as : port->number;
        if (is_number ? !is_value_known(served) || served->number == number
                      : is_str_equal(port->name, wanted->text))
            return true;
    }
    return false;
}

static bool
report_backend(struct check *check, const struct raw_use *use,
               const struct raw *guilty, struct str service, const char *label,
               const char *help)
{
    struct diag *diag = raw_report(check, DIAG_W10, guilty->span, use,
                                   STRS(use->text, service));
    diag_label(diag, label, NO_STRS);
    diag_help(diag, help, NO_STRS);
    return true;
}

static bool
judge_backend(struct check *check, const struct raw_use *use,
              const struct scene *scene, const struct raw *backend)
{
    const struct raw *name = raw_at(backend, "service.name");
    if (name == NULL)
        return false;
    const struct scene_service *service =
        map_find(&scene->services, name->text);
    if (service == NULL)
        return !scene->has_strangers &&
               report_backend(check, use, name, name->text,
                              "there is no Service of this name",
                              "name one that is there");
    const struct raw *port = raw_at(backend, "service.port.name");
    if (port == NULL)
        port = raw_at(backend, "service.port.number");
    if (port == NULL ||
        (service->raw != NULL ? has_raw_service_port(service->raw, port)
                              : has_made_port(service->workload, port)))
        return false;
    return report_backend(check, use, port, name->text, "it has no such port",
                          "name one of its ports");
}

static bool
judge_backends(struct check *check, const struct raw_use *use,
               const struct scene *scene)
{
    const struct raw *rules = raw_find(use->spec, STR("rules"));
    bool is_reported = judge_backend(
        check, use, scene, raw_find(use->spec, STR("defaultBackend")));
    for (size_t i = 0; i < raw_item_count(rules); i++) {
        const struct raw *paths = raw_at(rules->entries[i].value, "http.paths");
        for (size_t j = 0; j < raw_item_count(paths); j++)
            is_reported |= judge_backend(
                check, use, scene,
                raw_find(paths->entries[j].value, STR("backend")));
    }
    return is_reported;
}

/* ---- W12 ---------------------------------------------------------------- */

/* NULL when it says none. */
static const struct raw *
class_of(const struct raw_use *use)
{
    const struct raw *class_name = raw_find(use->spec, STR("ingressClassName"));
    if (class_name != NULL)
        return class_name;
    return raw_find(raw_at(use->object->root, "metadata.annotations"),
                    STR(CLASS_ANNOTATION));
}

static void
judge_class(struct check *check, const struct raw_use *use)
{
    const struct raw *class_name = class_of(use);
    if (class_name == NULL) {
        struct diag *diag =
            raw_report(check, DIAG_W12, use->object->name_span, use,
                       STRS(use->text, STR("have no ingress class")));
        diag_help(diag, "write `ingressClassName`", NO_STRS);
        return;
    }
    if (!is_raw_text(class_name, "nginx"))
        return;
    struct diag *diag =
        raw_report(check, DIAG_W12, class_name->span, use,
                   STRS(use->text, STR("stand on a retired controller")));
    diag_label(diag, "the class of ingress-nginx, which gets no fixes any more",
               NO_STRS);
    diag_help(diag,
              "move to a controller that is maintained, and name its class",
              NO_STRS);
}

/* ---- W13 ---------------------------------------------------------------- */

/* Controllers that serve plain HTTP as well until an annotation says not to;
 * the others redirect what has a certificate. */
static const struct {
    const char *class_name;
    const char *annotation;
} permissive[] = {
    {"traefik", "traefik.ingress.kubernetes.io/router.entrypoints"},
    {"kong", "konghq.com/protocols"},
    {"alb", "alb.ingress.kubernetes.io/ssl-redirect"},
    {"gce", "kubernetes.io/ingress.allow-http"},
};

static void
report_plain(struct check *check, const struct raw_use *use, struct span span,
             struct str wanted, const char *label)
{
    struct diag *diag =
        raw_report(check, DIAG_W13, span, use,
                   STRS(use->text, STR("also answers plain HTTP")));
    diag_label(diag, label, NO_STRS);
    diag_help(diag, "set the annotation `{}`", STRS(wanted));
}

static void
judge_redirect(struct check *check, const struct raw_use *use)
{
    const struct raw *annotations =
        raw_at(use->object->root, "metadata.annotations");
    const struct raw *class_name = class_of(use);
    if (!is_raw_in_production(use) ||
        raw_item_count(raw_find(use->spec, STR("tls"))) == 0)
        return;
    for (size_t i = 0; i < raw_key_count(annotations); i++) {
        const struct raw_entry *entry = &annotations->entries[i];
        if (has_suffix(entry->key, STR("/ssl-redirect")) &&
            is_raw_text(entry->value, "false"))
            report_plain(
                check, use, entry->value->span,
                arena_format(check->arena, "{}: \"true\"", STRS(entry->key)),
                "nobody is sent on to https");
    }
    for (size_t i = 0;
         class_name != NULL && i < sizeof permissive / sizeof permissive[0];
         i++) {
        struct str wanted = str_from(permissive[i].annotation);
        if (is_raw_text(class_name, permissive[i].class_name) &&
            raw_find(annotations, wanted) == NULL)
            report_plain(
                check, use, class_name->span, wanted,
                "this controller serves http as well unless told otherwise");
    }
}
