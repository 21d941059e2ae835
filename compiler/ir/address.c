/*
 * Reading IP addresses.
 */
#include "ir/address.h"

#include <string.h>

enum { IPV6_GROUPS = 8, GROUP_DIGITS = 4, IPV6_DIGITS = 32 };

/* What stands on one side of `::`, or the whole address without one. */
struct groups {
    unsigned numbers[IPV6_GROUPS];
    size_t count;
};

static bool read_ipv4(struct str text, unsigned char *bytes);
static bool read_ipv6(struct str text, unsigned char *bytes);
static size_t gap_find(struct str text);
static bool read_groups(struct str text, struct groups *groups);
static bool add_ipv4_groups(struct groups *groups, struct str text);
static bool add_group(struct groups *groups, struct str text);
static struct str reverse_from(struct arena *arena,
                               const struct address *address, size_t count);
static void write_ipv6(struct buf *buf, const unsigned char *bytes);
static size_t zeros_at(const unsigned char *bytes, size_t index);
static void write_hex(struct buf *buf, unsigned number);
static void write_group(unsigned char *bytes, size_t index, unsigned number);

bool
address_read(struct str text, struct address *address)
{
    *address = (struct address){.is_ipv6 = has_byte(text, ':')};
    return address->is_ipv6 ? read_ipv6(text, address->bytes)
                            : read_ipv4(text, address->bytes);
}

void
address_write(struct buf *buf, const struct address *address)
{
    if (address->is_ipv6) {
        write_ipv6(buf, address->bytes);
        return;
    }
    for (size_t i = 0; i < IPV4_BYTES; i++) {
        if (i > 0)
            buf_byte(buf, '.');
        buf_number(buf, address->bytes[i]);
    }
}

struct str
address_reverse(struct arena *arena, const struct address *address)
{
    return reverse_from(arena, address,
                        address->is_ipv6 ? IPV6_DIGITS : IPV4_BYTES);
}

struct str
block_reverse(struct arena *arena, struct str block)
{
    struct address address;
    int64_t bits;
    struct str text = str_cut(&block, '/');
    if (!address_read(text, &address) || !str_to_number(block, &bits))
        return STR("");
    int64_t step = address.is_ipv6 ? 4 : 8;
    int64_t most = address.is_ipv6 ? IPV6_BYTES * 8 : IPV4_BYTES * 8;
    if (bits < step || bits > most || bits % step != 0)
        return STR("");
    return reverse_from(arena, &address, (size_t)(bits / step));
}

/* The first `count` bytes of an IPv4 address, or digits of an IPv6 one. */
static struct str
reverse_from(struct arena *arena, const struct address *address, size_t count)
{
    struct buf buf;
    buf_init(&buf, arena);
    for (size_t i = count; i > 0; i--) {
        unsigned byte = address->bytes[address->is_ipv6 ? (i - 1) / 2 : i - 1];
        if (address->is_ipv6)
            write_hex(&buf, (i - 1) % 2 == 0 ? byte >> 4 : byte & 0xf);
        else
            buf_number(&buf, byte);
        buf_byte(&buf, '.');
    }
    buf_add(&buf, address->is_ipv6 ? STR("ip6.arpa") : STR("in-addr.arpa"));
    return buf_str(&buf);
}

bool
is_address_equal(const struct address *a, const struct address *b)
{
    return a->is_ipv6 == b->is_ipv6 &&
           memcmp(a->bytes, b->bytes, IPV6_BYTES) == 0;
}

bool
is_address_inside(const struct address *address, const struct address *block,
                  unsigned bits)
{
    if (address->is_ipv6 != block->is_ipv6)
        return false;
    size_t whole = bits / 8;
    if (memcmp(address->bytes, block->bytes, whole) != 0)
        return false;
    unsigned rest = bits % 8;
    unsigned mask = 0xFFU << (8 - rest) & 0xFFU;
    return rest == 0 ||
           ((unsigned)(address->bytes[whole] ^ block->bytes[whole]) & mask) ==
               0;
}

static bool
read_ipv4(struct str text, unsigned char *bytes)
{
    for (size_t i = 0; i < IPV4_BYTES; i++) {
        bool is_last = i + 1 == IPV4_BYTES;
        if (has_byte(text, '.') == is_last)
            return false;
        struct str part = str_cut(&text, '.');
        int64_t number;
        if (part.len > 3 || (part.len > 1 && part.at[0] == '0') ||
            !str_to_number(part, &number) || number > UINT8_MAX)
            return false;
        bytes[i] = (unsigned char)number;
    }
    return true;
}

static bool
read_ipv6(struct str text, unsigned char *bytes)
{
    struct groups head = {.count = 0};
    struct groups tail = {.count = 0};
    size_t gap = gap_find(text);
    if (gap == text.len) {
        if (!read_groups(text, &head) || head.count != IPV6_GROUPS)
            return false;
    } else if (!read_groups(str_slice(text, 0, gap), &head) ||
               !read_groups(str_slice(text, gap + 2, text.len), &tail) ||
               has_byte(str_slice(text, 0, gap), '.') ||
               head.count + tail.count >= IPV6_GROUPS) {
        return false;
    }
    for (size_t i = 0; i < head.count; i++)
        write_group(bytes, i, head.numbers[i]);
    for (size_t i = 0; i < tail.count; i++)
        write_group(bytes, IPV6_GROUPS - tail.count + i, tail.numbers[i]);
    return true;
}

/* Where `::` begins, or the text's length. */
static size_t
gap_find(struct str text)
{
    for (size_t i = 0; i + 1 < text.len; i++) {
        if (text.at[i] == ':' && text.at[i + 1] == ':')
            return i;
    }
    return text.len;
}

static bool
read_groups(struct str text, struct groups *groups)
{
    if (text.len == 0)
        return true;
    if (text.at[text.len - 1] == ':')
        return false;
    while (text.len > 0) {
        bool is_last = !has_byte(text, ':');
        struct str group = str_cut(&text, ':');
        bool is_read = is_last && has_byte(group, '.')
                           ? add_ipv4_groups(groups, group)
                           : add_group(groups, group);
        if (!is_read)
            return false;
    }
    return true;
}

/* The last 32 bits may be written as an IPv4 address (RFC 4291 2.2, 3). */
static bool
add_ipv4_groups(struct groups *groups, struct str text)
{
    unsigned char bytes[IPV4_BYTES];
    if (groups->count + 2 > IPV6_GROUPS || !read_ipv4(text, bytes))
        return false;
    groups->numbers[groups->count++] = bytes[0] * 256U + bytes[1];
    groups->numbers[groups->count++] = bytes[2] * 256U + bytes[3];
    return true;
}

static bool
add_group(struct groups *groups, struct str text)
{
    if (text.len == 0 || text.len > GROUP_DIGITS ||
        groups->count == IPV6_GROUPS)
        return false;
    unsigned number = 0;
    for (size_t i = 0; i < text.len; i++) {
        int digit = hex_digit(text.at[i]);
        if (digit < 0)
            return false;
        number = number * 16 + (unsigned)digit;
    }
    groups->numbers[groups->count++] = number;
    return true;
}

static void
write_group(unsigned char *bytes, size_t index, unsigned number)
{
    bytes[2 * index] = (unsigned char)(number >> 8);
    bytes[2 * index + 1] = (unsigned char)(number & 0xFF);
}

/* The longest run of two zero groups or more, the first of equals, is `::`. */
static void
write_ipv6(struct buf *buf, const unsigned char *bytes)
{
    size_t gap = IPV6_GROUPS;
    size_t gap_len = 1;
    for (size_t i = 0; i < IPV6_GROUPS; i++) {
        size_t len = zeros_at(bytes, i);
        if (len > gap_len) {
            gap = i;
            gap_len = len;
        }
    }
    for (size_t i = 0; i < IPV6_GROUPS; i++) {
        if (i == gap) {
            buf_add(buf, STR("::"));
            i += gap_len - 1;
            continue;
        }
        if (i > 0 && i != gap + gap_len)
            buf_byte(buf, ':');
        write_hex(buf, (unsigned)bytes[2 * i] << 8 | bytes[2 * i + 1]);
    }
}

static size_t
zeros_at(const unsigned char *bytes, size_t index)
{
    size_t len = 0;
    while (index + len < IPV6_GROUPS && bytes[2 * (index + len)] == 0 &&
           bytes[2 * (index + len) + 1] == 0)
        len++;
    return len;
}

static void
write_hex(struct buf *buf, unsigned number)
{
    static const char digits[] = "0123456789abcdef";
    bool is_started = false;
    for (unsigned shift = 16; shift > 0; shift -= 4) {
        unsigned digit = number >> (shift - 4) & 0xf;
        is_started = is_started || digit != 0 || shift == 4;
        if (is_started)
            buf_byte(buf, digits[digit]);
    }
}
