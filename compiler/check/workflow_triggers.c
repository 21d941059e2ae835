#include "check/workflow_triggers.h"

#include "check/raw_values.h"

/* ---- texts -------------------------------------------------------------- */

size_t
raw_word_count(const struct raw *raw)
{
    if (raw == NULL)
        return 0;
    return raw->kind == RAW_TEXT ? 1 : raw_item_count(raw);
}

const struct raw *
raw_word(const struct raw *raw, size_t index)
{
    return raw->kind == RAW_TEXT ? raw : raw->entries[index].value;
}

bool
has_raw_word(const struct raw *raw, struct str word)
{
    for (size_t i = 0; i < raw_word_count(raw); i++) {
        if (is_str_equal(raw_word(raw, i)->text, word))
            return true;
    }
    return false;
}

/* ---- events ------------------------------------------------------------- */

struct workflow_trigger
workflow_trigger(const struct workflow_file *file, const char *event)
{
    struct str name = str_from(event);
    const struct raw *on = raw_find(file->root, STR("on"));
    const struct raw_entry *entry = raw_entry_find(on, name);
    if (entry != NULL)
        return (struct workflow_trigger){true, entry->key_span, entry->value};
    for (size_t i = 0; i < raw_word_count(on); i++) {
        const struct raw *word = raw_word(on, i);
        if (is_str_equal(word->text, name))
            return (struct workflow_trigger){true, word->span, NULL};
    }
    return (struct workflow_trigger){0};
}

const struct raw_entry *
trigger_paths(const struct workflow_trigger *trigger)
{
    const struct raw_entry *paths =
        raw_entry_find(trigger->filters, STR("paths"));
    return paths != NULL
               ? paths
               : raw_entry_find(trigger->filters, STR("paths-ignore"));
}

/* ---- branches ----------------------------------------------------------- */

/* Where in the text the pattern's beginning may end, kept up to date sign by
 * sign: no going back, so a long pattern costs what it is long. */
static bool
is_match(struct arena *arena, struct str pattern, struct str text)
{
    bool *ends = arena_array(arena, text.len + 1, sizeof *ends);
    ends[0] = true;
    for (size_t i = 0; i < pattern.len; i++) {
        bool is_star = pattern.at[i] == '*';
        bool crosses =
            is_star && i + 1 < pattern.len && pattern.at[i + 1] == '*';
        for (size_t j = 1; is_star && j <= text.len; j++)
            ends[j] =
                ends[j] || (ends[j - 1] && (crosses || text.at[j - 1] != '/'));
        for (size_t j = text.len; !is_star && j > 0; j--)
            ends[j] = ends[j - 1] && text.at[j - 1] == pattern.at[i];
        ends[0] = ends[0] && is_star;
        i += crosses ? 1 : 0;
    }
    return ends[text.len];
}

static bool
may_match(struct arena *arena, struct str pattern, struct str branch)
{
    for (size_t i = 0; i < pattern.len; i++) {
        if (has_byte(STR("?+[]\\"), pattern.at[i]))
            return true;
    }
    return is_match(arena, pattern, branch);
}

/* The last pattern that matches has the word; `!` takes branches out. */
static bool
is_listed(struct arena *arena, const struct raw *patterns, struct str branch)
{
    bool is_in = false;
    for (size_t i = 0; i < raw_word_count(patterns); i++) {
        struct str pattern = raw_word(patterns, i)->text;
        bool is_negative = has_prefix(pattern, STR("!"));
        if (is_negative)
            pattern = str_slice(pattern, 1, pattern.len);
        if (may_match(arena, pattern, branch))
            is_in = !is_negative;
    }
    return is_in;
}

/* A push that is filtered by tags alone is none of a branch. */
bool
trigger_takes_branch(struct check *check,
                     const struct workflow_trigger *trigger, struct str branch)
{
    const struct raw *taken = raw_find(trigger->filters, STR("branches"));
    const struct raw *ignored =
        raw_find(trigger->filters, STR("branches-ignore"));
    if (!trigger->is_there)
        return false;
    if (taken != NULL)
        return is_listed(check->arena, taken, branch);
    if (ignored != NULL)
        return !is_listed(check->arena, ignored, branch);
    return raw_find(trigger->filters, STR("tags")) == NULL;
}

/* Without `synchronize` it reports on the first commit, and not on the next. */
static bool
follows_commits(const struct workflow_trigger *trigger)
{
    const struct raw *types = raw_find(trigger->filters, STR("types"));
    return types == NULL || has_raw_word(types, STR("synchronize"));
}

bool
reports_on(struct check *check, const struct workflow_file *file,
           struct str branch)
{
    static const char *const events[] = {"pull_request", "pull_request_target"};
    for (size_t i = 0; i < sizeof events / sizeof events[0]; i++) {
        struct workflow_trigger trigger = workflow_trigger(file, events[i]);
        if (trigger_takes_branch(check, &trigger, branch) &&
            follows_commits(&trigger))
            return true;
    }
    return false;
}
