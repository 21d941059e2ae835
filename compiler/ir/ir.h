/*
 * The typed IR: what a program says, resolved for every environment, with
 * layers folded and names bound. Pointers that may be absent say so; a `const
 * struct value *` that the program leaves out and that has no default is NULL.
 * Lists keep the order of the source. Everything lies in the compile's arena.
 */
#ifndef IR_IR_H
#define IR_IR_H

#include "ir/manifest.h"
#include "ir/pod.h"
#include "ir/record.h"
#include "ir/patch.h"
#include "ir/rules.h"
#include "ir/value.h"
#include "ir/workflow_file.h"

struct environment;
struct workload;
struct secret;

/* ---- the project ---- */

struct contact {
    struct str name;
    const struct value *email;
    struct span span;
};

struct channel {
    struct str name;          /* `incidents` */
    const struct value *room; /* `#incidents` */
    struct span span;
};

/* Files of the user's own in CODEOWNERS. */
struct ownership {
    struct str files;
    const struct value *teams; /* list; may be NULL */
    struct span span;
};

struct project {
    struct str name;
    struct span span;
    const struct value *repository;     /* ORG/REPO; may be NULL */
    const struct value *registry;       /* may be NULL */
    bool is_registry_immutable;         /* a tag is never moved there */
    const struct value *registry_keep;  /* duration; or NULL: for ever */
    const struct value *cloud;          /* azure, aws, google, none */
    const struct value *tenant;         /* Azure; may be a hole */
    const struct value *subscription;   /* Azure; may be a hole */
    const struct value *kubernetes;     /* range of versions */
    const struct value *const *schemas; /* paths of files or folders */
    size_t schema_count;
    const struct value *network;          /* closed, open; NULL: closed */
    const struct value *workflow_secrets; /* list of names, or NULL */
    const struct value *visibility; /* public, internal, private; or NULL */
    const struct value *plan;       /* free, pro, team, enterprise; or NULL */
    const struct value *owned_by;   /* organization, user; or NULL */
    const struct value *owners;     /* list of teams, `none`; or NULL */
    const struct ownership *ownerships;
    size_t ownership_count;
    const struct contact *contacts;
    size_t contact_count;
    const struct channel *channels;
    size_t channel_count;
};

/* ---- what runs ---- */

enum service_kind {
    SERVICE_SERVICE,
    SERVICE_WORKER,
    SERVICE_STATEFUL,
    SERVICE_JOB,
    SERVICE_TASK,
};

struct service {
    struct str name;
    struct str doc;
    enum service_kind kind;
    struct span span; /* of its name */
    size_t index;     /* in ir.services */
};

/* Is its image one of others, which no release changes? */
bool is_image_pinned(const struct workload *workload);
/* Not to an end: it is no job and no task. */
bool runs_steadily(const struct service *service);

struct port {
    struct str name;
    const struct value *number;
    const struct value *protocol; /* tcp, udp, sctp */
    const struct value *as;       /* the Service's number; NULL: the same */
    struct span span;
};

enum probe_kind { PROBE_HTTP, PROBE_TCP, PROBE_GRPC, PROBE_EXEC };

struct probe {
    enum probe_kind kind;
    const struct value *path;     /* HTTP; the command, for EXEC; or NULL */
    const struct port *port;      /* NULL when the workload has none */
    const struct value *every;    /* duration */
    const struct value *timeout;  /* duration */
    const struct value *failures; /* count */
    const struct value *start;    /* time to come up, duration; may be NULL */
    struct span span;
};

struct endpoint {
    const struct value *path;
    const struct port *port;
    struct span span;
};

struct migration {
    const struct value *command;
    bool is_reversible;
    struct span span;
};

/* A user's own label or annotation. */
struct pair {
    struct str key;
    const struct value *value;
    struct span span;
};

/* Something outside the cluster that a workload sends requests to. */
struct reach {
    const struct value *target; /* a host, or a block such as 10.20.0.0/16 */
    bool is_block;
    const struct value *ports;    /* list, of ports and ranges */
    const struct value *protocol; /* tcp, udp, sctp */
    const struct value *except;   /* list of blocks inside; or NULL */
    struct span span;
};

/* Something else in the cluster, or outside, that sends requests to it. */
struct admission {
    const struct value *source; /* a namespace, or a block */
    bool is_block;
    const struct value *port_names; /* list; NULL: all its ports */
    struct span span;
};

/* How its Service is seen from outside of the cluster. */
struct exposure {
    const struct value *how;     /* cluster, node, load-balancer */
    const struct value *sources; /* list of blocks; NULL: anybody */
    bool is_internal;            /* an address of the private network */
    bool is_local;               /* only through nodes that run it */
    struct span span;
};

/* One `host` statement: names, and what is below them that the workload
 * answers. */
struct route {
    const struct value *hosts;     /* list */
    const struct value *paths;     /* list; each starts with a slash */
    const struct value *port_name; /* as the program says it, or NULL */
    const struct port *port;       /* NULL when the workload has none */
    bool is_exact;                 /* the paths alone, not what is below them */
    struct span span;
};

struct toleration {
    struct str taint;
    const struct value *value;  /* or NULL: any */
    const struct value *effect; /* or NULL: all */
    struct span span;
};

/* ---- configuration ---- */

struct config_key {
    struct str name;
    struct str doc;
    enum type_kind type;
    const struct value *choices; /* list, for one-of; else NULL */
    const struct value *pattern; /* for pattern; else NULL */
    bool varies;                 /* it may differ along a promotion */
    struct span span;
    size_t index; /* in ir.config_keys */
};

/* One key's value in one environment; `value` is NULL when nothing sets it. */
struct setting {
    const struct config_key *key;
    const struct value *value;
};

struct secret {
    struct str name;
    struct span span; /* where it was first asked for */
};

/* ---- a service in an environment ---- */

struct call {
    const struct service *service;
    struct span span;
};

/* What a stateful set says of its pods and their claims. */
struct stateful {
    const struct value *claims_deleted; /* keep, delete: with the set */
    const struct value *claims_scaled;  /* the same, with a pod */
    const struct value *order;          /* one-by-one, parallel */
    const struct value *first_number;   /* of its pods; or NULL */
    const struct value *partition;      /* pods below it keep their release */
};

struct workload {
    const struct service *service;
    const struct environment *environment;
    struct span span;              /* of the `run` statement's service name */
    const struct value *count;     /* NULL for jobs */
    const struct value *scale;     /* range of counts, or NULL */
    const struct value *scale_cpu; /* percent that the autoscaler aims at */
    const struct value *scale_memory; /* the same of memory, or NULL */
    const struct value *scale_calm;   /* duration */
    const struct pair *scale_metrics; /* of its pods: name and value */
    size_t scale_metric_count;
    const struct scale_metric *other_metrics;
    size_t other_metric_count;
    struct scale_rule scale_up;
    struct scale_rule scale_down;
    const struct value *memory;  /* range: request..limit, or NULL */
    const struct value *cpu;     /* range: request..limit, or NULL */
    const struct value *storage; /* ephemeral, range; or NULL */
    const struct value *hosts;   /* list, of all routes; or NULL */
    const struct route *routes;  /* in the order of the program */
    size_t route_count;
    bool is_rolling;           /* whatever the environment's strategy is */
    const struct value *stop;  /* duration */
    const struct value *image; /* REGISTRY/SERVICE unless the user says */
    const struct value *image_version; /* a tag, or NULL */
    const struct value *image_digest;  /* sha256:…, or NULL */
    const struct value *schedule;      /* cron, jobs only */
    const struct value *time_zone;     /* jobs only, or NULL */
    const struct value *command;       /* list of texts, or NULL */
    const struct value *arguments;     /* list of texts, or NULL */
    const struct value *directory;     /* path, or NULL */
    const struct value *pull; /* always, if-not-present, never; or NULL */
    const struct value *pull_secrets; /* list of names, or NULL */
    const struct value *priority;     /* a class, or NULL */
    const struct value *drain;        /* duration */
    struct exposure exposure;
    const struct value *sticky; /* duration, or NULL */
    const struct pair *nodes;   /* labels that its node must have */
    size_t node_count;
    const struct toleration *tolerations;
    size_t toleration_count;
    struct process process;
    const struct value *file_group; /* a number, owns the volumes' files */
    struct pod_placement placement;
    struct update update;
    struct job_rules job;
    struct stateful stateful; /* of a stateful set */
    const struct config_file *files;
    size_t file_count;
    const struct volume *volumes;
    size_t volume_count;
    const struct secret_file *secret_files;
    size_t secret_file_count;
    const struct container *containers; /* beside its own: init, sidecars */
    size_t container_count;
    const struct port *ports;
    size_t port_count;
    const struct probe *ready; /* each NULL when not declared */
    const struct probe *live;
    const struct probe *startup;
    const struct endpoint *metrics;
    const struct migration *migration;
    const struct setting *const *config; /* what it gets of its environment's */
    size_t config_count;
    const struct secret *const *secrets;
    size_t secret_count;
    const struct call *calls;
    size_t call_count;
    const struct reach *reaches;
    size_t reach_count;
    const struct pair *labels;
    size_t label_count;
    const struct pair *annotations;
    size_t annotation_count;
    const struct pair *service_annotations; /* on its Service alone */
    size_t service_annotation_count;
    const struct pair *edge_annotations; /* on its Ingress or HTTPRoutes */
    size_t edge_annotation_count;
    const struct admission *admissions;
    size_t admission_count;
};

/* ---- where it runs ---- */

enum tier { TIER_DEVELOPMENT, TIER_STAGING, TIER_PRODUCTION };

struct cluster {
    const struct value *provider; /* aks, eks, gke, other */
    const struct value *name;
    const struct value *group;   /* resource group or project; may be NULL */
    const struct value *version; /* of Kubernetes; may be NULL */
    const struct value *nodes;   /* count; may be NULL */
    const struct value *cpu;     /* of one node; may be NULL */
    const struct value *memory;  /* of one node; may be NULL */
    struct span span;
};

/* What the clusters' room costs; each price may be NULL. */
struct prices {
    const struct value *currency;
    const struct value *cpu;    /* of a core */
    const struct value *memory; /* of a Gi */
    struct span span;
};

/* What stands at the edge: an Ingress's controller, or a Gateway. */
struct ingress {
    bool is_gateway;
    const struct value *class_name; /* NULL for a Gateway of somebody else's */
    const struct value *address;    /* IPv4 or IPv6; may be NULL or a hole */
    const struct value *second_address; /* a second one, or NULL */
    const struct value
        *gateway; /* the name of one that is elsewhere; or NULL */
    const struct value *gateway_namespace; /* where that is; or NULL */
    const struct value *listener;          /* of that one; NULL: all of them */
    const struct value *http;              /* redirect, serve */
    const struct value *hsts;              /* duration; may be NULL */
    const struct value *tls;               /* here, elsewhere */
    struct span span;
};

struct vault {
    const struct value *provider; /* azure */
    const struct value *name;
    const struct value *rotate;   /* duration; may be NULL */
    const struct value *remind;   /* cron; may be NULL */
    const struct value *identity; /* client id; may be a hole */
    struct span span;
};

enum strategy { STRATEGY_ROLLING, STRATEGY_BLUE_GREEN, STRATEGY_CANARY };

enum engine { ENGINE_KUBERNETES, ENGINE_ARGO_ROLLOUTS };

enum step_kind {
    STEP_SCAN,
    STEP_APPROVE,
    STEP_MIGRATE,
    STEP_TASK,
    STEP_TEST,
    STEP_SHARE,
    STEP_SWITCH,
    STEP_WATCH,
    STEP_KEEP,
    STEP_ROLLBACK,
    STEP_NOTIFY,
};

struct approval {
    bool is_optional;
    const struct value *count;       /* NULL when optional */
    const struct value *teams;       /* list; may be NULL */
    const struct value *self_review; /* `allowed`, or NULL */
    struct span span;
};

/* `errors < 1%`: the metric's word and what it must hold. */
struct threshold {
    struct str metric;
    const struct value *comparison;
    struct span span;
};

enum notify_on { NOTIFY_ALWAYS, NOTIFY_FAILURE, NOTIFY_SUCCESS };

struct step {
    enum step_kind kind;
    struct span span;
    const struct approval *approval; /* APPROVE; SWITCH, or NULL there */
    const struct service *task;      /* TASK */
    const struct value *name;        /* TEST: health, smoke, …; SCAN: image */
    const struct value *command;     /* TEST; NULL for health */
    const struct value *share;       /* SHARE, percent */
    const struct value *duration;    /* SHARE, WATCH, KEEP */
    const struct threshold *thresholds; /* SHARE, WATCH */
    size_t threshold_count;
    const struct channel *channel; /* NOTIFY */
    enum notify_on notify_on;      /* NOTIFY */
};

struct deploy {
    enum strategy strategy;
    enum engine engine; /* what lets the traffic in, unless rolling */
    struct span span;
    const struct step *steps; /* in the order of the program */
    size_t step_count;
};

/* The first step of a kind, or NULL. */
const struct step *deploy_step_find(const struct deploy *deploy,
                                    enum step_kind kind);

enum access_role { ACCESS_VIEW, ACCESS_DEBUG, ACCESS_OPERATE, ACCESS_COUNT };

/* `access-view`: what its Role and RoleBinding are called. */
struct str access_role_object(enum access_role role);

/* What a group of people may do in the namespace. */
struct access {
    const struct value *group;
    const struct value *roles; /* list, as the program says it */
    bool has_role[ACCESS_COUNT];
    struct span span;
};

/* Requests for one name are sent on to another. */
struct redirect {
    const struct value *from; /* a host */
    const struct value *to;
    bool is_temporary;
    struct span span;
};

/* A name under which the world reaches an environment. */
struct served_host {
    const struct value *name;
    const struct environment *environment;
    const struct workload *workload; /* the first one; NULL: it redirects */
    struct span span;                /* of the `run` or the `redirect` */
};

struct environment {
    struct str name;
    struct str doc;
    struct span span;               /* of its name */
    size_t index;                   /* in ir.environments */
    bool is_unread;                 /* a statement of it could not be read */
    const struct value *short_name; /* its name when not said */
    const struct value *tier_value;
    enum tier tier;
    const struct value *namespace_name;
    const struct environment *like; /* or NULL */
    const struct cluster *cluster;  /* or NULL */
    const struct prices *prices;    /* the program's, or NULL */
    const struct ingress *ingress;  /* or NULL */
    const struct vault *vault;      /* or NULL */
    struct quota quota;
    struct size_limits limits;
    const struct value *branch; /* or NULL */
    const struct value *tag;    /* or NULL */
    const struct value *syncer; /* argocd, flux; or NULL: nothing */
    const struct value *drift;  /* cron; or NULL: nobody looks */
    const struct value *github; /* the hosting environment's name */
    bool is_tag_unprotected;
    struct span tag_unprotected_span;
    const struct value *github_wait;     /* duration, or NULL */
    const struct value *github_branches; /* list: own, protected, any, names */
    const struct workload *const *workloads; /* in the order of services */
    size_t workload_count;
    bool is_staged; /* one of them has traffic that is shared or switched */
    /* By service index; NULL where the service does not run. */
    const struct workload *const *by_service;
    const struct redirect *redirects;
    size_t redirect_count;
    const struct access *accesses;
    size_t access_count;
    /* Each known name once, workloads' first, then redirects'; what is not
     * known yet as often as it stands. */
    const struct served_host *hosts;
    size_t host_count;
    const struct setting *settings; /* one a config key, in that order */
    const struct deploy *deploy;    /* or NULL */
    const struct raw_manifest *const *manifests; /* its own, and of its like */
    size_t manifest_count;
    const struct patch *patches; /* the program's first, its own last */
    size_t patch_count;
};

/* `redirect.HOST`, what its object is called: no service's name has a dot. */
struct str redirect_name(struct arena *arena, const struct redirect *redirect);

/* NULL when the service does not run there. */
const struct workload *workload_find(const struct environment *environment,
                                     const struct service *service);

/* ---- how a release moves ---- */

/* Hours of some days of the week, in which a release may come in. */
struct window {
    const struct value *days;  /* range, from 1 (Monday) to 7 */
    const struct value *hours; /* range, in minutes */
    const struct value *zone;  /* IANA */
    struct span span;
};

struct promotion {
    const struct environment *from;
    const struct environment *to;
    struct span span;
    bool when_healthy;
    const struct value *soak;        /* or NULL */
    const struct approval *approval; /* or NULL */
    const struct value *confirm;     /* or NULL */
    const struct window *windows;    /* none: always */
    size_t window_count;
    const struct value *const *pending; /* texts: what is still to be done */
    size_t pending_count;
};

/* What each pull request runs by itself, as an environment would. */
struct preview {
    const struct environment *from; /* never NULL */
    struct span from_span;
    const struct value *ttl; /* duration, since its last commit */
    struct span span;
};

struct forbidden {
    const struct environment *from;
    const struct environment *to;
    struct span span;
};

/* No release comes in on these days, both included. */
struct freeze {
    const struct value *days; /* range of dates */
    const struct value *reason;
    const struct value *zone;
    const struct environment **environments; /* none: the tier production */
    size_t environment_count;
    struct span span;
};

struct denial {
    const struct value *version; /* X.Y.Z, perhaps with a `v` */
    const struct value *reason;
    struct span span;
};

struct confirmation {
    const struct environment *environment;
    const struct value *text;
};

struct rollback {
    struct span span;
    const struct value *keep; /* releases; may be NULL */
    bool backs_up_state;
    bool verifies_health;
    const struct value *errors; /* comparison; may be NULL */
    bool reports_incident;
    const struct confirmation *confirmations;
    size_t confirmation_count;
};

struct protection {
    const struct value *branch;
    struct span span;
    const struct value *reviews; /* count; may be NULL */
    const struct value *checks;  /* list; may be NULL */
    const struct value *push;    /* team; may be NULL */
    bool is_up_to_date;
    bool resolves_conversations;
    bool is_signed;
    bool admins_bypass;
    struct span admins_span; /* of `admins bypass`; empty when absent */
    bool is_linear;
    bool has_merge_queue;
    struct span merge_queue_span;
    const struct value *merge_method; /* merge, squash, rebase; or NULL */
    bool needs_code_owners;
    const struct value *stale_reviews;  /* dismissed, kept */
    const struct value *last_push;      /* approved, free; or NULL */
    const struct value *force_push;     /* `allowed`, or NULL */
    const struct value *deletion;       /* `allowed`, or NULL */
    const struct value *deployed_value; /* the list as written, or NULL */
    const struct environment *const *deployed;
    size_t deployed_count;
    const struct value *rules; /* ruleset, classic, both */
};

/* ---- how the world reaches it ---- */

struct zone {
    struct str name; /* lower case, without the last dot */
    struct span span;
    const struct value *nameservers;     /* list of hosts; may be NULL */
    const struct value *nameservers_ttl; /* seconds; NULL: the zone's */
    const struct value *primary; /* of the SOA; NULL: the first of them */
    const struct value *contact; /* email; may be NULL */
    const struct value *serial;  /* of what is served today; may be NULL */
    const struct value *ttl;     /* seconds */
    const struct value *refresh; /* SOA, durations, with defaults */
    const struct value *retry;
    const struct value *expire;
    const struct value *minimum;
    const struct value *caa;      /* list of issuers; may be NULL */
    const struct value *report;   /* email; may be NULL */
    const struct record *records; /* declared and derived, without the SOA */
    size_t record_count;
    const struct record *ds; /* of its keys, for the zone above it */
    size_t ds_count;
    const struct zone *live;             /* what is served today; may be NULL */
    const struct value *provider;        /* bind, azure, route53 */
    const struct value *also;            /* list of forms, or NULL */
    const struct value *external_prefix; /* of the registry's names; or NULL */
    bool is_external;      /* the cluster writes the hosts' records */
    bool derives_pointers; /* its PTR records follow from other zones */
    bool is_foreign;       /* a master file says it, and no program */
};

/* What is served today, as a master file that the program names says it. */
struct live_zone {
    struct span span; /* of the file's name in the program; NO_SPAN: of a zone
                         of that name, whichever it is */
    const struct zone *zone;
};

enum proof { PROOF_DNS, PROOF_HTTP };
enum certificate_names { NAMES_EXACT, NAMES_WILDCARD, NAMES_WILDCARD_AND_APEX };

struct tls {
    const struct value *issuer; /* lets-encrypt, lets-encrypt-staging */
    struct span span;
    const struct value *contact; /* email */
    enum proof proof;
    struct span proof_span; /* of what `prove` says; empty: not said */
    enum certificate_names names;
    const struct value *renew;    /* the share of its life that is left then */
    const struct value *identity; /* Azure client id for DNS; may be a hole */
    const struct value *group;    /* resource group of the zone; or a hole */
};

/* What one environment's hosts are served with. */
struct certificate {
    const struct environment *environment;
    const struct value *const *names; /* hosts, or wildcards, each once */
    size_t name_count;
};

/* ---- what is promised ---- */

struct objective {
    const struct environment *environment;
    struct span span;
    const struct value *deploys;   /* many-a-day, daily, weekly …; or NULL */
    const struct value *within;    /* range of durations; or NULL */
    const struct value *success;   /* comparison of percents; or NULL */
    const struct value *recover;   /* comparison of durations; or NULL */
    const struct value *rollbacks; /* comparison of percents; or NULL */
};

struct alert {
    struct str name;
    struct span span;
    const struct value *comparison;
    const struct value *window;     /* `in` or `for`, a duration; or NULL */
    bool is_increase;               /* `in`: counted over the window */
    const struct value *expression; /* or NULL: one that broxc knows */
};

struct monitoring {
    struct span span;
    const struct value *scrape; /* annotations, pod-monitor, service-monitor */
    const struct value *interval; /* of a monitor, duration; or NULL */
    const struct pair *labels;    /* that the operator looks for */
    size_t label_count;
};

struct allow {
    struct str code;            /* as written */
    struct str object;          /* empty: anything */
    const struct value *reason; /* or NULL */
    const struct value *until;  /* date, or NULL */
    struct span span;
    struct span code_span;
};

/* An `assert`, with both sides already looked up. */
struct assertion {
    struct str text;
    struct span span;
    struct str left_path;
    struct str right_path;    /* empty when it is a plain value */
    const struct value *left; /* NULL: the path leads nowhere (reported) */
    const struct value *right;
    enum comparison comparison;
};

struct output_root {
    const struct value *kubernetes;
    const struct value *dns;
    const struct value *workflows;
    const struct value *scripts;
    const struct value *monitoring;
    const struct value *hosting;
    const struct value *docs;
};

/* A hole, filled or not. */
struct hole {
    struct str name;
    struct span span; /* where it first stands */
    enum type_kind type;
    bool is_filled;
};

struct ir {
    bool is_unread; /* a statement outside of the environments could not be */
    const struct project *project; /* never NULL */
    const struct service *const *services;
    size_t service_count;
    const struct config_key *config_keys;
    size_t config_key_count;
    const struct secret *const *secrets;
    size_t secret_count;
    const struct environment *const *environments;
    size_t environment_count;
    const struct raw_manifest *const *manifests; /* of every environment */
    size_t manifest_count;
    const struct workflow_file *const *workflow_files; /* of the user's own */
    size_t workflow_file_count;
    const struct promotion *promotions;
    size_t promotion_count;
    const struct preview *preview; /* or NULL */
    const struct forbidden *forbidden;
    size_t forbidden_count;
    const struct freeze *freezes;
    size_t freeze_count;
    const struct denial *denials;
    size_t denial_count;
    const struct rollback *rollback; /* or NULL */
    const struct protection *protections;
    size_t protection_count;
    const struct zone *zones;
    size_t zone_count;
    const struct tls *tls;                  /* or NULL */
    const struct certificate *certificates; /* one an environment with hosts */
    size_t certificate_count;
    const struct objective *objectives;
    size_t objective_count;
    const struct monitoring *monitoring; /* or NULL */
    const struct alert *alerts;
    size_t alert_count;
    const struct allow *allows;
    size_t allow_count;
    const struct value *never_allow; /* list of codes, or NULL */
    const struct value *today;       /* date, or NULL: until is not judged */
    const struct assertion *assertions;
    size_t assertion_count;
    const struct prices *prices; /* or NULL */
    struct output_root output;
    const struct hole *holes;
    size_t hole_count;
    const struct value *answer; /* what the question leads to; or NULL */
};

/* By its name, or by the short one as people say it; NULL when there is none.
 */
const struct environment *environment_find(const struct ir *ir,
                                           struct str name);

/* Pods that no policy names are open to all. */
bool is_network_open(const struct ir *ir);
const struct objective *objective_find(const struct ir *ir,
                                       const struct environment *environment);
/* The zone whose name is the longest suffix of `host`, or NULL. */
const struct zone *zone_find(const struct ir *ir, struct str host);
/* The first that serves the host, or NULL. */
const struct environment *host_environment_find(const struct ir *ir,
                                                struct str host);
bool has_host(const struct environment *environment, struct str host);
const struct certificate *certificate_find(
    const struct ir *ir, const struct environment *environment);

#endif
