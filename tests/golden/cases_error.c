/*
 * Cases of testdata/error: CODE-name/ with fires.brx and silent.brx; and those
 * of testdata/edges: NAME/main.brx, of which each message is marked, or those
 * of main.md against it; or several such folders, NAME/NUMBER/main.brx.
 * Where a main.human lies beside it, the whole text is compared, too.
 */
#include "cases.h"

#include <dirent.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static bool
has_end(const char *name, const char *end)
{
    size_t len = strlen(name);
    return len > strlen(end) && strcmp(name + len - strlen(end), end) == 0;
}

/* `#! L01 L02`, `#!^ L26` of the line below, `#!- O01` of no line; in a
 * document they stand in a comment. */
static void
add_marks(struct lines *marks, const char *path, size_t number,
          const char *line, size_t len)
{
    const char *at = NULL;
    for (const char *c = line; at == NULL && c + 3 < line + len; c++) {
        if (strncmp(c, "#! ", 3) == 0 || strncmp(c, "#!^ ", 4) == 0 ||
            strncmp(c, "#!- ", 4) == 0)
            at = c + 2;
    }
    if (at == NULL)
        return;
    char kind = *at;
    at += kind == ' ' ? 0 : 1;
    while (at < line + len) {
        at += strspn(at, " ");
        size_t code_len = strcspn(at, " \n\r");
        char mark[PATH_BYTES];
        if (at >= line + len || code_len == 0 || strncmp(at, "-->", 3) == 0)
            return;
        int written =
            kind == '-'
                ? snprintf(mark, sizeof mark, "- %.*s", (int)code_len, at)
                : snprintf(mark, sizeof mark, "%s:%zu %.*s", path,
                           number + (kind == '^'), (int)code_len, at);
        if (written < 0 || (size_t)written >= sizeof mark) {
            fprintf(stderr, "%s:%zu: the mark is too long\n", path, number);
            exit(2);
        }
        lines_add(marks, mark);
        at += code_len;
    }
}

static void
read_marks_of(struct lines *marks, const char *path)
{
    struct text text = {NULL, 0, 0};
    size_t number = 1;
    if (text_read(&text, path)) {
        for (const char *line = text.at; *line != '\0'; number++) {
            size_t len = strcspn(line, "\n");
            add_marks(marks, path, number, line, len);
            line += len + (line[len] == '\n');
        }
    }
    text_free(&text);
}

static bool
is_marked(const char *name)
{
    return strncmp(name, "silent.", 7) != 0 &&
           (has_end(name, ".brx") || has_end(name, ".yaml") ||
            has_end(name, ".zone") || has_end(name, ".yml") ||
            has_end(name, ".md"));
}

/* Of every program and manifest below a folder. */
static void
read_marks(struct lines *marks, const char *folder)
{
    struct dirent *entry;
    DIR *listing = opendir(folder);
    while (listing != NULL && (entry = readdir(listing)) != NULL) {
        char path[PATH_BYTES];
        struct stat facts;
        if (entry->d_name[0] == '.')
            continue;
        snprintf(path, sizeof path, "%s%s%s", strcmp(folder, ".") ? folder : "",
                 strcmp(folder, ".") ? "/" : "", entry->d_name);
        if (stat(path, &facts) == 0 && S_ISDIR(facts.st_mode))
            read_marks(marks, path);
        else if (is_marked(entry->d_name))
            read_marks_of(marks, path);
    }
    if (listing != NULL)
        closedir(listing);
}

static void
expect_file(struct golden *golden, const char *path, const struct text *found)
{
    struct text expected = {NULL, 0, 0};
    bool is_there = text_read(&expected, path);
    bool is_same = is_there && expected.len == found->len &&
                   memcmp(expected.at, found->at, found->len) == 0;
    if (!is_same && golden->is_blessing) {
        FILE *file = fopen(path, "wb");
        if (file == NULL ||
            fwrite(found->at, 1, found->len, file) != found->len)
            fail(golden, "cannot write %s", path);
        if (file != NULL)
            fclose(file);
    } else if (!is_there) {
        fail(golden, "no expected file %s: write it with tests/bless", path);
    } else if (!is_same) {
        fail(golden, "%s: expected\n%s\nfound\n%s", path, expected.at,
             found->at);
    }
    text_free(&expected);
}

/* As `broxc check` prints it for people. */
static void
render_human(struct text *text, struct brx *brx)
{
    struct brx_text messages = brx_messages(brx, BRX_HUMAN, BRX_NO_COLOR);
    struct brx_text counts = brx_message_counts(brx);
    text_add(text, messages.at, messages.len);
    if (counts.len > 0) {
        text_add(text, "\n", 1);
        text_add(text, counts.at, counts.len);
        text_add(text, "\n", 1);
    }
    if (brx_error_count(brx) == 0 && brx_warning_count(brx) == 0)
        text_add(text, "no errors\n", 10);
}

static bool
has_fix(struct brx *brx)
{
    struct brx_text json = brx_messages(brx, BRX_JSON, BRX_NO_COLOR);
    struct text text = {NULL, 0, 0};
    text_add(&text, json.at, json.len);
    bool found = strstr(text.at, "\"fixes\":[{") != NULL;
    text_free(&text);
    return found;
}

/* An edge may bless what it says, notes and all. */
static void
check_text(struct golden *golden, struct brx *brx)
{
    struct text text = {NULL, 0, 0};
    if (access("main.human", F_OK) == 0) {
        render_human(&text, brx);
        expect_file(golden, "main.human", &text);
    }
    text_free(&text);
}

static void
check_formats(struct golden *golden, struct brx *brx)
{
    struct brx_text json = brx_messages(brx, BRX_JSON, BRX_NO_COLOR);
    struct text text = {NULL, 0, 0};
    render_human(&text, brx);
    expect_file(golden, "fires.human", &text);
    text_free(&text);
    text_add(&text, json.at, json.len);
    expect_file(golden, "fires.json", &text);
    text_free(&text);
}

static void
check_marks(struct golden *golden, const struct said *said, const char *program)
{
    struct lines marks = {NULL, 0};
    read_marks(&marks, ".");
    lines_sort(&marks);
    if (!are_lines_equal(&marks, &said->places)) {
        fail(golden, "the marks are not the messages");
        printf("marked in %s\n", program);
        lines_print(&marks, "marks");
        lines_print(&said->places, "messages");
    }
    lines_free(&marks);
}

static void
check_fires(struct golden *golden, const struct said *said, const char *code)
{
    bool has_code = false;
    for (size_t i = 0; i < said->places.count; i++)
        has_code = has_code || has_end(said->places.at[i], code);
    if (!has_code)
        fail(golden, "fires.brx does not fire%s", code);
    check_marks(golden, said, "fires.brx");
}

static void
check_silent(struct golden *golden, const char *arguments)
{
    struct said said;
    say(&said, "silent.brx", NULL, arguments);
    if (said.places.count > 0) {
        fail(golden, "silent.brx is not silent");
        lines_print(&said.places, "messages");
    }
    said_free(&said);
}

bool
run_error(struct golden *golden, const char *name)
{
    char path[PATH_BYTES];
    char code[16];
    struct text arguments = {NULL, 0, 0};
    struct said said;
    snprintf(path, sizeof path, "testdata/error/%s", name);
    snprintf(code, sizeof code, " %.*s", (int)strcspn(name, "-"), name);
    char home[PATH_BYTES];
    if (getcwd(home, sizeof home) == NULL || chdir(path) != 0 ||
        access("fires.brx", R_OK) != 0 || access("silent.brx", R_OK) != 0) {
        fail(golden, "%s has no fires.brx or silent.brx", path);
        return true;
    }
    text_read(&arguments, "args");
    text_add(&arguments, "", 0);
    bool is_ours = say(&said, "fires.brx", NULL, arguments.at);
    is_ours = is_ours && !has_fix(said.brx);
    if (is_ours) {
        check_fires(golden, &said, code);
        check_silent(golden, arguments.at);
        if (!golden->is_blessing || !golden->has_failed)
            check_formats(golden, said.brx);
    }
    said_free(&said);
    text_free(&arguments);
    return chdir(home) == 0 && is_ours;
}

/* The document says itself how many of its cells are what. */
static void
check_document(struct golden *golden, struct said *said, const char *path)
{
    char sums[128];
    struct text document = {NULL, 0, 0};
    if (!text_read(&document, path))
        return;
    if (brx_error_count(said->brx) > 0) {
        fail(golden, "%s has errors", said->overlay.name);
        text_free(&document);
        return;
    }
    struct brx_reading reading = say_of_document(said, path);
    snprintf(sums, sizeof sums, "%zu agreeing, %zu contradicting, %zu unread",
             reading.agreeing, reading.contradicting, reading.unread);
    if (strstr(document.at, sums) == NULL)
        fail(golden, "%s does not say: %s", path, sums);
    text_free(&document);
}

/* The program of the current folder, of which messages tell as `path`. */
static void
run_edge(struct golden *golden, const char *path)
{
    struct text arguments = {NULL, 0, 0};
    struct said said;
    text_read(&arguments, "args");
    text_add(&arguments, "", 0);
    bool had_failed = golden->has_failed;
    golden->has_failed = false;
    if (say(&said, "main.brx", NULL, arguments.at)) {
        check_document(golden, &said, "main.md");
        check_marks(golden, &said, "main.brx");
        check_text(golden, said.brx);
    } else {
        fail(golden, "these arguments are not known");
    }
    if (golden->has_failed)
        printf("in %s\n", path);
    golden->has_failed = golden->has_failed || had_failed;
    said_free(&said);
    text_free(&arguments);
}

/* Every folder of the current one that holds a program. */
static size_t
run_edges_below(struct golden *golden, const char *path)
{
    struct dirent *entry;
    DIR *listing = opendir(".");
    size_t count = 0;
    while (listing != NULL && (entry = readdir(listing)) != NULL) {
        if (entry->d_name[0] == '.' || chdir(entry->d_name) != 0)
            continue;
        if (access("main.brx", R_OK) == 0) {
            char inner[2 * PATH_BYTES];
            snprintf(inner, sizeof inner, "%s/%s", path, entry->d_name);
            run_edge(golden, inner);
            count++;
        }
        if (chdir("..") != 0)
            abort();
    }
    if (listing != NULL)
        closedir(listing);
    return count;
}

bool
run_edges(struct golden *golden, const char *name)
{
    char path[PATH_BYTES];
    char home[PATH_BYTES];
    snprintf(path, sizeof path, "testdata/edges/%s", name);
    if (getcwd(home, sizeof home) == NULL || chdir(path) != 0) {
        fail(golden, "%s is not there", path);
        return true;
    }
    if (access("main.brx", R_OK) == 0)
        run_edge(golden, path);
    else if (run_edges_below(golden, path) == 0)
        fail(golden, "%s has no main.brx", path);
    return chdir(home) == 0;
}
