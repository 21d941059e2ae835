/*
 * A change batch of Route 53, as `aws route53 change-resource-record-sets
 * --change-batch` takes it: docs.aws.amazon.com/Route53/latest/APIReference,
 * ChangeResourceRecordSets; DeveloperGuide, "DNS domain name format" and
 * "TXT record type" for escapes. The SOA and the zone's own name servers are
 * Route 53's.
 */
#include "emit/zone_forms.h"

#include "emit/text/json.h"
#include "ir/domain.h"

static bool is_kept(const struct zone *zone, const struct zone_row *row);
static size_t set_end(const struct zone *zone, const struct zone_rows *rows,
                      size_t first);
static void write_set(struct json *json, const struct zone_rows *rows,
                      size_t first, size_t end);
static struct str octal_text(struct arena *arena, struct str text);

void
write_route53(struct buf *buf, const struct zone *zone,
              const struct zone_rows *rows)
{
    struct json json;
    json_init(&json, buf);
    json_item_object(&json);
    json_text(&json, "Comment",
              STR("Made by broxc from the program's zone; edit the program, "
                  "not this file."));
    json_array(&json, "Changes");
    for (size_t i = 0; i < rows->count;) {
        size_t end = set_end(zone, rows, i);
        if (is_kept(zone, &rows->at[i]))
            write_set(&json, rows, i, end);
        i = end;
    }
    json_end(&json);
    json_end(&json);
}

static bool
is_kept(const struct zone *zone, const struct zone_row *row)
{
    return row->record != NULL && is_str_empty(row->hole) &&
           !(row->record->type == RECORD_NS &&
             is_str_equal(row->record->owner, zone->name));
}

/* Rows of one name and one type follow one another. */
static size_t
set_end(const struct zone *zone, const struct zone_rows *rows, size_t first)
{
    size_t end = first + 1;
    while (is_kept(zone, &rows->at[first]) && end < rows->count &&
           is_kept(zone, &rows->at[end]) &&
           is_str_equal(rows->at[end].owner, rows->at[first].owner) &&
           is_str_equal(rows->at[end].type, rows->at[first].type))
        end++;
    return end;
}

static void
write_set(struct json *json, const struct zone_rows *rows, size_t first,
          size_t end)
{
    const struct zone_row *row = &rows->at[first];
    struct arena *arena = json->buf->arena;
    json_item_object(json);
    json_text(json, "Action", STR("UPSERT"));
    json_object(json, "ResourceRecordSet");
    json_text(json, "Name", octal_text(arena, row->owner));
    json_text(json, "Type", row->type);
    json_number(json, "TTL", row->ttl_seconds);
    json_array(json, "ResourceRecords");
    for (size_t i = first; i < end; i++) {
        json_item_object(json);
        json_text(json, "Value", octal_text(arena, rows->at[i].fields));
        json_end(json);
    }
    json_end(json);
    json_end(json);
    json_end(json);
}

/* `\DDD` of a master file is decimal, of Route 53 octal. */
static struct str
octal_text(struct arena *arena, struct str text)
{
    struct buf octal;
    buf_init(&octal, arena);
    for (size_t i = 0; i < text.len; i++) {
        int64_t byte;
        if (is_name_escape(text, i) &&
            str_to_number(str_slice(text, i + 1, i + 4), &byte)) {
            buf_byte(&octal, '\\');
            buf_byte(&octal, (char)('0' + byte / 64));
            buf_byte(&octal, (char)('0' + byte / 8 % 8));
            buf_byte(&octal, (char)('0' + byte % 8));
            i += 3;
        } else {
            buf_byte(&octal, text.at[i]);
            /* A backslash and what it escapes go together. */
            if (text.at[i] == '\\' && i + 1 < text.len)
                buf_byte(&octal, text.at[++i]);
        }
    }
    return buf_str(&octal);
}
