#include "resolve/ports.h"

#include "diag/near.h"

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
