/*
 * Names of files, their modes, names of objects that hold them, and what picks
 * one image of a name.
 */
#include "resolve/names.h"

enum {
    OBJECT_NAME_MAX = 253,
    MODE_DIGITS_MAX = 4,
    TAG_MAX = 128,
    DIGEST_DIGITS = 64,
};

bool
is_below_path(struct str text)
{
    if (is_str_empty(text) || has_prefix(text, STR("/")) || has_byte(text, ':'))
        return false;
    while (!is_str_empty(text)) {
        if (is_str_equal(str_cut(&text, '/'), STR("..")))
            return false;
    }
    return true;
}

bool
is_owned_pattern(struct str text)
{
    for (size_t i = 0; i < text.len; i++) {
        unsigned char byte = (unsigned char)text.at[i];
        if (byte < ' ' || byte == 0x7f || byte == '[' || byte == ']')
            return false;
    }
    return !is_str_empty(text) && text.at[0] != '!' && text.at[0] != '#' &&
           text.at[0] != ' ';
}

bool
is_file_mode(struct str text)
{
    size_t digits = has_prefix(text, STR("0")) ? text.len - 1 : text.len;
    if (digits != MODE_DIGITS_MAX - 1)
        return false;
    for (size_t i = 0; i < text.len; i++) {
        if (text.at[i] < '0' || text.at[i] > '7')
            return false;
    }
    return true;
}

bool
is_object_name(struct str text)
{
    if (is_str_empty(text) || text.len > OBJECT_NAME_MAX ||
        has_suffix(text, STR(".")))
        return false;
    while (!is_str_empty(text)) {
        struct str label = str_cut(&text, '.');
        for (size_t i = 0; i < label.len; i++) {
            char byte = label.at[i];
            if (!is_ascii_digit(byte) && !(byte >= 'a' && byte <= 'z') &&
                byte != '-')
                return false;
        }
        if (is_str_empty(label) || label.at[0] == '-' ||
            label.at[label.len - 1] == '-')
            return false;
    }
    return true;
}

bool
is_image_tag(struct str text)
{
    if (is_str_empty(text) || text.len > TAG_MAX || text.at[0] == '.' ||
        text.at[0] == '-')
        return false;
    for (size_t i = 0; i < text.len; i++) {
        if (!is_ascii_alnum(text.at[i]) && text.at[i] != '_' &&
            text.at[i] != '.' && text.at[i] != '-')
            return false;
    }
    return true;
}

bool
is_image_digest(struct str text)
{
    struct str prefix = STR("sha256:");
    if (!has_prefix(text, prefix) || text.len != prefix.len + DIGEST_DIGITS)
        return false;
    for (size_t i = prefix.len; i < text.len; i++) {
        if (!is_ascii_digit(text.at[i]) &&
            !(text.at[i] >= 'a' && text.at[i] <= 'f'))
            return false;
    }
    return true;
}
