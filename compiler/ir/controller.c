#include "ir/controller.h"

#include <stddef.h>

static const struct controller controllers[] = {
#define CONTROLLER(class_name, namespace_name, family)                         \
    {STR_INIT(class_name), STR_INIT(namespace_name), CONTROLLER_##family},
#include "ir/controller.def"
#undef CONTROLLER
};

const struct controller *
controller_find(struct str class_name)
{
    for (size_t i = 0; i < sizeof controllers / sizeof controllers[0]; i++) {
        if (is_str_equal(controllers[i].class_name, class_name))
            return &controllers[i];
    }
    return NULL;
}

static const struct gateway_class gateway_classes[] = {
#define GATEWAY_CLASS(name, source, namespace_name)                            \
    {STR_INIT(name), GATEWAY_##source, STR_INIT(namespace_name)},
#include "ir/gateway_classes.def"
#undef GATEWAY_CLASS
};

const struct gateway_class *
gateway_class_find(struct str name)
{
    for (size_t i = 0; i < sizeof gateway_classes / sizeof gateway_classes[0];
         i++) {
        if (is_str_equal(gateway_classes[i].name, name))
            return &gateway_classes[i];
    }
    return NULL;
}
