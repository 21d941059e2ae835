/*
 * Memory that nobody may read or write for now: under the address sanitizer who
 * does dies, elsewhere these do nothing.
 */
#ifndef BASE_POISON_H
#define BASE_POISON_H

#include <stddef.h>

#if defined(__has_feature)
#if __has_feature(address_sanitizer)
#define HAS_ADDRESS_SANITIZER
#endif
#elif defined(__SANITIZE_ADDRESS__)
#define HAS_ADDRESS_SANITIZER
#endif

#ifdef HAS_ADDRESS_SANITIZER
#include <sanitizer/asan_interface.h>
/* Behind each piece of an arena; a struct that is read past a list's end lies
 * in it. */
enum { RED_ZONE = 64 };
#else
enum { RED_ZONE = 0 };
#endif

static inline void
memory_poison(void *at, size_t size)
{
#ifdef HAS_ADDRESS_SANITIZER
    __asan_poison_memory_region(at, size);
#else
    (void)at;
    (void)size;
#endif
}

static inline void
memory_unpoison(void *at, size_t size)
{
#ifdef HAS_ADDRESS_SANITIZER
    __asan_unpoison_memory_region(at, size);
#else
    (void)at;
    (void)size;
#endif
}

#endif
