#include "tree/path.h"

#include "base/limits.h"

static bool is_part_safe(struct str part);

bool
is_path_safe(struct str path)
{
    size_t part_count = 0;
    size_t start = 0;
    while (start <= path.len) {
        size_t end = start;
        for (; end < path.len && path.at[end] != '/'; end++) {
            if ((unsigned char)path.at[end] < ' ' || path.at[end] == 0x7f)
                return false;
        }
        if (!is_part_safe(str_slice(path, start, end)))
            return false;
        part_count++;
        start = end + 1;
    }
    return part_count <= LIMIT_OUTPUT_DEPTH + 1;
}

bool
is_path_below(struct str path, struct str folder)
{
    return path.len > folder.len && has_prefix(path, folder) &&
           (folder.len == 0 || path.at[folder.len] == '/');
}

struct str
path_folder(struct str path)
{
    size_t end = path.len;
    while (end > 0 && path.at[end - 1] != '/')
        end--;
    return str_slice(path, 0, end == 0 ? 0 : end - 1);
}

struct str
path_name(struct str path)
{
    size_t folder_len = path_folder(path).len;
    return str_slice(path, folder_len == 0 ? 0 : folder_len + 1, path.len);
}

struct str
path_folded(struct arena *arena, struct str path)
{
    char *folded = arena_array(arena, path.len, 1);
    for (size_t i = 0; i < path.len; i++)
        folded[i] =
            path.at[i] == '/' ? FOLDED_SEPARATOR : ascii_lower(path.at[i]);
    return (struct str){folded, path.len};
}

struct span
document_span(const struct document *document)
{
    if (document->origins.count == 0)
        return NO_SPAN;
    return *(struct span *)vec_at(&document->origins, 0);
}

static bool
is_part_safe(struct str part)
{
    return part.len > 0 && part.len <= PATH_PART_BYTES &&
           !is_str_equal(part, STR(".")) && !is_str_equal(part, STR(".."));
}
