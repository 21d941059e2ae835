#include "check/images.h"

enum {
    VERSION_PARTS = 3, /* of a version that is released once */
    COMMIT_DIGITS = 7, /* of a commit's short form, at the least */
};

bool
has_image_digest(struct str image)
{
    return has_byte(image, '@');
}

struct str
image_tag(struct str image)
{
    size_t last = 0;
    struct str name = str_cut(&image, '@');
    for (size_t i = 0; i < name.len; i++)
        last = name.at[i] == '/' ? i + 1 : last;
    name = str_slice(name, last, name.len);
    str_cut(&name, ':');
    return name;
}

bool
is_image_fixed(struct str image)
{
    struct str tag = image_tag(image);
    return has_image_digest(image) ||
           (!is_str_empty(tag) && !is_str_equal(tag, STR("latest")));
}

/* `7.2.4` and what has it inside, such as `v7.2.4-alpine`. */
static bool
has_whole_version(struct str tag)
{
    size_t parts = 0;
    for (size_t i = 0; i < tag.len; i++) {
        bool is_start = i == 0 || !is_ascii_digit(tag.at[i - 1]);
        if (!is_ascii_digit(tag.at[i]))
            parts = tag.at[i] == '.' ? parts : 0;
        else if (is_start)
            parts++;
        if (parts == VERSION_PARTS)
            return true;
    }
    return false;
}

/* Hexadecimal digits in a row, with a decimal one among them: a commit, a
 * date, or a build's number. */
static bool
has_commit(struct str tag)
{
    size_t length = 0;
    bool has_digit = false;
    for (size_t i = 0; i < tag.len; i++) {
        char byte = tag.at[i];
        bool is_hex = is_ascii_digit(byte) || (byte >= 'a' && byte <= 'f');
        length = is_hex ? length + 1 : 0;
        has_digit = is_hex && (has_digit || is_ascii_digit(byte));
        if (length >= COMMIT_DIGITS && has_digit)
            return true;
    }
    return false;
}

bool
is_tag_moving(struct str tag)
{
    return !has_whole_version(tag) && !has_commit(tag);
}

bool
is_image_inside(struct str image, struct str registry)
{
    if (image.len <= registry.len || image.at[registry.len] != '/')
        return false;
    struct str head = str_slice(image, 0, registry.len);
    /* Nearly all are spelled alike: they are made of it. */
    return is_str_equal(head, registry) || is_str_equal_nocase(head, registry);
}
