/*
 * Where a handle's files come from: the disk, or the callbacks of its options.
 */
#include "driver/handle.h"

#include "source/read.h"

static struct status
read_from_disk(void *context, struct arena *arena, struct str path,
               struct str *text)
{
    const struct brx *brx = context;
    const struct brx_options *options = &brx->options;
    for (size_t i = 0; i < options->file_count; i++) {
        if (is_str_equal(str_of(options->files[i].path), path)) {
            *text = str_of(options->files[i].text);
            return (struct status){STATUS_OK, STR("")};
        }
    }
    if (is_str_equal(path, STR("-")))
        return read_standard_input(arena, text);
    return read_file(arena, path, text);
}

static struct status
list_on_disk(void *context, struct arena *arena, struct str folder,
             void (*add)(void *to, struct str name), void *to)
{
    (void)context;
    return list_folder(arena, folder, add, to);
}

static struct status
read_from_user(void *context, struct arena *arena, struct str path,
               struct str *text)
{
    const struct brx *brx = context;
    struct brx_text given = {"", 0};
    enum brx_status status =
        brx->options.read(brx->options.read_context, text_of(path), &given);
    *text = str_of(given);
    if (status == BRX_OK)
        return (struct status){STATUS_OK, STR("")};
    return (struct status){
        STATUS_CANNOT_READ,
        arena_format(arena, "cannot read `{}`: {}", STRS(path, *text))};
}

/* The user's listing calls back with public texts. */
struct listing {
    void (*add)(void *to, struct str name);
    void *to;
};

static void
add_listed(void *to, struct brx_text name)
{
    const struct listing *listing = to;
    listing->add(listing->to, str_of(name));
}

static struct status
list_from_user(void *context, struct arena *arena, struct str folder,
               void (*add)(void *to, struct str name), void *to)
{
    const struct brx *brx = context;
    struct listing listing = {add, to};
    enum brx_status status = brx->options.list(
        brx->options.read_context, text_of(folder), add_listed, &listing);
    if (status == BRX_OK)
        return (struct status){STATUS_OK, STR("")};
    return (struct status){
        STATUS_CANNOT_READ,
        arena_format(arena, "cannot list `{}`", STRS(folder))};
}

struct file_access
file_access_of(struct brx *brx)
{
    return (struct file_access){
        .context = brx,
        .read = brx->options.read != NULL ? read_from_user : read_from_disk,
        .list = brx->options.list != NULL ? list_from_user : list_on_disk,
        .is_below = brx->options.read != NULL ? NULL : is_file_below,
    };
}
