/*
 * Programs in docs/: each block of code marked `brx` compiles. In a page of
 * docs/checks/ those under `## Wrong` give the page's code and no other, and
 * those under `## Right` nothing.
 */
#include "cases.h"

#include <dirent.h>
#include <string.h>
#include <unistd.h>

struct page {
    struct golden *golden;
    char code[8]; /* of docs/checks/CODE.md; else empty */
    char home[PATH_BYTES];
    struct text arguments;
    bool has_wrong;
    bool has_right;
};

static const char *
skip_blanks(const char *line)
{
    return line + strspn(line, " ");
}

/* The codes of its messages must be the page's alone, or none. */
static void
check_codes(struct page *page, const struct said *said, const char *heading,
            const char *wanted)
{
    bool is_right = wanted[0] == '\0' || said->places.count > 0;
    for (size_t i = 0; i < said->places.count; i++) {
        const char *code = strrchr(said->places.at[i], ' ') + 1;
        is_right = is_right && strcmp(code, wanted) == 0;
    }
    if (is_right)
        return;
    lines_print(&said->places, "messages");
    fail(page->golden, "a program under `%s` should give %s", heading,
         wanted[0] == '\0' ? "no message" : wanted);
}

static void
check_block(struct page *page, const struct text *block, const char *heading)
{
    struct said said;
    bool is_wrong = page->code[0] != '\0' && strcmp(heading, "Wrong") == 0;
    page->has_wrong = page->has_wrong || strcmp(heading, "Wrong") == 0;
    page->has_right = page->has_right || strcmp(heading, "Right") == 0;
    say(&said, is_wrong ? "fires.brx" : "silent.brx", block,
        page->arguments.at);
    check_codes(page, &said, heading, is_wrong ? page->code : "");
    said_free(&said);
}

/* Adds a line to the block, as it is. */
static const char *
read_block(struct page *page, const char *line, const char *heading)
{
    struct text block = {NULL, 0, 0};
    text_add(&block, "", 0);
    while (*line != '\0' && strncmp(skip_blanks(line), "```", 3) != 0) {
        size_t len = strcspn(line, "\n");
        len += line[len] == '\n';
        text_add(&block, line, len);
        line += len;
    }
    if (*line == '\0')
        fail(page->golden, "a block of code is never closed");
    if (heading != NULL)
        check_block(page, &block, heading);
    text_free(&block);
    return line;
}

static bool
is_line(const char *line, const char *text)
{
    size_t len = strcspn(line, "\n");
    return len == strlen(text) && strncmp(line, text, len) == 0;
}

static void
read_page(struct page *page, const char *line)
{
    char heading[128] = "";
    while (*line != '\0') {
        const char *bare = skip_blanks(line);
        bool is_fence = strncmp(bare, "```", 3) == 0;
        bool is_program = is_line(bare, "```brx");
        if (strncmp(line, "## ", 3) == 0)
            snprintf(heading, sizeof heading, "%.*s",
                     (int)strcspn(line + 3, "\n"), line + 3);
        line += strcspn(line, "\n");
        line += *line == '\n';
        if (is_fence) {
            line = read_block(page, line, is_program ? heading : NULL);
            line += strcspn(line, "\n");
            line += *line == '\n';
        }
    }
}

static bool
has_line(const char *text, const char *wanted)
{
    for (const char *line = text; *line != '\0';) {
        if (is_line(line, wanted))
            return true;
        line += strcspn(line, "\n");
        line += *line == '\n';
    }
    return false;
}

static void
check_headings(struct page *page, const char *text)
{
    if (strncmp(text, "# ", 2) != 0 ||
        strncmp(text + 2, page->code, strlen(page->code)) != 0 ||
        text[2 + strlen(page->code)] != ' ')
        fail(page->golden, "the page's title does not begin with %s",
             page->code);
    if (!page->has_wrong)
        fail(page->golden, "no program stands under `## Wrong`");
    if (!page->has_right)
        fail(page->golden, "no program stands under `## Right`");
    if (!has_line(text, "## Why"))
        fail(page->golden, "the page has no `## Why`");
}

/* Into the folder of the code's case, whose files a wrong program includes. */
static void
enter_case(struct page *page)
{
    struct dirent *entry;
    DIR *listing = opendir("testdata/error");
    while (listing != NULL && (entry = readdir(listing)) != NULL) {
        size_t len = strlen(page->code);
        char path[PATH_BYTES];
        if (strncmp(entry->d_name, page->code, len) != 0 ||
            entry->d_name[len] != '-')
            continue;
        snprintf(path, sizeof path, "testdata/error/%s", entry->d_name);
        if (chdir(path) != 0)
            fail(page->golden, "cannot enter %s", path);
        text_read(&page->arguments, "args");
        break;
    }
    if (listing != NULL)
        closedir(listing);
}

/* A case that builds or verifies has a folder for it, one that imports has a
 * document: see golden.sh. */
static bool
is_for_us(const struct page *page)
{
    return strstr(page->arguments.at, "build") == NULL &&
           strstr(page->arguments.at, "verify") == NULL &&
           strstr(page->arguments.at, "import") == NULL;
}

bool
run_page(struct golden *golden, const char *name)
{
    struct page page = {.golden = golden};
    struct text text = {NULL, 0, 0};
    char path[PATH_BYTES];
    snprintf(path, sizeof path, "docs/%s.md", name);
    if (getcwd(page.home, sizeof page.home) == NULL ||
        !text_read(&text, path)) {
        fail(golden, "cannot read %s", path);
        return true;
    }
    text_add(&page.arguments, "", 0);
    if (strncmp(name, "checks/", 7) == 0) {
        snprintf(page.code, sizeof page.code, "%s", name + 7);
        enter_case(&page);
    }
    bool is_ours = is_for_us(&page);
    if (is_ours) {
        read_page(&page, text.at);
        if (page.code[0] != '\0')
            check_headings(&page, text.at);
    }
    text_free(&text);
    text_free(&page.arguments);
    return chdir(page.home) == 0 && is_ours;
}
