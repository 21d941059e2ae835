/*
 * Diagnostics: one struct that every stage fills and five renderers print.
 * Rows of codes are in catalogue.def. A stage reports and goes on with its
 * best guess; nobody but the sink counts errors.
 *
 *     struct diag *d = diag_add(sink, DIAG_T01, span, STRS(host));
 *     diag_label(d, "served in `{}`", STRS(env));
 *     diag_note(d, other_span, "the certificates cover only this zone", ...);
 *     diag_help(d, "add `{}` to the zone", STRS(name));
 *
 * Small letters, no full stop, the user's text in backticks. `{}` takes the
 * next text; texts are copied into the sink's arena. NO_SPAN is the span of
 * what has no place in the source.
 */
#ifndef DIAG_DIAG_H
#define DIAG_DIAG_H

#include "base/arena.h"
#include "source/source.h"

enum severity { SEVERITY_OFF, SEVERITY_INFO, SEVERITY_WARNING, SEVERITY_ERROR };

/* Strictness. basic shows errors alone, hardened raises some rows. */
enum profile { PROFILE_BASIC, PROFILE_STANDARD, PROFILE_HARDENED };

enum diag_code {
#define DIAG(code, name, standard, hardened, headline) DIAG_##code,
#include "diag/catalogue.def"
#undef DIAG
    DIAG_COUNT
};

struct diag_row {
    const char *code; /* "T01" */
    const char *name; /* "host-without-cert" */
    enum severity standard;
    enum severity hardened;
    const char *headline; /* with `{}` for each text */
};

struct diag_note {
    bool has_span;
    struct span span;
    struct str text;
    const struct diag_note *next;
};

/* Replace the bytes of `span` by `text`: applied by `check --fix`. */
struct diag_fix {
    struct span span;
    struct str text;
    const struct diag_fix *next;
};

struct diag {
    enum diag_code code;
    enum severity severity;
    struct span span;
    struct str headline;
    struct str label;  /* empty: none */
    struct str object; /* what `allow CODE on OBJECT` names; may be empty */
    const struct diag_note *notes;
    const struct diag_note *helps; /* their span is not used */
    const struct diag_fix *fixes;
    struct sink *sink;
};

/* Where diagnostics gather. */
struct sink;

struct sink *sink_new(struct arena *arena, const struct source_map *map,
                      enum profile profile);
/* From here on, each text in a message goes through `show` first: it makes of
 * an arena and a text what people read. */
void sink_show_by(struct sink *sink,
                  struct str (*show)(struct arena *arena, struct str text));
/* For a share of what is reported, in another arena; `sink_take()` brings what
 * it has to `sink`, in its order, as if it had been reported there. */
struct sink *sink_share(const struct sink *sink, struct arena *arena);
void sink_take(struct sink *sink, struct sink *share);
/* Never NULL. What the profile does not show is not listed, and what goes
 * over LIMIT_DIAGNOSTICS is counted alone: the struct given then is a dummy
 * that takes all that follows and keeps nothing. */
struct diag *diag_add(struct sink *sink, enum diag_code code, struct span span,
                      struct strs texts);
/* The same at another severity than the row's (a row may be "E/W"). */
struct diag *diag_add_as(struct sink *sink, enum diag_code code,
                         enum severity severity, struct span span,
                         struct strs texts);
void diag_label(struct diag *diag, const char *template_text,
                struct strs texts);
void diag_note(struct diag *diag, struct span span, const char *template_text,
               struct strs texts);
/* A note that has no place. */
void diag_remark(struct diag *diag, const char *template_text,
                 struct strs texts);
void diag_help(struct diag *diag, const char *template_text, struct strs texts);
void diag_fix(struct diag *diag, struct span span, struct str text);
void diag_about(struct diag *diag, struct str object);

size_t sink_count(const struct sink *sink);
struct diag *sink_at(const struct sink *sink, size_t index);
size_t sink_error_count(const struct sink *sink);
size_t sink_warning_count(const struct sink *sink);
/* Reported but over LIMIT_DIAGNOSTICS, so not listed. */
size_t sink_overflow_count(const struct sink *sink);
/* Has this code been listed, even if withdrawn since? */
bool has_diag(const struct sink *sink, enum diag_code code);
/* A diagnostic that an `allow` covers no longer counts, and leaves the list
 * when the sink settles; until then it is there with SEVERITY_OFF. */
void diag_withdraw(struct diag *diag);
/* Sorted by place, then code; equal ones once. Call before rendering. */
void sink_settle(struct sink *sink);

const struct diag_row *diag_row(enum diag_code code);
/* "error", "warning", "info"; "off" too. */
struct str severity_name(enum severity severity);
/* "T01" or "host-without-cert", in any case; false when there is none. */
bool diag_code_find(struct str text, enum diag_code *code);

#endif
