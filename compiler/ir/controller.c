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
