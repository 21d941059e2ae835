/* A master file beside any program: what is said of a host without its dot,
 * wherever its $ORIGIN points, and what is read of a mailbox. */
#include "support/over_text.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>

/* `wanted` stands in what is said of the zone, or there is nothing of D10 where
 * it is NULL. */
static void
expect_dot(char *zone, const char *wanted)
{
    char said[4096] = {0};
    struct brx *brx = open_over_text(zone);
    cr_assert_eq(brx_read_zone(brx, brx_text("live.zone")), BRX_OK);
    struct brx_text text = brx_messages(brx, BRX_HUMAN, BRX_NO_COLOR);
    cr_assert_lt(text.len, sizeof said);
    memcpy(said, text.at, text.len);
    if (wanted == NULL)
        cr_expect_null(strstr(said, "[D10]"), "%s", said);
    else
        cr_expect_not_null(strstr(said, wanted), "%s", said);
    brx_close(brx);
}

#define APEX(name)                                                             \
    "$TTL 300\n" name                                                          \
    ". SOA ns1.example.net. dns.example.net. 1 7200 900 1209600 300\n" name    \
    ". NS ns1.example.net.\n" name ". NS ns2.example.net.\n" name              \
    ". CAA 0 issue \"ca.example\"\n"

Test(zone, a_host_without_its_dot_is_named_as_it_is_written)
{
    char at_zone[] = APEX("example.com") "$ORIGIN example.com.\n"
                                         "www CNAME www.example.net\n";
    char below[] = APEX("example.com") "$ORIGIN sub.example.com.\n"
                                       "www CNAME www.example.net\n";
    expect_dot(at_zone, "if `www.example.net` is meant, write "
                        "`www.example.net.` with a dot at its end");
    expect_dot(below, "if `www.example.net` is meant, write "
                      "`www.example.net.` with a dot at its end");
}

Test(zone, a_dot_adds_nothing_where_the_origin_is_the_root)
{
    char apex[] = APEX("example.com") "$ORIGIN .\n"
                                      "www.example.com CNAME example.com\n";
    char nowhere[] =
        APEX("example.com") "$ORIGIN .\n"
                            "www.example.com CNAME a.example.com\n";
    expect_dot(apex, NULL);
    expect_dot(nowhere, NULL);
}

Test(zone, a_host_may_be_the_zone_by_an_origin_above_it)
{
    char zone[] = APEX("a.example.com") "$ORIGIN com.\n"
                                        "www.a.example CNAME a.example\n";
    expect_dot(zone, NULL);
}

/* The SOA's mailbox, as it is read and as it is written again. */
static void
expect_mailbox(const char *mailbox, const char *wanted)
{
    char zone[512];
    char line[512];
    (void)snprintf(zone, sizeof zone,
                   "$TTL 300\nexample.com. SOA ns1.example.net. %s "
                   "1 7200 900 1209600 300\n",
                   mailbox);
    (void)snprintf(line, sizeof line, " ns1.example.net. %s 1 ", wanted);
    struct brx *brx = open_over_text(zone);
    cr_assert_eq(brx_read_zone(brx, brx_text("live.zone")), BRX_OK);
    struct brx_text text = brx_zone_text(brx);
    char said[1024] = {0};
    cr_assert_lt(text.len, sizeof said);
    memcpy(said, text.at, text.len);
    cr_expect_not_null(strstr(said, line), "%s: %s", mailbox, said);
    brx_close(brx);
}

Test(zone, a_mailbox_stays_the_name_that_it_is)
{
    expect_mailbox("dns.example.net.", "dns.example.net.");
    expect_mailbox("dns\\.team.example.net.", "dns\\.team.example.net.");
    expect_mailbox("dns\\.team.", "dns\\.team.");
    expect_mailbox("dns\\@host.", "dns\\064host.");
    expect_mailbox("dns\\@host.net.", "dns\\064host.net.");
    expect_mailbox("root.", "root.");
    expect_mailbox(".", ".");
}
