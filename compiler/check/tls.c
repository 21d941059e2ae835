/*
 * Certificates: what they cover, how they are proved, who issues them.
 */
#include "base/map.h"
#include "check/check.h"
#include "ir/issuer.h"
#include "ir/domain.h"
#include "ir/edge.h"

#include <assert.h>

enum {
    NAMES_MAX = 100,       /* letsencrypt.org/docs/rate-limits */
    CERTIFICATES_MAX = 50, /* the same, of one registered domain, a week */
    RENEW_MIN = 33000,     /* thousandths of a percent */
    RENEW_MAX = 100000,
};

typedef void judge_host(struct check *check,
                        const struct environment *environment,
                        const struct value *host);

static void each_uncovered(struct check *check, judge_host *judge);
static judge_host report_uncovered, report_reach;
static struct map certificate_names(struct arena *arena,
                                    const struct certificate *certificate);
static bool is_covered(const struct map *names, struct str host);
static bool judges_wildcards(const struct check *check);
static void judge_unused(struct check *check,
                         const struct certificate *certificate);
static void judge_environment(struct check *check,
                              const struct certificate *certificate);
static const struct value *covered_host_find(
    const struct map *names, const struct environment *environment);
static void judge_rate(struct check *check, const struct zone *zone);
static bool is_certified_in(const struct certificate *certificate,
                            const struct zone *zone);

void
check_host_without_certificate(struct check *check)
{
    each_uncovered(check, report_uncovered);
}

/* RFC 9525 6.3. */
void
check_wildcard_reach(struct check *check)
{
    if (judges_wildcards(check))
        each_uncovered(check, report_reach);
}

/* RFC 8555 8.3 proves one host; letsencrypt.org/docs/challenge-types. */
void
check_wildcard_proof(struct check *check)
{
    const struct tls *tls = check->ir->tls;
    if (!judges_wildcards(check) || tls->proof != PROOF_HTTP)
        return;
    struct diag *diag = diag_add(check->sink, DIAG_T03, tls->span, NO_STRS);
    diag_label(diag, "`names wildcard` meets `prove http`", NO_STRS);
    diag_note(diag, tls->proof_span,
              "only who can write the zone is given a wildcard", NO_STRS);
    diag_help(diag, "write `prove dns`, or `names exact`", NO_STRS);
}

/* T17: cert-manager refuses a DNS-01 solver without a service. */
void
check_zone_solvers(struct check *check)
{
    const struct ir *ir = check->ir;
    if (ir->tls == NULL || ir->tls->proof != PROOF_DNS)
        return;
    for (size_t i = 0; i < ir->zone_count; i++) {
        const struct zone *zone = &ir->zones[i];
        if (!is_zone_certified(ir, zone) ||
            dns_solver_of(ir, zone) != DNS_SOLVER_NONE ||
            !is_value_known(zone->provider) ||
            !is_value_known(ir->project->cloud))
            continue;
        struct diag *diag =
            diag_add(check->sink, DIAG_T17, zone->span, STRS(zone->name));
        diag_label(diag, "nothing says where its records are written", NO_STRS);
        diag_note(diag, ir->tls->proof_span, "certificates are proved by DNS",
                  NO_STRS);
        diag_help(diag,
                  "write `provider route53` in the zone or `cloud azure` in "
                  "the project; or `prove http`",
                  NO_STRS);
    }
}

/* A key of a lower environment that would pass for production. */
void
check_wildcard_environments(struct check *check)
{
    for (size_t i = 0;
         judges_wildcards(check) && i < check->ir->certificate_count; i++)
        judge_environment(check, &check->ir->certificates[i]);
}

void
check_certificate_names(struct check *check)
{
    for (size_t i = 0; i < check->ir->certificate_count; i++) {
        const struct certificate *certificate = &check->ir->certificates[i];
        if (certificate->name_count <= NAMES_MAX)
            continue;
        struct arena *arena = check->arena;
        struct str name = certificate->environment->name;
        struct diag *diag = diag_add(
            check->sink, DIAG_T05, certificate->names[NAMES_MAX]->span,
            STRS(name, arena_number(arena, (int64_t)certificate->name_count),
                 arena_number(arena, NAMES_MAX)));
        diag_label(diag, "the first one too many", NO_STRS);
        diag_help(diag, "write `names wildcard`, or serve fewer hosts",
                  NO_STRS);
        diag_about(diag, name);
    }
}

/* T06: whoever holds the key can pass for a name that nobody serves. Those of
 * `names exact` are hosts. */
void
check_unused_names(struct check *check)
{
    for (size_t i = 0;
         judges_wildcards(check) && i < check->ir->certificate_count; i++)
        judge_unused(check, &check->ir->certificates[i]);
}

/* T11 of the program's own certificates. */
void
check_renewal(struct check *check)
{
    const struct tls *tls = check->ir->tls;
    if (tls == NULL || !is_value_known(tls->renew) ||
        (tls->renew->number >= RENEW_MIN && tls->renew->number < RENEW_MAX))
        return;
    struct diag *diag = diag_add(check->sink, DIAG_T11, tls->renew->span,
                                 STRS(STR("tls"), tls->renew->text,
                                      tls->renew->number < RENEW_MIN
                                          ? STR("less than a third of its life")
                                          : STR("not below its life")));
    diag_help(diag, "without `renew`, a third is left", NO_STRS);
}

void
check_staging_issuer(struct check *check)
{
    const struct ir *ir = check->ir;
    if (ir->tls == NULL || !is_issuer_untrusted(ir->tls->issuer))
        return;
    for (size_t i = 0; i < ir->certificate_count; i++) {
        const struct environment *environment = ir->certificates[i].environment;
        if (environment->tier != TIER_PRODUCTION)
            continue;
        struct diag *diag =
            diag_add(check->sink, DIAG_T07, ir->tls->issuer->span,
                     STRS(environment->name));
        diag_label(diag, "for trying out", NO_STRS);
        diag_note(diag, environment->span, "production is declared here",
                  NO_STRS);
        diag_help(diag, "write `tls lets-encrypt`", NO_STRS);
        diag_about(diag, environment->name);
    }
}

void
check_certificate_contact(struct check *check)
{
    const struct tls *tls = check->ir->tls;
    const struct project *project = check->ir->project;
    if (tls == NULL || !is_value_known(tls->contact))
        return;
    for (size_t i = 0; i < project->contact_count; i++) {
        const struct value *email = project->contacts[i].email;
        if (!is_value_known(email) ||
            is_str_equal_nocase(email->text, tls->contact->text))
            return;
    }
    struct diag *diag = diag_add(check->sink, DIAG_T14, tls->contact->span,
                                 STRS(tls->contact->text));
    diag_help(diag, "add it to the project as a `contact`, or use one",
              NO_STRS);
    diag_about(diag, tls->contact->text);
}

void
check_certificate_rate(struct check *check)
{
    for (size_t i = 0; i < check->ir->zone_count; i++)
        judge_rate(check, &check->ir->zones[i]);
}

/* Each host, in an environment with `tls`, that no certificate names. */
static void
each_uncovered(struct check *check, judge_host *judge)
{
    const struct ir *ir = check->ir;
    for (size_t i = 0; ir->tls != NULL && i < ir->environment_count; i++) {
        const struct environment *environment = ir->environments[i];
        if (is_tls_elsewhere(environment))
            continue;
        struct map names =
            certificate_names(check->arena, certificate_find(ir, environment));
        for (size_t k = 0; k < environment->host_count; k++) {
            const struct value *host = environment->hosts[k].name;
            if (is_value_known(host) && !is_covered(&names, host->text))
                judge(check, environment, host);
        }
    }
}

static struct map
certificate_names(struct arena *arena, const struct certificate *certificate)
{
    struct map names;
    map_init(&names, arena);
    for (size_t i = 0; certificate != NULL && i < certificate->name_count; i++)
        map_put(&names, certificate->names[i]->text, certificate);
    return names;
}

static bool
is_covered(const struct map *names, struct str host)
{
    if (map_find(names, host) != NULL)
        return true;
    struct str wildcard =
        arena_format(names->arena, "*.{}", STRS(domain_parent(host)));
    return map_find(names, wildcard) != NULL;
}

static void
report_uncovered(struct check *check, const struct environment *environment,
                 const struct value *host)
{
    const struct ir *ir = check->ir;
    if (zone_find(ir, host->text) != NULL)
        return;
    struct diag *diag =
        diag_add(check->sink, DIAG_T01, host->span, STRS(host->text));
    diag_label(diag, "served in `{}`", STRS(environment->name));
    if (ir->zone_count == 1)
        diag_note(diag, ir->zones[0].span,
                  "the certificates cover only this zone", NO_STRS);
    else
        diag_note(diag, ir->tls->span,
                  "proved by DNS, so only in the program's zones", NO_STRS);
    diag_help(diag, "add a zone that the host lies in, or `prove http`",
              NO_STRS);
    diag_about(diag, host->text);
}

static void
report_reach(struct check *check, const struct environment *environment,
             const struct value *host)
{
    const struct ir *ir = check->ir;
    const struct zone *zone = zone_find(ir, host->text);
    if (zone == NULL)
        return;
    assert(ir->tls->names != NAMES_EXACT);
    struct str wildcard = arena_format(check->arena, "*.{}", STRS(zone->name));
    struct diag *diag =
        diag_add(check->sink, DIAG_T02, host->span, STRS(wildcard, host->text));
    diag_label(diag, "served in `{}`; a `*` stands for exactly one label",
               STRS(environment->name));
    diag_note(diag, ir->tls->span, "`names wildcard` is said here", NO_STRS);
    diag_help(diag, "write `names exact`", NO_STRS);
    diag_about(diag, host->text);
}

static bool
judges_wildcards(const struct check *check)
{
    return check->ir->tls != NULL && check->ir->tls->names != NAMES_EXACT;
}

static void
judge_unused(struct check *check, const struct certificate *certificate)
{
    const struct environment *environment = certificate->environment;
    struct map used;
    map_init(&used, check->arena);
    for (size_t i = 0; i < environment->host_count; i++) {
        const struct value *host = environment->hosts[i].name;
        if (!is_value_known(host))
            continue;
        map_put(&used, host->text, host);
        map_put(
            &used,
            arena_format(check->arena, "*.{}", STRS(domain_parent(host->text))),
            host);
    }
    for (size_t i = 0; i < certificate->name_count; i++) {
        struct str name = certificate->names[i]->text;
        if (map_find(&used, name) != NULL)
            continue;
        struct diag *diag =
            diag_add(check->sink, DIAG_T06, check->ir->tls->span,
                     STRS(environment->name, name));
        diag_note(diag, environment->span, "nothing serves it here", NO_STRS);
        diag_help(diag, "write `names exact`", NO_STRS);
        diag_about(diag, environment->name);
    }
}

static void
judge_environment(struct check *check, const struct certificate *certificate)
{
    const struct ir *ir = check->ir;
    struct map names = certificate_names(check->arena, certificate);
    if (certificate->environment->tier == TIER_PRODUCTION)
        return;
    for (size_t i = 0; i < ir->environment_count; i++) {
        const struct environment *other = ir->environments[i];
        const struct value *host = covered_host_find(&names, other);
        if (other->tier != TIER_PRODUCTION || host == NULL)
            continue;
        struct diag *diag = diag_add(
            check->sink, DIAG_T04, certificate->environment->span,
            STRS(certificate->environment->name, host->text, other->name));
        diag_label(diag, "holds the key of a wildcard", NO_STRS);
        diag_note(diag, host->span, "served here", NO_STRS);
        diag_note(diag, ir->tls->span, "`names wildcard` is said here",
                  NO_STRS);
        diag_help(diag, "write `names exact`", NO_STRS);
        diag_about(diag, certificate->environment->name);
        return;
    }
}

/* The first host of the environment that the certificate is valid for. */
static const struct value *
covered_host_find(const struct map *names,
                  const struct environment *environment)
{
    for (size_t i = 0; i < environment->host_count; i++) {
        const struct value *host = environment->hosts[i].name;
        if (is_value_known(host) && is_covered(names, host->text))
            return host;
    }
    return NULL;
}

/* The topmost zone of the program stands for the registered domain: what is
 * asked for in the zones below counts for it. */
static void
judge_rate(struct check *check, const struct zone *zone)
{
    int64_t count = 0;
    if (zone_find(check->ir, domain_parent(zone->name)) != NULL)
        return;
    for (size_t i = 0; i < check->ir->certificate_count; i++)
        count += is_certified_in(&check->ir->certificates[i], zone);
    if (count <= CERTIFICATES_MAX ||
        is_issuer_untrusted(check->ir->tls->issuer))
        return;
    struct arena *arena = check->arena;
    struct diag *diag = diag_add(check->sink, DIAG_T15, zone->span,
                                 STRS(arena_number(arena, count), zone->name,
                                      arena_number(arena, CERTIFICATES_MAX)));
    diag_label(diag, "each environment asks for one", NO_STRS);
    diag_help(diag, "spread first deployments over weeks, or use more domains",
              NO_STRS);
    diag_about(diag, zone->name);
}

static bool
is_certified_in(const struct certificate *certificate, const struct zone *zone)
{
    for (size_t i = 0; i < certificate->name_count; i++) {
        struct str name = certificate->names[i]->text;
        if (is_wildcard(name))
            name = domain_parent(name);
        if (is_domain_inside(name, zone->name))
            return true;
    }
    return false;
}
