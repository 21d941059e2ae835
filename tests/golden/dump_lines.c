/*
 * Lines of a dump, places, and texts made visible.
 */
#include "dump.h"

void
dump_begin(struct dump *dump, const char *what)
{
    buf_repeat(&dump->out, ' ', dump->depth * 4);
    buf_add(&dump->out, str_from(what));
}

static void
add_visible(struct buf *out, char byte)
{
    static const char digits[] = "0123456789abcdef";
    unsigned char code = (unsigned char)byte;
    if (byte == '\n') {
        buf_add(out, STR("\\n"));
    } else if (code < 0x20 || code == 0x7f) {
        buf_add(out, STR("\\x"));
        buf_byte(out, digits[code >> 4]);
        buf_byte(out, digits[code & 0xf]);
    } else {
        buf_byte(out, byte);
    }
}

void
dump_text(struct dump *dump, struct str text)
{
    buf_add(&dump->out, STR(" `"));
    for (size_t i = 0; i < text.len; i++)
        add_visible(&dump->out, text.at[i]);
    buf_byte(&dump->out, '`');
}

/* The main file's name goes without saying. */
void
dump_place(struct dump *dump, struct span span)
{
    struct source_position place = source_locate(dump->map, span.start);
    if (place.file == NULL)
        return;
    buf_byte(&dump->out, ' ');
    if (place.file->start > 0) {
        buf_add(&dump->out, place.file->path);
        buf_byte(&dump->out, ':');
    }
    buf_number(&dump->out, (int64_t)place.line);
    buf_byte(&dump->out, ':');
    buf_number(&dump->out, (int64_t)place.column);
}

void
dump_end(struct dump *dump)
{
    buf_byte(&dump->out, '\n');
}

void
dump_name(struct dump *dump, const char *what, struct str name,
          struct span span)
{
    dump_begin(dump, what);
    dump_text(dump, name);
    dump_place(dump, span);
    dump_end(dump);
}

void
dump_flag(struct dump *dump, const char *what, bool is_set)
{
    if (!is_set)
        return;
    dump_begin(dump, what);
    dump_end(dump);
}
