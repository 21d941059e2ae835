/*
 * What stands in a workload's pods beside its own process: files, volumes,
 * variables, other containers. Fields that the program leaves out are NULL.
 */
#ifndef IR_POD_H
#define IR_POD_H

#include "ir/value.h"

struct port;
struct probe;
struct secret;

/* ---- files and volumes ---- */

/* A file of the project, as it was read. */
struct project_file {
    struct str path; /* below the main file's folder */
    struct str content;
    struct span span; /* of the path, where the program names it */
};

/* One that the containers read: a key of the workload's ConfigMap. */
struct config_file {
    struct str name;
    const struct project_file *file; /* NULL: could not be read, was said */
    const struct value *path; /* where the workload's container sees it */
    const struct value *mode; /* octal digits */
    struct span span;
};

enum volume_kind {
    VOLUME_EMPTY,
    VOLUME_CLAIM,     /* a claim that stands in the namespace */
    VOLUME_OWN,       /* a claim for each pod of a stateful set */
    VOLUME_EPHEMERAL, /* a claim that goes with its pod */
    VOLUME_CONFIG,    /* a ConfigMap, or the workload's own files */
    VOLUME_SECRET,
    VOLUME_PROJECTED,
    VOLUME_CSI,
};

/* A key of a ConfigMap or Secret that is a file. */
struct volume_item {
    struct str key;
    const struct value *path; /* its name there; NULL: the key */
    const struct value *mode;
    struct span span;
};

struct volume_items {
    const struct volume_item *at;
    size_t count; /* 0: all keys */
};

enum source_kind { SOURCE_CONFIG, SOURCE_SECRET, SOURCE_TOKEN, SOURCE_FIELD };

/* One of the sources of a projected volume. */
struct volume_source {
    enum source_kind kind;
    struct str name; /* the object; for a token or a field, the file */
    struct volume_items items;    /* CONFIG, SECRET */
    bool is_optional;             /* the same */
    const struct value *audience; /* TOKEN */
    const struct value *expires;  /* TOKEN: duration */
    const struct value *field;    /* FIELD: `pod-name`, `labels` … */
    struct span span;
};

struct volume {
    struct str name;
    enum volume_kind kind;
    /* CLAIM: the claim; CONFIG, SECRET: the object, NULL for the workload's
     * own files; CSI: the driver. */
    const struct value *object;
    const struct value *path; /* where the workload's container sees it */
    const struct value *size; /* EMPTY: the bound; OWN, EPHEMERAL: asked */
    const struct value *class_name; /* OWN, EPHEMERAL */
    const struct value *access;     /* OWN, EPHEMERAL: list of modes */
    const struct value *mode;       /* of its files, octal digits */
    const struct value *sub_path;
    struct volume_items items;           /* CONFIG, SECRET */
    const struct volume_source *sources; /* PROJECTED */
    size_t source_count;
    const struct pair *attributes; /* CSI */
    size_t attribute_count;
    bool is_in_memory; /* EMPTY */
    bool is_read_only;
    bool is_optional; /* CONFIG, SECRET */
    struct span span;
};

/* A secret that is a file at `path`. */
struct secret_file {
    const struct secret *secret;
    const struct value *path;
    struct span span;
};

struct mount {
    const struct volume *volume;
    const struct value *path;
    const struct value *sub_path;
    bool is_read_only;
};

/* ---- containers ---- */

enum variable_kind {
    VARIABLE_VALUE,
    VARIABLE_FIELD,    /* what the cluster knows of the pod */
    VARIABLE_RESOURCE, /* its own size */
    VARIABLE_CONFIG,   /* a key of a ConfigMap */
    VARIABLE_SECRET,   /* a key of a Secret */
};

struct variable {
    struct str name;
    enum variable_kind kind;
    const struct value *value; /* text; the field, the size, or the object */
    const struct value *key;   /* CONFIG, SECRET */
    bool is_optional;          /* the same */
    bool expands;              /* VALUE: `$(NAME)` is another variable */
    struct span span;
};

/* A command or a request when a container starts or is about to end. */
struct hook {
    bool is_command;
    const struct value *text; /* the command, or the path */
    const struct port *port;  /* of a request; NULL: there is none */
    struct span span;
};

/* What the workload's own container and those beside it say alike. */
struct process {
    const struct variable *variables;
    size_t variable_count;
    const struct hook *after_start;
    const struct hook *before_stop;
    const struct value *user;  /* its number */
    const struct value *group; /* its number */
    bool has_writable_root;
    bool expands_command;
    bool expands_arguments;
};

/* Beside the workload's own container, or before it. */
struct container {
    struct str name;
    bool is_sidecar;               /* else it runs to its end first */
    const struct value *image;     /* NULL: the workload's own */
    const struct value *pull;      /* always, if-not-present, never */
    const struct value *command;   /* list of texts, or NULL */
    const struct value *arguments; /* list of texts, or NULL */
    const struct value *directory;
    const struct value *memory;  /* range, or NULL */
    const struct value *cpu;     /* range, or NULL */
    const struct value *storage; /* ephemeral, range; or NULL */
    struct process process;
    const struct port *ports;
    size_t port_count;
    const struct probe *ready; /* of sidecars */
    const struct probe *live;
    const struct probe *startup;
    bool has_config; /* it gets config and secrets, too */
    const struct mount *mounts;
    size_t mount_count;
    struct span span;
};

#endif
