/*
 * A differences for a pull request's comment: a table an environment, and the
 * files folded away.
 */
#include "compare/told.h"

#include "emit/text/markdown.h"

static void
write_risks(struct buf *buf, unsigned risks)
{
    for (unsigned risk = 0, count = 0; risk < RISK_COUNT; risk++) {
        if ((risks >> risk & 1U) == 0)
            continue;
        if (count++ > 0)
            buf_add(buf, STR(", "));
        buf_format(buf, "**{}**", STRS(str_from(risk_name((enum risk)risk))));
    }
}

static void
write_code(struct buf *buf, struct str text)
{
    if (!is_str_empty(text))
        markdown_code_cell(buf, text);
}

static void
write_values(struct buf *buf, const struct change *change)
{
    if (change->kind == CHANGE_ADDED)
        buf_add(buf, STR("added "));
    if (change->kind == CHANGE_REMOVED)
        buf_add(buf, STR("removed "));
    write_code(buf, change->before);
    if (change->kind == CHANGE_CHANGED)
        buf_add(buf, STR(" → "));
    write_code(buf, change->after);
    if (!is_str_empty(change->note)) {
        buf_add(buf, STR("<br>"));
        markdown_cell(buf, change->note);
    }
}

static void
write_change(struct buf *buf, const struct change *change)
{
    buf_add(buf, STR("| "));
    markdown_cell(buf, change_object(buf->arena, change));
    buf_add(buf, STR(" | "));
    markdown_cell(buf, change->field);
    buf_add(buf, STR(" | "));
    write_values(buf, change);
    buf_add(buf, STR(" | "));
    write_risks(buf, change->risks);
    buf_add(buf, STR(" |\n"));
}

static void
write_files(struct buf *buf, const struct differences *differences)
{
    static const char *const words[] = {"added", "removed", "changed"};
    size_t count = differences->files.count;
    if (count == 0)
        return;
    buf_add(buf, STR("\n<details><summary>"));
    buf_number(buf, (int64_t)count);
    buf_add(buf, count == 1 ? STR(" file") : STR(" files"));
    buf_add(buf, STR("</summary>\n\n"));
    for (size_t i = 0; i < count; i++) {
        const struct file_change *file = file_change_at(differences, i);
        buf_format(buf, "- {} ", STRS(str_from(words[file->kind])));
        markdown_code(buf, file->path);
        buf_byte(buf, '\n');
    }
    buf_add(buf, STR("\n</details>\n"));
}

void
differences_write_markdown(struct buf *buf,
                           const struct differences *differences)
{
    buf_add(buf, STR("### What changes\n\n"));
    if (differences->changes.count + differences->files.count == 0) {
        buf_add(buf, STR("Nothing.\n"));
        return;
    }
    write_counts(buf, differences);
    buf_byte(buf, '\n');
    for (size_t i = 0; i < differences->changes.count; i++) {
        const struct change *change = change_at(differences, i);
        if (begins_group(differences, i)) {
            buf_add(buf, STR("\n#### "));
            markdown_text(buf, group_title(change));
            buf_add(buf, STR("\n\n| object | fact | change | risk |\n"));
            buf_add(buf, STR("|---|---|---|---|\n"));
        }
        write_change(buf, change);
    }
    write_files(buf, differences);
}
