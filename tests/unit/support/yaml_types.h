/*
 * What a plain text means to a reader of YAML 1.1 and to one of 1.2, by the
 * patterns of the type repository and of the core schema. Written apart from
 * the emitter, so that it can be held against it.
 */
#ifndef SUPPORT_YAML_TYPES_H
#define SUPPORT_YAML_TYPES_H

#include "base/str.h"

/* Whole numbers are told apart by how they count: `010` is not the same. */
enum yaml_type {
    TYPE_TEXT,
    TYPE_NULL,
    TYPE_BOOL,
    TYPE_DECIMAL,
    TYPE_OCTAL,
    TYPE_HEXADECIMAL,
    TYPE_BINARY,
    TYPE_SIXTIES,
    TYPE_FLOAT,
    TYPE_TIME,
    TYPE_MERGE,
    TYPE_VALUE,
};

/* yaml.org/type/: bool, float, int, merge, null, timestamp, value. */
enum yaml_type yaml_type_1_1(struct str plain);
/* YAML 1.2.2 10.3.2 */
enum yaml_type yaml_type_1_2(struct str plain);
struct str yaml_type_name(enum yaml_type type);

#endif
