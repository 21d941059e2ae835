/*
 * Names of the network: hosts, addresses, mailboxes, URLs. What a host is in
 * a program's own zones is checked elsewhere.
 */
#include "resolve/names.h"

#include "ir/address.h"

enum {
    HOST_MAX = 253, /* RFC 1035 2.3.4, as text */
    LABEL_MAX = 63,
    LOCAL_PART_MAX = 64, /* RFC 5321 4.5.3.1 */
    EMAIL_MAX = 254,
    PORT_MAX = 65535,
};

static enum host_fault label_fault(struct str label);
static bool is_ascii_hex(char byte);
static bool is_dot_atom(struct str text);
static bool is_mail_domain(struct str text);
static bool is_authority(struct str text);
static bool is_url_port(struct str text);
static bool is_url_rest(struct str text);

/* RFC 1123 2.1 allows a digit first; a last dot is DNS's, not a host's. */
enum host_fault
host_fault(struct str text)
{
    if (text.len > HOST_MAX)
        return HOST_NAME_TOO_LONG;
    size_t start = 0;
    while (start <= text.len) {
        size_t end = str_index(text, '.', start);
        enum host_fault fault = label_fault(str_slice(text, start, end));
        if (fault != HOST_OK)
            return fault;
        start = end + 1;
    }
    return HOST_OK;
}

bool
is_ipv4(struct str text)
{
    struct address address;
    return address_read(text, &address) && !address.is_ipv6;
}

bool
is_ipv6(struct str text)
{
    struct address address;
    return address_read(text, &address) && address.is_ipv6;
}

/* RFC 5321 4.1.2 Mailbox, with a dot-string and a full domain (2.3.5). */
bool
is_email(struct str text)
{
    size_t at = str_index(text, '@', 0);
    if (text.len > EMAIL_MAX || at == text.len || at > LOCAL_PART_MAX)
        return false;
    return is_dot_atom(str_slice(text, 0, at)) &&
           is_mail_domain(str_slice(text, at + 1, text.len));
}

/* RFC 3986 3, for http and https; no user and password (RFC 9110 4.2.4). */
bool
is_url(struct str text)
{
    size_t colon = str_index(text, ':', 0);
    struct str scheme = str_slice(text, 0, colon);
    struct str rest = str_slice(text, colon, text.len);
    if (!is_str_equal_nocase(scheme, STR("http")) &&
        !is_str_equal_nocase(scheme, STR("https")))
        return false;
    if (!has_prefix(rest, STR("://")))
        return false;
    rest = str_slice(rest, 3, rest.len);
    size_t end = 0;
    while (end < rest.len && rest.at[end] != '/' && rest.at[end] != '?' &&
           rest.at[end] != '#')
        end++;
    return is_authority(str_slice(rest, 0, end)) &&
           is_url_rest(str_slice(rest, end, rest.len));
}

static enum host_fault
label_fault(struct str label)
{
    if (is_str_empty(label))
        return HOST_EMPTY_LABEL;
    if (label.len > LABEL_MAX)
        return HOST_LABEL_TOO_LONG;
    for (size_t i = 0; i < label.len; i++) {
        if (label.at[i] == '_')
            return HOST_UNDERSCORE;
        if (!is_ascii_alnum(label.at[i]) && label.at[i] != '-')
            return HOST_BAD_CHARACTER;
    }
    if (label.at[0] == '-' || label.at[label.len - 1] == '-')
        return HOST_HYPHEN_EDGE;
    return HOST_OK;
}

static bool
is_ascii_hex(char byte)
{
    char lower = ascii_lower(byte);
    return is_ascii_digit(byte) || (lower >= 'a' && lower <= 'f');
}

/* Dot-string = Atom *("." Atom); atext is of RFC 5322 3.2.3. */
static bool
is_dot_atom(struct str text)
{
    bool was_dot = true;
    for (size_t i = 0; i < text.len; i++) {
        bool is_dot = text.at[i] == '.';
        if (is_dot && was_dot)
            return false;
        if (!is_dot && !is_ascii_alnum(text.at[i]) &&
            !has_byte(STR("!#$%&'*+-/=?^_`{|}~"), text.at[i]))
            return false;
        was_dot = is_dot;
    }
    return !was_dot;
}

/* A full domain whose last label is no number, as an address's would be. */
static bool
is_mail_domain(struct str text)
{
    return has_byte(text, '.') && host_fault(text) == HOST_OK && !is_ipv4(text);
}

/* authority = host [":" port]; an IPv6 address stands in brackets. */
static bool
is_authority(struct str text)
{
    if (has_prefix(text, STR("["))) {
        size_t close = str_index(text, ']', 0);
        return close < text.len && is_ipv6(str_slice(text, 1, close)) &&
               is_url_port(str_slice(text, close + 1, text.len));
    }
    size_t colon = str_index(text, ':', 0);
    return host_fault(str_slice(text, 0, colon)) == HOST_OK &&
           is_url_port(str_slice(text, colon, text.len));
}

/* Nothing, or a colon and a port in range. */
static bool
is_url_port(struct str text)
{
    int64_t number = 0;
    return is_str_empty(text) ||
           (text.at[0] == ':' &&
            str_to_number(str_slice(text, 1, text.len), &number) &&
            number >= 1 && number <= PORT_MAX);
}

/* Path, query and fragment: pchar, `/`, `?`, one `#`, `%` with two digits. */
static bool
is_url_rest(struct str text)
{
    size_t fragments = 0;
    for (size_t i = 0; i < text.len; i++) {
        char byte = text.at[i];
        if (byte == '%') {
            if (i + 2 >= text.len || !is_ascii_hex(text.at[i + 1]) ||
                !is_ascii_hex(text.at[i + 2]))
                return false;
            i += 2;
        } else if (byte == '#') {
            fragments++;
        } else if (!is_ascii_alnum(byte) &&
                   !has_byte(STR("-._~!$&'()*+,;=:@/?"), byte)) {
            return false;
        }
    }
    return fragments <= 1;
}

/* Are all bits behind the first `bits` zero? */
static bool
is_prefix(const struct address *address, unsigned bits)
{
    unsigned size = address->is_ipv6 ? IPV6_BYTES : IPV4_BYTES;
    for (unsigned bit = bits; bit < size * 8; bit++) {
        if ((address->bytes[bit / 8] & (0x80U >> bit % 8)) != 0)
            return false;
    }
    return true;
}

bool
is_address_block(struct str text)
{
    struct address address;
    struct str rest = text;
    struct str head = str_cut(&rest, '/');
    int64_t bits = 0;
    return address_read(head, &address) && str_to_number(rest, &bits) &&
           bits <= (address.is_ipv6 ? 128 : 32) &&
           (rest.len == 1 || rest.at[0] != '0') &&
           is_prefix(&address, (unsigned)bits);
}
