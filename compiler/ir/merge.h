/*
 * A patch laid over an object: the strategic merge of kubectl, as kustomize
 * does it. Maps merge key by key; a list is replaced, unless the kind says by
 * which key its items are found; null takes a field out; `$patch` says
 * `delete` or `replace`.
 */
#ifndef IR_MERGE_H
#define IR_MERGE_H

#include "ir/kubernetes.h"
#include "ir/raw.h"

/* Of which type the values are, as kubernetes.def spells it. */
struct merge {
    struct arena *arena;
    bool is_builtin; /* else every list is replaced */
};

#define MERGE_DIRECTIVE "$patch"

struct merge merge_of(struct arena *arena, struct str api_version);
/* The shape of a kind, or `any`. */
struct str merge_root_type(struct str api_version, struct str kind);
/* The type of a map's entry, of a list's items: `any` when it is not known. */
struct str merge_entry_type(struct str type, struct str key);
/* Does a patch merge this list item by item? */
bool is_list_merged(const struct merge *merge, struct str type,
                    struct kube_type *list);
/* The value of `key` by which items are found; what the API takes when it is
 * not said. Empty when there is none. */
struct str merge_key_value(const struct raw *item, struct str key);
/* The item that has the same keys, or NULL. */
const struct raw *merge_item_find(const struct raw *list, struct str keys,
                                  const struct raw *wanted);
/* The text of `$patch`, or empty. */
struct str merge_directive(const struct raw *raw);
/* Is it `[{$patch: replace}, …]`? */
bool is_list_replaced(const struct raw *list);

/* NULL when nothing is left. */
const struct raw *merge_patch(const struct merge *merge, struct str type,
                              const struct raw *base, const struct raw *patch);
/* The same patch, written so that every kustomize takes it for the same: a list
 * whose items have several keys is written whole. */
const struct raw *merge_plain_patch(const struct merge *merge, struct str type,
                                    const struct raw *base,
                                    const struct raw *patch);

#endif
