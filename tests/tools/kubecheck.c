/*
 * kubecheck: holds Kubernetes objects that broxc wrote against the fields of
 * their kinds, strictly: a kind that is not known is a finding too, and so is
 * what some version from 1.33 to 1.36 does not know.
 *
 *     kubecheck [--partial] FILE...
 *
 * --partial takes files of which an overlay or a patch makes whole objects:
 * a field that is missing is none. Exit: 0 fine, 1 findings, 2 wrong usage or
 * a file that cannot be read.
 */
#include "base/arena.h"
#include "diag/render.h"
#include "foreign/foreign.h"
#include "source/read.h"

#include <stdlib.h>
#include <unistd.h>

/* What a program is for that says nothing of it. */
enum { OLDEST_MINOR = 33, NEWEST_MINOR = 36 };

static size_t check_file(struct arena *arena, struct sink *sink,
                         struct source_map *map, struct str path);
static size_t report(struct arena *arena, struct sink *sink,
                     const struct source_map *map, bool is_partial);
static void print(int descriptor, struct str text);

int
main(int argc, char **argv)
{
    struct arena *arena = arena_open();
    struct source_map *map = source_map_new(arena);
    struct sink *sink = sink_new(arena, map, PROFILE_STANDARD);
    bool is_partial =
        argc > 1 && is_str_equal(str_from(argv[1]), STR("--partial"));
    int first = is_partial ? 2 : 1;
    size_t object_count = 0;
    if (argc <= first) {
        print(STDERR_FILENO, STR("usage: kubecheck [--partial] FILE...\n"));
        exit(2);
    }
    for (int i = first; i < argc; i++)
        object_count += check_file(arena, sink, map, str_from(argv[i]));
    size_t count = report(arena, sink, map, is_partial);
    print(STDOUT_FILENO,
          arena_format(arena, "{} objects, {} findings\n",
                       STRS(arena_number(arena, (int64_t)object_count),
                            arena_number(arena, (int64_t)count))));
    arena_close(arena);
    return count > 0;
}

static size_t
check_file(struct arena *arena, struct sink *sink, struct source_map *map,
           struct str path)
{
    struct str text;
    struct status status = read_file(arena, path, &text);
    if (status.kind != STATUS_OK) {
        print(STDERR_FILENO, arena_format(arena, "{}\n", STRS(status.message)));
        exit(2);
    }
    struct kind_types *types = kind_types_new(arena);
    types->range = (struct kube_range){OLDEST_MINOR, NEWEST_MINOR};
    struct raw_file file =
        foreign_read_yaml(arena, sink, source_add(map, path, text));
    struct raw_objects objects =
        foreign_read_objects(arena, sink, types, &file);
    foreign_check_objects(arena, sink, types, &objects);
    return objects.count;
}

static size_t
report(struct arena *arena, struct sink *sink, const struct source_map *map,
       bool is_partial)
{
    struct buf text;
    buf_init(&text, arena);
    for (size_t i = 0; is_partial && i < sink_count(sink); i++) {
        if (sink_at(sink, i)->code == DIAG_Y05)
            diag_withdraw(sink_at(sink, i));
    }
    sink_settle(sink);
    render_short(&text, &(struct render){.map = map, .sink = sink});
    print(STDOUT_FILENO, buf_str(&text));
    return sink_count(sink);
}

static void
print(int descriptor, struct str text)
{
    while (text.len > 0) {
        ssize_t written = write(descriptor, text.at, text.len);
        if (written <= 0)
            exit(2);
        text = str_slice(text, (size_t)written, text.len);
    }
}
