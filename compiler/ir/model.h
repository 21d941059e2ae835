/*
 * The checked model: an IR in which no rule found an error. Only check_model()
 * makes one, so that a `const struct model *` in a signature proves it.
 */
#ifndef IR_MODEL_H
#define IR_MODEL_H

#include "ir/ir.h"

struct model {
    const struct ir *ir;
};

#endif
