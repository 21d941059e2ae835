/*
 * The tables of declared names.
 */
#include "resolve/bind.h"

#include "diag/near.h"
#include "resolve/node.h"

static const char *const reserved_names[] = {
    "all",         "none",        "default",         "previous", "name",
    "host",        "config",      "project",         "env",      "service",
    "kube-system", "kube-public", "kube-node-lease",
};

static void
check_reserved(struct resolver *resolver, const struct node *node)
{
    struct str name = node_key(node);
    for (size_t i = 0; i < sizeof reserved_names / sizeof reserved_names[0];
         i++) {
        if (!is_str_equal(name, str_from(reserved_names[i])))
            continue;
        struct diag *diag = diag_add(resolver->sink, DIAG_L17,
                                     node->cells[0].syntax->span, STRS(name));
        diag_help(diag, "scripts and paths give this name a meaning of its own",
                  NO_STRS);
    }
}

static void
file_runs(struct resolver *resolver, struct environment_entry *entry)
{
    map_init(&entry->runs, resolver->arena);
    for (size_t i = 0; i < entry->node->child_count; i++) {
        const struct node *child = entry->node->children[i];
        if (child->word->id == WORD_RUN && child->cells[0].syntax != NULL)
            map_put(&entry->runs, node_key(child), child);
    }
}

/* Of two answers to one key, which is an error, the first one counts. */
static void
file_settings(struct resolver *resolver, struct environment_entry *entry)
{
    const struct node *set = node_child(entry->node, WORD_SET);
    map_init(&entry->settings, resolver->arena);
    for (size_t i = 0; set != NULL && i < set->child_count; i++) {
        const struct node *child = set->children[i];
        if (map_find(&entry->settings, node_key(child)) == NULL)
            map_put(&entry->settings, node_key(child), child);
    }
}

/* Of two declarations of one name, which is an error, the first one counts. */
static bool
file_first(struct map *map, struct str name, void *entry)
{
    if (map_find(map, name) != NULL)
        return false;
    map_put(map, name, entry);
    return true;
}

static void
file_environment(struct resolver *resolver, const struct node *node)
{
    struct environment_entry *entry = arena_new(resolver->arena, sizeof *entry);
    entry->name = node_key(node);
    entry->node = node;
    entry->result = arena_new(resolver->arena, sizeof *entry->result);
    check_reserved(resolver, node);
    file_runs(resolver, entry);
    file_settings(resolver, entry);
    if (file_first(&resolver->environments, entry->name, entry))
        vec_add_pointer(&resolver->environment_list, entry);
}

static void
file_service(struct resolver *resolver, const struct node *node)
{
    struct service_entry *entry = arena_new(resolver->arena, sizeof *entry);
    entry->node = node;
    entry->result = arena_new(resolver->arena, sizeof *entry->result);
    check_reserved(resolver, node);
    if (file_first(&resolver->services, node_key(node), entry))
        vec_add_pointer(&resolver->service_list, entry);
}

static void
file_profile(struct resolver *resolver, const struct node *node)
{
    struct profile_entry *entry = arena_new(resolver->arena, sizeof *entry);
    entry->node = node;
    file_first(&resolver->profiles, node_key(node), entry);
}

static bool
is_of_service(enum word_id id)
{
    return id == WORD_SERVICE || id == WORD_WORKER || id == WORD_STATEFUL ||
           id == WORD_JOB || id == WORD_TASK;
}

static bool
is_declaration(const struct node *node)
{
    return node->cells[0].syntax != NULL && node->cells[0].value != NULL;
}

static void
file_declaration(struct resolver *resolver, const struct node *node)
{
    enum word_id id = node->word->id;
    if (id == WORD_PROJECT)
        resolver->project = node;
    else if (id == WORD_CONFIG_CONTRACT)
        resolver->config = node;
    else if (!is_declaration(node))
        return;
    else if (id == WORD_ENV)
        file_environment(resolver, node);
    else if (is_of_service(id))
        file_service(resolver, node);
    else if (id == WORD_PROFILE)
        file_profile(resolver, node);
}

/* L09: a like may not lead to another like, which would hide where facts
 * come from. */
static void
bind_like(struct resolver *resolver, struct environment_entry *entry)
{
    const struct node *like = node_child(entry->node, WORD_LIKE);
    if (like == NULL || like->cells[0].value == NULL)
        return;
    struct environment_entry *other =
        bind_environment(resolver, like->cells[0].value);
    if (other == NULL)
        return;
    const struct node *next = node_child(other->node, WORD_LIKE);
    if (other != entry && next == NULL) {
        entry->like = other;
        return;
    }
    struct diag *diag =
        diag_add(resolver->sink, DIAG_L09, like->cells[0].syntax->span,
                 STRS(entry->name, other->name));
    if (other == entry)
        diag_label(diag, "this is the environment itself", NO_STRS);
    else
        diag_note(diag, next->span, "`{}` is itself like another",
                  STRS(other->name));
    diag_help(diag,
              "`like` reaches one level: name the environment that says it",
              NO_STRS);
}

static void
bind_profile(struct resolver *resolver, struct service_entry *entry)
{
    const struct node *use = node_child(entry->node, WORD_USE);
    if (use == NULL || use->cells[0].value == NULL ||
        use->cells[0].value->kind != VALUE_TEXT)
        return;
    const struct value *name = use->cells[0].value;
    struct profile_entry *profile = map_find(&resolver->profiles, name->text);
    if (profile == NULL) {
        report_unknown(resolver, "profile", name->text, name->span, NULL,
                       WORD_PROFILE);
        return;
    }
    profile->is_used = true;
    entry->profile = profile->node;
}

void
bind_declarations(struct resolver *resolver)
{
    for (size_t i = 0; i < resolver->statement_count; i++)
        file_declaration(resolver, resolver->statements[i]);
    for (size_t i = 0; i < resolver->environment_list.count; i++) {
        struct environment_entry **entry =
            vec_at(&resolver->environment_list, i);
        bind_like(resolver, *entry);
    }
    for (size_t i = 0; i < resolver->service_list.count; i++) {
        struct service_entry **entry = vec_at(&resolver->service_list, i);
        bind_profile(resolver, *entry);
    }
}

void
report_unknown(struct resolver *resolver, const char *kind, struct str name,
               struct span span, const struct node *holder, enum word_id id)
{
    const struct node *const *nodes =
        holder == NULL ? resolver->statements : holder->children;
    size_t count =
        holder == NULL ? resolver->statement_count : holder->child_count;
    struct near near = {.wanted = name};
    const struct node *nearest = NULL;
    for (size_t i = 0; i < count; i++) {
        if (nodes[i]->word->id != id)
            continue;
        near_offer(&near, node_key(nodes[i]));
        if (near.best.at == node_key(nodes[i]).at)
            nearest = nodes[i];
    }
    struct diag *diag =
        diag_add(resolver->sink, DIAG_L07, span, STRS(str_from(kind), name));
    if (nearest == NULL || is_str_empty(near.best))
        return;
    diag_note(diag,
              nearest->cells[0].syntax == NULL ? nearest->span
                                               : nearest->cells[0].syntax->span,
              "the nearest one is declared here", NO_STRS);
    diag_help(diag, "the nearest name is `{}`", STRS(near.best));
    diag_fix(diag, span, near.best);
}

static bool
is_name(const struct value *name)
{
    return name != NULL && name->kind == VALUE_TEXT;
}

struct environment_entry *
bind_environment(struct resolver *resolver, const struct value *name)
{
    if (!is_name(name))
        return NULL;
    struct environment_entry *entry =
        map_find(&resolver->environments, name->text);
    if (entry == NULL)
        report_unknown(resolver, "environment", name->text, name->span, NULL,
                       WORD_ENV);
    return entry;
}

struct service_entry *
bind_service(struct resolver *resolver, const struct value *name)
{
    if (!is_name(name))
        return NULL;
    struct service_entry *entry = map_find(&resolver->services, name->text);
    if (entry == NULL)
        report_unknown(resolver, "service", name->text, name->span, NULL,
                       WORD_SERVICE);
    return entry;
}

const struct channel *
bind_channel(struct resolver *resolver, const struct value *name)
{
    if (!is_name(name))
        return NULL;
    const struct channel *channel = map_find(&resolver->channels, name->text);
    if (channel == NULL && resolver->project != NULL)
        report_unknown(resolver, "channel", name->text, name->span,
                       resolver->project, WORD_SLACK);
    return channel;
}

const struct config_key *
bind_config_key(struct resolver *resolver, const struct value *name)
{
    if (!is_name(name))
        return NULL;
    const struct config_key *key =
        map_find(&resolver->config_index, name->text);
    if (key == NULL && resolver->config != NULL)
        report_unknown(resolver, "config key", name->text, name->span,
                       resolver->config, WORD_CONFIG_KEY);
    else if (key == NULL)
        diag_add(resolver->sink, DIAG_L07, name->span,
                 STRS(STR("config key"), name->text));
    return key;
}

const struct secret *
bind_secret(struct resolver *resolver, const struct value *name)
{
    struct secret *secret = map_find(&resolver->secrets, name->text);
    if (secret != NULL)
        return secret;
    secret = arena_new(resolver->arena, sizeof *secret);
    *secret = (struct secret){name->text, name->span};
    vec_add_pointer(&resolver->secret_list, secret);
    map_put(&resolver->secrets, name->text, secret);
    return secret;
}
