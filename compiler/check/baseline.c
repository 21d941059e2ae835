#include "check/baseline.h"

#include "base/hash.h"
#include "diag/fingerprint.h"

/* The fingerprint of `CODE FINGERPRINT …`; empty when it is no entry. */
static struct str
entry_of(struct str line)
{
    enum diag_code code;
    struct hash hash;
    struct str rest = line;
    struct str name = str_cut(&rest, ' ');
    struct str fingerprint = str_cut(&rest, ' ');
    struct str number = fingerprint;
    int64_t count;
    struct str digits = str_cut(&number, ':');
    if (!diag_code_find(name, &code) || !hash_parse(digits, &hash) ||
        !str_to_number(number, &count))
        return STR("");
    return fingerprint;
}

static bool
is_comment(struct str line)
{
    return is_str_empty(line) || line.at[0] == '#';
}

size_t
baseline_bad_line(struct str text)
{
    size_t number = 1;
    for (; !is_str_empty(text); number++) {
        struct str line = str_trim(str_cut(&text, '\n'));
        if (!is_comment(line) && is_str_empty(entry_of(line)))
            return number;
    }
    return 0;
}

static void
read_entries(struct map *entries, struct arena *arena, struct str text)
{
    map_init(entries, arena);
    while (!is_str_empty(text)) {
        struct str line = str_trim(str_cut(&text, '\n'));
        struct str entry = is_comment(line) ? STR("") : entry_of(line);
        if (!is_str_empty(entry))
            map_put(entries, entry, arena);
    }
}

void
check_baseline(struct check *check)
{
    struct map entries;
    struct fingerprints fingerprints;
    if (is_str_empty(check->baseline))
        return;
    read_entries(&entries, check->arena, check->baseline);
    fingerprints_init(&fingerprints, check->arena, check->map);
    sink_settle(check->sink);
    for (size_t i = 0; i < sink_count(check->sink); i++) {
        struct diag *diag = sink_at(check->sink, i);
        struct str fingerprint = fingerprint_next(&fingerprints, diag);
        if (!is_structural(diag->code) &&
            map_find(&entries, fingerprint) != NULL)
            diag_withdraw(diag);
    }
}

void
write_baseline(struct buf *buf, const struct source_map *map,
               const struct sink *sink)
{
    struct fingerprints fingerprints;
    fingerprints_init(&fingerprints, buf->arena, map);
    buf_add(buf, STR("# Faults that `broxc check --baseline` passes over.\n"));
    for (size_t i = 0; i < sink_count(sink); i++) {
        const struct diag *diag = sink_at(sink, i);
        struct str fingerprint = fingerprint_next(&fingerprints, diag);
        struct source_position at = source_locate(map, diag->span.start);
        if (is_structural(diag->code))
            continue;
        struct str path = is_span_nowhere(diag->span) || at.file == NULL
                              ? STR("-")
                              : at.file->path;
        struct str text = diag->headline;
        buf_format(buf, "{} {} {} {}\n",
                   STRS(str_from(diag_row(diag->code)->code), fingerprint, path,
                        str_cut(&text, '\n')));
    }
}
