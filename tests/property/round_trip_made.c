/*
 * What is made of a program, and how two of these differ.
 */
#include "round_trip_made.h"

#include "round_trip_said.h"
#include "round_trip_shell.h"
#include "support/yaml_compare.h"
#include "support/yaml_types.h"

#include <stdlib.h>
#include <string.h>

enum brx_status
read_program(void *context, struct brx_text path, struct brx_text *text)
{
    const struct str *program = context;
    struct str name = {path.at, path.len};
    *text = brx_text("no such file");
    if (is_str_equal(name, STR("m.brx")))
        *text = (struct brx_text){program->at, program->len};
    else if (is_str_equal(name, STR("conf.txt")))
        *text = brx_text("hello\n");
    else
        return BRX_CANNOT_READ;
    return BRX_OK;
}

static struct str
copied(struct arena *arena, struct brx_text text)
{
    return arena_copy(arena, (struct str){text.at, text.len});
}

/* JSON is YAML, too. */
static bool
is_yaml(struct str path)
{
    return has_suffix(path, STR(".yaml")) || has_suffix(path, STR(".yml")) ||
           has_suffix(path, STR(".json"));
}

static void
take_documents(struct arena *arena, struct brx *brx, struct made *made)
{
    struct vec list;
    struct brx_selection selection = {
        .size = sizeof selection,
        .targets = BRX_KUBERNETES | BRX_FLAT | BRX_CI | BRX_MONITORING |
                   BRX_SCRIPTS | BRX_HOSTING | BRX_DOCS,
        .is_flat = true};
    vec_init(&list, arena, sizeof(struct document));
    if (brx_emit(brx, &selection) != BRX_OK)
        abort();
    for (size_t i = 0; i < brx_document_count(brx); i++) {
        struct brx_document document = brx_document(brx, i);
        struct str path = copied(arena, document.path);
        if (!has_suffix(path, STR(".zone")))
            *(struct document *)vec_add(&list) =
                (struct document){path, copied(arena, document.content)};
    }
    add_pictures(arena, brx, &list);
    made->documents = list.items;
    made->document_count = list.count;
}

struct made
make_program(struct arena *arena, struct str program)
{
    struct brx_options options = brx_default_options();
    struct made made = {0};
    options.read = read_program;
    options.read_context = &program;
    struct brx *brx = brx_open(&options);
    if (brx == NULL || brx_compile(brx, brx_text("m.brx")) != BRX_OK)
        abort();
    made.is_refused = brx_error_count(brx) > 0;
    made.fault = fault_of_messages(arena, brx);
    if (made.is_refused) {
        made.messages = arena_format(
            arena, "{}{}",
            STRS(copied(arena, brx_messages(brx, BRX_SHORT, BRX_NO_COLOR)),
                 program.len < 4000 ? program : STR("")));
        made.has_place = has_prefix(made.messages, STR("m.brx:"));
    } else {
        take_documents(arena, brx, &made);
    }
    brx_close(brx);
    return made;
}

/* ---- two of them -------------------------------------------------------- */

struct str
replaced(struct arena *arena, struct str text, struct str mark, struct str by)
{
    struct buf buf;
    buf_init(&buf, arena);
    for (size_t i = 0; i < text.len;) {
        if (i + mark.len <= text.len &&
            memcmp(text.at + i, mark.at, mark.len) == 0) {
            buf_add(&buf, by);
            i += mark.len;
        } else {
            buf_byte(&buf, text.at[i++]);
        }
    }
    return buf_str(&buf);
}

/* A text that holds the mark is a text, whatever stands in its place. */
static void
put_text(struct arena *arena, struct yaml_node *node, struct str mark,
         struct str text)
{
    for (; node != NULL; node = node->next) {
        struct str now = replaced(arena, node->text, mark, text);
        if (!is_str_equal(now, node->text))
            node->is_plain = false;
        node->text = now;
        put_text(arena, node->child, mark, text);
    }
}

/* Kubernetes reads `$$(` in commands and variables as `$(`. */
static bool
is_expanded(struct arena *arena, struct str wanted, struct str found)
{
    return is_str_equal(wanted,
                        replaced(arena, found, STR("$$("), STR("$("))) ||
           is_str_equal(replaced(arena, wanted, STR("$$"), STR("$")),
                        replaced(arena,
                                 replaced(arena, found, STR("$$$"), STR("$")),
                                 STR("$$"), STR("$")));
}

/* `NAME-HASH`, anywhere in it: content that differs has another one. */
static bool
is_hashed(struct str wanted, struct str found)
{
    bool is_hash = false;
    if (wanted.len != found.len)
        return false;
    for (size_t i = 0; i < wanted.len; i++) {
        is_hash = (is_hash && is_ascii_alnum(wanted.at[i])) ||
                  (i > 0 && wanted.at[i - 1] == '-');
        if (wanted.at[i] != found.at[i] &&
            !(is_hash && is_ascii_alnum(found.at[i])))
            return false;
    }
    return true;
}

static bool
is_meant(struct arena *arena, const struct yaml_difference *difference)
{
    const struct yaml_node *wanted = difference->left;
    const struct yaml_node *found = difference->right;
    return wanted != NULL && found != NULL && wanted->shape == SHAPE_TEXT &&
           found->shape == SHAPE_TEXT &&
           !is_str_equal(wanted->text, found->text) &&
           (is_expanded(arena, wanted->text, found->text) ||
            is_hashed(wanted->text, found->text));
}

/* The text without quotes, where some reader takes it for something else. */
static bool
has_bare(const struct yaml_node *node, struct str text)
{
    for (; node != NULL; node = node->next) {
        bool is_bare = node->is_plain && is_str_equal(node->text, text) &&
                       (yaml_type_1_1(text) != TYPE_TEXT ||
                        yaml_type_1_2(text) != TYPE_TEXT);
        if (is_bare || has_bare(node->child, text))
            return true;
    }
    return false;
}

static struct str
compare_documents(struct arena *arena, const struct document *good,
                  const struct document *bad, struct str mark, struct str text)
{
    struct yaml_stream wanted = read_yaml_libyaml(arena, good->content);
    struct yaml_stream found = read_yaml_libyaml(arena, bad->content);
    struct vec differences;
    vec_init(&differences, arena, sizeof(struct yaml_difference));
    if (!is_str_empty(found.message))
        return arena_format(arena, "{}: {}", STRS(bad->path, found.message));
    if (yaml_document_count(&wanted) != yaml_document_count(&found))
        return arena_format(arena, "{}: other documents", STRS(bad->path));
    for (size_t i = 0; i < yaml_document_count(&wanted); i++) {
        struct yaml_node **document = vec_at(&wanted.documents, i);
        if (has_bare(yaml_document_at(&found, i), text) &&
            !has_bare(*document, text))
            return arena_format(arena, "{}: it stands without quotes",
                                STRS(bad->path));
        put_text(arena, *document, mark, text);
        yaml_compare(arena, COMPARE_OBJECTS, *document,
                     yaml_document_at(&found, i), &differences);
    }
    for (size_t i = 0; i < differences.count; i++) {
        const struct yaml_difference *difference = vec_at(&differences, i);
        if (is_meant(arena, difference))
            continue;
        struct buf buf;
        buf_init(&buf, arena);
        buf_format(&buf, "{}: {}: ", STRS(bad->path, difference->path));
        yaml_describe(&buf, difference, STR(", found "));
        return buf_str(&buf);
    }
    return STR("");
}

static struct str
compare_two(struct arena *arena, const struct document *good,
            const struct document *bad, struct str mark, struct str text)
{
    if (is_yaml(good->path))
        return compare_documents(arena, good, bad, mark, text);
    if (has_suffix(good->path, STR(".sh")))
        return compare_scripts(arena, good, bad, mark, text);
    return compare_forms(arena, good, bad);
}

struct str
compare_made(struct arena *arena, const struct made *harmless,
             const struct made *hostile, struct str mark, struct str text)
{
    if (harmless->document_count != hostile->document_count)
        return STR("there are other files");
    for (size_t i = 0; i < harmless->document_count; i++) {
        const struct document *good = &harmless->documents[i];
        const struct document *bad = &hostile->documents[i];
        struct str fault = compare_two(arena, good, bad, mark, text);
        if (!is_str_empty(fault))
            return fault;
    }
    return STR("");
}
