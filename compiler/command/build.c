/*
 * broxc build: compile, make the documents, write them, say what came out.
 */
#include "command/command.h"

#include <string.h>

static const struct {
    const char *name;
    const char *title;
    enum brx_target target;
} parts[] = {
    {"kubernetes", "Kubernetes", BRX_KUBERNETES},
    {"dns", "DNS zones", BRX_DNS},
    {"ci", "workflows", BRX_CI},
    {"scripts", "scripts", BRX_SCRIPTS},
    {"monitoring", "monitoring", BRX_MONITORING},
    {"hosting", "GitHub settings", BRX_HOSTING},
    {"docs", "guides", BRX_DOCS},
    {"flat", "flat manifests", BRX_FLAT},
};

enum { PART_COUNT = sizeof parts / sizeof parts[0] };

/* One name of `--only a,b`; 0 when it is none. */
static unsigned
find_part(const char *name, size_t len)
{
    for (size_t i = 0; i < PART_COUNT; i++) {
        if (strlen(parts[i].name) == len &&
            strncmp(parts[i].name, name, len) == 0)
            return parts[i].target;
    }
    return 0;
}

static bool
complain_part(const char *only, size_t len)
{
    fprintf(
        stderr,
        "broxc: `--only %.*s`: expected kubernetes, dns, ci, scripts, monitoring, hosting, docs or flat\n",
        (int)len, only);
    return false;
}

static bool
read_only(const char *only, unsigned *targets)
{
    if (only == NULL)
        return true;
    for (;;) {
        size_t len = strcspn(only, ",");
        unsigned part = find_part(only, len);
        if (part == 0)
            return complain_part(only, len);
        *targets |= part;
        if (only[len] == '\0')
            return true;
        only += len + 1;
    }
}

static void
print_part(const struct brx *brx, size_t part)
{
    size_t files = 0;
    size_t bytes = 0;
    for (size_t i = 0; i < brx_document_count(brx); i++) {
        struct brx_document document = brx_document(brx, i);
        if (document.target != parts[part].target)
            continue;
        files++;
        bytes += document.content.len;
    }
    if (files > 0)
        fprintf(stderr, "    %-16s %4zu files %8zu bytes\n", parts[part].title,
                files, bytes);
}

static void
print_holes(const struct brx *brx)
{
    size_t count = brx_open_hole_count(brx);
    if (count == 0)
        return;
    fprintf(stderr, "%zu still open:", count);
    for (size_t i = 0; i < count; i++) {
        struct brx_text hole = brx_open_hole(brx, i);
        fprintf(stderr, " ?%.*s", (int)hole.len, hole.at);
    }
    fputc('\n', stderr);
}

static void
print_summary(const struct brx *brx, const char *folder,
              const struct brx_written *written)
{
    struct brx_text project = brx_project(brx);
    size_t services = brx_service_count(brx);
    size_t environments = brx_environment_count(brx);
    fprintf(stderr, "%.*s: %zu service%s in %zu environment%s\n",
            (int)project.len, project.at, services, services == 1 ? "" : "s",
            environments, environments == 1 ? "" : "s");
    for (size_t i = 0; i < PART_COUNT; i++)
        print_part(brx, i);
    fprintf(stderr,
            "%s: %zu created, %zu changed, %zu removed, %zu as they were\n",
            folder, written->created, written->changed, written->removed,
            written->kept);
    print_holes(brx);
}

int
emit_chosen(struct session *session, const struct options *options)
{
    unsigned targets = 0;
    if (!read_only(options->only, &targets))
        return EXIT_USAGE;
    struct brx_selection selection = {
        .size = sizeof selection,
        .targets = targets,
        .is_flat = options->is_flat,
        .folder = brx_text(options->output),
        .environment =
            brx_text(options->environment == NULL ? "" : options->environment),
    };
    if (brx_emit(session->brx, &selection) == BRX_OK)
        return EXIT_FINE;
    print_messages(session);
    print_failure(session);
    return EXIT_USAGE;
}

static int
write_documents(struct session *session, const struct options *options)
{
    struct brx_destination destination = {
        .size = sizeof destination,
        .folder = brx_text(options->output),
        .adopt = options->adopt,
        .force = options->force,
    };
    struct brx_written written;
    int result = emit_chosen(session, options);
    if (result != EXIT_FINE)
        return result;
    enum brx_status status = brx_write(session->brx, &destination, &written);
    print_messages(session);
    if (status != BRX_OK) {
        print_failure(session);
        return status == BRX_REFUSED ? EXIT_PROGRAM : EXIT_MACHINE;
    }
    print_summary(session->brx, options->output, &written);
    return EXIT_FINE;
}

int
run_build(const struct options *options)
{
    struct session session;
    unsigned targets = 0; /* read before the program, and again after */
    if (options->output == NULL || options->output[0] == '\0') {
        fputs("broxc: build needs `-o DIR`, the output folder\n", stderr);
        return EXIT_USAGE;
    }
    if (!read_only(options->only, &targets))
        return EXIT_USAGE;
    int result = open_session(&session, options);
    if (result == EXIT_FINE)
        result = write_documents(&session, options);
    else if (session.brx != NULL && result == EXIT_PROGRAM)
        print_messages(&session);
    close_session(&session);
    return result;
}
