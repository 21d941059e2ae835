/*
 * Family S: where a pod that somebody wrote by hand touches its node or its
 * kubelet, piece by piece.
 */
#include "check/raw.h"
#include "check/raw_values.h"

static raw_pod_visit judge_volumes, judge_pod_options;
static raw_container_visit judge_ports, judge_container_options, judge_hooks;

/* S09 */
void
check_raw_host_paths(struct check *check)
{
    each_raw_pod(check, judge_volumes);
}

/* S10 */
void
check_raw_host_ports(struct check *check)
{
    each_raw_container(check, judge_ports);
}

/* S11 */
void
check_raw_options(struct check *check)
{
    each_raw_pod(check, judge_pod_options);
    each_raw_container(check, judge_container_options);
}

/* S12 */
void
check_raw_probe_hosts(struct check *check)
{
    each_raw_container(check, judge_hooks);
}

/* ---- S09 ---------------------------------------------------------------- */

static bool
is_runtime_socket(struct str path)
{
    return has_suffix(path, STR("docker.sock")) ||
           has_suffix(path, STR("containerd.sock")) ||
           has_suffix(path, STR("crio.sock"));
}

static void
judge_volumes(struct check *check, const struct raw_pod *pod)
{
    const struct raw *volumes = raw_find(pod->spec, STR("volumes"));
    for (size_t i = 0; i < raw_item_count(volumes); i++) {
        const struct raw *path =
            raw_at(volumes->entries[i].value, "hostPath.path");
        if (path == NULL)
            continue;
        struct diag *diag = raw_report(check, DIAG_S09, path->span, pod->use,
                                       STRS(pod->use->text, path->text));
        diag_label(diag,
                   is_runtime_socket(path->text)
                       ? "who can write to it is root on the machine"
                       : "what lies there is not the pod's alone",
                   NO_STRS);
        diag_help(diag, "take an `emptyDir`, or a claim", NO_STRS);
    }
}

/* ---- S10 ---------------------------------------------------------------- */

static void
judge_ports(struct check *check, const struct raw_container *container)
{
    const struct raw *ports = raw_find(container->raw, STR("ports"));
    for (size_t i = 0; i < raw_item_count(ports); i++) {
        const struct raw *port =
            raw_find(ports->entries[i].value, STR("hostPort"));
        int64_t number;
        if (!raw_to_number(port, &number) || number == 0)
            continue;
        struct diag *diag =
            raw_report(check, DIAG_S10, port->span, container->pod->use,
                       STRS(container->text, port->text));
        diag_label(diag, "open to whoever reaches the machine", NO_STRS);
        diag_help(diag, "leave `hostPort` out, and write a Service", NO_STRS);
    }
}

/* ---- S11 ---------------------------------------------------------------- */

static void
report_option(struct check *check, const struct raw_use *use,
              const struct raw *value, struct str key)
{
    struct diag *diag = raw_report(check, DIAG_S11, value->span, use,
                                   STRS(use->text, key, value->text));
    diag_label(diag, "the `baseline` of pod security refuses it", NO_STRS);
    diag_help(diag, "leave it out", NO_STRS);
}

/* `values` are separated by spaces. */
static bool
is_one_of(struct str text, const char *values)
{
    struct str rest = str_from(values);
    while (!is_str_empty(rest)) {
        if (is_str_equal(str_cut(&rest, ' '), text))
            return true;
    }
    return false;
}

/* The ones that are the pod's own, or cannot harm a neighbour. */
static void
judge_sysctls(struct check *check, const struct raw_pod *pod)
{
    static const char safe[] =
        "kernel.shm_rmid_forced net.ipv4.ip_local_port_range net.ipv4.ip_unprivileged_port_start net.ipv4.tcp_syncookies net.ipv4.ping_group_range net.ipv4.ip_local_reserved_ports net.ipv4.tcp_keepalive_time net.ipv4.tcp_fin_timeout net.ipv4.tcp_keepalive_intvl net.ipv4.tcp_keepalive_probes";
    const struct raw *sysctls = raw_find(pod->security, STR("sysctls"));
    for (size_t i = 0; i < raw_item_count(sysctls); i++) {
        const struct raw *name =
            raw_find(sysctls->entries[i].value, STR("name"));
        if (name != NULL && !is_one_of(name->text, safe))
            report_option(check, pod->use, name, STR("sysctls"));
    }
}

/* Before 1.30 the profile was an annotation, one a container. */
static void
judge_annotations(struct check *check, const struct raw_pod *pod)
{
    const struct raw *annotations = raw_find(pod->metadata, STR("annotations"));
    for (size_t i = 0; i < raw_key_count(annotations); i++) {
        const struct raw_entry *entry = &annotations->entries[i];
        if (has_prefix(
                entry->key,
                STR("container.apparmor.security.beta.kubernetes.io/")) &&
            !is_raw_text(entry->value, "runtime/default") &&
            !has_prefix(entry->value->text, STR("localhost/")))
            report_option(check, pod->use, entry->value, STR("AppArmor"));
    }
}

/* What pods and containers both have in their securityContext. */
static void
judge_options(struct check *check, const struct raw_use *use,
              const struct raw *security)
{
    static const char types[] =
        "container_t container_init_t container_kvm_t container_engine_t";
    const struct raw *armour = raw_at(security, "appArmorProfile.type");
    const struct raw *linux_type = raw_at(security, "seLinuxOptions.type");
    const struct raw *user = raw_at(security, "seLinuxOptions.user");
    const struct raw *role = raw_at(security, "seLinuxOptions.role");
    const struct raw *process = raw_at(security, "windowsOptions.hostProcess");
    if (is_raw_text(armour, "Unconfined"))
        report_option(check, use, armour, STR("appArmorProfile"));
    if (linux_type != NULL && !is_str_empty(linux_type->text) &&
        !is_one_of(linux_type->text, types))
        report_option(check, use, linux_type, STR("seLinuxOptions.type"));
    if (user != NULL && !is_str_empty(user->text))
        report_option(check, use, user, STR("seLinuxOptions.user"));
    if (role != NULL && !is_str_empty(role->text))
        report_option(check, use, role, STR("seLinuxOptions.role"));
    if (is_raw_true(process))
        report_option(check, use, process, STR("hostProcess"));
}

static void
judge_pod_options(struct check *check, const struct raw_pod *pod)
{
    judge_sysctls(check, pod);
    judge_annotations(check, pod);
    judge_options(check, pod->use, pod->security);
}

static void
judge_container_options(struct check *check,
                        const struct raw_container *container)
{
    const struct raw *proc = raw_find(container->security, STR("procMount"));
    if (proc != NULL && !is_raw_text(proc, "Default"))
        report_option(check, container->pod->use, proc, STR("procMount"));
    judge_options(check, container->pod->use, container->security);
}

/* ---- S12 ---------------------------------------------------------------- */

static void
judge_handler(struct check *check, const struct raw_container *container,
              const struct raw *handler)
{
    static const char *const hosts[] = {"httpGet.host", "tcpSocket.host"};
    for (size_t i = 0; i < sizeof hosts / sizeof hosts[0]; i++) {
        const struct raw *host = raw_at(handler, hosts[i]);
        if (host == NULL || is_str_empty(host->text))
            continue;
        struct diag *diag =
            raw_report(check, DIAG_S12, host->span, container->pod->use,
                       STRS(container->text, host->text));
        diag_label(diag, "the machine asks there, past every network policy",
                   NO_STRS);
        diag_help(diag, "leave `host` out: a probe asks the pod itself",
                  NO_STRS);
    }
}

static void
judge_hooks(struct check *check, const struct raw_container *container)
{
    static const char *const paths[] = {
        "livenessProbe",     "readinessProbe",      "startupProbe",
        "lifecycle.preStop", "lifecycle.postStart",
    };
    for (size_t i = 0; i < sizeof paths / sizeof paths[0]; i++)
        judge_handler(check, container, raw_at(container->raw, paths[i]));
}
