/*
 * D32 without a record of the program's own: two clusters cannot have one
 * ingress address, so that the hosts of one of them lead to the other.
 */
#include "check/walk.h"

static bool
is_apart(const struct environment *first, const struct environment *second)
{
    const struct cluster *a = first->cluster;
    const struct cluster *b = second->cluster;
    return a != NULL && b != NULL && is_value_known(a->name) &&
           is_value_known(b->name) &&
           !is_str_equal(a->name->text, b->name->text);
}

/* The address of the second one that the first has, too; or NULL. */
static const struct value *
shared_address(const struct environment *first,
               const struct environment *second)
{
    const struct ingress *a = first->ingress;
    const struct ingress *b = second->ingress;
    if (a == NULL || b == NULL)
        return NULL;
    if (is_value_known(b->address) && is_value_equal(a->address, b->address))
        return b->address;
    return is_value_known(b->second_address) &&
                   is_value_equal(a->second_address, b->second_address)
               ? b->second_address
               : NULL;
}

static const struct value *
first_host(const struct environment *environment)
{
    for (size_t i = 0; i < environment->host_count; i++) {
        if (is_value_known(environment->hosts[i].name))
            return environment->hosts[i].name;
    }
    return NULL;
}

static void
judge_pair(struct check *check, const struct environment *first,
           const struct environment *second)
{
    const struct value *address = shared_address(first, second);
    const struct value *host = first_host(second);
    if (address == NULL || host == NULL || !is_apart(first, second))
        return;
    struct diag *diag = diag_add(check->sink, DIAG_D32, second->ingress->span,
                                 STRS(host->text, second->name, first->name));
    diag_label(diag, "another cluster, and the same address {}",
               STRS(address->text));
    diag_note(diag, first->ingress->span, "`{}` has it", STRS(first->name));
    diag_help(diag, "give `{}` the address of its own ingress",
              STRS(second->name));
    diag_about(diag, second->name);
}

void
check_shared_address(struct check *check)
{
    each_environment_pair(check, judge_pair);
}
