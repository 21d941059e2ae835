#include "tree/conflict.h"

static void report_line_ends(struct sink *sink,
                             const struct document *document);

void
report_foreign(struct sink *sink, const struct document *document,
               enum seen_kind seen)
{
    struct diag *diag =
        diag_add(sink, DIAG_O03, document_span(document), STRS(document->path));
    diag_label(diag, "this makes a file of that name", NO_STRS);
    switch (seen) {
    case SEEN_NOTHING:
    case SEEN_FILE:
        diag_remark(diag, "a file that broxc did not write is there", NO_STRS);
        break;
    case SEEN_FOLDER:
        diag_remark(diag, "a folder is there", NO_STRS);
        diag_help(diag, "move the folder away", NO_STRS);
        return;
    case SEEN_OTHER:
        diag_remark(diag, "a symbolic link or a special file is there",
                    NO_STRS);
        break;
    }
    diag_help(diag, "move it away, or let broxc replace and own it: `--adopt`",
              NO_STRS);
}

void
report_blocked(struct sink *sink, const struct document *document,
               struct str path)
{
    struct diag *diag =
        diag_add(sink, DIAG_O03, document_span(document), STRS(path));
    diag_label(diag, "this makes `{}`", STRS(document->path));
    diag_remark(diag, "it is a file or a symbolic link, not a folder", NO_STRS);
    diag_help(diag, "move it away", NO_STRS);
}

void
report_respelled(struct sink *sink, const struct document *document,
                 struct str made)
{
    struct diag *diag =
        diag_add(sink, DIAG_N11, document_span(document), STRS(document->path));
    diag_label(diag, "this disk takes it for `{}`", STRS(made));
    diag_remark(diag,
                "the last build made that one: capital letters and small "
                "ones are the same here",
                NO_STRS);
    diag_help(diag, "remove `{}`, and build again", STRS(made));
}

void
report_drift(struct sink *sink, const struct document *document,
             const struct drift *drift)
{
    if (drift->is_of_line_ends) {
        report_line_ends(sink, document);
        return;
    }
    struct diag *diag =
        diag_add(sink, DIAG_O01, document_span(document),
                 STRS(document->path, STR("was edited by hand")));
    diag_label(diag, "this would overwrite the edit", NO_STRS);
    if (drift->diff.len > 0)
        diag_remark(diag, "a build would change the file so:\n{}",
                    STRS(drift->diff));
    diag_help(diag, "bring the edit into the source, or lose it with `--force`",
              NO_STRS);
}

static void
report_line_ends(struct sink *sink, const struct document *document)
{
    struct diag *diag = diag_add(
        sink, DIAG_O01, document_span(document),
        STRS(document->path, STR("has CR LF at the end of its lines")));
    diag_label(diag, "this ends them with a newline alone", NO_STRS);
    diag_remark(diag, "git does so where `core.autocrlf` is set", NO_STRS);
    diag_help(diag,
              "write `* text eol=lf` into `.gitattributes` and check the file "
              "out again, or build with `--force`",
              NO_STRS);
}

void
report_drift_gone(struct sink *sink, struct str path)
{
    struct diag *diag = diag_add(sink, DIAG_O01, NO_SPAN,
                                 STRS(path, STR("was edited by hand")));
    diag_remark(diag, "nothing makes it any more: a build would remove it",
                NO_STRS);
    diag_help(diag, "move it away, or lose the edit with `--force`", NO_STRS);
}

void
report_missing(struct sink *sink, const struct document *document)
{
    struct diag *diag = diag_add(sink, DIAG_O01, document_span(document),
                                 STRS(document->path, STR("is missing")));
    diag_label(diag, "this makes it", NO_STRS);
    diag_help(diag, "build, and commit what comes out", NO_STRS);
}

void
report_stale(struct sink *sink, const struct document *document)
{
    struct diag *diag = diag_add(sink, DIAG_O01, document_span(document),
                                 STRS(document->path, STR("is stale")));
    diag_label(diag, "this makes it another file now", NO_STRS);
    diag_help(diag, "build, and commit what comes out", NO_STRS);
}

void
report_unrunnable(struct sink *sink, const struct document *document)
{
    struct diag *diag =
        diag_add(sink, DIAG_O01, document_span(document),
                 STRS(document->path, STR("is not executable")));
    diag_label(diag, "this makes a program of it", NO_STRS);
    diag_help(diag, "build, or `chmod +x` the file", NO_STRS);
}

void
report_stale_lock(struct sink *sink)
{
    struct diag *diag = diag_add(sink, DIAG_O01, NO_SPAN,
                                 STRS(STR(LOCK_NAME), STR("is stale")));
    diag_remark(diag, "the files agree, the lines that they come from do not",
                NO_STRS);
    diag_help(diag, "build, and commit what comes out", NO_STRS);
}

void
report_orphan(struct sink *sink, struct str path)
{
    struct diag *diag = diag_add(sink, DIAG_O02, NO_SPAN, STRS(path));
    diag_help(diag, "build: what is no longer made is removed", NO_STRS);
}

void
report_unfinished(struct sink *sink)
{
    struct diag *diag =
        diag_add(sink, DIAG_O01, NO_SPAN,
                 STRS(STR("the output"), STR("was left half written")));
    diag_remark(diag, "a build was ended before its last file", NO_STRS);
    diag_help(diag, "build again: it goes on from there", NO_STRS);
}
