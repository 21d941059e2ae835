/*
 * jq, which remembers: asked again what it was asked already, it gives the
 * answer that the real jq gave. Thousands of times the tests of scripts ask the
 * same of the same text, and each time jq 1.6 reads its own library first,
 * which takes ten times as long as to start a shell.
 *
 *     JQ_MEMORY=FOLDER jq ...
 *
 * What an answer depends on is what jq is given: its words, the files that they
 * name, and its input. So that is the key. Whatever may depend on more (the
 * time, the surroundings, the name of a file), and whatever fails aloud, is
 * left to the real jq, the next one in PATH; so is everything without
 * JQ_MEMORY.
 */
#include "question.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

_Noreturn static void
give_up(const char *what)
{
    fprintf(stderr, "jq, which remembers: %s: %s\n", what, strerror(errno));
    exit(125);
}

static void
write_all(int file, const char *bytes, size_t count)
{
    while (count > 0) {
        ssize_t written = write(file, bytes, count);
        if (written < 0)
            give_up("write");
        bytes += written;
        count -= (size_t)written;
    }
}

/* All of a file from its beginning; what it is given begins with `head`. */
static struct bytes
read_back(int file, const char *head, size_t head_len)
{
    struct bytes all = {NULL, 0};
    bytes_add(&all, head, head_len);
    if (lseek(file, 0, SEEK_SET) != 0 || !bytes_read(&all, file))
        give_up("read");
    return all;
}

/* The next jq in PATH that is not this one. */
static const char *
find_real(struct stat *real)
{
    static char path[PATH_MAX];
    struct stat own;
    const char *folders = getenv("PATH");
    if (folders == NULL || stat("/proc/self/exe", &own) != 0)
        give_up("PATH");
    while (*folders != '\0') {
        int length = (int)strcspn(folders, ":");
        snprintf(path, sizeof path, "%.*s/jq", length, folders);
        if (access(path, X_OK) == 0 && stat(path, real) == 0 &&
            (real->st_ino != own.st_ino || real->st_dev != own.st_dev))
            return path;
        folders += length;
        folders += *folders == ':';
    }
    errno = ENOENT;
    give_up("the real jq");
}

static int
temporary(void)
{
    FILE *file = tmpfile();
    if (file == NULL)
        give_up("a temporary file");
    return fileno(file);
}

/* The real jq's exit code; what it says goes into the files. */
static int
ask(const char *real, char **words, const struct bytes *input, int out,
    int said)
{
    int status = 0;
    int in = input->at == NULL ? STDIN_FILENO : temporary();
    if (input->at != NULL) {
        write_all(in, input->at, input->len);
        if (lseek(in, 0, SEEK_SET) != 0)
            give_up("seek");
    }
    pid_t child = fork();
    if (child < 0)
        give_up("fork");
    if (child == 0) {
        dup2(in, STDIN_FILENO);
        dup2(out, STDOUT_FILENO);
        dup2(said, STDERR_FILENO);
        execv(real, words);
        _exit(127);
    }
    if (waitpid(child, &status, 0) != child)
        give_up("wait");
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

/* An answer is its exit code, one byte, and the output. It comes whole or not
 * at all, though this process may be killed. */
static void
remember(const char *place, const struct bytes *answer)
{
    char new_place[PATH_MAX + 32];
    snprintf(new_place, sizeof new_place, "%s.%ld", place, (long)getpid());
    int file = open(new_place, O_WRONLY | O_CREAT | O_EXCL, 0600);
    if (file < 0)
        give_up(new_place);
    write_all(file, answer->at, answer->len);
    if (close(file) != 0 || rename(new_place, place) != 0)
        give_up(place);
}

static bool
recall(const char *place, struct bytes *answer)
{
    int file = open(place, O_RDONLY);
    if (file < 0)
        return false;
    if (!bytes_read(answer, file))
        give_up(place);
    return answer->len > 0;
}

static struct bytes
ask_and_remember(const char *real, char **words, const struct bytes *input,
                 const char *place)
{
    int out = temporary();
    int said = temporary();
    char code = (char)ask(real, words, input, out, said);
    struct bytes errors = read_back(said, "", 0);
    struct bytes answer = read_back(out, &code, 1);
    write_all(STDERR_FILENO, errors.at, errors.len);
    if (errors.len == 0)
        remember(place, &answer);
    free(errors.at);
    return answer;
}

int
main(int count, char **words)
{
    struct stat real_facts;
    struct question question;
    struct bytes answer = {NULL, 0};
    char place[PATH_MAX];
    const char *memory = getenv("JQ_MEMORY");
    const char *real = find_real(&real_facts);
    (void)count;
    if (memory == NULL || isatty(STDOUT_FILENO) ||
        !question_read(&question, words)) {
        execv(real, words);
        give_up(real);
    }
    bytes_add(&question.key, &real_facts.st_ino, sizeof real_facts.st_ino);
    bytes_add(&question.key, &real_facts.st_mtime, sizeof real_facts.st_mtime);
    question_place(&question, memory, place, sizeof place);
    if (!recall(place, &answer))
        answer = ask_and_remember(real, words, &question.input, place);
    write_all(STDOUT_FILENO, answer.at + 1, answer.len - 1);
    int code = (unsigned char)answer.at[0];
    free(question.key.at);
    free(question.input.at);
    free(answer.at);
    return code;
}
