/*
 * The C library's calls for a name in an open folder, for a test program that
 * links this: as they are, until a process arms them. Then capital and small
 * letters are the same, as on the disks of Windows and macOS.
 */
#ifndef FAULT_LETTERS_H
#define FAULT_LETTERS_H

#include <stdbool.h>

void letters_arm(bool have_no_case);

#endif
