/*
 * Which guides there are, and their chapters.
 */
#include "emit/guides.h"

#include "emit/guides/places.h"
#include "emit/guides/sections.h"

#define RELEASE_FILE "RELEASE_GUIDE.md"
#define SUMMARY_FILE "ENVIRONMENT_RELEASE_SUMMARY.md"

enum guide_kind { GUIDE_RELEASE, GUIDE_SUMMARY };

static const struct section {
    enum guide_kind guide;
    const char *title;
    bool (*has)(const struct ir *ir);
    void (*write)(struct guide *guide);
} sections[] = {
#define SECTION(guide, title, question, write)                                 \
    {GUIDE_##guide, title, question, write},
#include "emit/guides/sections.def"
#undef SECTION
};

enum { SECTION_COUNT = sizeof sections / sizeof *sections };

static bool
stands_in(const struct section *section, enum guide_kind kind,
          const struct ir *ir)
{
    return section->guide == kind && section->has(ir);
}

static void
write_contents(struct guide *guide, enum guide_kind kind)
{
    guide_list(guide);
    for (size_t i = 0; i < SECTION_COUNT; i++) {
        if (stands_in(&sections[i], kind, guide->ir))
            guide_item(guide, "[{}]({})",
                       STRS(str_from(sections[i].title),
                            anchor_of(guide->arena, sections[i].title)));
    }
}

static void
write_sections(struct guide *guide, enum guide_kind kind)
{
    for (size_t i = 0; i < SECTION_COUNT; i++) {
        if (!stands_in(&sections[i], kind, guide->ir))
            continue;
        guide_heading(guide, 2, str_from(sections[i].title));
        sections[i].write(guide);
        documents_clear_scratch(guide->documents);
    }
}

/* What it is, and where its commands are run. */
static void
write_head(struct guide *guide, enum guide_kind kind)
{
    const struct project *project = guide->ir->project;
    struct str name = said(guide, project->name);
    guide_heading(guide, 1,
                  arena_format(guide->arena,
                               kind == GUIDE_RELEASE
                                   ? "{}: release guide"
                                   : "{}: environments and releases",
                               STRS(name)));
    guide_paragraph(
        guide,
        "Made by broxc from the program; edit that, not this file. The "
        "workflows, scripts and manifests are made from the same facts, so "
        "what stands here is what they do.",
        NO_STRS);
    if (kind == GUIDE_SUMMARY)
        guide_paragraph(guide,
                        "This is the overview. What to type, and what "
                        "happens then, is in the {}.",
                        STRS(named_link(guide, "release guide",
                                        path_in(guide, guide->ir->output.docs,
                                                RELEASE_FILE))));
    else if (is_value_known(project->repository))
        guide_paragraph(guide,
                        "Commands are run at the root of a checkout of {}.",
                        STRS(code(guide, project->repository->text)));
}

static void
emit_guide(const struct ir *ir, struct documents *documents,
           enum guide_kind kind, const char *name)
{
    struct arena *arena = documents->scratch;
    struct guide guide = {.ir = ir,
                          .arena = arena,
                          .documents = documents,
                          .folder = ir->output.docs->text};
    struct document *document = document_add(
        documents, path_in(&guide, ir->output.docs, name), TARGET_DOCS);
    document_origin(document, ir->project->span);
    guide.document = document;
    guide.buf = &document->content;
    write_head(&guide, kind);
    write_contents(&guide, kind);
    write_sections(&guide, kind);
    document_end(documents, document);
}

void
emit_guides(const struct model *model, struct documents *documents)
{
    const struct ir *ir = model->ir;
    if (!is_value_known(ir->output.docs) || ir->environment_count == 0)
        return;
    emit_guide(ir, documents, GUIDE_RELEASE, RELEASE_FILE);
    emit_guide(ir, documents, GUIDE_SUMMARY, SUMMARY_FILE);
}
