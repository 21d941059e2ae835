/*
 * How Markdown is put together. What is said stands in the other files.
 */
#include "emit/guides/guide.h"

#include "emit/text/markdown.h"
#include "emit/text/shell.h"
#include "ir/quantity.h"

enum { FENCE_MIN = 3 };

/* ---- blocks ------------------------------------------------------------- */

static void
separate(struct guide *guide)
{
    document_pass(guide->documents, guide->document);
    if (guide->buf->len + guide->document->bytes > 0)
        buf_byte(guide->buf, '\n');
}

void
guide_heading(struct guide *guide, size_t level, struct str title)
{
    separate(guide);
    buf_repeat(guide->buf, '#', level);
    buf_format(guide->buf, " {}\n", STRS(title));
}

void
guide_paragraph(struct guide *guide, const char *template_text,
                struct strs texts)
{
    separate(guide);
    buf_format(guide->buf, template_text, texts);
    buf_byte(guide->buf, '\n');
}

void
guide_list(struct guide *guide)
{
    separate(guide);
}

void
guide_item(struct guide *guide, const char *template_text, struct strs texts)
{
    buf_add(guide->buf, STR("- "));
    buf_format(guide->buf, template_text, texts);
    buf_byte(guide->buf, '\n');
}

void
guide_box(struct guide *guide, const char *template_text, struct strs texts)
{
    buf_add(guide->buf, STR("- [ ] "));
    buf_format(guide->buf, template_text, texts);
    buf_byte(guide->buf, '\n');
}

void
guide_table(struct guide *guide, struct strs titles)
{
    separate(guide);
    guide_row(guide, titles);
    buf_byte(guide->buf, '|');
    for (size_t i = 0; i < titles.count; i++)
        buf_add(guide->buf, STR(" --- |"));
    buf_byte(guide->buf, '\n');
}

void
guide_row(struct guide *guide, struct strs cells)
{
    buf_byte(guide->buf, '|');
    for (size_t i = 0; i < cells.count; i++)
        guide_cell(guide, cells.at[i]);
    guide_row_end(guide);
}

void
guide_row_start(struct guide *guide, const char *title)
{
    buf_byte(guide->buf, '|');
    guide_cell(guide, str_from(title));
}

void
guide_cell(struct guide *guide, struct str cell)
{
    buf_format(guide->buf, is_str_empty(cell) ? "{} |" : " {} |", STRS(cell));
}

void
guide_row_end(struct guide *guide)
{
    buf_byte(guide->buf, '\n');
    document_pass(guide->documents, guide->document);
}

static size_t
fence_of(struct str lines)
{
    size_t run = 0;
    size_t longest = FENCE_MIN - 1;
    for (size_t i = 0; i < lines.len; i++) {
        run = lines.at[i] == '`' ? run + 1 : 0;
        longest = run > longest ? run : longest;
    }
    return longest + 1;
}

void
guide_block(struct guide *guide, const char *language, struct str lines)
{
    size_t fence = fence_of(lines);
    separate(guide);
    buf_repeat(guide->buf, '`', fence);
    buf_format(guide->buf, "{}\n{}", STRS(str_from(language), lines));
    if (!has_suffix(lines, STR("\n")))
        buf_byte(guide->buf, '\n');
    buf_repeat(guide->buf, '`', fence);
    buf_byte(guide->buf, '\n');
}

/* ---- parts of a line ---------------------------------------------------- */

struct str
said(struct guide *guide, struct str text)
{
    struct buf buf;
    buf_init(&buf, guide->arena);
    markdown_text(&buf, text);
    return buf_str(&buf);
}

struct str
code(struct guide *guide, struct str text)
{
    struct buf buf;
    buf_init(&buf, guide->arena);
    markdown_code_cell(&buf, text);
    return buf_str(&buf);
}

struct str
number_text(struct guide *guide, int64_t number)
{
    return arena_number(guide->arena, number);
}

struct str
time_shown(struct guide *guide, int64_t milliseconds)
{
    return duration_text(guide->arena, milliseconds);
}

struct str
long_time(struct guide *guide, int64_t milliseconds)
{
    int64_t minutes = (duration_seconds(milliseconds) + 59) / 60;
    struct buf buf;
    buf_init(&buf, guide->arena);
    if (minutes >= 60)
        buf_format(&buf, "{} h ", STRS(number_text(guide, minutes / 60)));
    if (minutes % 60 > 0 || minutes == 0)
        buf_format(&buf, "{} min", STRS(number_text(guide, minutes % 60)));
    return str_trim(buf_str(&buf));
}

struct str
capitals(struct guide *guide, struct str text)
{
    struct buf buf;
    buf_init(&buf, guide->arena);
    for (size_t i = 0; i < text.len; i++) {
        char byte = text.at[i];
        bool is_small = byte >= 'a' && byte <= 'z';
        buf_byte(&buf, is_small ? (char)(byte - 'a' + 'A') : byte);
    }
    return buf_str(&buf);
}

static void
add_value(struct buf *buf, const struct value *value)
{
    switch (value->kind) {
    case VALUE_RANGE:
        add_value(buf, &value->items[0]);
        if (is_value_equal(&value->items[0], &value->items[1]))
            return;
        buf_add(buf, STR(".."));
        add_value(buf, &value->items[1]);
        return;
    case VALUE_COMPARISON:
        buf_format(buf, "{} ",
                   STRS(str_from(comparison_text(value->comparison))));
        add_value(buf, &value->items[0]);
        return;
    case VALUE_LIST:
        for (size_t i = 0; i < value->item_count; i++) {
            if (i > 0)
                buf_add(buf, STR(", "));
            add_value(buf, &value->items[i]);
        }
        return;
    case VALUE_BOOL:
        buf_add(buf, value->number != 0 ? STR("true") : STR("false"));
        return;
    case VALUE_HOLE:
        buf_format(buf, "?{}", STRS(value->text));
        return;
    case VALUE_NUMBER:
        buf_add(buf, value_number_text(buf->arena, value));
        return;
    case VALUE_TEXT:
    case VALUE_POISON:
        buf_add(buf, value->text);
        return;
    }
}

struct str
shown(struct guide *guide, const struct value *value)
{
    struct buf buf;
    if (value == NULL || is_value_poison(value))
        return STR("–");
    buf_init(&buf, guide->arena);
    add_value(&buf, value);
    struct str text = code(guide, buf_str(&buf));
    if (is_str_empty(text))
        return STR("(empty)");
    return is_value_known(value)
               ? text
               : arena_format(guide->arena, "waits for {}", STRS(text));
}

struct str
shown_list(struct guide *guide, const struct value *value)
{
    struct buf buf;
    if (value == NULL || value->kind != VALUE_LIST || value->item_count == 0)
        return shown(guide, value);
    buf_init(&buf, guide->arena);
    for (size_t i = 0; i < value->item_count; i++)
        buf_format(&buf, i == 0 ? "{}" : ", {}",
                   STRS(shown(guide, &value->items[i])));
    return buf_str(&buf);
}

struct str
word_of(struct guide *guide, struct str text)
{
    static const struct str marks = STR_INIT("-_./:@+,");
    struct buf buf;
    bool is_bare = !is_str_empty(text);
    for (size_t i = 0; i < text.len; i++)
        is_bare = is_bare &&
                  (is_ascii_alnum(text.at[i]) || has_byte(marks, text.at[i]));
    if (is_bare)
        return text;
    buf_init(&buf, guide->arena);
    shell_word(&buf, text);
    return buf_str(&buf);
}

/* ---- links -------------------------------------------------------------- */

/* The next part of a path that leads somewhere. */
static struct str
next_part(struct str *path)
{
    while (!is_str_empty(*path)) {
        struct str part = str_cut(path, '/');
        if (!is_str_empty(part) && !is_str_equal(part, STR(".")))
            return part;
    }
    return STR("");
}

/* Drops the folders that both paths begin with. */
static void
drop_common(struct str *folder, struct str *path)
{
    for (;;) {
        struct str folder_rest = *folder;
        struct str path_rest = *path;
        struct str part = next_part(&folder_rest);
        if (is_str_empty(part) || !is_str_equal(part, next_part(&path_rest)) ||
            is_str_empty(path_rest))
            return;
        *folder = folder_rest;
        *path = path_rest;
    }
}

/* RFC 3986 2.1, of all that is not unreserved or a slash. */
static void
add_address(struct buf *buf, struct str path)
{
    static const char digits[] = "0123456789ABCDEF";
    static const struct str marks = STR_INIT("-._~/");
    for (size_t i = 0; i < path.len; i++) {
        unsigned char byte = (unsigned char)path.at[i];
        if (is_ascii_alnum(path.at[i]) || has_byte(marks, path.at[i])) {
            buf_byte(buf, path.at[i]);
            continue;
        }
        buf_byte(buf, '%');
        buf_byte(buf, digits[byte >> 4]);
        buf_byte(buf, digits[byte & 15]);
    }
}

static struct str
link_to(struct guide *guide, struct str label, struct str path)
{
    struct str folder = guide->folder;
    struct buf buf;
    buf_init(&buf, guide->arena);
    buf_format(&buf, "[{}](", STRS(label));
    drop_common(&folder, &path);
    while (!is_str_empty(next_part(&folder)))
        buf_add(&buf, STR("../"));
    add_address(&buf, path);
    buf_byte(&buf, ')');
    return buf_str(&buf);
}

struct str
file_link(struct guide *guide, struct str path)
{
    return link_to(guide, code(guide, path), path);
}

struct str
named_link(struct guide *guide, const char *label, struct str path)
{
    return link_to(guide, str_from(label), path);
}

/* As GitHub makes it: small letters, blanks as dashes, no other marks. */
struct str
anchor_of(struct arena *arena, const char *title)
{
    struct buf buf;
    buf_init(&buf, arena);
    buf_byte(&buf, '#');
    for (; *title != '\0'; title++) {
        if (is_ascii_alnum(*title) || *title == '-')
            buf_byte(&buf, ascii_lower(*title));
        else if (*title == ' ')
            buf_byte(&buf, '-');
    }
    return buf_str(&buf);
}
