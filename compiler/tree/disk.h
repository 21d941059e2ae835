/*
 * One name in one open folder. Nothing here follows a symbolic link, and
 * every function gives 0 or an errno.
 */
#ifndef TREE_DISK_H
#define TREE_DISK_H

#include "base/hash.h"
#include "base/status.h"
#include "tree/path.h"

#include <sys/types.h>

/* A part of a path, for the C library. */
struct name {
    char at[PATH_PART_BYTES + 1];
};

enum seen_kind {
    SEEN_NOTHING,
    SEEN_FILE,
    SEEN_FOLDER,
    SEEN_OTHER, /* a symbolic link, a device, a pipe, a socket */
};

struct seen {
    enum seen_kind kind;
    mode_t mode; /* permissions alone */
    uint64_t bytes;
    dev_t device; /* with its number, which one it is */
    ino_t number;
};

struct name name_from(struct str part);
/* `.` or `..`, as a folder lists itself and the one around it. */
bool is_folder_itself(struct str name);

int disk_look(int folder, struct name name, struct seen *seen);
/* Are they one file, by whatever names? */
bool is_same_file(const struct seen *a, const struct seen *b);
/* Does the file hold these bytes? It must have as many. */
int disk_compare(int folder, struct name name, struct str content,
                 bool *is_same);
/* The same of a file that has `content.len` bytes, of which it tells what it
 * is: false of any other, and of what is no file. */
int disk_compare_seen(int folder, struct name name, struct str content,
                      struct seen *seen, bool *is_same);
int disk_hash(int folder, struct name name, struct hash *hash);
/* EFBIG when it has more than `bytes_max`. */
int disk_read(struct arena *arena, int folder, struct name name,
              uint64_t bytes_max, struct str *content);
/* Makes a file that must not be there yet. `mode` is cut by the umask, unless
 * `is_mode_exact`. */
int disk_write(int folder, struct name name, mode_t mode, bool is_mode_exact,
               struct str content);
/* The same file in pieces: made, filled, and closed with the mode it shall
 * have. */
int disk_make(int folder, struct name name, mode_t mode, int *file);
int disk_append(int file, struct str content);
int disk_end(int file, mode_t mode, bool is_mode_exact);
/* A file that is there, to be read in pieces: does it go on with these bytes?
 */
int disk_open(int folder, struct name name, int *file);
int disk_compare_next(int file, struct str content, bool *is_same);
/* Its first bytes, once more, into another. */
int disk_copy(int from, int to, uint64_t bytes);
/* A folder in a folder. */
int disk_enter(int folder, struct name name, int *inside);

/* "cannot write `FOLDER/PATH`: the disk is full". An empty path means the
 * folder itself. */
struct status disk_status(struct arena *arena, enum status_kind kind,
                          struct str folder, struct str path, int error);

#endif
