#define _GNU_SOURCE
#include "CAllocationCounter.h"

#include <errno.h>
#include <stddef.h>

extern void *__libc_malloc(size_t);
extern void *__libc_calloc(size_t, size_t);
extern void *__libc_realloc(void *, size_t);
extern void *__libc_memalign(size_t, size_t);
extern void __libc_free(void *);

static _Thread_local int counting;
static _Thread_local long count;

void allocation_counter_start(void) { count = 0; counting = 1; }
long allocation_counter_stop(void) { counting = 0; return count; }

void *malloc(size_t size) { count += counting; return __libc_malloc(size); }
void *calloc(size_t number, size_t size) { count += counting; return __libc_calloc(number, size); }
void *realloc(void *block, size_t size) { count += counting; return __libc_realloc(block, size); }
void free(void *block) { count += counting; __libc_free(block); }
void *memalign(size_t alignment, size_t size) { count += counting; return __libc_memalign(alignment, size); }
void *aligned_alloc(size_t alignment, size_t size) { count += counting; return __libc_memalign(alignment, size); }
int posix_memalign(void **block, size_t alignment, size_t size) {
    count += counting;
    *block = __libc_memalign(alignment, size);
    return *block ? 0 : ENOMEM;
}
