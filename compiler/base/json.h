/*
 * The one way into a JSON file (RFC 8259): two spaces a level, members in the
 * order they come, one final newline. The output is UTF-8; what is not, or
 * cannot be seen, is escaped.
 *
 *     json_item_object(j);                {
 *     json_array(j, "include");             "include": [
 *     json_item_text(j, branch);              "main"
 *     json_end(j);                          ],
 *     json_null(j, "reviewers");            "reviewers": null
 *     json_end(j);                        }
 *
 * A `key` is a literal of ours; names that a user wrote go in as struct str.
 */
#ifndef BASE_JSON_H
#define BASE_JSON_H

#include "base/buf.h"

enum { JSON_DEPTH_MAX = 64 };

struct json_level {
    bool is_array;
    bool is_empty;
};

struct json {
    struct buf *buf;
    unsigned depth; /* 0 outside the document */
    struct json_level levels[JSON_DEPTH_MAX];
};

void json_init(struct json *json, struct buf *buf);

void json_object(struct json *json, const char *key);
void json_object_named(struct json *json, struct str key);
void json_array(struct json *json, const char *key);
void json_array_named(struct json *json, struct str key);
/* An array's next item, or the document itself. */
void json_item_object(struct json *json);
void json_item_array(struct json *json);
/* Closes the innermost object or array. */
void json_end(struct json *json);

void json_text(struct json *json, const char *key, struct str text);
void json_text_named(struct json *json, struct str key, struct str text);
void json_number(struct json *json, const char *key, int64_t number);
void json_bool(struct json *json, const char *key, bool value);
void json_null(struct json *json, const char *key);
void json_item_text(struct json *json, struct str text);
void json_item_number(struct json *json, int64_t number);

/* A string alone, with its quotes (RFC 8259 7). */
void json_string(struct buf *buf, struct str text);

#endif
