/*
 * Is a text a legal name of its kind? Pure questions about text; each names
 * the source of its rule.
 */
#ifndef RESOLVE_NAMES_H
#define RESOLVE_NAMES_H

#include "base/arena.h"

bool is_dns_label(struct str text);   /* RFC 1123 2.1, lower case, <= 63 */
bool is_branch_name(struct str text); /* git check-ref-format */
bool is_email(struct str text);       /* RFC 5321 4.1.2, without quotes */
bool is_team_slug(struct str text);   /* GitHub: a-z 0-9 - _ */
bool is_repository(struct str text);  /* OWNER/NAME */
bool is_image_registry(
    struct str text);                /* OCI distribution: HOST[:PORT][/PATH] */
bool is_image_name(struct str text); /* the same, without tag and digest */
bool is_image_tag(struct str text);  /* OCI distribution: reference */
bool is_image_digest(struct str text);  /* sha256 and its hex digits */
bool is_uuid(struct str text);          /* RFC 9562 4 */
bool is_date(struct str text);          /* RFC 3339 full-date */
bool is_ipv4(struct str text);          /* RFC 3986 3.2.2 IPv4address */
bool is_ipv6(struct str text);          /* RFC 4291 2.2 */
bool is_variable_name(struct str text); /* POSIX 8.1: [A-Za-z_][A-Za-z0-9_]* */
bool is_config_key(struct str text);    /* Kubernetes ConfigMap data key */
bool is_time_zone(struct str text);     /* a name of the IANA database */
/* ADDRESS/BITS (RFC 4632, RFC 4291 2.3), no bit set behind the prefix. */
bool is_address_block(struct str text);
bool is_url(struct str text); /* RFC 3986, http and https */
/* Relative, without `..`; no `:`, which Kubernetes refuses in some of them. */
bool is_below_path(struct str text);
/* A pattern that a line of CODEOWNERS can hold and GitHub understands: it takes
 * no `!`, no `[a-z]`, and no `#` first, even behind a backslash
 * (docs.github.com, "About code owners"). */
bool is_owned_pattern(struct str text);
bool is_file_mode(struct str text);   /* three octal digits, or 0 and three */
bool is_object_name(struct str text); /* RFC 1123 subdomain, lower case */

/* Five fields of crontab(5), numbers and names in range. */
bool is_cron(struct str text);
/* What is_cron takes, as Kubernetes does: it knows Sunday as 0 and not as 7. */
struct str cron_text(struct arena *arena, struct str text);

/* RFC 1123 host name; what is wrong with one that is not. */
enum host_fault {
    HOST_OK,
    HOST_EMPTY_LABEL,
    HOST_LABEL_TOO_LONG,
    HOST_NAME_TOO_LONG,
    HOST_UNDERSCORE,
    HOST_BAD_CHARACTER,
    HOST_HYPHEN_EDGE,
};
enum host_fault host_fault(struct str text);

#endif
