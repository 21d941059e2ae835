#include "emit/zones.h"

#include "ir/ir.h"

#include <criterion/criterion.h>

static struct arena *arena;
static struct ir ir;
static struct zone zone;
static struct record records[8];
static struct value name_servers[2];
static struct value name_server_list;

static struct value *
text_value(const char *text)
{
    struct value *value = arena_new(arena, sizeof *value);
    value->kind = VALUE_TEXT;
    value->text = str_from(text);
    return value;
}

static struct value *
number_value(int64_t number)
{
    struct value *value = arena_new(arena, sizeof *value);
    value->kind = VALUE_NUMBER;
    value->number = number;
    return value;
}

static struct value *
hole_value(const char *name)
{
    struct value *value = text_value(name);
    value->kind = VALUE_HOLE;
    return value;
}

static void
open_zone(void)
{
    arena = arena_open();
    name_servers[0] = *text_value("ns1.example.net");
    name_servers[1] = *text_value("ns2.example.net");
    name_server_list = (struct value){
        .kind = VALUE_LIST, .items = name_servers, .item_count = 2};
    zone = (struct zone){.name = STR("example.com"),
                         .nameservers = &name_server_list,
                         .contact = text_value("first.last@example.com"),
                         .ttl = number_value(300),
                         .refresh = number_value(7200000),
                         .retry = number_value(900000),
                         .expire = number_value(1209600000),
                         .minimum = number_value(300000),
                         .records = records};
    ir = (struct ir){.zones = &zone, .zone_count = 1};
    ir.output.dns = text_value("dns");
}

static void
close_zone(void)
{
    arena_close(arena);
}

TestSuite(zones, .init = open_zone, .fini = close_zone);

static struct record *
add_record(const char *owner, enum record_type type)
{
    struct record *record = &records[zone.record_count++];
    *record = (struct record){
        .owner = str_from(owner), .type = type, .ttl_seconds = 300};
    return record;
}

static struct documents
emit(const char *previous)
{
    struct model model = {&ir};
    struct str file = str_from(previous);
    struct documents documents;
    documents_init(&documents, arena);
    documents.scratch = arena;
    emit_zones(&model, (struct zone_history){.files = &file, .count = 1},
               &documents);
    return documents;
}

static struct str
content_of(const struct documents *documents, const char *path)
{
    for (size_t i = 0; i < document_count(documents); i++) {
        const struct document *document = document_at(documents, i);
        if (is_str_equal(document->path, str_from(path)))
            return buf_str(&document->content);
    }
    return STR("");
}

static bool
has_text(struct str text, const char *part)
{
    struct str wanted = str_from(part);
    for (size_t i = 0; i + wanted.len <= text.len; i++) {
        if (is_str_equal(str_slice(text, i, i + wanted.len), wanted))
            return true;
    }
    return false;
}

static void
expect_text(struct str text, const char *part)
{
    cr_expect(has_text(text, part), "no `%s` in:\n%.*s", part, (int)text.len,
              text.at);
}

Test(zones, writes_a_master_file)
{
    add_record("www.example.com", RECORD_A)->fields[0] =
        text_value("93.184.215.14");
    add_record("example.com", RECORD_NS)->fields[0] =
        text_value("ns1.example.net");
    struct documents documents = emit("");
    struct str file = content_of(&documents, "dns/example.com.zone");
    const char *wanted =
        "$ORIGIN example.com.\n"
        "$TTL 300\n"
        "\n"
        "; Behind the two names of the SOA: serial, refresh, retry, expire, "
        "minimum.\n"
        "example.com.      300    IN  SOA    ns1.example.net. "
        "first\\.last.example.com. 1 7200 900 1209600 300\n"
        "example.com.      300    IN  NS     ns1.example.net.\n"
        "www.example.com.  300    IN  A      93.184.215.14\n";
    cr_expect(has_suffix(file, str_from(wanted)), "%.*s", (int)file.len,
              file.at);
}

Test(zones, sorts_names_types_and_priorities)
{
    struct record *mx = add_record("example.com", RECORD_MX);
    mx->fields[0] = number_value(20);
    mx->fields[1] = text_value("b.example.net");
    mx = add_record("example.com", RECORD_MX);
    mx->fields[0] = number_value(5);
    mx->fields[1] = text_value("a.example.net");
    add_record("a.b.example.com", RECORD_A)->fields[0] =
        text_value("192.0.2.1");
    add_record("b.example.com", RECORD_A)->fields[0] = text_value("192.0.2.2");
    add_record("example.com", RECORD_A)->fields[0] = text_value("192.0.2.3");
    struct documents documents = emit("");
    struct str file = content_of(&documents, "dns/example.com.zone");
    static const char *const order[] = {
        "192.0.2.3\n", "5 a.example.net.\n", "20 b.example.net.\n",
        "192.0.2.2\n", "192.0.2.1\n",
    };
    for (size_t i = 0; i < sizeof order / sizeof *order; i++) {
        cr_expect(has_text(file, order[i]), "%s", order[i]);
        while (!has_prefix(file, str_from(order[i])) && file.len > 0)
            file = str_slice(file, 1, file.len);
    }
}

Test(zones, leaves_out_what_waits)
{
    add_record("api.example.com", RECORD_A)->fields[0] = hole_value("INGRESS");
    struct documents documents = emit("");
    expect_text(content_of(&documents, "dns/example.com.zone"),
                "\n; waits for ?INGRESS: api.example.com. A\n");
    expect_text(content_of(&documents, "dns/example.com.md"),
                "waits for `?INGRESS`");
}

Test(zones, has_no_file_while_its_soa_waits)
{
    zone.contact = hole_value("WHO");
    struct documents documents = emit("");
    cr_expect_eq(document_count(&documents), 1);
    expect_text(content_of(&documents, "dns/example.com.md"),
                "| SOA | waits for `?WHO` |");
    zone.contact = NULL;
    zone.nameservers = NULL;
    documents = emit("");
    cr_expect_eq(document_count(&documents), 1);
}

Test(zones, keeps_and_raises_the_serial)
{
    add_record("a.example.com", RECORD_TXT)->fields[0] = text_value("one");
    struct documents documents = emit("");
    struct str first = content_of(&documents, "dns/example.com.zone");
    expect_text(first, " 1 7200 ");
    const char *previous = arena_cstr(arena, first);
    documents = emit(previous);
    cr_expect(
        is_str_equal(content_of(&documents, "dns/example.com.zone"), first));
    records[0].fields[0] = text_value("two");
    documents = emit(previous);
    expect_text(content_of(&documents, "dns/example.com.zone"), " 2 7200 ");
}

/* A reader must see where a name ends, however long it is. */
Test(zones, parts_a_name_that_is_wider_than_its_column)
{
    add_record("a123456789-b123456789-c123456789-d123456789.example.com",
               RECORD_A)
        ->fields[0] = text_value("192.0.2.1");
    struct documents documents = emit("");
    expect_text(content_of(&documents, "dns/example.com.zone"),
                "d123456789.example.com.  300    IN  A      192.0.2.1\n");
}

Test(zones, quotes_texts_for_both_readers)
{
    struct record *caa = add_record("example.com", RECORD_CAA);
    caa->fields[0] = number_value(0);
    caa->fields[1] = text_value("iodef");
    caa->fields[2] = text_value("mailto:a\"b@example.com");
    add_record("t.example.com", RECORD_TXT)->fields[0] =
        text_value("a|b\n; $INCLUDE /etc/passwd");
    struct documents documents = emit("");
    struct str file = content_of(&documents, "dns/example.com.zone");
    expect_text(file, "0 iodef \"mailto:a\\\"b@example.com\"\n");
    expect_text(file, "\"a|b\\010; $INCLUDE /etc/passwd\"\n");
    expect_text(content_of(&documents, "dns/example.com.md"), "iodef");
}

Test(zones, writes_nothing_without_a_folder)
{
    ir.output.dns = hole_value("FOLDER");
    struct documents documents = emit("");
    cr_expect_eq(document_count(&documents), 0);
}
