#include "base/descriptor.h"

#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

int
descriptor_open(int folder, const char *name, int flags, mode_t mode)
{
    int file;
    do
        file = openat(folder, name, flags, mode);
    while (file < 0 && errno == EINTR);
    return file;
}

int
descriptor_close(int file)
{
    return close(file) == 0 || errno == EINTR ? 0 : errno;
}

void
descriptor_release(void *descriptor)
{
    close(*(const int *)descriptor);
}
