#ifndef BEACHPIANO_CALLOCATIONCOUNTER_H
#define BEACHPIANO_CALLOCATIONCOUNTER_H

/* Counts the calls of malloc, calloc, realloc, posix_memalign, aligned_alloc and free that the calling thread makes
   between start and stop. The counting functions stand in for the C library's in the program that links this. */
void allocation_counter_start(void);
long allocation_counter_stop(void);

#endif
