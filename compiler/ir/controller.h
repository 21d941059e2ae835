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

#endif
