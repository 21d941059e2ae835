/*
 * Certificates, issuers and ingresses that somebody wrote by hand, held against
 * each other and against what `tls` makes.
 */
#include "check/raw.h"
#include "check/raw_values.h"
#include "ir/domain.h"
#include "ir/issuer.h"

#define CERT_MANAGER "cert-manager.io"

enum { LIFE_HOURS = 2160, THIRD_PERCENT = 33, HUNDRED = 100 };

static raw_visit judge_issuer_reference, judge_ingress_issuer, judge_window,
    judge_rotation, judge_solvers, judge_secret, judge_ingress_secret;

/* T08 */
void
check_certificate_issuers(struct check *check)
{
    each_raw_of(check, CERT_MANAGER, "Certificate", judge_issuer_reference);
    each_raw_of(check, "networking.k8s.io", "Ingress", judge_ingress_issuer);
}

/* T09 and T10 */
void
check_issuer_solvers(struct check *check)
{
    each_raw_of(check, CERT_MANAGER, "Issuer", judge_solvers);
    each_raw_of(check, CERT_MANAGER, "ClusterIssuer", judge_solvers);
}

/* T11 */
void
check_renewal_windows(struct check *check)
{
    each_raw_of(check, CERT_MANAGER, "Certificate", judge_window);
}

/* T12 */
void
check_key_rotation(struct check *check)
{
    each_raw_of(check, CERT_MANAGER, "Certificate", judge_rotation);
}

/* T13 */
void
check_certificate_secrets(struct check *check)
{
    each_raw_of(check, CERT_MANAGER, "Certificate", judge_secret);
}

/* T16 */
void
check_ingress_secrets(struct check *check)
{
    each_raw_of(check, "networking.k8s.io", "Ingress", judge_ingress_secret);
}

/* ---- who goes where ----------------------------------------------------- */

static bool
goes_to(const struct raw_use *use, const struct environment *environment)
{
    for (size_t i = 0; i < use->environment_count; i++) {
        if (use->environments[i] == environment)
            return true;
    }
    return false;
}

/* Do they meet in some environment? */
static bool
do_meet(const struct raw_use *a, const struct raw_use *b)
{
    for (size_t i = 0; i < a->environment_count; i++) {
        if (goes_to(b, a->environments[i]))
            return true;
    }
    return false;
}

/* Has broxc a certificate of its own there? */
static bool
is_certified(const struct check *check, const struct raw_use *use)
{
    for (size_t i = 0; i < use->environment_count; i++) {
        if (certificate_find(check->ir, use->environments[i]) != NULL)
            return true;
    }
    return false;
}

/* ---- T08 ---------------------------------------------------------------- */

static bool
is_issuer_there(struct check *check, const struct raw_use *user,
                struct str kind, struct str name)
{
    bool is_cluster = is_str_equal(kind, STR("ClusterIssuer"));
    if (check->ir->tls != NULL &&
        is_cluster == is_issuer_of_cluster(check->ir) &&
        is_str_equal(name, issuer_object_name(check->ir)))
        return true;
    for (size_t i = 0; i < check->raw->use_count; i++) {
        const struct raw_use *use = &check->raw->uses[i];
        if (is_raw_of(use, CERT_MANAGER,
                      is_cluster ? "ClusterIssuer" : "Issuer") &&
            is_str_equal(use->object->name, name) &&
            (is_cluster || do_meet(use, user)))
            return true;
    }
    return false;
}

static void
report_issuer(struct check *check, const struct raw_use *use, struct span span,
              struct str kind, struct str name)
{
    struct diag *diag =
        raw_report(check, DIAG_T08, span, use, STRS(use->text, kind, name));
    if (check->ir->tls != NULL)
        diag_help(diag, "`tls` makes the {} `{}`",
                  STRS(is_issuer_of_cluster(check->ir) ? STR("ClusterIssuer")
                                                       : STR("Issuer"),
                       issuer_object_name(check->ir)));
    else
        diag_help(diag, "bring it along with `manifest`, or add `tls`",
                  NO_STRS);
}

/* Issuers of other groups are somebody else's business. */
static void
judge_issuer_reference(struct check *check, const struct raw_use *use)
{
    const struct raw *reference = raw_find(use->spec, STR("issuerRef"));
    const struct raw *name = raw_find(reference, STR("name"));
    struct str group = raw_text_at(reference, STR("group"));
    struct str kind = raw_text_at(reference, STR("kind"));
    if (is_str_empty(kind))
        kind = STR("Issuer");
    if (name == NULL || name->kind != RAW_TEXT ||
        (!is_str_empty(group) && !is_str_equal(group, STR(CERT_MANAGER))) ||
        is_issuer_there(check, use, kind, name->text))
        return;
    report_issuer(check, use, name->span, kind, name->text);
}

static void
judge_annotation(struct check *check, const struct raw_use *use, struct str key,
                 struct str kind)
{
    const struct raw *annotations =
        raw_at(use->object->root, "metadata.annotations");
    const struct raw *name = raw_find(annotations, key);
    if (name != NULL && name->kind == RAW_TEXT &&
        !is_issuer_there(check, use, kind, name->text))
        report_issuer(check, use, name->span, kind, name->text);
}

static void
judge_ingress_issuer(struct check *check, const struct raw_use *use)
{
    judge_annotation(check, use, STR(CERT_MANAGER "/issuer"), STR("Issuer"));
    judge_annotation(check, use, STR(CERT_MANAGER "/cluster-issuer"),
                     STR("ClusterIssuer"));
}

/* ---- T09, T10 ----------------------------------------------------------- */

/* The first name that the solver is chosen for and that lies outside; or NULL.
 */
static const struct raw *
name_outside(const struct raw *list, struct str zone)
{
    for (size_t i = 0; i < raw_item_count(list); i++) {
        const struct raw *name = list->entries[i].value;
        if (name->kind != RAW_TEXT)
            continue;
        struct str host =
            is_wildcard(name->text) ? domain_parent(name->text) : name->text;
        if (!is_domain_inside(host, zone))
            return name;
    }
    return NULL;
}

static bool
has_zone(const struct ir *ir, struct str name)
{
    for (size_t i = 0; i < ir->zone_count; i++) {
        if (is_str_equal(ir->zones[i].name, name))
            return true;
    }
    return false;
}

/* T09: where a solver has a selector, that says more than the zones do. */
static void
judge_solver_zone(struct check *check, const struct raw_use *use,
                  const struct raw *solver, const struct raw *zone_name)
{
    const struct ir *ir = check->ir;
    if (zone_name == NULL || zone_name->kind != RAW_TEXT)
        return;
    const struct raw *outside =
        name_outside(raw_at(solver, "selector.dnsZones"), zone_name->text);
    if (outside == NULL)
        outside =
            name_outside(raw_at(solver, "selector.dnsNames"), zone_name->text);
    if (outside != NULL) {
        struct diag *diag = raw_report(
            check, DIAG_T09, zone_name->span, use,
            STRS(use->text, zone_name->text,
                 arena_format(check->arena, "`{}`", STRS(outside->text))));
        diag_note(diag, outside->span, "the solver is for this", NO_STRS);
        diag_help(diag, "name the zone that holds it", NO_STRS);
    } else if (ir->zone_count > 0 && !has_zone(ir, zone_name->text)) {
        struct diag *diag = raw_report(
            check, DIAG_T09, zone_name->span, use,
            STRS(use->text, zone_name->text, STR("the program's hosts")));
        diag_note(diag, ir->zones[0].span, "the program has this zone",
                  NO_STRS);
        diag_help(diag, "name a zone of the program", NO_STRS);
    }
}

/* Credentials that the controller has by itself are for ClusterIssuers
 * (cert-manager.io/docs/configuration/acme/dns01,
 * --issuer-ambient-credentials).
 */
static void
judge_identity(struct check *check, const struct raw_use *use,
               const struct raw *service, const char *const *own_keys,
               struct span span)
{
    if (service == NULL || !is_raw_of(use, CERT_MANAGER, "Issuer"))
        return;
    for (size_t i = 0; own_keys[i] != NULL; i++) {
        if (raw_find(service, str_from(own_keys[i])) != NULL)
            return;
    }
    struct diag *diag = raw_report(check, DIAG_T10, span, use, STRS(use->text));
    diag_label(diag, "it says no credentials of its own", NO_STRS);
    diag_help(diag, "make it a ClusterIssuer, or give it credentials", NO_STRS);
}

static void
judge_solvers(struct check *check, const struct raw_use *use)
{
    static const char *const azure_keys[] = {"clientSecretSecretRef", NULL};
    static const char *const amazon_keys[] = {
        "accessKeyID", "accessKeyIDSecretRef", "auth", NULL};
    static const char *const google_keys[] = {"serviceAccountSecretRef", NULL};
    const struct raw *solvers = raw_at(use->spec, "acme.solvers");
    for (size_t i = 0; i < raw_item_count(solvers); i++) {
        const struct raw *solver = solvers->entries[i].value;
        const struct raw *proof = raw_find(solver, STR("dns01"));
        const struct raw *azure = raw_find(proof, STR("azureDNS"));
        const struct raw *amazon = raw_find(proof, STR("route53"));
        const struct raw *google = raw_find(proof, STR("cloudDNS"));
        struct span span = solver->span;
        judge_solver_zone(check, use, solver,
                          raw_find(azure, STR("hostedZoneName")));
        judge_identity(check, use, azure, azure_keys, span);
        judge_identity(check, use, amazon, amazon_keys, span);
        judge_identity(check, use, google, google_keys, span);
    }
}

/* ---- T11 ---------------------------------------------------------------- */

static int64_t
unit_of(char byte)
{
    if (byte == 'h')
        return 3600;
    return byte == 'm' ? 60 : byte == 's';
}

/* `2160h`, `1h30m`, in seconds; -1 when it is no such time. */
static int64_t
go_seconds(const struct raw *raw)
{
    int64_t total = 0;
    if (raw == NULL || raw->kind != RAW_TEXT || is_str_empty(raw->text))
        return -1;
    struct str text = raw->text;
    while (text.len > 0) {
        size_t digits = 0;
        int64_t number;
        while (digits < text.len && is_ascii_digit(text.at[digits]))
            digits++;
        int64_t unit = digits < text.len ? unit_of(text.at[digits]) : 0;
        if (unit == 0 || !str_to_number(str_slice(text, 0, digits), &number) ||
            number > INT32_MAX)
            return -1;
        total += number * unit;
        text = str_slice(text, digits + 1, text.len);
    }
    return total;
}

static void
report_window(struct check *check, const struct raw_use *use,
              const struct raw *value, const char *unit, struct str fault)
{
    struct str shown =
        arena_format(check->arena, "{}{}", STRS(value->text, str_from(unit)));
    struct diag *diag = raw_report(check, DIAG_T11, value->span, use,
                                   STRS(use->text, shown, fault));
    diag_help(
        diag,
        "write `renewBeforePercentage: 33`: it stays right when lives get shorter",
        NO_STRS);
}

static void
judge_window(struct check *check, const struct raw_use *use)
{
    const struct raw *before = raw_find(use->spec, STR("renewBefore"));
    const struct raw *share = raw_find(use->spec, STR("renewBeforePercentage"));
    int64_t life = go_seconds(raw_find(use->spec, STR("duration")));
    int64_t window = go_seconds(before);
    int64_t percent;
    if (life <= 0)
        life = (int64_t)LIFE_HOURS * 3600;
    if (before != NULL && window >= life)
        report_window(check, use, before, "", STR("not below its life"));
    else if (before != NULL && window >= 0 && window * 3 < life)
        report_window(check, use, before, "",
                      STR("less than a third of its life"));
    if (!raw_to_number(share, &percent))
        return;
    if (percent >= HUNDRED)
        report_window(check, use, share, "%", STR("not below its life"));
    else if (percent < THIRD_PERCENT)
        report_window(check, use, share, "%",
                      STR("less than a third of its life"));
}

/* ---- T12 ---------------------------------------------------------------- */

static void
judge_rotation(struct check *check, const struct raw_use *use)
{
    if (raw_at(use->spec, "privateKey.rotationPolicy") != NULL)
        return;
    struct diag *diag = raw_report(check, DIAG_T12, use->object->name_span, use,
                                   STRS(use->text));
    diag_label(diag,
               "since cert-manager 1.18 a new one each time, before never",
               NO_STRS);
    diag_help(diag, "write `privateKey: {{rotationPolicy: Always}`", NO_STRS);
}

/* ---- T13 ---------------------------------------------------------------- */

static const struct raw *
secret_of(const struct raw_use *use)
{
    const struct raw *name = raw_find(use->spec, STR("secretName"));
    return name != NULL && name->kind == RAW_TEXT ? name : NULL;
}

/* Only against those before it: two Certificates are one fault. */
static void
judge_secret(struct check *check, const struct raw_use *use)
{
    const struct raw *secret = secret_of(use);
    if (secret == NULL)
        return;
    bool is_ours =
        is_certified(check, use) &&
        is_str_equal(secret->text,
                     certificate_secret_name(check->arena, check->ir));
    const struct raw_use *other = NULL;
    for (size_t i = 0; &check->raw->uses[i] != use && other == NULL; i++) {
        const struct raw_use *found = &check->raw->uses[i];
        const struct raw *name = secret_of(found);
        if (is_raw_of(found, CERT_MANAGER, "Certificate") && name != NULL &&
            is_str_equal(name->text, secret->text) && do_meet(found, use))
            other = found;
    }
    if (!is_ours && other == NULL)
        return;
    struct diag *diag = raw_report(check, DIAG_T13, secret->span, use,
                                   STRS(use->text, secret->text));
    if (other != NULL)
        diag_note(diag, secret_of(other)->span, "the other writes it here",
                  NO_STRS);
    else
        diag_note(diag, check->ir->tls->span, "`tls` writes it", NO_STRS);
    diag_help(diag, "give each a Secret of its own", NO_STRS);
}

/* ---- T16 ---------------------------------------------------------------- */

/* Is it there that the Secret is made? */
static bool
makes_secret(const struct raw_use *use, struct str name)
{
    const struct raw *secret = secret_of(use);
    return (is_raw_of(use, CERT_MANAGER, "Certificate") && secret != NULL &&
            is_str_equal(secret->text, name)) ||
           (is_raw_of(use, "", "Secret") &&
            is_str_equal(use->object->name, name));
}

/* The first that makes it in that environment, or in any: NULL. */
static const struct raw_use *
maker_find(struct check *check, struct str name,
           const struct environment *environment)
{
    for (size_t i = 0; i < check->raw->use_count; i++) {
        const struct raw_use *use = &check->raw->uses[i];
        if (makes_secret(use, name) &&
            (environment == NULL || goes_to(use, environment)))
            return use;
    }
    return NULL;
}

/* What makes it, where some environment of the Ingress has nobody who does; or
 * NULL. */
static const struct raw_use *
maker_elsewhere(struct check *check, const struct raw_use *ingress,
                struct str name)
{
    for (size_t i = 0; i < ingress->environment_count; i++) {
        if (maker_find(check, name, ingress->environments[i]) == NULL)
            return maker_find(check, name, NULL);
    }
    return NULL;
}

static void
judge_ingress_secret(struct check *check, const struct raw_use *use)
{
    const struct raw *list = raw_find(use->spec, STR("tls"));
    for (size_t i = 0; i < raw_item_count(list); i++) {
        const struct raw *name =
            raw_find(list->entries[i].value, STR("secretName"));
        if (name == NULL || name->kind != RAW_TEXT)
            continue;
        const struct raw_use *maker = maker_elsewhere(check, use, name->text);
        if (maker == NULL)
            continue;
        struct diag *diag = raw_report(check, DIAG_T16, name->span, use,
                                       STRS(use->text, name->text));
        diag_note(diag, maker->object->name_span, "it is made by this, in `{}`",
                  STRS(maker->environments[0]->name));
        diag_help(diag,
                  "bring what makes it to each environment of the Ingress",
                  NO_STRS);
    }
}
