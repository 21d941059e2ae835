#include "resolve/certificates.h"
#include "resolve/routes.h"
#include "resolve/zone_records.h"

#include "base/buf.h"

#include <criterion/criterion.h>

static struct arena *arena;
static struct ir ir;
static struct zone zones[2];
static struct tls tls;
static struct environment environments[2];
static const struct environment *environment_list[2];
static struct ingress ingresses[2];
static struct workload workloads[2];
static const struct workload *workload_lists[2][1];

static struct value *
value_new(enum value_kind kind, const char *text)
{
    struct value *value = arena_new(arena, sizeof *value);
    value->kind = kind;
    value->text = str_from(text);
    return value;
}

static struct value *
list_new(const char *words)
{
    struct value *list = value_new(VALUE_LIST, "");
    struct str rest = str_from(words);
    struct value *items = arena_array(arena, rest.len + 1, sizeof *items);
    while (rest.len > 0)
        items[list->item_count++] =
            (struct value){.kind = VALUE_TEXT, .text = str_cut(&rest, ' ')};
    list->items = items;
    return list;
}

/* Two environments with one workload each, in the zone example.com and in the
 * one below it. */
static void
open_program(void)
{
    arena = arena_open();
    struct value *ttl = value_new(VALUE_NUMBER, "300");
    ttl->number = 300;
    zones[0] = (struct zone){.name = STR("example.com"), .ttl = ttl};
    zones[1] = (struct zone){.name = STR("dev.example.com"), .ttl = ttl};
    for (size_t i = 0; i < 2; i++) {
        ingresses[i] = (struct ingress){
            .address =
                value_new(VALUE_TEXT, i == 0 ? "192.0.2.1" : "2001:db8::1")};
        workloads[i] = (struct workload){.environment = &environments[i]};
        workload_lists[i][0] = &workloads[i];
        environments[i] = (struct environment){.ingress = &ingresses[i],
                                               .workloads = workload_lists[i],
                                               .workload_count = 1};
        environment_list[i] = &environments[i];
    }
    ir = (struct ir){.zones = zones,
                     .zone_count = 2,
                     .environments = environment_list,
                     .environment_count = 2};
}

static void
serve(size_t index, const char *hosts)
{
    workloads[index].hosts = list_new(hosts);
    resolve_served_hosts(arena, &environments[index]);
}

static void
close_program(void)
{
    arena_close(arena);
}

TestSuite(zone_records, .init = open_program, .fini = close_program);
TestSuite(certificates, .init = open_program, .fini = close_program);

/* `owner TYPE target-or-text` for each record of the zone. */
static void
expect_records(const struct zone *zone, const char *wanted)
{
    struct buf found;
    buf_init(&found, arena);
    for (size_t i = 0; i < zone->record_count; i++) {
        const struct record *record = &zone->records[i];
        bool is_caa = record->type == RECORD_CAA;
        const struct value *value = record->fields[is_caa ? 2 : 0];
        buf_format(&found, "{} {} {}{}{}\n",
                   STRS(record->owner, record_name(arena, record),
                        is_caa ? record->fields[1]->text : STR(""),
                        value->kind == VALUE_HOLE ? STR("?") : STR(""),
                        value->text));
        cr_expect_eq(record->ttl_seconds, 300);
    }
    cr_expect(is_str_equal(buf_str(&found), str_from(wanted)), "%.*s",
              (int)found.len, found.at);
}

Test(zone_records, hosts_get_the_address_of_their_ingress)
{
    serve(0, "example.com api.example.com");
    serve(1, "api.dev.example.com elsewhere.net");
    resolve_zone_records(arena, &ir);
    expect_records(&ir.zones[0], "example.com A 192.0.2.1\n"
                                 "api.example.com A 192.0.2.1\n");
    expect_records(&ir.zones[1], "api.dev.example.com AAAA 2001:db8::1\n");
    cr_expect_eq(ir.zones[0].records[0].workload, &workloads[0]);
}

Test(zone_records, one_host_gets_one_record)
{
    serve(0, "a.example.com a.example.com");
    serve(1, "a.example.com");
    resolve_zone_records(arena, &ir);
    expect_records(&ir.zones[0], "a.example.com A 192.0.2.1\n");
}

Test(zone_records, what_is_declared_stays_and_goes_first)
{
    const struct record declared[] = {
        {.owner = STR("a.example.com"),
         .type = RECORD_CNAME,
         .ttl_seconds = 300,
         .fields = {value_new(VALUE_TEXT, "cdn.example.net")}},
        {.owner = STR("b.example.com"),
         .type = RECORD_TXT,
         .ttl_seconds = 300,
         .fields = {value_new(VALUE_TEXT, "x")}},
    };
    zones[0].records = declared;
    zones[0].record_count = 2;
    serve(0, "a.example.com b.example.com");
    resolve_zone_records(arena, &ir);
    expect_records(&ir.zones[0], "a.example.com CNAME cdn.example.net\n"
                                 "b.example.com TXT x\n"
                                 "b.example.com A 192.0.2.1\n");
}

Test(zone_records, an_address_that_waits_makes_an_a_record)
{
    ingresses[0].address = value_new(VALUE_HOLE, "INGRESS");
    ingresses[1].address = value_new(VALUE_POISON, "");
    serve(0, "a.example.com");
    serve(1, "b.example.com");
    resolve_zone_records(arena, &ir);
    expect_records(&ir.zones[0], "a.example.com A ?INGRESS\n");
    environments[0].ingress = NULL;
    environments[1].ingress = NULL;
    zones[0].record_count = 0;
    ir.zones = zones;
    resolve_zone_records(arena, &ir);
    expect_records(&ir.zones[0], "");
}

Test(zone_records, name_servers_and_issuers_are_records)
{
    zones[0].nameservers = list_new("ns1.example.net ns2.example.net");
    zones[0].caa = list_new("letsencrypt.org amazon.com");
    zones[0].report = value_new(VALUE_TEXT, "dns@example.net");
    resolve_zone_records(arena, &ir);
    expect_records(&ir.zones[0],
                   "example.com NS ns1.example.net\n"
                   "example.com NS ns2.example.net\n"
                   "example.com CAA issueletsencrypt.org\n"
                   "example.com CAA issueamazon.com\n"
                   "example.com CAA iodefmailto:dns@example.net\n");
    expect_records(&ir.zones[1], "");
}

static void
expect_names(size_t index, const char *wanted)
{
    struct buf found;
    buf_init(&found, arena);
    cr_assert_lt(index, ir.certificate_count);
    const struct certificate *certificate = &ir.certificates[index];
    for (size_t i = 0; i < certificate->name_count; i++)
        buf_format(&found, "{} ", STRS(certificate->names[i]->text));
    cr_expect(is_str_equal(buf_str(&found), str_from(wanted)), "%.*s",
              (int)found.len, found.at);
}

static void
resolve_with(enum proof proof, enum certificate_names names)
{
    tls = (struct tls){.proof = proof, .names = names};
    ir.tls = &tls;
    serve(0, "b.example.com example.com b.example.com x.example.net");
    serve(1, "a.dev.example.com b.example.com");
    resolve_certificates(arena, &ir);
}

Test(certificates, name_hosts_once_and_in_order)
{
    resolve_with(PROOF_DNS, NAMES_EXACT);
    cr_expect_eq(ir.certificate_count, 2);
    expect_names(0, "b.example.com example.com ");
    expect_names(1, "a.dev.example.com b.example.com ");
    cr_expect_eq(ir.certificates[1].environment, &environments[1]);
}

Test(certificates, prove_any_host_by_http)
{
    resolve_with(PROOF_HTTP, NAMES_EXACT);
    expect_names(0, "b.example.com example.com x.example.net ");
}

Test(certificates, name_each_zone_by_a_wildcard)
{
    resolve_with(PROOF_DNS, NAMES_WILDCARD);
    expect_names(0, "*.example.com ");
    expect_names(1, "*.dev.example.com *.example.com ");
    resolve_with(PROOF_HTTP, NAMES_WILDCARD);
    expect_names(0, "*.example.com x.example.net ");
}

Test(certificates, are_only_made_where_there_are_hosts)
{
    resolve_certificates(arena, &ir);
    cr_expect_eq(ir.certificate_count, 0);
    ir.tls = &tls;
    tls = (struct tls){.proof = PROOF_DNS, .names = NAMES_EXACT};
    serve(0, "elsewhere.net");
    resolve_certificates(arena, &ir);
    cr_expect_eq(ir.certificate_count, 0);
}
