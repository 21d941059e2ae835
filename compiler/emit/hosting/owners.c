/*
 * The last pattern that fits a file has the word, so the user's own come
 * first: nobody takes the program away from its owners.
 */
#include "emit/hosting/owners.h"

#define OWNERS_PATH ".github/CODEOWNERS"

/* A blank ends a pattern, and `#` begins a comment: a backslash before them
 * (docs.github.com, "About code owners"). */
static void
add_pattern(struct buf *text, struct str pattern)
{
    for (size_t i = 0; i < pattern.len; i++) {
        char byte = pattern.at[i];
        if (byte == ' ' || byte == '#' || byte == '\\')
            buf_byte(text, '\\');
        buf_byte(text, byte);
    }
}

static void
add_teams(struct buf *text, struct str owner, const struct value *teams)
{
    for (size_t i = 0; i < choice_count(teams); i++)
        buf_format(text, " @{}/{}", STRS(owner, choice_at(teams, i)->text));
    buf_byte(text, '\n');
}

static void
add_row(struct buf *text, struct str pattern, struct str owner,
        const struct value *teams)
{
    add_pattern(text, pattern);
    add_teams(text, owner, teams);
}

static void
add_root(struct buf *text, const struct value *root, const char *files,
         struct str owner, const struct value *teams)
{
    if (is_value_known(root))
        add_row(text,
                arena_format(text->arena, "/{}/{}",
                             STRS(root->text, str_from(files))),
                owner, teams);
}

/* The program and what is made of it. */
static void
add_program(struct buf *text, const struct ir *ir, struct str owner,
            const struct value *teams)
{
    const struct output_root *output = &ir->output;
    add_row(text, STR("*.brx"), owner, teams);
    add_row(text, STR("/broxc.lock"), owner, teams);
    add_row(text, STR("/" OWNERS_PATH), owner, teams);
    add_root(text, output->hosting, "rulesets/", owner, teams);
    add_root(text, output->hosting, "branches/", owner, teams);
    add_root(text, output->hosting, "environments/", owner, teams);
    add_root(text, output->hosting, "*.json", owner, teams);
    add_root(text, output->workflows, "", owner, teams);
    add_root(text, output->kubernetes, "", owner, teams);
    add_root(text, output->dns, "", owner, teams);
    add_root(text, output->scripts, "", owner, teams);
}

void
emit_owners(struct hosting *hosting)
{
    const struct ir *ir = hosting->ir;
    const struct project *project = ir->project;
    const struct value *teams = owner_teams(ir);
    if (!is_value_known(project->repository) ||
        (choice_count(teams) == 0 && project->ownership_count == 0))
        return;
    struct str rest = project->repository->text;
    struct str owner = str_cut(&rest, '/');
    struct document *document =
        document_add(hosting->documents, STR(OWNERS_PATH), TARGET_HOSTING);
    struct buf *text = &document->content;
    document_origin(document, project->span);
    buf_add(text, STR("# Made by broxc. Edit the program, not this file.\n"
                      "# The last line that fits a file says who is asked.\n"));
    for (size_t i = 0; i < project->ownership_count; i++)
        add_row(text, project->ownerships[i].files, owner,
                project->ownerships[i].teams);
    if (choice_count(teams) > 0)
        add_program(text, ir, owner, teams);
    document_end(hosting->documents, document);
}
