#include "diag/embedded.h"
#include "emit/runtime.h"

#include <criterion/criterion.h>
#include <string.h>

static void
expect_sorted(const struct embedded_file *files, size_t count)
{
    for (size_t i = 1; i < count; i++)
        cr_expect_lt(strcmp(files[i - 1].name, files[i].name), 0, "%s",
                     files[i].name);
    cr_expect_null(files[count].name, "the row behind the last is empty");
}

Test(embedded, tables_are_sorted)
{
    expect_sorted(embedded_checks, embedded_checks_count);
    expect_sorted(embedded_runtime, embedded_runtime_count);
}
