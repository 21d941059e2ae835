#include "emit/scripts.h"

#include "emit/scripts/github.h"
#include "emit/scripts/promote.h"
#include "emit/scripts/rollback.h"
#include "emit/scripts/setup.h"

void
emit_scripts(const struct model *model, struct scripts *scripts)
{
    emit_promote(model->ir, scripts);
    emit_rollback(model->ir, scripts);
    emit_setup(model->ir, scripts);
    emit_apply_github(model->ir, scripts);
}
