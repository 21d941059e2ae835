#include "resolve/ports.h"

#include "diag/near.h"

const struct port *
workload_port(const struct workload *workload)
{
    return workload->port_count > 0 ? &workload->ports[0] : NULL;
}

const struct port *
bind_port(const struct scope *scope, const struct workload *workload,
          const struct value *name)
{
    if (!is_value_known(name))
        return workload_port(workload);
    struct near near = {.wanted = name->text};
    for (size_t i = 0; i < workload->port_count; i++) {
        if (is_str_equal(workload->ports[i].name, name->text))
            return &workload->ports[i];
        near_offer(&near, workload->ports[i].name);
    }
    struct diag *diag = diag_add(scope->resolver->sink, DIAG_L07, name->span,
                                 STRS(STR("port"), name->text));
    if (!is_str_empty(near.best))
        diag_help(diag, "the nearest name is `{}`", STRS(near.best));
    return workload_port(workload);
}
