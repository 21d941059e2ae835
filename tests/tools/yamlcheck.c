/*
 * yamlcheck: holds YAML files that broxc wrote against what it promises.
 *
 *     yamlcheck [--workflow] FILE...      each file alone
 *     yamlcheck --objects FILE FILE       the same Kubernetes objects in both?
 *
 * A file may be `-`, standard input. Exit: 0 fine, 1 findings, 2 wrong usage
 * or a file that cannot be read.
 */
#include "yamlcheck.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

static const struct str USAGE =
    STR_INIT("usage: yamlcheck [--workflow] FILE...\n"
             "       yamlcheck --objects FILE FILE\n");

static void lint_all(struct findings *findings, char **paths, bool is_workflow);
static void compare_two(struct findings *findings, char **paths);
static struct yaml_file file_read(struct arena *arena, const char *path);
static void add_count(struct buf *out, size_t count, struct str one,
                      struct str many);
static void print(int descriptor, struct str text);

int
main(int argc, char **argv)
{
    struct arena *arena = arena_open();
    struct findings findings = {.arena = arena};
    buf_init(&findings.out, arena);
    struct str option = argc > 1 ? str_from(argv[1]) : STR("");
    bool is_workflow = is_str_equal(option, STR("--workflow"));
    if (is_str_equal(option, STR("--objects")) && argc == 4) {
        compare_two(&findings, argv + 2);
    } else if (argc > (is_workflow ? 2 : 1) &&
               (is_workflow || !has_prefix(option, STR("--")))) {
        lint_all(&findings, argv + (is_workflow ? 2 : 1), is_workflow);
    } else {
        print(STDERR_FILENO, USAGE);
        exit(2);
    }
    print(STDOUT_FILENO, buf_str(&findings.out));
    int code = findings.count > 0;
    arena_close(arena);
    return code;
}

void
finding_add(struct findings *findings, const char *path, uint32_t line,
            struct str what)
{
    struct arena *arena = findings->arena;
    buf_format(&findings->out, "{}:{}: {}\n",
               STRS(str_from(path), arena_number(arena, line), what));
    findings->count++;
}

static void
lint_all(struct findings *findings, char **paths, bool is_workflow)
{
    size_t file_count = 0;
    size_t document_count = 0;
    for (; paths[file_count] != NULL; file_count++) {
        struct yaml_file file = file_read(findings->arena, paths[file_count]);
        document_count += lint_file(findings, &file, is_workflow);
    }
    add_count(&findings->out, file_count, STR(" file, "), STR(" files, "));
    add_count(&findings->out, document_count, STR(" document, "),
              STR(" documents, "));
    add_count(&findings->out, findings->count, STR(" finding\n"),
              STR(" findings\n"));
}

static void
compare_two(struct findings *findings, char **paths)
{
    struct yaml_file left = file_read(findings->arena, paths[0]);
    struct yaml_file right = file_read(findings->arena, paths[1]);
    size_t count = compare_objects(findings, &left, &right);
    add_count(&findings->out, count, STR(" object, "), STR(" objects, "));
    add_count(&findings->out, findings->count, STR(" difference\n"),
              STR(" differences\n"));
}

static struct yaml_file
file_read(struct arena *arena, const char *path)
{
    struct buf text;
    char chunk[65536];
    size_t len = 0;
    buf_init(&text, arena);
    bool is_stdin = is_str_equal(str_from(path), STR("-"));
    FILE *file = is_stdin ? stdin : fopen(path, "rb");
    if (file == NULL) {
        perror(path);
        exit(2);
    }
    while ((len = fread(chunk, 1, sizeof chunk, file)) > 0) {
        buf_add(&text, (struct str){chunk, len});
    }
    if (ferror(file)) {
        perror(path);
        exit(2);
    }
    if (!is_stdin) {
        fclose(file);
    }
    return (struct yaml_file){path, buf_str(&text)};
}

static void
add_count(struct buf *out, size_t count, struct str one, struct str many)
{
    buf_number(out, (int64_t)count);
    buf_add(out, count == 1 ? one : many);
}

static void
print(int descriptor, struct str text)
{
    while (text.len > 0) {
        ssize_t written = write(descriptor, text.at, text.len);
        if (written <= 0) {
            exit(2);
        }
        text = str_slice(text, (size_t)written, text.len);
    }
}
