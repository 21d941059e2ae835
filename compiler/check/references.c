/*
 * From a text to the hosts in it. RFC 3986 3.2, as far as hosts go.
 */
#include "check/references.h"

static struct str piece_next(struct str *rest);
static bool is_separator(char byte);
static bool read_reference(struct arena *arena, struct str piece,
                           struct reference *reference);
static size_t scheme_end(struct str piece);
static struct str lower_case(struct arena *arena, struct str text);

bool
reference_next(struct arena *arena, struct str *rest,
               struct reference *reference)
{
    for (struct str piece = piece_next(rest); !is_str_empty(piece);
         piece = piece_next(rest)) {
        if (read_reference(arena, piece, reference))
            return true;
    }
    return false;
}

bool
cluster_name_read(struct str host, struct cluster_name *name)
{
    struct str rest = host;
    *name = (struct cluster_name){.service = str_cut(&rest, '.')};
    name->namespace_name = str_cut(&rest, '.');
    name->has_suffix =
        is_str_equal(rest, STR("svc")) || has_prefix(rest, STR("svc."));
    return name->has_suffix || is_str_empty(rest);
}

static struct str
piece_next(struct str *rest)
{
    size_t start = 0;
    while (start < rest->len && is_separator(rest->at[start]))
        start++;
    size_t end = start;
    while (end < rest->len && !is_separator(rest->at[end]))
        end++;
    struct str piece = str_slice(*rest, start, end);
    *rest = str_slice(*rest, end, rest->len);
    return piece;
}

static bool
is_separator(char byte)
{
    return byte == ' ' || byte == ',' || byte == ';' || byte == '|' ||
           byte == '\t' || byte == '\n' || byte == '\r';
}

static bool
read_reference(struct arena *arena, struct str piece,
               struct reference *reference)
{
    size_t scheme = scheme_end(piece);
    struct str rest = str_slice(piece, scheme, piece.len);
    *reference = (struct reference){.has_scheme = scheme > 0};
    size_t end = 0;
    size_t start = 0;
    while (end < rest.len && rest.at[end] != '/' && rest.at[end] != '?' &&
           rest.at[end] != '#') {
        if (rest.at[end++] == '@')
            start = end;
    }
    if (start > 0 && !reference->has_scheme)
        return false;
    struct str host = str_slice(rest, start, end);
    size_t colon = str_index(host, ':', 0);
    reference->has_port = colon < host.len;
    host = str_slice(host, 0, colon);
    if (has_suffix(host, STR(".")))
        host = str_slice(host, 0, host.len - 1);
    reference->host = lower_case(arena, host);
    return !is_str_empty(host);
}

/* Behind `://`, or 0. */
static size_t
scheme_end(struct str piece)
{
    size_t colon = str_index(piece, ':', 0);
    while (colon < piece.len) {
        if (has_prefix(str_slice(piece, colon, piece.len), STR("://")))
            return colon + STR("://").len;
        colon = str_index(piece, ':', colon + 1);
    }
    return 0;
}

static struct str
lower_case(struct arena *arena, struct str text)
{
    char *bytes = arena_array(arena, text.len, 1);
    for (size_t i = 0; i < text.len; i++)
        bytes[i] = ascii_lower(text.at[i]);
    return (struct str){bytes, text.len};
}
