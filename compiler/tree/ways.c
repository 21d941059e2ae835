#include "tree/ways.h"

#include "base/limits.h"
#include "tree/path.h"
#include "tree/walk.h"

/* The bytes of a document's file; empty when there is none that is read. */
static struct str
read_last(const struct tree *tree, struct arena *scratch,
          const struct document *document)
{
    struct walk walk;
    struct seen seen = {.kind = SEEN_NOTHING};
    struct name name = name_from(path_name(document->path));
    struct str content = STR("");
    int folder;
    walk_open(&walk, tree->output.root);
    if (walk_to(&walk, document->path, &folder) == WALK_HERE &&
        disk_look(folder, name, &seen) == 0 && seen.kind == SEEN_FILE &&
        disk_read(scratch, folder, name, LIMIT_FILE_BYTES, &content) != 0)
        content = STR("");
    walk_close(&walk);
    return content;
}

/* `# Releases come in rolling.` gives `rolling`. */
static struct str
way_in(struct str content)
{
    while (!is_str_empty(content)) {
        struct str line = str_cut(&content, '\n');
        struct str mark = STR("# " DOCUMENT_WAY);
        if (has_prefix(line, mark) && has_suffix(line, STR(".")))
            return str_slice(line, mark.len, line.len - 1);
    }
    return STR("");
}

/* What comes last among the places that it is made from is the `deploy`. */
static struct span
deploy_span(const struct document *document)
{
    size_t count = document->origins.count;
    const struct span *span =
        count == 0 ? NULL : vec_at(&document->origins, count - 1);
    return span == NULL ? NO_SPAN : *span;
}

static void
judge(const struct tree *tree, struct arena *scratch,
      const struct document *document)
{
    struct str before = way_in(read_last(tree, scratch, document));
    if (is_str_empty(before) || is_str_equal(before, document->way))
        return;
    struct diag *diag = diag_add(tree->sink, DIAG_X11, deploy_span(document),
                                 STRS(document->environment));
    diag_label(diag, "now they come in {}, in the last build {}",
               STRS(document->way, before));
    diag_remark(diag,
                "the first release refuses to begin while the old way's pods "
                "have the traffic",
                NO_STRS);
    diag_help(diag,
              "move what runs by hand first: `broxc explain X11` says how",
              NO_STRS);
    diag_about(diag, document->environment);
}

void
report_ways(const struct tree *tree, const struct documents *documents)
{
    for (size_t i = 0; i < document_count(documents); i++) {
        const struct document *document = document_at(documents, i);
        if (!is_str_empty(document->way) && !document->found->is_same)
            judge(tree, documents->scratch, document);
    }
}
