/*
 * The door of the emitters: a checked model to documents. An emitter cannot
 * fail; it walks the model in its own fixed order and adds bytes.
 */
#ifndef EMIT_EMIT_H
#define EMIT_EMIT_H

#include "emit/document.h"
#include "emit/zones.h"
#include "ir/model.h"

struct emit_input {
    const struct model *model;
    struct zone_history zone_history;
    bool has_target[TARGET_COUNT];
    struct str environment; /* empty: all */
    struct document_receiver receiver;
    struct helper *helper; /* makes a part of them, its last work; or NULL */
    /* That the helper opens, or has; nothing is found in it: it is opened. */
    const struct embedded *runtime;
};

/* Is there so much to make that a helper that is begun for it pays? */
bool is_helper_worth(const struct ir *ir);
void emit_documents(const struct emit_input *input,
                    struct documents *documents);

#endif
