#include "emit/scripts.h"

#include "emit/scripts/promote.h"
#include "emit/scripts/rollback.h"

void
emit_scripts(const struct model *model, struct scripts *scripts)
{
    emit_promote(model->ir, scripts);
    emit_rollback(model->ir, scripts);
}
