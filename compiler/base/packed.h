/*
 * An enum in as few bytes as its values need, for structs of which there are
 * many; C23 would say `enum kind : unsigned char`. Others give it an int.
 */
#ifndef BASE_PACKED_H
#define BASE_PACKED_H

#if defined(__GNUC__)
#define PACKED __attribute__((packed))
#else
#define PACKED
#endif

#endif
