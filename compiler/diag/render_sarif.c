/*
 * All messages as a SARIF 2.1.0 log (OASIS), for code scanning and other
 * collectors. Columns count code points from 1.
 */
#include "diag/render.h"

#include "base/json.h"
#include "base/utf8.h"
#include "diag/embedded.h"
#include "diag/fingerprint.h"

enum { RESULTS_MAX = 25000 }; /* what GitHub takes of one run */

struct sarif {
    struct json json;
    const struct render *render;
    struct arena *arena;
    struct embedded pages;      /* of docs/checks/ */
    size_t rule_of[DIAG_COUNT]; /* its index in the log, counted from 1 */
    struct fingerprints fingerprints;
};

static const char *
level_of(enum severity severity)
{
    switch (severity) {
    case SEVERITY_ERROR:
        return "error";
    case SEVERITY_WARNING:
        return "warning";
    case SEVERITY_INFO:
    case SEVERITY_OFF:
        break;
    }
    return "note";
}

/* ---- rules ---- */

/* The headline of the catalogue, with an ellipsis for each text. */
static struct str
general_headline(struct sarif *sarif, const struct diag_row *row)
{
    struct buf buf;
    struct str rest = str_from(row->headline);
    buf_init(&buf, sarif->arena);
    while (!is_str_empty(rest)) {
        if (has_prefix(rest, STR("{}"))) {
            buf_add(&buf, STR("…"));
            rest = str_slice(rest, 2, rest.len);
        } else {
            size_t skip = has_prefix(rest, STR("{{")) ? 1 : 0;
            buf_byte(&buf, rest.at[skip]);
            rest = str_slice(rest, skip + 1, rest.len);
        }
    }
    return buf_str(&buf);
}

static void
add_text(struct json *json, const char *key, struct str text)
{
    json_object(json, key);
    json_text(json, "text", text);
    json_end(json);
}

static void
add_help(struct sarif *sarif, const struct diag_row *row)
{
    struct str name =
        arena_format(sarif->arena, "{}.md", STRS(str_from(row->code)));
    const struct embedded_file *page = embedded_find(&sarif->pages, name);
    if (page == NULL)
        return;
    json_object(&sarif->json, "help");
    json_text(&sarif->json, "text", page->text);
    json_text(&sarif->json, "markdown", page->text);
    json_end(&sarif->json);
}

static void
add_rule(struct sarif *sarif, enum diag_code code)
{
    const struct diag_row *row = diag_row(code);
    struct json *json = &sarif->json;
    json_item_object(json);
    json_text(json, "id", str_from(row->code));
    json_text(json, "name", str_from(row->name));
    add_text(json, "shortDescription", general_headline(sarif, row));
    json_object(json, "defaultConfiguration");
    json_text(json, "level", str_from(level_of(row->standard)));
    json_end(json);
    add_help(sarif, row);
    json_end(json);
}

static void
add_rules(struct sarif *sarif)
{
    bool is_used[DIAG_COUNT] = {false};
    size_t count = 0;
    const struct sink *sink = sarif->render->sink;
    for (size_t i = 0; i < sink_count(sink); i++)
        is_used[sink_at(sink, i)->code] = true;
    json_array(&sarif->json, "rules");
    for (size_t code = 0; code < DIAG_COUNT; code++) {
        if (!is_used[code])
            continue;
        sarif->rule_of[code] = ++count;
        add_rule(sarif, (enum diag_code)code);
    }
    json_end(&sarif->json);
}

static void
add_tool(struct sarif *sarif)
{
    struct json *json = &sarif->json;
    json_object(json, "tool");
    json_object(json, "driver");
    json_text(json, "name", STR("broxc"));
    json_text(json, "semanticVersion", sarif->render->version);
    add_rules(sarif);
    json_end(json);
    json_end(json);
}

/* ---- places ---- */

/* RFC 3986 3.3: a path's segments, as bytes. */
static struct str
uri_of(struct sarif *sarif, struct str path)
{
    struct buf buf;
    buf_init(&buf, sarif->arena);
    for (size_t i = 0; i < path.len; i++) {
        unsigned char byte = (unsigned char)path.at[i];
        if (is_ascii_alnum(path.at[i]) ||
            has_byte(STR("/-._~!$&'()*+,;=@"), path.at[i])) {
            buf_byte(&buf, path.at[i]);
            continue;
        }
        buf_byte(&buf, '%');
        buf_byte(&buf, "0123456789ABCDEF"[byte >> 4]);
        buf_byte(&buf, "0123456789ABCDEF"[byte & 0xF]);
    }
    return buf_str(&buf);
}

static int64_t
code_point_column(const struct source_map *map, struct source_position at)
{
    struct str line = source_line(map, at.file, at.line);
    size_t offset = 0;
    int64_t column = 1;
    while (offset < line.len && offset + 1 < at.column) {
        utf8_next(line, &offset);
        column++;
    }
    return column;
}

static void
add_region(struct sarif *sarif, const char *key, struct span span)
{
    const struct source_map *map = sarif->render->map;
    struct source_position start = source_locate(map, span.start);
    struct source_position end = source_locate(map, span.end);
    struct json *json = &sarif->json;
    json_object(json, key);
    json_number(json, "startLine", (int64_t)start.line);
    json_number(json, "startColumn", code_point_column(map, start));
    if (end.file == start.file && span.end >= span.start) {
        json_number(json, "endLine", (int64_t)end.line);
        json_number(json, "endColumn", code_point_column(map, end));
    }
    json_end(json);
}

static void
add_artifact(struct sarif *sarif, const struct source_file *file)
{
    json_object(&sarif->json, "artifactLocation");
    json_text(&sarif->json, "uri", uri_of(sarif, file->path));
    json_end(&sarif->json);
}

/* An item of a list of locations; `message` may be empty. */
static void
add_location(struct sarif *sarif, struct span span, struct str message)
{
    struct source_position start =
        source_locate(sarif->render->map, span.start);
    struct json *json = &sarif->json;
    json_item_object(json);
    if (start.file != NULL) {
        json_object(json, "physicalLocation");
        add_artifact(sarif, start.file);
        add_region(sarif, "region", span);
        json_end(json);
    }
    if (!is_str_empty(message))
        add_text(json, "message", message);
    json_end(json);
}

static bool
has_place(const struct sarif *sarif, struct span span)
{
    return !is_span_nowhere(span) &&
           source_find(sarif->render->map, span.start) != NULL;
}

/* ---- results ---- */

static struct str
message_text(struct sarif *sarif, const struct diag *diag)
{
    struct buf buf;
    buf_init(&buf, sarif->arena);
    buf_add(&buf, diag->headline);
    if (!is_str_empty(diag->label))
        buf_format(&buf, ": {}", STRS(diag->label));
    for (const struct diag_note *note = diag->notes; note; note = note->next) {
        if (!note->has_span)
            buf_format(&buf, "\nnote: {}", STRS(note->text));
    }
    for (const struct diag_note *help = diag->helps; help; help = help->next)
        buf_format(&buf, "\nhelp: {}", STRS(help->text));
    return buf_str(&buf);
}

static void
add_related(struct sarif *sarif, const struct diag *diag)
{
    bool is_open = false;
    for (const struct diag_note *note = diag->notes; note; note = note->next) {
        if (!note->has_span || !has_place(sarif, note->span))
            continue;
        if (!is_open)
            json_array(&sarif->json, "relatedLocations");
        is_open = true;
        add_location(sarif, note->span, note->text);
    }
    if (is_open)
        json_end(&sarif->json);
}

static void
add_fix(struct sarif *sarif, const struct diag_fix *fix)
{
    struct json *json = &sarif->json;
    json_item_object(json);
    json_array(json, "artifactChanges");
    json_item_object(json);
    add_artifact(sarif, source_find(sarif->render->map, fix->span.start));
    json_array(json, "replacements");
    json_item_object(json);
    add_region(sarif, "deletedRegion", fix->span);
    add_text(json, "insertedContent", fix->text);
    json_end(json);
    json_end(json);
    json_end(json);
    json_end(json);
    json_end(json);
}

static void
add_fixes(struct sarif *sarif, const struct diag *diag)
{
    if (diag->fixes == NULL)
        return;
    json_array(&sarif->json, "fixes");
    for (const struct diag_fix *fix = diag->fixes; fix; fix = fix->next)
        add_fix(sarif, fix);
    json_end(&sarif->json);
}

static void
add_result(struct sarif *sarif, const struct diag *diag)
{
    struct json *json = &sarif->json;
    json_item_object(json);
    json_text(json, "ruleId", str_from(diag_row(diag->code)->code));
    json_number(json, "ruleIndex", (int64_t)sarif->rule_of[diag->code] - 1);
    json_text(json, "level", str_from(level_of(diag->severity)));
    add_text(json, "message", message_text(sarif, diag));
    json_array(json, "locations");
    if (has_place(sarif, diag->span))
        add_location(sarif, diag->span, STR(""));
    json_end(json);
    add_related(sarif, diag);
    json_object(json, "partialFingerprints");
    json_text(json, "broxc/v1", fingerprint_next(&sarif->fingerprints, diag));
    json_end(json);
    add_fixes(sarif, diag);
    json_end(json);
}

void
render_sarif(struct buf *buf, const struct render *render)
{
    struct sarif sarif = {.render = render,
                          .arena = buf->arena,
                          .pages = embedded_open(&embedded_checks, buf->arena)};
    struct json *json = &sarif.json;
    json_init(json, buf);
    fingerprints_init(&sarif.fingerprints, buf->arena, render->map);
    json_item_object(json);
    json_text(json, "$schema",
              STR("https://json.schemastore.org/sarif-2.1.0.json"));
    json_text(json, "version", STR("2.1.0"));
    json_array(json, "runs");
    json_item_object(json);
    add_tool(&sarif);
    json_text(json, "columnKind", STR("unicodeCodePoints"));
    json_array(json, "results");
    for (size_t i = 0; i < sink_count(render->sink) && i < RESULTS_MAX; i++)
        add_result(&sarif, sink_at(render->sink, i));
    json_end(json);
    json_end(json);
    json_end(json);
    json_end(json);
}
