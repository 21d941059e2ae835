/*
 * Reads fields.def with every kind of row as FIELD(struct, member, form, name,
 * shape, level, is_key, risks, risks of its end, words, count, note). Define
 * SHAPE, END and FIELD before; they are gone after. No include guard: it is
 * read once for each use of the table.
 */
#define NO_RISK 0
#define KEY_TEXT(id, member)                                                   \
    FIELD(id, member, TEXT, " ", NONE, IN, true, 0, 0, NULL, 0, NULL)
#define KEY_VALUE(id, member)                                                  \
    FIELD(id, member, VALUE, " ", NONE, IN, true, 0, 0, NULL, 0, NULL)
#define KEY_WORD(id, member, words)                                            \
    FIELD(id, member, WORD, " ", NONE, IN, true, 0, 0, words, 0, NULL)
#define KEY_NAME(id, member, of)                                               \
    FIELD(id, member, NAME, " ", of, IN, true, 0, 0, NULL, 0, NULL)
#define KEY_TO(id, member, of)                                                 \
    FIELD(id, member, NAME, " -> ", of, IN, true, 0, 0, NULL, 0, NULL)
#define VALUE(id, member, name, risks)                                         \
    FIELD(id, member, VALUE, name, NONE, IN, false, risks, risks, NULL, 0, NULL)
#define SIZED(id, member, name, risks, note)                                   \
    FIELD(id, member, VALUE, name, NONE, IN, false, risks, risks, NULL, 0, note)
#define VALUE_ROW(id, member, name, risks)                                     \
    FIELD(id, member, VALUE_ROW, name, NONE, IN, false, risks, risks, NULL, 0, \
          NULL)
#define VALUES(id, member, count, name, risks)                                 \
    FIELD(id, member, VALUES, name, NONE, IN, false, risks, risks, NULL,       \
          COUNT_OF(id, count), NULL)
#define TEXT(id, member, name, risks)                                          \
    FIELD(id, member, TEXT, name, NONE, IN, false, risks, risks, NULL, 0, NULL)
#define FLAG(id, member, name, risks)                                          \
    FIELD(id, member, FLAG, name, NONE, IN, false, risks, risks, NULL, 0, NULL)
#define NUMBER(id, member, name, risks)                                        \
    FIELD(id, member, NUMBER, name, NONE, IN, false, risks, risks, NULL, 0,    \
          NULL)
#define WORD(id, member, words, name, risks)                                   \
    FIELD(id, member, WORD, name, NONE, IN, false, risks, risks, words, 0, NULL)
#define NAME(id, member, of, name, risks)                                      \
    FIELD(id, member, NAME, name, of, IN, false, risks, risks, NULL, 0, NULL)
#define PART(id, member, of, name, risks, level)                               \
    FIELD(id, member, PART, name, of, level, false, risks, risks, NULL, 0, NULL)
#define ONE(id, member, of, name, risks, end, level)                           \
    FIELD(id, member, ONE, name, of, level, false, risks, end, NULL, 0, NULL)
#define LIST(id, member, count, of, name, risks, end, level)                   \
    FIELD(id, member, LIST, name, of, level, false, risks, end, NULL,          \
          COUNT_OF(id, count), NULL)
#define REFS(id, member, count, of, name, risks, end, level)                   \
    FIELD(id, member, REFS, name, of, level, false, risks, end, NULL,          \
          COUNT_OF(id, count), NULL)
#define NOTED(id, member, count, of, name, risks, end, level, note)            \
    FIELD(id, member, REFS, name, of, level, false, risks, end, NULL,          \
          COUNT_OF(id, count), note)
#define KEYS(id, member, count, of, name, risks)                               \
    FIELD(id, member, KEYS, name, of, IN, false, risks, risks, NULL,           \
          COUNT_OF(id, count), NULL)
#define SETTINGS(id, member, of, name, risks, end, level)                      \
    FIELD(id, member, SETTINGS, name, of, level, false, risks, end, NULL, 0,   \
          NULL)
#define RAW(id, member, name)                                                  \
    FIELD(id, member, RAW, name, NONE, IN, false, 0, 0, NULL, 0, NULL)
#define SKIP(id, member)                                                       \
    FIELD(id, member, SKIP, "", NONE, IN, false, 0, 0, NULL, 0, NULL)

#include "compare/fields.def"

#undef SHAPE
#undef END
#undef FIELD
#undef NO_RISK
#undef KEY_TEXT
#undef KEY_VALUE
#undef KEY_WORD
#undef KEY_NAME
#undef KEY_TO
#undef VALUE
#undef SIZED
#undef VALUE_ROW
#undef VALUES
#undef TEXT
#undef FLAG
#undef NUMBER
#undef WORD
#undef NAME
#undef PART
#undef ONE
#undef LIST
#undef REFS
#undef NOTED
#undef KEYS
#undef SETTINGS
#undef RAW
#undef SKIP
