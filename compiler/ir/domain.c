/*
 * Order and kinship of domain names.
 */
#include "ir/domain.h"

static struct str cut_last_label(struct str *name);
static int compare_labels(struct str a, struct str b);

int
domain_compare(struct str a, struct str b)
{
    while (a.len > 0 && b.len > 0) {
        struct str label_a = cut_last_label(&a);
        struct str label_b = cut_last_label(&b);
        int order = compare_labels(label_a, label_b);
        if (order != 0)
            return order;
    }
    return (a.len > 0) - (b.len > 0);
}

bool
is_domain_inside(struct str name, struct str zone)
{
    if (name.len <= zone.len)
        return is_str_equal_nocase(name, zone);
    size_t start = name.len - zone.len;
    return name.at[start - 1] == '.' &&
           is_str_equal_nocase(str_slice(name, start, name.len), zone);
}

struct str
domain_parent(struct str name)
{
    str_cut(&name, '.');
    return name;
}

struct str
mailbox_domain(struct str mailbox)
{
    (void)str_cut(&mailbox, '@');
    return mailbox;
}

bool
is_wildcard(struct str name)
{
    return has_prefix(name, STR("*.")) || is_str_equal(name, STR("*"));
}

bool
is_name_escape(struct str name, size_t index)
{
    int64_t byte;
    return index + 3 < name.len && name.at[index] == '\\' &&
           str_to_number(str_slice(name, index + 1, index + 4), &byte) &&
           byte <= UINT8_MAX;
}

void
add_label(struct buf *name, struct str label)
{
    bool is_first = name->len == 0;
    if (!is_first)
        buf_byte(name, '.');
    if (is_first && is_str_equal(label, STR("*"))) {
        buf_byte(name, '*');
        return;
    }
    for (size_t i = 0; i < label.len; i++)
        add_label_byte(name, (unsigned char)label.at[i]);
}

struct str
domain_join(struct arena *arena, struct str name, struct str origin)
{
    if (!is_wildcard(origin))
        return arena_format(arena, "{}.{}", STRS(name, origin));
    return arena_format(arena, "{}.\\042{}",
                        STRS(name, str_slice(origin, 1, origin.len)));
}

void
add_label_byte(struct buf *name, unsigned byte)
{
    char plain = ascii_lower((char)byte);
    if (is_ascii_alnum(plain) || plain == '-' || plain == '_') {
        buf_byte(name, plain);
        return;
    }
    buf_byte(name, '\\');
    buf_byte(name, (char)('0' + byte / 100));
    buf_byte(name, (char)('0' + byte / 10 % 10));
    buf_byte(name, (char)('0' + byte % 10));
}

static struct str
cut_last_label(struct str *name)
{
    size_t start = name->len;
    while (start > 0 && name->at[start - 1] != '.')
        start--;
    struct str label = str_slice(*name, start, name->len);
    *name = str_slice(*name, 0, start > 0 ? start - 1 : 0);
    return label;
}

static int
compare_labels(struct str a, struct str b)
{
    for (size_t i = 0; i < a.len && i < b.len; i++) {
        unsigned char byte_a = (unsigned char)ascii_lower(a.at[i]);
        unsigned char byte_b = (unsigned char)ascii_lower(b.at[i]);
        if (byte_a != byte_b)
            return byte_a < byte_b ? -1 : 1;
    }
    return (a.len > b.len) - (a.len < b.len);
}
