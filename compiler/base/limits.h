/*
 * Every bound of the compiler. Each has a diagnostic (L33) and a test.
 */
#ifndef BASE_LIMITS_H
#define BASE_LIMITS_H

enum {
    LIMIT_FILE_BYTES = 16 * 1024 * 1024,     /* one source file */
    LIMIT_SOURCE_BYTES = 1024 * 1024 * 1024, /* all files of a program */
    LIMIT_INCLUDE_FILES = 4096,
    LIMIT_INCLUDE_DEPTH = 16,
    LIMIT_NESTING = 64, /* blocks and lists inside each other */
    LIMIT_LIST_ITEMS = 100000,
    LIMIT_TEXT_BYTES = 2 * 1024 * 1024, /* one folded text */
    LIMIT_RAW_PIECES = 1000000, /* of a YAML file, each alias written out */
    LIMIT_RAW_DEPTH = 48,       /* its maps and lists inside each other */
    LIMIT_FOLD_DEPTH = 64,      /* a ${path} that leads to a ${path} … */
    LIMIT_PATTERN_BYTES = 16 * 1024,
    LIMIT_PATTERN_STEPS = 1000000,      /* of one match */
    LIMIT_PATTERN_HEAP_KIB = 16 * 1024, /* of one match */
    LIMIT_MESSAGES = 100,               /* shown, unless asked for more */
    LIMIT_SHOWN_BYTES = 400,            /* of one text inside a message */
    LIMIT_DIAGNOSTICS = 20000, /* kept, of each severity; the rest count */
    LIMIT_OUTPUT_DEPTH = 32,   /* folders inside each other in the output */
    LIMIT_LOCK_BYTES = 256 * 1024 * 1024, /* broxc.lock */
};

#endif
