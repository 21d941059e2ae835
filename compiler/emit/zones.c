/*
 * Zones to documents. How a record is spelled is zone_rows' business, which
 * serial it gets zone_serial's.
 */
#include "emit/zones.h"

#include "emit/text/markdown.h"
#include "emit/text/zone.h"
#include "emit/zone_forms.h"
#include "emit/zone_rows.h"
#include "emit/zone_serial.h"
#include "ir/idna.h"

/* A name that is longer than this does not widen its column. */
enum { OWNER_WIDTH_MAX = 48, TTL_WIDTH = 5, TYPE_WIDTH = 5 };

static struct serial_source serial_source_of(const struct zone *zone,
                                             struct zone_history history,
                                             size_t index);
static void emit_zone(const struct ir *ir, const struct zone *zone,
                      struct serial_source source, struct documents *documents);
static void add_lines(struct buf *buf, const struct zone_rows *rows);
static struct str zone_file(struct arena *arena, const struct zone *zone,
                            const struct zone_rows *rows);
static void add_line(struct buf *buf, const struct zone_row *row, size_t width);
static void add_padded(struct buf *buf, struct str text, size_t width);
static size_t owner_width(const struct zone_rows *rows);
static void emit_table(const struct ir *ir, const struct zone *zone,
                       const struct zone_rows *rows,
                       struct documents *documents);
static void emit_forms(const struct ir *ir, const struct zone *zone,
                       const struct zone_rows *rows,
                       struct documents *documents);
static bool asks_for(const struct value *list, const char *form);
static void add_table_row(struct buf *buf, const struct zone_row *row);
static void add_origins(struct document *document, const struct zone *zone);
static struct str path_of(struct arena *arena, const struct ir *ir,
                          const struct zone *zone, struct str suffix);

struct str
zone_path(struct arena *arena, const struct ir *ir, const struct zone *zone)
{
    return path_of(arena, ir, zone, STR("zone"));
}

struct str
zone_lines(struct arena *arena, const struct zone *zone, uint32_t serial)
{
    struct zone_rows rows = zone_rows(arena, zone);
    struct buf lines;
    buf_init(&lines, arena);
    if (!is_soa_known(zone))
        return STR("");
    zone_rows_date(arena, &rows, zone, serial);
    add_lines(&lines, &rows);
    return buf_str(&lines);
}

void
emit_zones(const struct model *model, struct zone_history history,
           struct documents *documents)
{
    const struct ir *ir = model->ir;
    if (!is_value_known(ir->output.dns))
        return;
    for (size_t i = 0; i < ir->zone_count; i++)
        emit_zone(ir, &ir->zones[i],
                  serial_source_of(&ir->zones[i], history, i), documents);
}

static struct serial_source
serial_source_of(const struct zone *zone, struct zone_history history,
                 size_t index)
{
    const struct value *serial =
        zone->live != NULL ? zone->live->serial : zone->serial;
    struct serial_source source = {.day = history.day};
    if (index < history.count)
        source.previous = history.files[index];
    source.has_served = is_value_known(serial);
    if (source.has_served)
        source.served = (uint32_t)serial->number;
    return source;
}

static void
emit_zone(const struct ir *ir, const struct zone *zone,
          struct serial_source source, struct documents *documents)
{
    struct arena *arena = documents->scratch;
    struct zone_rows rows = zone_rows(arena, zone);
    if (is_soa_known(zone)) {
        zone_rows_date(arena, &rows, zone, 0);
        struct str draft = zone_file(arena, zone, &rows);
        zone_rows_date(arena, &rows, zone, zone_serial(&source, draft));
        struct document *document =
            document_add(documents, zone_path(arena, ir, zone), TARGET_DNS);
        buf_add(&document->content, zone_file(arena, zone, &rows));
        add_origins(document, zone);
        document_end(documents, document);
    }
    emit_table(ir, zone, &rows, documents);
    emit_forms(ir, zone, &rows, documents);
}

/* Each record in one line, its name and TTL written out: some importers read
 * no more of RFC 1035 5.1 than that. */
static struct str
zone_file(struct arena *arena, const struct zone *zone,
          const struct zone_rows *rows)
{
    struct buf file;
    buf_init(&file, arena);
    buf_add(&file, STR("; Made by broxc from the program's zone "));
    zone_name(&file, zone->name);
    buf_add(&file, STR("\n; Edit the program, not this file.\n$ORIGIN "));
    zone_name(&file, zone->name);
    buf_add(&file, STR("\n$TTL "));
    buf_number(&file, rows->at[0].ttl_seconds);
    buf_add(&file, STR("\n\n; Behind the two names of the SOA: serial, "
                       "refresh, retry, expire, minimum.\n"));
    add_lines(&file, rows);
    return buf_str(&file);
}

static void
add_lines(struct buf *buf, const struct zone_rows *rows)
{
    size_t width = owner_width(rows);
    for (size_t i = 0; i < rows->count; i++)
        add_line(buf, &rows->at[i], width);
}

static void
add_line(struct buf *buf, const struct zone_row *row, size_t width)
{
    if (!is_str_empty(row->hole)) {
        buf_format(buf, "; waits for ?{}: {} {}\n",
                   STRS(row->hole, row->owner, row->type));
        return;
    }
    add_padded(buf, row->owner, width);
    add_padded(buf, arena_number(buf->arena, row->ttl_seconds), TTL_WIDTH);
    add_padded(buf, STR("IN"), 2);
    add_padded(buf, row->type, TYPE_WIDTH);
    buf_format(buf, "{}\n", STRS(row->fields));
}

static void
add_padded(struct buf *buf, struct str text, size_t width)
{
    buf_add(buf, text);
    buf_repeat(buf, ' ', (text.len < width ? width - text.len : 0) + 2);
}

static size_t
owner_width(const struct zone_rows *rows)
{
    size_t width = 0;
    for (size_t i = 0; i < rows->count; i++) {
        size_t len = rows->at[i].owner.len;
        if (len > width && len <= OWNER_WIDTH_MAX)
            width = len;
    }
    return width;
}

static void
emit_table(const struct ir *ir, const struct zone *zone,
           const struct zone_rows *rows, struct documents *documents)
{
    struct document *document = document_add(
        documents, path_of(documents->scratch, ir, zone, STR("md")),
        TARGET_DNS);
    struct buf *buf = &document->content;
    buf_add(buf, STR("# "));
    markdown_text(buf, idna_shown(buf->arena, zone->name));
    buf_add(buf, STR("\n\nMade by broxc from the program's zone. "
                     "Edit the program, not this file.\n\n"
                     "| Name | TTL | Type | Value | Serves |\n"
                     "|---|---|---|---|---|\n"));
    for (size_t i = 0; i < rows->count; i++)
        add_table_row(buf, &rows->at[i]);
    add_origins(document, zone);
    document_end(documents, document);
}

/* What other tools read, each in a folder of its own. */
static void
emit_forms(const struct ir *ir, const struct zone *zone,
           const struct zone_rows *rows, struct documents *documents)
{
    static const struct {
        const char *name;
        const char *suffix;
        void (*write)(struct buf *buf, const struct zone *zone,
                      const struct zone_rows *rows);
    } forms[] = {
        {"octodns", "yaml", write_octodns},
        {"dnscontrol", "js", write_dnscontrol},
        {"route53", "json", write_route53},
    };
    for (size_t i = 0; i < sizeof forms / sizeof *forms; i++) {
        if (!asks_for(zone->also, forms[i].name))
            continue;
        struct str path =
            arena_format(documents->scratch, "{}/{}/{}.{}",
                         STRS(ir->output.dns->text, str_from(forms[i].name),
                              zone->name, str_from(forms[i].suffix)));
        struct document *document = document_add(documents, path, TARGET_DNS);
        forms[i].write(&document->content, zone, rows);
        add_origins(document, zone);
        document_end(documents, document);
    }
}

static bool
asks_for(const struct value *list, const char *form)
{
    for (size_t i = 0; list != NULL && i < list->item_count; i++) {
        if (is_str_equal(list->items[i].text, str_from(form)))
            return true;
    }
    return false;
}

static void
add_table_row(struct buf *buf, const struct zone_row *row)
{
    buf_add(buf, STR("| "));
    markdown_code_cell(buf, idna_shown(buf->arena, row->owner));
    buf_add(buf, STR(" | "));
    buf_number(buf, row->ttl_seconds);
    buf_format(buf, " | {} | ", STRS(row->type));
    if (is_str_empty(row->hole)) {
        markdown_code_cell(buf, idna_shown(buf->arena, row->fields));
    } else {
        buf_add(buf, STR("waits for "));
        markdown_code_cell(buf,
                           arena_format(buf->arena, "?{}", STRS(row->hole)));
    }
    buf_add(buf, STR(" | "));
    if (row->record != NULL && row->record->environment != NULL) {
        const struct workload *workload = row->record->workload;
        markdown_cell(buf, workload != NULL ? workload->service->name
                                            : STR("a redirect"));
        buf_add(buf, STR(" in "));
        markdown_cell(buf, row->record->environment->name);
    }
    buf_add(buf, STR(" |\n"));
}

static void
add_origins(struct document *document, const struct zone *zone)
{
    document_origin(document, zone->span);
    for (size_t i = 0; i < zone->record_count; i++)
        document_origin(document, zone->records[i].span);
}

static struct str
path_of(struct arena *arena, const struct ir *ir, const struct zone *zone,
        struct str suffix)
{
    if (!is_value_known(ir->output.dns))
        return STR("");
    return arena_format(arena, "{}/{}.{}",
                        STRS(ir->output.dns->text, zone->name, suffix));
}
