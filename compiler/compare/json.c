/*
 * A differences for machines.
 */
#include "compare/told.h"

#include "base/json.h"

static void
write_risks(struct json *json, unsigned risks)
{
    json_array(json, "risks");
    for (unsigned risk = 0; risk < RISK_COUNT; risk++) {
        if ((risks >> risk & 1U) != 0)
            json_item_text(json, str_from(risk_name((enum risk)risk)));
    }
    json_end(json);
}

static void
write_optional(struct json *json, const char *key, struct str text)
{
    if (is_str_empty(text))
        json_null(json, key);
    else
        json_text(json, key, text);
}

static void
write_change(struct json *json, const struct change *change)
{
    json_item_object(json);
    write_optional(json, "environment", change->environment);
    json_bool(json, "everywhere", change->reach == REACH_EVERYWHERE);
    write_optional(json, "object", change->object);
    write_optional(json, "field", change->field);
    json_text(json, "action", str_from(change_name(change->kind)));
    write_optional(json, "before", change->before);
    write_optional(json, "after", change->after);
    write_optional(json, "note", change->note);
    write_risks(json, change->risks);
    json_bool(json, "written", change->is_written);
    json_end(json);
}

void
differences_write_json(struct buf *buf, const struct differences *differences)
{
    struct json json;
    json_init(&json, buf);
    json_item_object(&json);
    json_number(&json, "version", 1);
    json_array(&json, "changes");
    for (size_t i = 0; i < differences->changes.count; i++)
        write_change(&json, change_at(differences, i));
    json_end(&json);
    json_array(&json, "files");
    for (size_t i = 0; i < differences->files.count; i++) {
        const struct file_change *file = file_change_at(differences, i);
        json_item_object(&json);
        json_text(&json, "action", str_from(change_name(file->kind)));
        json_text(&json, "path", file->path);
        json_end(&json);
    }
    json_end(&json);
    json_end(&json);
}
