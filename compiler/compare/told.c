#include "compare/told.h"

const struct change *
change_at(const struct differences *differences, size_t index)
{
    return vec_at(&differences->changes, index);
}

const struct file_change *
file_change_at(const struct differences *differences, size_t index)
{
    return vec_at(&differences->files, index);
}

struct str
group_title(const struct change *change)
{
    if (!change->is_written)
        return STR("in no file");
    if (change->reach == REACH_EVERYWHERE)
        return STR("every environment");
    return is_str_empty(change->environment) ? STR("the project")
                                             : change->environment;
}

bool
begins_group(const struct differences *differences, size_t index)
{
    if (index == 0)
        return true;
    const struct change *change = change_at(differences, index);
    const struct change *last = change_at(differences, index - 1);
    if (!change->is_written || !last->is_written)
        return change->is_written != last->is_written;
    return change->reach != last->reach ||
           !is_str_equal(change->environment, last->environment);
}

static void
write_count(struct buf *buf, size_t count, const char *one, const char *many)
{
    buf_number(buf, (int64_t)count);
    buf_byte(buf, ' ');
    buf_add(buf, str_from(count == 1 ? one : many));
}

static void
write_risks(struct buf *buf, const struct differences *differences)
{
    bool is_first = true;
    for (unsigned risk = 0; risk < RISK_COUNT; risk++) {
        size_t count = risk_count(differences, (enum risk)risk);
        if (count == 0)
            continue;
        buf_add(buf, is_first ? STR(": ") : STR(", "));
        write_count(buf, count, risk_name((enum risk)risk),
                    risk_name((enum risk)risk));
        is_first = false;
    }
}

static void
write_files(struct buf *buf, const struct differences *differences)
{
    static const char *const words[] = {"added", "removed", "changed"};
    size_t counts[CHANGE_CHANGED + 1] = {0};
    for (size_t i = 0; i < differences->files.count; i++)
        counts[file_change_at(differences, i)->kind]++;
    bool is_first = true;
    for (size_t i = 0; i <= CHANGE_CHANGED; i++) {
        if (counts[i] == 0)
            continue;
        buf_add(buf, is_first ? STR(": ") : STR(", "));
        write_count(buf, counts[i], words[i], words[i]);
        is_first = false;
    }
}

struct str
change_object(struct arena *arena, const struct change *change)
{
    bool is_bare = is_str_empty(change->object) && is_str_empty(change->field);
    struct str object = is_bare ? STR("environment") : change->object;
    if (change->is_written || is_str_empty(change->environment))
        return object;
    return is_str_empty(object)
               ? change->environment
               : arena_format(arena, "{} {}",
                              STRS(change->environment, object));
}

void
write_counts(struct buf *buf, const struct differences *differences)
{
    write_count(buf, differences->changes.count, "change", "changes");
    write_risks(buf, differences);
    if (differences->files.count == 0) {
        buf_add(buf, STR("; no file changes"));
        return;
    }
    buf_add(buf, STR("; "));
    write_count(buf, differences->files.count, "file", "files");
    write_files(buf, differences);
}
