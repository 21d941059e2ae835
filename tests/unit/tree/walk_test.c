/* From path to open folder, in folders made for it. */
#include "tree/path.h"
#include "tree/walk.h"

#include <criterion/criterion.h>
#include <dirent.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

static char root_path[] = "/tmp/broxc-walk-XXXXXX";
static const char *const folders[] = {"a",   "a/b",   "a/b/c", "d",
                                      "d/e", "d/e/f", "g"};
enum { FOLDER_COUNT = sizeof folders / sizeof folders[0] };

static int root;
static struct walk walk;

static void
open_folders(void)
{
    cr_assert_not_null(mkdtemp(root_path));
    root = open(root_path, O_RDONLY | O_DIRECTORY);
    for (size_t i = 0; i < FOLDER_COUNT; i++)
        cr_assert_eq(mkdirat(root, folders[i], 0755), 0);
    walk_open(&walk, root);
    walk.keeps_aside = true;
}

static void
close_folders(void)
{
    for (size_t i = FOLDER_COUNT; i-- > 0;)
        cr_expect_eq(unlinkat(root, folders[i], AT_REMOVEDIR), 0);
    close(root);
    rmdir(root_path);
}

TestSuite(walk, .init = open_folders, .fini = close_folders);

static size_t
count_open(void)
{
    size_t count = 0;
    DIR *list = opendir("/proc/self/fd");
    while (readdir(list) != NULL)
        count++;
    closedir(list);
    return count;
}

/* The walk leads to the folder that the path names. */
static void
expect_way(const char *path)
{
    struct stat wanted;
    struct stat found;
    int folder;
    struct str parent = path_folder(str_from(path));
    char name[64] = ".";
    cr_assert_lt(parent.len, sizeof name);
    if (parent.len > 0)
        memcpy(name, parent.at, parent.len);
    cr_assert_eq(walk_to(&walk, str_from(path), &folder), WALK_HERE, "%s",
                 path);
    cr_assert_eq(fstatat(root, name, &wanted, 0), 0);
    cr_assert_eq(fstat(folder, &found), 0, "%s", path);
    cr_expect_eq(found.st_ino, wanted.st_ino, "%s", path);
}

Test(walk, comes_back_to_folders_that_it_left)
{
    static const char *const paths[] = {
        "a/b/c/1", "d/e/f/2", "a/b/c/3", "d/e/4", "a/b/5",   "a/6",
        "d/e/f/7", "g/8",     "a/b/c/9", "10",    "d/e/f/11"};
    size_t before = count_open();
    for (size_t i = 0; i < sizeof paths / sizeof paths[0]; i++)
        expect_way(paths[i]);
    walk_close(&walk);
    cr_expect_eq(count_open(), before, "all are closed");
}

Test(walk, comes_back_in_any_order)
{
    size_t before = count_open();
    unsigned state = 1;
    for (size_t i = 0; i < 5000; i++) {
        static const char *const paths[] = {
            "a/1", "a/b/2", "a/b/c/3", "d/4", "d/e/5", "d/e/f/6", "g/7", "8"};
        state = state * 1664525U + 1013904223U;
        expect_way(paths[state >> 29]);
    }
    walk_close(&walk);
    cr_expect_eq(count_open(), before, "all are closed");
}

Test(walk, tells_where_there_is_no_way)
{
    int folder;
    expect_way("a/b/c/1");
    cr_expect_eq(walk_to(&walk, STR("a/x/y/2"), &folder), WALK_ABSENT);
    cr_expect(is_str_equal(walk.stopped, STR("a/x")));
    expect_way("a/b/c/3");
    walk_close(&walk);
}
