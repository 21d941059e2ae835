/*
 * The disk, for reading: the only place but tree/ that touches it.
 */
#ifndef SOURCE_READ_H
#define SOURCE_READ_H

#include "base/arena.h"
#include "base/status.h"

/* A regular file, whole. More than LIMIT_FILE_BYTES, a folder, a device: the
 * status says so. */
struct status read_file(struct arena *arena, struct str path, struct str *text);
/* The same, and an empty text where there is none: nothing at all, or what is
 * no regular file. */
struct status read_file_if_any(struct arena *arena, struct str path,
                               struct str *text);
/* Does the file lie below the folder ("" for this one) when every symbolic
 * link is followed? True when it is not there at all. */
bool is_file_below(struct arena *arena, struct str folder, struct str path);
/* Everything on standard input. */
struct status read_standard_input(struct arena *arena, struct str *text);
/* Names of the files in a folder, in no order; `add` is called for each. */
struct status list_folder(struct arena *arena, struct str folder,
                          void (*add)(void *to, struct str name), void *to);

#endif
