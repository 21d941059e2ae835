#include "resolve/ports.h"

#include "diag/near.h"
#include "resolve/node.h"
#include "resolve/shared.h"

struct port_list {
    const struct port *ports;
    size_t count;
};

static const struct port_list *
make_port_list(const struct scope *scope)
{
    struct vec list = scope_list(scope, WORD_PORT);
    struct port_list *made = arena_new(scope->resolver->arena, sizeof *made);
    struct port *ports =
        arena_array(scope->resolver->arena, list.count, sizeof *ports);
    for (size_t i = 0; i < list.count; i++) {
        const struct scope_node *at = vec_at(&list, i);
        ports[i].name = node_key(at->node);
        struct scope inside = scope_inside(scope, *at);
        ports[i].number = scope_argument(scope, *at, 1);
        ports[i].protocol = scope_value(&inside, WORD_PORT_PROTOCOL);
        ports[i].as = scope_value(&inside, WORD_PORT_AS);
        ports[i].span = at->node->span;
    }
    *made = (struct port_list){ports, list.count};
    return made;
}

const struct port *
resolve_port_list(const struct scope *scope, size_t *count)
{
    struct resolver *resolver = scope->resolver;
    const struct node *constant = scope_constant(scope, WORD_PORT);
    const struct port_list *list =
        constant != NULL ? shared_find(resolver, constant, NULL) : NULL;
    if (list == NULL) {
        list = make_port_list(scope);
        if (constant != NULL)
            shared_add(resolver, constant, NULL, list);
    }
    *count = list->count;
    return list->ports;
}

const struct port *
workload_port(const struct workload *workload)
{
    return workload->port_count > 0 ? &workload->ports[0] : NULL;
}

const struct port *
bind_port(const struct scope *scope, const struct port *ports,
          size_t port_count, const struct value *name)
{
    const struct port *first = port_count > 0 ? &ports[0] : NULL;
    if (!is_value_known(name))
        return first;
    struct near near = {.wanted = name->text};
    for (size_t i = 0; i < port_count; i++) {
        if (is_str_equal(ports[i].name, name->text))
            return &ports[i];
        near_offer(&near, ports[i].name);
    }
    struct diag *diag = diag_add(scope->resolver->sink, DIAG_L07, name->span,
                                 STRS(STR("port"), name->text));
    if (!is_str_empty(near.best))
        diag_help(diag, "the nearest name is `{}`", STRS(near.best));
    return first;
}
