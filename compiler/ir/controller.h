/*
 * What is known of the controllers that serve ingress classes.
 */
#ifndef IR_CONTROLLER_H
#define IR_CONTROLLER_H

#include "base/str.h"

enum controller_family { CONTROLLER_OTHER, CONTROLLER_NGINX };

struct controller {
    struct str class_name;
    struct str namespace_name; /* in which its pods run */
    enum controller_family family;
};

/* NULL for a class that is not known. */
const struct controller *controller_find(struct str class_name);

/* Where the requests of a Gateway come from. */
enum gateway_source { GATEWAY_OWN, GATEWAY_NAMESPACE, GATEWAY_OUTSIDE };

struct gateway_class {
    struct str name;
    enum gateway_source source;
    struct str namespace_name; /* of its pods, or of whom they ask */
};

/* NULL for a class that is not known. */
const struct gateway_class *gateway_class_find(struct str name);

#endif
