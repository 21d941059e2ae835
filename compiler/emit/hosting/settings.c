#include "emit/hosting/settings.h"

static char
path_byte(char byte)
{
    return is_ascii_alnum(byte) || byte == '.' || byte == '_' || byte == '-'
               ? byte
               : '-';
}

static char
small_byte(char byte)
{
    return byte >= 'A' && byte <= 'Z' ? (char)(byte - 'A' + 'a') : byte;
}

static struct str
each_byte(struct arena *arena, struct str text, char (*change)(char byte))
{
    struct buf buf;
    buf_init(&buf, arena);
    for (size_t i = 0; i < text.len; i++)
        buf_byte(&buf, change(text.at[i]));
    return buf_str(&buf);
}

/* No two files may have one path, nor on a disk that knows no capitals. */
static struct str
free_path(struct hosting *hosting, const char *folder, struct str name)
{
    struct arena *arena = hosting->arena;
    struct str stem = each_byte(arena, name, path_byte);
    if (has_prefix(stem, STR(".")))
        stem = arena_format(arena, "-{}", STRS(stem));
    for (int64_t i = 1;; i++) {
        struct str suffix =
            i == 1 ? STR("")
                   : arena_format(arena, "-{}", STRS(arena_number(arena, i)));
        struct str path =
            arena_format(arena, "{}/{}{}{}.json",
                         STRS(hosting->root, str_from(folder), stem, suffix));
        struct str key = each_byte(arena, path, small_byte);
        if (map_find(&hosting->paths, key) == NULL) {
            map_put(&hosting->paths, key, hosting);
            return path;
        }
    }
}

struct json
hosting_file(struct hosting *hosting, const char *folder, struct str name,
             struct span origin)
{
    struct json json;
    struct document *document = document_add(
        hosting->documents, free_path(hosting, folder, name), TARGET_HOSTING);
    document_origin(document, origin);
    json_init(&json, &document->content);
    return json;
}

void
json_reviewers(struct json *json, const struct value *teams)
{
    if (choice_count(teams) == 0) {
        json_null(json, "reviewers");
        return;
    }
    json_array(json, "reviewers");
    for (size_t i = 0; i < choice_count(teams); i++) {
        json_item_object(json);
        json_text(json, "type", STR("Team"));
        json_text(json, "slug", choice_at(teams, i)->text);
        json_end(json);
    }
    json_end(json);
}
