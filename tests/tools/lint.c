/*
 * What broxc promises of a YAML file: two readers find the same in it, every
 * plain text has one type, and its bytes are tidy.
 */
#include "yamlcheck.h"

#include "base/map.h"
#include "support/yaml_compare.h"
#include "support/yaml_types.h"

struct lint {
    struct findings *findings;
    const struct yaml_file *file;
    bool is_workflow;
};

static void lint_lines(const struct lint *lint);
static void lint_line(const struct lint *lint, struct str line,
                      uint32_t number);
static bool is_read(const struct lint *lint, const struct yaml_stream *stream,
                    struct str reader);
static void lint_readings(const struct lint *lint,
                          const struct yaml_stream *one,
                          const struct yaml_stream *two);
static void lint_document(const struct lint *lint,
                          const struct yaml_node *root);
static void lint_node(const struct lint *lint, const struct yaml_node *node);
static void lint_children(const struct lint *lint,
                          const struct yaml_node *node);
static void lint_type(const struct lint *lint, const struct yaml_node *node);
static void lint_keys(const struct lint *lint, const struct yaml_node *map,
                      bool is_root);
static void lint_key(const struct lint *lint, const struct yaml_node *key,
                     bool is_root);
static void report(const struct lint *lint, uint32_t line,
                   const char *template_text, struct strs texts);

size_t
lint_file(struct findings *findings, const struct yaml_file *file,
          bool is_workflow)
{
    struct lint lint = {findings, file, is_workflow};
    lint_lines(&lint);
    struct yaml_stream one = read_yaml_libyaml(findings->arena, file->text);
    struct yaml_stream two = read_yaml_libfyaml(findings->arena, file->text);
    bool is_read_by_one = is_read(&lint, &one, STR("libyaml"));
    bool is_read_by_two = is_read(&lint, &two, STR("libfyaml"));
    if (!is_read_by_one || !is_read_by_two) {
        return 0;
    }
    lint_readings(&lint, &one, &two);
    size_t count = yaml_document_count(&one);
    if (count == 0) {
        report(&lint, 1, "no document", NO_STRS);
    }
    for (size_t i = 0; i < count; i++) {
        lint_document(&lint, yaml_document_at(&one, i));
    }
    return count;
}

static void
lint_lines(const struct lint *lint)
{
    struct str rest = lint->file->text;
    uint32_t number = 0;
    bool is_ended = has_suffix(rest, STR("\n"));
    while (rest.len > 0) {
        number++;
        lint_line(lint, str_cut(&rest, '\n'), number);
    }
    if (number > 0 && !is_ended) {
        report(lint, number, "no newline at the end", NO_STRS);
    }
}

static void
lint_line(const struct lint *lint, struct str line, uint32_t number)
{
    if (has_byte(line, '\t')) {
        report(lint, number, "a tab", NO_STRS);
    }
    if (has_byte(line, '\r')) {
        report(lint, number, "a carriage return", NO_STRS);
    }
    if (has_suffix(line, STR(" "))) {
        report(lint, number, "spaces at the end of the line", NO_STRS);
    }
    if (has_prefix(line, STR("\xEF\xBB\xBF"))) {
        report(lint, number, "a byte order mark", NO_STRS);
    }
}

static bool
is_read(const struct lint *lint, const struct yaml_stream *stream,
        struct str reader)
{
    if (stream->line == 0) {
        return true;
    }
    report(lint, stream->line, "{}: {}", STRS(reader, stream->message));
    return false;
}

static void
lint_readings(const struct lint *lint, const struct yaml_stream *one,
              const struct yaml_stream *two)
{
    struct arena *arena = lint->findings->arena;
    if (yaml_document_count(one) != yaml_document_count(two)) {
        report(lint, 1, "the readers count {} and {} documents",
               STRS(arena_number(arena, (int64_t)yaml_document_count(one)),
                    arena_number(arena, (int64_t)yaml_document_count(two))));
        return;
    }
    struct vec differences;
    vec_init(&differences, arena, sizeof(struct yaml_difference));
    for (size_t i = 0; i < yaml_document_count(one); i++) {
        yaml_compare(arena, COMPARE_READINGS, yaml_document_at(one, i),
                     yaml_document_at(two, i), &differences);
    }
    for (size_t i = 0; i < differences.count; i++) {
        const struct yaml_difference *found = vec_at(&differences, i);
        const struct yaml_node *node =
            found->left == NULL ? found->right : found->left;
        struct buf what;
        buf_init(&what, arena);
        buf_format(&what, "{}: libyaml reads ", STRS(found->path));
        yaml_describe(&what, found, STR(", libfyaml "));
        report(lint, node->line, "{}", STRS(buf_str(&what)));
    }
}

static void
lint_document(const struct lint *lint, const struct yaml_node *root)
{
    if (root->shape == SHAPE_MAP) {
        lint_keys(lint, root, true);
        lint_children(lint, root);
    } else if (root->shape == SHAPE_LIST) {
        lint_node(lint, root);
    } else {
        report(lint, root->line, "a document that is no map or list", NO_STRS);
    }
}

static void
lint_node(const struct lint *lint, const struct yaml_node *node)
{
    if (node->has_anchor) {
        report(lint, node->line, "an anchor", NO_STRS);
    }
    if (node->tag.len > 0) {
        report(lint, node->line, "a tag", NO_STRS);
    }
    switch (node->shape) {
    case SHAPE_TEXT:
        lint_type(lint, node);
        break;
    case SHAPE_ALIAS:
        report(lint, node->line, "an alias", NO_STRS);
        break;
    case SHAPE_MAP:
        lint_keys(lint, node, false);
        lint_children(lint, node);
        break;
    case SHAPE_LIST:
        lint_children(lint, node);
        break;
    }
}

/* Of a map the values, since keys have rules of their own. */
static void
lint_children(const struct lint *lint, const struct yaml_node *node)
{
    const struct yaml_node *child = node->child;
    while (child != NULL) {
        if (node->shape == SHAPE_MAP) {
            child = child->next;
        }
        lint_node(lint, child);
        child = child->next;
    }
}

static void
lint_type(const struct lint *lint, const struct yaml_node *node)
{
    if (!node->is_plain) {
        return;
    }
    if (node->text.len == 0) {
        report(lint, node->line, "a value is missing", NO_STRS);
        return;
    }
    enum yaml_type old = yaml_type_1_1(node->text);
    enum yaml_type new = yaml_type_1_2(node->text);
    if (old != new) {
        report(lint, node->line, "`{}` is {} to YAML 1.1 and {} to YAML 1.2",
               STRS(node->text, yaml_type_name(old), yaml_type_name(new)));
    }
}

static void
lint_keys(const struct lint *lint, const struct yaml_node *map, bool is_root)
{
    struct map seen;
    map_init(&seen, lint->findings->arena);
    for (const struct yaml_node *key = map->child; key != NULL;
         key = key->next->next) {
        if (key->shape != SHAPE_TEXT) {
            report(lint, key->line, "a key that is no text", NO_STRS);
            continue;
        }
        lint_key(lint, key, is_root);
        if (map_find(&seen, key->text) != NULL) {
            report(lint, key->line, "the key `{}` a second time",
                   STRS(key->text));
        }
        map_put(&seen, key->text, key);
    }
}

static void
lint_key(const struct lint *lint, const struct yaml_node *key, bool is_root)
{
    if (key->has_anchor || key->tag.len > 0) {
        report(lint, key->line, "a key with an anchor or a tag", NO_STRS);
    }
    if (!key->is_plain) {
        return;
    }
    bool is_trigger =
        lint->is_workflow && is_root && is_str_equal(key->text, STR("on"));
    bool is_text = yaml_type_1_1(key->text) == TYPE_TEXT &&
                   yaml_type_1_2(key->text) == TYPE_TEXT;
    if (!is_text && !is_trigger) {
        report(lint, key->line, "the key `{}` is not always a text",
               STRS(key->text));
    }
}

static void
report(const struct lint *lint, uint32_t line, const char *template_text,
       struct strs texts)
{
    finding_add(lint->findings, lint->file->path, line,
                arena_format(lint->findings->arena, template_text, texts));
}
