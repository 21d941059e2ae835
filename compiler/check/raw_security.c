/*
 * Family S: what a pod that somebody wrote by hand may do on its node. The
 * bounds are those of the Pod Security Standards, `restricted` and `baseline`.
 */
#include "check/raw.h"
#include "check/raw_values.h"

enum { UID_LOW = 10000 };

static raw_pod_visit judge_root, judge_seccomp, judge_host_namespaces;
static raw_container_visit judge_user, judge_escalation, judge_privileged,
    judge_capabilities, judge_files;

/* S01 */
void
check_raw_root(struct check *check)
{
    each_raw_pod(check, judge_root);
}

static void judge_pod_user(struct check *check, const struct raw_pod *pod);

/* S02 */
void
check_raw_users(struct check *check)
{
    each_raw_pod(check, judge_pod_user);
    each_raw_container(check, judge_user);
}

/* S03 */
void
check_raw_escalation(struct check *check)
{
    each_raw_container(check, judge_escalation);
}

/* S04 */
void
check_raw_privileged(struct check *check)
{
    each_raw_container(check, judge_privileged);
}

/* S05 */
void
check_raw_capabilities(struct check *check)
{
    each_raw_container(check, judge_capabilities);
}

/* S06 */
void
check_raw_seccomp(struct check *check)
{
    each_raw_pod(check, judge_seccomp);
}

/* S07 */
void
check_raw_files(struct check *check)
{
    each_raw_container(check, judge_files);
}

/* S08 */
void
check_raw_host_namespaces(struct check *check)
{
    each_raw_pod(check, judge_host_namespaces);
}

/* ---- what a pod says for all of its containers -------------------------- */

/* The first container that neither the pod nor itself answers for; NULL when
 * there is none. `key` is a field of both security contexts. */
static const struct raw_container *
unanswered_find(const struct check *check, const struct raw_pod *pod,
                struct str key)
{
    if (raw_find(pod->security, key) != NULL)
        return NULL;
    for (size_t i = 0; i < pod->container_count; i++) {
        const struct raw_container *container = raw_container_at(check, pod, i);
        if (raw_find(container->security, key) == NULL)
            return container;
    }
    return NULL;
}

/* ---- S01 ---------------------------------------------------------------- */

static void
report_root(struct check *check, const struct raw_pod *pod, struct span span,
            const char *label)
{
    struct diag *diag =
        raw_report(check, DIAG_S01, span, pod->use, STRS(pod->use->text));
    diag_label(diag, label, NO_STRS);
    diag_help(diag, "write `runAsNonRoot: true` in the pod's `securityContext`",
              NO_STRS);
}

static void
judge_root_value(struct check *check, const struct raw_pod *pod,
                 const struct raw *security)
{
    const struct raw *value = raw_find(security, STR("runAsNonRoot"));
    if (value != NULL && !is_raw_true(value))
        report_root(check, pod, value->span, "root is what its image says");
}

static void
judge_root(struct check *check, const struct raw_pod *pod)
{
    const struct raw_container *unanswered =
        unanswered_find(check, pod, STR("runAsNonRoot"));
    if (is_raw_windows(pod))
        return;
    judge_root_value(check, pod, pod->security);
    for (size_t i = 0; i < pod->container_count; i++)
        judge_root_value(check, pod, raw_container_at(check, pod, i)->security);
    if (unanswered != NULL)
        report_root(check, pod, unanswered->span,
                    "nothing forbids it to this container");
}

/* ---- S02 ---------------------------------------------------------------- */

static void
judge_user_of(struct check *check, const struct raw_use *use,
              const struct raw *security)
{
    const struct raw *user = raw_find(security, STR("runAsUser"));
    int64_t number;
    if (!raw_to_number(user, &number) || number >= UID_LOW)
        return;
    struct strs texts = STRS(use->text, user->text);
    struct diag *diag =
        number == 0 ? diag_add_as(check->sink, DIAG_S02, SEVERITY_ERROR,
                                  user->span, texts)
                    : diag_add(check->sink, DIAG_S02, user->span, texts);
    diag_about(diag, use->text);
    diag_label(diag,
               number == 0 ? "that is root"
                           : "an account of its node may have the same number",
               NO_STRS);
    diag_help(diag, "run as a user of 10000 or above", NO_STRS);
}

static void
judge_pod_user(struct check *check, const struct raw_pod *pod)
{
    judge_user_of(check, pod->use, pod->security);
}

static void
judge_user(struct check *check, const struct raw_container *container)
{
    judge_user_of(check, container->pod->use, container->security);
}

/* ---- S03, S04 ----------------------------------------------------------- */

static const struct raw *
privileged_of(const struct raw_container *container)
{
    const struct raw *privileged =
        raw_find(container->security, STR("privileged"));
    return is_raw_true(privileged) ? privileged : NULL;
}

static void
judge_escalation(struct check *check, const struct raw_container *container)
{
    const struct raw *value =
        raw_find(container->security, STR("allowPrivilegeEscalation"));
    if (is_raw_false(value) || privileged_of(container) != NULL ||
        is_raw_windows(container->pod))
        return;
    struct diag *diag = raw_report(
        check, DIAG_S03, value == NULL ? container->span : value->span,
        container->pod->use, STRS(container->text));
    diag_label(diag,
               value == NULL ? "which is the default"
                             : "a program with the setuid bit makes it root",
               NO_STRS);
    diag_help(
        diag,
        "write `allowPrivilegeEscalation: false` in its `securityContext`",
        NO_STRS);
}

static void
judge_privileged(struct check *check, const struct raw_container *container)
{
    const struct raw *privileged = privileged_of(container);
    if (privileged == NULL)
        return;
    struct diag *diag = raw_report(check, DIAG_S04, privileged->span,
                                   container->pod->use, STRS(container->text));
    diag_label(diag, "it sees every device and every file of the machine",
               NO_STRS);
    diag_help(diag, "leave `privileged` out", NO_STRS);
}

/* ---- S05 ---------------------------------------------------------------- */

static struct diag *
report_capability(struct check *check, const struct raw_container *container,
                  struct span span, struct str what)
{
    return raw_report(check, DIAG_S05, span, container->pod->use,
                      STRS(container->text, what));
}

static void
judge_added(struct check *check, const struct raw_container *container,
            const struct raw *added)
{
    for (size_t i = 0; i < raw_item_count(added); i++) {
        const struct raw *name = added->entries[i].value;
        if (is_raw_text(name, "NET_BIND_SERVICE"))
            continue;
        struct diag *diag =
            report_capability(check, container, name->span,
                              arena_format(check->arena, "the capability `{}`",
                                           STRS(name->text)));
        diag_label(diag, "a right of root's", NO_STRS);
        diag_help(
            diag,
            "leave it out: `NET_BIND_SERVICE` is the only one that may be added",
            NO_STRS);
    }
}

static void
judge_capabilities(struct check *check, const struct raw_container *container)
{
    const struct raw *capabilities =
        raw_find(container->security, STR("capabilities"));
    const struct raw *dropped = raw_find(capabilities, STR("drop"));
    if (privileged_of(container) != NULL || is_raw_windows(container->pod))
        return;
    judge_added(check, container, raw_find(capabilities, STR("add")));
    if (raw_item_find(dropped, "ALL") != NULL)
        return;
    struct span span = dropped == NULL ? container->span : dropped->span;
    struct diag *diag = report_capability(
        check, container, span, STR("the capabilities of its runtime"));
    diag_label(diag,
               dropped == NULL ? "it gives none of them back"
                               : "it gives some of them back",
               NO_STRS);
    diag_help(diag,
              "write `capabilities: {{drop: [ALL]}` in its `securityContext`",
              NO_STRS);
}

/* ---- S06 ---------------------------------------------------------------- */

static void
report_seccomp(struct check *check, const struct raw_pod *pod, struct span span,
               const char *label)
{
    struct diag *diag =
        raw_report(check, DIAG_S06, span, pod->use, STRS(pod->use->text));
    diag_label(diag, label, NO_STRS);
    diag_help(
        diag,
        "write `seccompProfile: {{type: RuntimeDefault}` in the pod's `securityContext`",
        NO_STRS);
}

static void
judge_profile(struct check *check, const struct raw_pod *pod,
              const struct raw *security)
{
    const struct raw *type = raw_at(security, "seccompProfile.type");
    if (type != NULL && !is_raw_text(type, "RuntimeDefault") &&
        !is_raw_text(type, "Localhost"))
        report_seccomp(check, pod, type->span, "nothing is kept from it");
}

static void
judge_seccomp(struct check *check, const struct raw_pod *pod)
{
    const struct raw_container *unanswered =
        unanswered_find(check, pod, STR("seccompProfile"));
    if (is_raw_windows(pod))
        return;
    judge_profile(check, pod, pod->security);
    for (size_t i = 0; i < pod->container_count; i++)
        judge_profile(check, pod, raw_container_at(check, pod, i)->security);
    if (unanswered != NULL)
        report_seccomp(check, pod, unanswered->span,
                       "no seccomp profile keeps any from this container");
}

/* ---- S07, S08 ----------------------------------------------------------- */

static void
judge_files(struct check *check, const struct raw_container *container)
{
    const struct raw *value =
        raw_find(container->security, STR("readOnlyRootFilesystem"));
    if (is_raw_true(value) || is_raw_windows(container->pod) ||
        container->kind == RAW_CONTAINER_DEBUG)
        return;
    struct diag *diag = raw_report(
        check, DIAG_S07, value == NULL ? container->span : value->span,
        container->pod->use, STRS(container->text));
    diag_label(diag, "so can whoever breaks in", NO_STRS);
    diag_help(
        diag,
        "write `readOnlyRootFilesystem: true`, and mount an `emptyDir` where it must write",
        NO_STRS);
}

static void
judge_host_namespaces(struct check *check, const struct raw_pod *pod)
{
    static const struct {
        const char *key;
        const char *what;
        const char *label;
    } shared[] = {
        {"hostNetwork", "network", "it hears all traffic of the machine"},
        {"hostPID", "processes", "it sees and ends what others run"},
        {"hostIPC", "shared memory", "it reads what others pass to each other"},
    };
    for (size_t i = 0; i < sizeof shared / sizeof shared[0]; i++) {
        const struct raw *value = raw_find(pod->spec, str_from(shared[i].key));
        if (!is_raw_true(value))
            continue;
        struct diag *diag =
            raw_report(check, DIAG_S08, value->span, pod->use,
                       STRS(pod->use->text, str_from(shared[i].what)));
        diag_label(diag, shared[i].label, NO_STRS);
        diag_help(diag, "leave `{}` out", STRS(str_from(shared[i].key)));
    }
}
