/*
 * Family N, first half: names of Kubernetes objects, those that the program
 * writes and those that follow from them. Limits are the Kubernetes API's
 * ("Object Names and IDs", "Labels and Selectors", "ConfigMaps").
 */
#include "check/walk.h"

#include "ir/quantity.h"
#include "ir/release.h"

enum {
    LABEL_MAX = 63,
    CRONJOB_MAX = 52, /* the controller adds 11 characters */
    SUBDOMAIN_MAX = 253,
    PORT_NAME_MAX = 15, /* RFC 6335 5.1 */
    CONFIG_BYTES_MAX = 1024 * 1024,
    CONFIG_BYTES_MANY = 800 * 1024,
    ANNOTATION_BYTES_MAX = 256 * 1024,
};

void
check_service_names(struct check *check)
{
    for (size_t i = 0; i < check->ir->service_count; i++) {
        const struct service *service = check->ir->services[i];
        if (service->kind != SERVICE_SERVICE || is_str_empty(service->name) ||
            !is_ascii_digit(service->name.at[0]))
            continue;
        struct diag *diag =
            diag_add(check->sink, DIAG_N02, service->span, STRS(service->name));
        diag_help(diag, "begin it with a letter", NO_STRS);
    }
}

static bool
is_subdomain(struct str text)
{
    char before = '.';
    if (text.len == 0 || text.len > SUBDOMAIN_MAX)
        return false;
    for (size_t i = 0; i < text.len; i++) {
        char byte = text.at[i];
        bool is_letter = is_ascii_digit(byte) || (byte >= 'a' && byte <= 'z');
        bool is_inner = byte == '-' || byte == '.';
        if (!is_letter &&
            (!is_inner || before == '.' || (byte == '.' && before == '-')))
            return false;
        before = byte;
    }
    return before != '.' && before != '-';
}

static void
report_object_name(struct check *check, struct span span, struct str name)
{
    struct diag *diag = diag_add(check->sink, DIAG_N03, span, STRS(name));
    diag_help(diag, "small letters, digits, `-` and `.`, at most 253 of them",
              NO_STRS);
}

/* Names of RBAC's objects are parts of a path, and may hold more. */
static void
check_manifest_names(struct check *check,
                     const struct raw_manifest *const *manifests, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        for (size_t j = 0; j < manifests[i]->objects.count; j++) {
            const struct raw_object *object = &manifests[i]->objects.at[j];
            if (!is_subdomain(object->name) &&
                !has_prefix(object->api_version, STR("rbac.")))
                report_object_name(check, object->name_span, object->name);
        }
    }
}

/* An ingress class is an object, whose name the program gives. */
void
check_object_names(struct check *check)
{
    check_manifest_names(check, check->ir->manifests,
                         check->ir->manifest_count);
    for (size_t i = 0; i < check->ir->environment_count; i++) {
        const struct environment *environment = check->ir->environments[i];
        const struct ingress *ingress = environment->ingress;
        check_manifest_names(check, environment->manifests,
                             environment->manifest_count);
        if (ingress != NULL && is_value_known(ingress->class_name) &&
            !is_subdomain(ingress->class_name->text))
            report_object_name(check, ingress->class_name->span,
                               ingress->class_name->text);
    }
}

static void
check_derived_name(struct check *check, struct span span, struct str name,
                   const char *suffix, size_t max)
{
    if (name.len + str_from(suffix).len <= max)
        return;
    struct str derived =
        arena_format(check->arena, "{}{}", STRS(name, str_from(suffix)));
    struct diag *diag =
        diag_add(check->sink, DIAG_N04, span,
                 STRS(derived, arena_number(check->arena, (int64_t)derived.len),
                      arena_number(check->arena, (int64_t)max)));
    diag_label(diag, "`{}` is added to this name", STRS(str_from(suffix)));
    diag_help(diag, "shorten it to {} characters",
              STRS(arena_number(check->arena,
                                (int64_t)(max - str_from(suffix).len))));
}

/* The longest name that follows from a workload's. */
static void
check_workload_name(struct check *check, const struct workload *workload)
{
    struct str name = workload->service->name;
    struct span span = workload->service->span;
    if (!runs_steadily(workload->service))
        check_derived_name(check, span, name, "", CRONJOB_MAX);
    else if (workload->config_count > 0)
        check_derived_name(check, span, name, "-config-0123456789", LABEL_MAX);
    else if (strategy_of(workload) != STRATEGY_ROLLING)
        check_derived_name(check, span, name, "-preview", LABEL_MAX);
}

void
check_derived_names(struct check *check)
{
    each_workload(check, check_workload_name);
}

/* Letters and digits, with `-`, `_` and `.` between them. */
static bool
is_label_text(struct str text)
{
    if (text.len > LABEL_MAX)
        return false;
    for (size_t i = 0; i < text.len; i++) {
        char byte = text.at[i];
        bool is_edge = i == 0 || i + 1 == text.len;
        if (!is_ascii_alnum(byte) &&
            (is_edge || (byte != '-' && byte != '_' && byte != '.')))
            return false;
    }
    return true;
}

/* [PREFIX/]NAME */
static bool
is_label_key(struct str key)
{
    struct str name = key;
    if (has_byte(key, '/')) {
        struct str prefix = str_cut(&name, '/');
        if (!is_subdomain(prefix))
            return false;
    }
    return !is_str_empty(name) && is_label_text(name);
}

static void
report_label(struct check *check, struct span span, struct str text,
             const char *what)
{
    struct diag *diag =
        diag_add(check->sink, DIAG_N05, span, STRS(text, str_from(what)));
    diag_help(
        diag,
        "at most 63 letters and digits, with `-`, `_` and `.` between them",
        NO_STRS);
}

static void
check_key(struct check *check, const struct pair *pair)
{
    if (!is_label_key(pair->key))
        report_label(check, pair->span, pair->key, "key");
}

/* L17: what broxc selects by, and what the pipeline moves. */
static void
check_reserved_key(struct check *check, const struct pair *label)
{
    if (!has_prefix(label->key, STR("app.kubernetes.io/")) &&
        !has_prefix(label->key, STR("broxc/")))
        return;
    struct diag *diag =
        diag_add(check->sink, DIAG_L17, label->span, STRS(label->key));
    diag_label(diag, "broxc writes labels of this prefix itself", NO_STRS);
    diag_help(diag, "choose a prefix of your own, such as `example.com/`",
              NO_STRS);
}

static void
check_workload_labels(struct check *check, const struct workload *workload)
{
    for (size_t i = 0; i < workload->label_count; i++) {
        const struct pair *label = &workload->labels[i];
        check_key(check, label);
        check_reserved_key(check, label);
        if (is_value_known(label->value) && !is_label_text(label->value->text))
            report_label(check, label->value->span, label->value->text,
                         "value");
    }
    for (size_t i = 0; i < workload->annotation_count; i++)
        check_key(check, &workload->annotations[i]);
}

void
check_labels(struct check *check)
{
    each_workload(check, check_workload_labels);
}

/* RFC 6335 5.1: a letter somewhere, no hyphen at an edge or beside another. */
static bool
is_port_name(struct str name)
{
    bool has_letter = false;
    char before = '-';
    if (name.len == 0 || name.len > PORT_NAME_MAX)
        return false;
    for (size_t i = 0; i < name.len; i++) {
        char byte = name.at[i];
        bool is_letter = byte >= 'a' && byte <= 'z';
        if (!is_letter && !is_ascii_digit(byte) &&
            (byte != '-' || before == '-'))
            return false;
        has_letter = has_letter || is_letter;
        before = byte;
    }
    return has_letter && before != '-';
}

static void
judge_ports(struct check *check, const struct port *ports, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        const struct port *port = &ports[i];
        if (is_port_name(port->name))
            continue;
        struct diag *diag =
            diag_add(check->sink, DIAG_N06, port->span, STRS(port->name));
        diag_help(
            diag,
            "at most 15 small letters, digits and single hyphens, a letter among them",
            NO_STRS);
    }
}

static void
check_workload_ports(struct check *check, const struct workload *workload)
{
    judge_ports(check, workload->ports, workload->port_count);
    for (size_t i = 0; i < workload->container_count; i++)
        judge_ports(check, workload->containers[i].ports,
                    workload->containers[i].port_count);
}

void
check_port_names(struct check *check)
{
    each_workload(check, check_workload_ports);
}

static struct str
size_text(struct check *check, size_t size)
{
    return arena_number(check->arena, (int64_t)size);
}

static void
check_workload_config(struct check *check, const struct workload *workload)
{
    size_t bytes = 0;
    const struct setting *largest = NULL;
    for (size_t i = 0; i < workload->config_count; i++) {
        const struct setting *setting = workload->config[i];
        if (!is_value_known(setting->value))
            continue;
        bytes += setting->key->name.len + setting->value->text.len;
        if (largest == NULL ||
            setting->value->text.len > largest->value->text.len)
            largest = setting;
    }
    if (bytes <= CONFIG_BYTES_MANY)
        return;
    struct diag *diag = diag_add_as(
        check->sink, DIAG_N09,
        bytes > CONFIG_BYTES_MAX ? SEVERITY_ERROR : SEVERITY_WARNING,
        largest->value->span,
        STRS(workload_object(check, workload), size_text(check, bytes),
             size_text(check, CONFIG_BYTES_MAX)));
    diag_label(diag,
               "the largest value of a ConfigMap that would hold them all",
               NO_STRS);
    diag_help(diag, "put large texts into the image or a volume", NO_STRS);
}

/* The same of the files of the project, which have a ConfigMap of their own. */
static void
check_workload_files(struct check *check, const struct workload *workload)
{
    size_t bytes = 0;
    const struct config_file *largest = NULL;
    for (size_t i = 0; i < workload->file_count; i++) {
        const struct config_file *file = &workload->files[i];
        if (file->file == NULL)
            continue;
        bytes += file->name.len + file->file->content.len;
        if (largest == NULL ||
            file->file->content.len > largest->file->content.len)
            largest = file;
    }
    if (bytes <= CONFIG_BYTES_MANY)
        return;
    struct diag *diag = diag_add_as(
        check->sink, DIAG_N09,
        bytes > CONFIG_BYTES_MAX ? SEVERITY_ERROR : SEVERITY_WARNING,
        largest->span,
        STRS(workload_object(check, workload), size_text(check, bytes),
             size_text(check, CONFIG_BYTES_MAX)));
    diag_label(diag, "the largest file of a ConfigMap that would hold them all",
               NO_STRS);
    diag_help(diag, "put large files into the image or a volume", NO_STRS);
}

/* No workload gets more than all settings of its environment. */
static bool
has_many_settings(const struct ir *ir, const struct environment *environment)
{
    size_t bytes = 0;
    for (size_t i = 0; i < ir->config_key_count; i++) {
        const struct setting *setting = &environment->settings[i];
        if (is_value_known(setting->value))
            bytes += setting->key->name.len + setting->value->text.len;
    }
    return bytes > CONFIG_BYTES_MANY;
}

static void
check_environment_config(struct check *check,
                         const struct environment *environment)
{
    if (!has_many_settings(check->ir, environment))
        return;
    for (size_t i = 0; i < environment->workload_count; i++)
        check_workload_config(check, environment->workloads[i]);
}

void
check_config_sizes(struct check *check)
{
    each_workload(check, check_workload_files);
    for (size_t i = 0; i < check->ir->environment_count; i++)
        check_environment_config(check, check->ir->environments[i]);
}

static void
check_workload_annotations(struct check *check, const struct workload *workload)
{
    size_t bytes = 0;
    for (size_t i = 0; i < workload->annotation_count; i++) {
        const struct pair *pair = &workload->annotations[i];
        bytes += pair->key.len;
        bytes += is_value_known(pair->value) ? pair->value->text.len : 0;
    }
    if (bytes <= ANNOTATION_BYTES_MAX)
        return;
    struct diag *diag =
        diag_add(check->sink, DIAG_N10, workload->annotations[0].span,
                 STRS(workload_object(check, workload), size_text(check, bytes),
                      size_text(check, ANNOTATION_BYTES_MAX)));
    diag_help(diag, "keep long notes elsewhere, and a link to them here",
              NO_STRS);
}

void
check_annotation_sizes(struct check *check)
{
    each_workload(check, check_workload_annotations);
}

static bool
is_same_text(const struct value *a, const struct value *b)
{
    return is_value_known(a) && is_value_known(b) &&
           is_str_equal(a->text, b->text);
}

static void
check_namespace_pair(struct check *check, const struct environment *first,
                     const struct environment *second)
{
    bool is_one_cluster =
        first->cluster == NULL || second->cluster == NULL ||
        is_same_text(first->cluster->name, second->cluster->name);
    if (!is_one_cluster ||
        !is_same_text(first->namespace_name, second->namespace_name))
        return;
    struct span span = second->namespace_name->span;
    /* From the environment that it is `like`. */
    bool is_taken = is_span_equal(span, first->namespace_name->span);
    struct diag *diag =
        diag_add(check->sink, DIAG_N11, is_taken ? second->span : span,
                 STRS(arena_format(check->arena, "namespace/{}",
                                   STRS(second->namespace_name->text))));
    if (is_taken)
        diag_label(diag, "it takes the namespace over", NO_STRS);
    else
        diag_label(diag, "of `{}`", STRS(second->name));
    diag_note(diag, first->namespace_name->span,
              "it is also the namespace of `{}`, in the same cluster",
              STRS(first->name));
    diag_help(diag, "give `{}` a `namespace` of its own", STRS(second->name));
}

/* `api` of `api-blue`; empty for other names. */
static struct str
colour_stem(struct str name)
{
    static const char *const suffixes[] = {"-blue", "-green", "-preview"};
    for (size_t i = 0; i < sizeof suffixes / sizeof suffixes[0]; i++) {
        struct str suffix = str_from(suffixes[i]);
        if (has_suffix(name, suffix))
            return str_slice(name, 0, name.len - suffix.len);
    }
    return STR("");
}

/* Few programs have one, and a service runs in many environments. */
static bool
has_colour_stem(const struct ir *ir)
{
    for (size_t i = 0; i < ir->service_count; i++) {
        if (!is_str_empty(colour_stem(ir->services[i]->name)))
            return true;
    }
    return false;
}

/* `api-blue` of a blue-green `api`, and a service called `api-blue`. */
static void
check_colour_names(struct check *check, const struct workload *workload)
{
    const struct environment *environment = workload->environment;
    struct str name = workload->service->name;
    struct str stem = colour_stem(name);
    for (size_t i = 0; !is_str_empty(stem) && i < environment->workload_count;
         i++) {
        const struct service *other = environment->workloads[i]->service;
        if (!is_str_equal(other->name, stem) ||
            !is_coloured(environment->workloads[i]))
            continue;
        struct diag *diag = diag_add(
            check->sink, DIAG_N11, workload->service->span,
            STRS(arena_format(check->arena, "deployment/{}", STRS(name))));
        diag_note(diag, other->span,
                  "`{}` has two colours and makes the same name",
                  STRS(other->name));
        diag_help(diag, "rename one of the two", NO_STRS);
    }
}

void
check_collisions(struct check *check)
{
    each_environment_pair(check, check_namespace_pair);
    if (has_colour_stem(check->ir))
        each_workload(check, check_colour_names);
}

/* Does the other one answer to its short name, too? */
static bool
is_answered(const struct environment *environment,
            const struct environment *other)
{
    const struct value *name = environment->short_name;
    return is_same_text(name, other->short_name) ||
           (is_value_known(name) && is_str_equal(name->text, other->name));
}

static void
check_alias_pair(struct check *check, const struct environment *first,
                 const struct environment *second)
{
    bool is_second = is_answered(second, first);
    const struct environment *owner = is_second ? second : first;
    const struct environment *other = is_second ? first : second;
    if (!is_answered(owner, other))
        return;
    struct diag *diag = diag_add(check->sink, DIAG_N12, owner->short_name->span,
                                 STRS(owner->short_name->text));
    diag_label(diag, "scripts would not know which one is meant", NO_STRS);
    diag_note(diag, other->span, "`{}` answers to it too", STRS(other->name));
    diag_help(diag, "give `{}` a `short` of its own", STRS(owner->name));
}

void
check_aliases(struct check *check)
{
    each_environment_pair(check, check_alias_pair);
}
