/*
 * A word that is not known is read as the one it is nearest to.
 */
#include "resolve/words.h"

static const struct word *find_deprecated(struct resolver *resolver,
                                          enum place place, struct str name,
                                          struct span span);

const struct word *
find_word(struct resolver *resolver, enum place place,
          const struct argument *name)
{
    const struct word *word = NULL;
    if (name->kind == ARGUMENT_ATOM && name->piece_count == 0)
        word = schema_find(resolver->schema, place, name->text);
    if (word == NULL)
        word = schema_free_key(resolver->schema, place);
    if (word == NULL)
        word = find_deprecated(resolver, place, name->text, name->span);
    if (word != NULL)
        return word;
    struct near near = {.wanted = name->text};
    offer_words(&near, place);
    report_unknown_word(resolver, place, name->text, name->span, &near);
    return schema_find(resolver->schema, place, near.best);
}

void
offer_words(struct near *near, enum place place)
{
    for (size_t i = 0; i < WORD_COUNT; i++) {
        const struct word *word = schema_word((enum word_id)i);
        if (stands_in(word, place) && word->name[0] != '\0')
            near_offer(near, str_from(word->name));
    }
}

void
report_unknown_word(struct resolver *resolver, enum place place,
                    struct str name, struct span span, struct near *near)
{
    struct str place_text = str_from(place_name(place));
    const struct word *elsewhere = schema_find_anywhere(resolver->schema, name);
    if (elsewhere != NULL && (is_str_empty(near->best) || near->distance > 1)) {
        near->best = STR("");
        struct diag *diag =
            diag_add(resolver->sink, DIAG_L35, span, STRS(name, place_text));
        diag_help(diag, "see `broxc explain {}` for where it stands",
                  STRS(name));
        return;
    }
    struct diag *diag = diag_add(resolver->sink, DIAG_L01, span, STRS(name));
    diag_label(diag, "{} takes no such word", STRS(place_text));
    if (!is_str_empty(near->best)) {
        diag_help(diag, "the nearest word is `{}`", STRS(near->best));
        diag_fix(diag, span, near->best);
    }
}

static const struct word *
find_deprecated(struct resolver *resolver, enum place place, struct str name,
                struct span span)
{
    const char *now_text = schema_find_deprecated(place, name);
    if (now_text == NULL)
        return NULL;
    struct str now = str_from(now_text);
    struct diag *diag =
        diag_add(resolver->sink, DIAG_L21, span, STRS(name, now));
    diag_fix(diag, span, now);
    return schema_find(resolver->schema, place, now);
}
