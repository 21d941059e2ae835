/*
 * broxc build: compile, make the documents, write them, say what came out.
 */
#include "command/command.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

/* In the order of the choices of `--only`. */
static const struct {
    const char *title;
    enum brx_target target;
} parts[] = {
    {"Kubernetes", BRX_KUBERNETES}, {"DNS zones", BRX_DNS},
    {"workflows", BRX_CI},          {"scripts", BRX_SCRIPTS},
    {"monitoring", BRX_MONITORING}, {"GitHub settings", BRX_HOSTING},
    {"guides", BRX_DOCS},           {"flat manifests", BRX_FLAT},
};

enum { PART_COUNT = sizeof parts / sizeof parts[0] };

/* `--only a,b`, whose names are those of the table; 0 for all. */
static unsigned
read_only(const struct options *options)
{
    unsigned targets = 0;
    const char *at = options->only;
    while (at != NULL) {
        size_t len = strcspn(at, ",");
        targets |=
            parts[get_choice(options->command, "--only", at, len)].target;
        at = at[len] == '\0' ? NULL : at + len + 1;
    }
    return targets;
}

static size_t
part_of(enum brx_target target)
{
    size_t part = 0;
    while (parts[part].target != target) {
        part++;
        assert(part < PART_COUNT);
    }
    return part;
}

static void
print_parts(FILE *out, const struct brx *brx)
{
    size_t files[PART_COUNT] = {0};
    size_t bytes[PART_COUNT] = {0};
    for (size_t i = 0; i < brx_document_count(brx); i++) {
        struct brx_document document = brx_document(brx, i);
        size_t part = part_of(document.target);
        files[part]++;
        bytes[part] += document.bytes;
    }
    for (size_t i = 0; i < PART_COUNT; i++) {
        if (files[i] > 0)
            fprintf(out, "    %-16s %4zu files %8zu bytes\n", parts[i].title,
                    files[i], bytes[i]);
    }
}

static void
print_holes(FILE *out, const struct brx *brx)
{
    size_t count = brx_open_hole_count(brx);
    if (count == 0)
        return;
    fprintf(out, "%zu still open:", count);
    for (size_t i = 0; i < count; i++) {
        struct brx_text hole = brx_open_hole(brx, i);
        fprintf(out, " ?%.*s", (int)hole.len, hole.at);
    }
    fputc('\n', out);
}

static void
print_summary(FILE *out, const struct brx *brx, const char *folder,
              const struct brx_written *written)
{
    struct brx_text project = brx_project(brx);
    size_t services = brx_service_count(brx);
    size_t environments = brx_environment_count(brx);
    fprintf(out, "%.*s: %zu service%s in %zu environment%s\n", (int)project.len,
            project.at, services, services == 1 ? "" : "s", environments,
            environments == 1 ? "" : "s");
    print_parts(out, brx);
    fprintf(out,
            "%s: %zu created, %zu changed, %zu removed, %zu as they were\n",
            folder, written->created, written->changed, written->removed,
            written->kept);
    print_holes(out, brx);
}

/* At once, so that two builds beside each other do not mix their lines; line by
 * line where that gets no memory. */
static void
say_summary(const struct brx *brx, const char *folder,
            const struct brx_written *written)
{
    char *text = NULL;
    size_t len;
    FILE *out = open_memstream(&text, &len);
    bool is_whole = out != NULL;
    if (is_whole) {
        print_summary(out, brx, folder, written);
        is_whole = ferror(out) == 0;
        is_whole = fclose(out) == 0 && is_whole && text != NULL;
    }
    if (is_whole)
        fputs(text, stderr);
    else
        print_summary(stderr, brx, folder, written);
    free(text);
}

/* `-o -`: to standard output, for kubectl to read. */
static bool
is_stream(const struct options *options)
{
    return options->output != NULL && strcmp(options->output, "-") == 0;
}

struct brx_selection
get_selection(const struct options *options)
{
    return (struct brx_selection){
        .size = sizeof(struct brx_selection),
        .targets = is_stream(options) ? BRX_FLAT : read_only(options),
        .is_flat = options->is_flat,
        .folder = brx_text(is_stream(options) ? "" : options->output),
        .environment =
            brx_text(options->environment == NULL ? "" : options->environment),
    };
}

static int
emit(struct session *session, const struct brx_selection *selection)
{
    enum brx_status status = brx_emit(session->brx, selection);
    if (status == BRX_OK)
        return EXIT_FINE;
    print_messages(session);
    print_failure(session);
    return status == BRX_REFUSED ? EXIT_USAGE : EXIT_MACHINE;
}

int
emit_chosen(struct session *session, const struct options *options)
{
    struct brx_selection selection = get_selection(options);
    return emit(session, &selection);
}

int
tell_refusal(struct session *session, enum brx_status status, size_t errors)
{
    print_failure(session);
    if (status != BRX_REFUSED)
        return EXIT_MACHINE;
    return brx_error_count(session->brx) > errors ? EXIT_PROGRAM : EXIT_USAGE;
}

static int
compare_again(struct session *session, struct brx *again)
{
    if (brx_check_again(session->brx, again) != BRX_OK) {
        print_failure(session);
        return EXIT_MACHINE;
    }
    if (brx_error_count(session->brx) == 0)
        return EXIT_FINE;
    print_messages(session);
    return EXIT_PROGRAM;
}

/* Reads everything anew and says where what comes out is not the same. */
static int
check_again(struct session *session, const struct options *options)
{
    struct session again;
    int result = open_session(&again, options);
    if (result == EXIT_FINE)
        result = emit_chosen(&again, options);
    if (result == EXIT_FINE || result == EXIT_PROGRAM)
        result = compare_again(session, again.brx);
    return close_session(&again, result);
}

/* What two builds agree on, for which the documents have to be kept. */
static int
make_twice(struct session *session, const struct options *options)
{
    int result = emit_chosen(session, options);
    return result == EXIT_FINE ? check_again(session, options) : result;
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
    struct brx_selection selection = get_selection(options);
    struct brx_written written;
    size_t errors = brx_error_count(session->brx);
    int result =
        options->builds_twice ? make_twice(session, options) : EXIT_FINE;
    if (result != EXIT_FINE)
        return result;
    enum brx_status status =
        options->builds_twice
            ? brx_write(session->brx, &destination, &written)
            : brx_build(session->brx, &selection, &destination, &written);
    print_messages(session);
    if (status != BRX_OK)
        return tell_refusal(session, status, errors);
    say_summary(session->brx, options->output, &written);
    return EXIT_FINE;
}

/* Each environment is a document more of one YAML stream. */
static void
print_piece(void *context, size_t index, const struct brx_document *piece)
{
    size_t *last = context;
    if (index != *last)
        puts("---");
    *last = index;
    print_text(stdout, piece->content);
}

static int
print_twice(struct session *session, const struct options *options)
{
    size_t last = 0;
    int result = make_twice(session, options);
    for (size_t i = 0;
         result == EXIT_FINE && i < brx_document_count(session->brx); i++) {
        struct brx_document document = brx_document(session->brx, i);
        print_piece(&last, i, &document);
    }
    return result;
}

static int
print_as_made(struct session *session, const struct options *options)
{
    size_t last = 0;
    struct brx_selection selection = get_selection(options);
    selection.take = print_piece;
    selection.context = &last;
    return emit(session, &selection);
}

static int
print_documents(struct session *session, const struct options *options)
{
    session->is_output_taken = true;
    int result = options->builds_twice ? print_twice(session, options)
                                       : print_as_made(session, options);
    if (result != EXIT_FINE)
        return result;
    print_messages(session);
    print_holes(stderr, session->brx);
    return EXIT_FINE;
}

static bool
is_output_right(const struct options *options)
{
    if (options->output == NULL || options->output[0] == '\0') {
        fputs("broxc: build needs `-o DIR`, the output folder\n", stderr);
        return false;
    }
    if (is_stream(options) && (!options->is_flat || options->only != NULL)) {
        fputs("broxc: `-o -` prints the flat manifests and nothing else: it "
              "goes with `--flat`, and without `--only`\n",
              stderr);
        return false;
    }
    if (options->builds_twice && options->operand != NULL &&
        strcmp(options->operand, "-") == 0) {
        fputs("broxc: `--twice` reads the program two times, and standard "
              "input can be read once\n",
              stderr);
        return false;
    }
    return true;
}

int
run_build(const struct options *options)
{
    struct session session;
    struct options about = *options;
    if (!is_output_right(options))
        return EXIT_USAGE;
    about.will_build = !is_stream(options);
    int result = open_session(&session, &about);
    if (result == EXIT_FINE)
        result = is_stream(options) ? print_documents(&session, options)
                                    : write_documents(&session, options);
    else if (session.brx != NULL && result == EXIT_PROGRAM)
        print_messages(&session);
    return close_session(&session, result);
}
