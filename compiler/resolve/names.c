/*
 * Names of Kubernetes objects, of images, and of what a hosting service
 * keeps. Names of the network, time zones and schedules have their own files.
 */
#include "resolve/names.h"

enum {
    DNS_LABEL_MAX = 63,
    CONFIG_KEY_MAX = 253,
    OWNER_MAX = 39,
    REPOSITORY_MAX = 100,
    IMAGE_NAME_MAX = 255,
    PORT_MAX = 65535,
};

static bool is_ascii_lower_alnum(char byte);
static bool is_branch_byte(char byte);
static bool is_branch_component(struct str text);
static bool is_repository_owner(struct str text);
static bool is_repository_name(struct str text);
static bool is_image_host(struct str text);
static bool is_image_domain(struct str text);
static bool is_image_path(struct str text);
static bool is_image_component(struct str text);
static size_t image_separator(struct str text, size_t at);
static bool is_leap_year(int64_t year);

/* RFC 1123 2.1, in the lower case that Kubernetes asks for. */
bool
is_dns_label(struct str text)
{
    if (text.len < 1 || text.len > DNS_LABEL_MAX)
        return false;
    for (size_t i = 0; i < text.len; i++)
        if (!is_ascii_lower_alnum(text.at[i]) && text.at[i] != '-')
            return false;
    return text.at[0] != '-' && text.at[text.len - 1] != '-';
}

/* git check-ref-format(1), rules 1 to 10, and --branch: no leading hyphen and
 * not HEAD. */
bool
is_branch_name(struct str text)
{
    if (has_prefix(text, STR("-")) || has_suffix(text, STR(".")) ||
        is_str_equal(text, STR("@")) || is_str_equal(text, STR("HEAD")))
        return false;
    for (size_t i = 0; i < text.len; i++) {
        char next = i + 1 < text.len ? text.at[i + 1] : '\0';
        if (!is_branch_byte(text.at[i]) || (text.at[i] == '.' && next == '.') ||
            (text.at[i] == '@' && next == '{'))
            return false;
    }
    size_t start = 0;
    while (start <= text.len) {
        size_t end = str_index(text, '/', start);
        if (!is_branch_component(str_slice(text, start, end)))
            return false;
        start = end + 1;
    }
    return true;
}

/* What GitHub makes of a team's name. */
bool
is_team_slug(struct str text)
{
    for (size_t i = 0; i < text.len; i++)
        if (!is_ascii_lower_alnum(text.at[i]) && text.at[i] != '-' &&
            text.at[i] != '_')
            return false;
    return text.len > 0 && text.at[0] != '-' && text.at[text.len - 1] != '-';
}

bool
is_repository(struct str text)
{
    size_t slash = str_index(text, '/', 0);
    return slash < text.len && is_repository_owner(str_slice(text, 0, slash)) &&
           is_repository_name(str_slice(text, slash + 1, text.len));
}

/* The first part must look like a host, or container tools would take it for
 * a path on their default registry. */
bool
is_image_registry(struct str text)
{
    size_t slash = str_index(text, '/', 0);
    if (text.len > IMAGE_NAME_MAX || !is_image_host(str_slice(text, 0, slash)))
        return false;
    return slash == text.len ||
           is_image_path(str_slice(text, slash + 1, text.len));
}

bool
is_image_name(struct str text)
{
    size_t slash = str_index(text, '/', 0);
    if (text.len > IMAGE_NAME_MAX)
        return false;
    if (slash < text.len && is_image_host(str_slice(text, 0, slash)))
        return is_image_path(str_slice(text, slash + 1, text.len));
    return is_image_path(text);
}

bool
is_uuid(struct str text)
{
    if (text.len != 36)
        return false;
    for (size_t i = 0; i < text.len; i++) {
        char lower = ascii_lower(text.at[i]);
        bool is_hex = is_ascii_digit(lower) || (lower >= 'a' && lower <= 'f');
        bool is_hyphen_place = i == 8 || i == 13 || i == 18 || i == 23;
        if (is_hyphen_place ? lower != '-' : !is_hex)
            return false;
    }
    return true;
}

bool
is_date(struct str text)
{
    static const int64_t days[] = {31, 28, 31, 30, 31, 30,
                                   31, 31, 30, 31, 30, 31};
    int64_t year = 0;
    int64_t month = 0;
    int64_t day = 0;
    if (text.len != 10 || text.at[4] != '-' || text.at[7] != '-' ||
        !str_to_number(str_slice(text, 0, 4), &year) ||
        !str_to_number(str_slice(text, 5, 7), &month) ||
        !str_to_number(str_slice(text, 8, 10), &day))
        return false;
    if (month < 1 || month > 12 || day < 1)
        return false;
    bool is_leap_month = month == 2 && is_leap_year(year);
    return day <= days[month - 1] + is_leap_month;
}

bool
is_variable_name(struct str text)
{
    for (size_t i = 0; i < text.len; i++)
        if (!is_ascii_alnum(text.at[i]) && text.at[i] != '_')
            return false;
    return text.len > 0 && !is_ascii_digit(text.at[0]);
}

/* Keys become files of a volume: `.` and what begins with `..` are taken. */
bool
is_config_key(struct str text)
{
    for (size_t i = 0; i < text.len; i++)
        if (!is_ascii_alnum(text.at[i]) && !has_byte(STR("-._"), text.at[i]))
            return false;
    return text.len > 0 && text.len <= CONFIG_KEY_MAX &&
           !is_str_equal(text, STR(".")) && !has_prefix(text, STR(".."));
}

static bool
is_ascii_lower_alnum(char byte)
{
    return is_ascii_alnum(byte) && !is_ascii_upper(byte);
}

static bool
is_branch_byte(char byte)
{
    return (unsigned char)byte > ' ' && byte != 0x7f &&
           !has_byte(STR("~^:?*[\\"), byte);
}

static bool
is_branch_component(struct str text)
{
    return text.len > 0 && text.at[0] != '.' && !has_suffix(text, STR(".lock"));
}

/* A GitHub login; managed users' logins hold one `_`. */
static bool
is_repository_owner(struct str text)
{
    bool was_separator = true;
    for (size_t i = 0; i < text.len; i++) {
        bool is_separator = text.at[i] == '-' || text.at[i] == '_';
        if (!is_separator && !is_ascii_alnum(text.at[i]))
            return false;
        if (is_separator && was_separator)
            return false;
        was_separator = is_separator;
    }
    return text.len <= OWNER_MAX && !was_separator;
}

static bool
is_repository_name(struct str text)
{
    for (size_t i = 0; i < text.len; i++)
        if (!is_ascii_alnum(text.at[i]) && !has_byte(STR("-._"), text.at[i]))
            return false;
    return text.len > 0 && text.len <= REPOSITORY_MAX &&
           !is_str_equal(text, STR(".")) && !is_str_equal(text, STR("..")) &&
           !has_suffix(text, STR(".git"));
}

/* domain [":" port] of the OCI distribution reference grammar, in lower case,
 * and told from a path as container tools do: by a dot, a port, or its name. */
static bool
is_image_host(struct str text)
{
    size_t colon = str_index(text, ':', 0);
    struct str domain = str_slice(text, 0, colon);
    int64_t port = 0;
    if (!is_image_domain(domain))
        return false;
    if (colon == text.len)
        return has_byte(domain, '.') || is_str_equal(domain, STR("localhost"));
    return str_to_number(str_slice(text, colon + 1, text.len), &port) &&
           port >= 1 && port <= PORT_MAX;
}

static bool
is_image_domain(struct str text)
{
    size_t start = 0;
    while (start <= text.len) {
        size_t end = str_index(text, '.', start);
        if (!is_dns_label(str_slice(text, start, end)))
            return false;
        start = end + 1;
    }
    return true;
}

static bool
is_image_path(struct str text)
{
    size_t start = 0;
    while (start <= text.len) {
        size_t end = str_index(text, '/', start);
        if (!is_image_component(str_slice(text, start, end)))
            return false;
        start = end + 1;
    }
    return true;
}

/* path-component = alnum { separator alnum };
 * separator = "." | "_" | "__" | "-" { "-" } */
static bool
is_image_component(struct str text)
{
    size_t at = 0;
    while (at < text.len) {
        if (!is_ascii_lower_alnum(text.at[at]))
            return false;
        while (at < text.len && is_ascii_lower_alnum(text.at[at]))
            at++;
        if (at == text.len)
            return true;
        at += image_separator(text, at);
    }
    return false;
}

static size_t
image_separator(struct str text, size_t at)
{
    size_t end = at;
    if (text.at[at] == '.')
        return 1;
    while (end < text.len && text.at[end] == text.at[at])
        end++;
    if (text.at[at] == '_')
        return end - at > 2 ? 2 : end - at;
    return text.at[at] == '-' ? end - at : 0;
}

static bool
is_leap_year(int64_t year)
{
    return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
}
