#include "resolve/access.h"

static const struct {
    const char *word;
    enum access_role role;
} role_words[] = {
    {"view", ACCESS_VIEW},
    {"debug", ACCESS_DEBUG},
    {"operate", ACCESS_OPERATE},
};

static void
read_role(struct access *access, const struct value *word)
{
    for (size_t i = 0; i < sizeof role_words / sizeof role_words[0]; i++) {
        if (word->kind == VALUE_TEXT &&
            is_str_equal(word->text, str_from(role_words[i].word)))
            access->has_role[role_words[i].role] = true;
    }
}

/* Whoever may do something may see what it is done to. */
static struct access
resolve_access(const struct scope *scope, struct scope_node at)
{
    const struct value *roles = scope_argument(scope, at, 1);
    struct access access = {
        .group = scope_argument(scope, at, 0),
        .roles = roles,
        .span = at.node->span,
    };
    for (size_t i = 0; roles != NULL && i < roles->item_count; i++)
        read_role(&access, &roles->items[i]);
    access.has_role[ACCESS_VIEW] |=
        access.has_role[ACCESS_DEBUG] || access.has_role[ACCESS_OPERATE];
    return access;
}

void
resolve_accesses(const struct scope *scope, struct environment *environment)
{
    struct vec list = scope_list(scope, WORD_ACCESS);
    struct vec accesses;
    vec_init(&accesses, scope->resolver->arena, sizeof(struct access));
    for (size_t i = 0; i < list.count; i++) {
        const struct scope_node *at = vec_at(&list, i);
        struct access *access = vec_add(&accesses);
        *access = resolve_access(scope, *at);
    }
    environment->accesses = accesses.items;
    environment->access_count = accesses.count;
}
