/*
 * What the machine can do to us. A fault of the program is a diagnostic, not
 * a status.
 */
#ifndef BASE_STATUS_H
#define BASE_STATUS_H

#include "base/str.h"

enum status_kind {
    STATUS_OK,
    STATUS_NO_MEMORY,
    STATUS_CANNOT_READ,
    STATUS_CANNOT_WRITE,
    STATUS_REFUSED, /* writing would destroy what is not ours */
};

/* `message` says what, in the user's words, and lies in the caller's arena. */
struct status {
    enum status_kind kind;
    struct str message;
};

#endif
