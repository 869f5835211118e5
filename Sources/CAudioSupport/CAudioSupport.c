#define _GNU_SOURCE
#include "CAudioSupport.h"

#include <errno.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <sys/syscall.h>
#include <unistd.h>

#if defined(__x86_64__)
#include <xmmintrin.h>
#endif

int bp_rename_noreplace(const char *from, const char *to) {
    if (renameat2(-100 /* AT_FDCWD */, from, -100, to, RENAME_NOREPLACE) == 0) return 0;
    if (errno != EINVAL && errno != ENOSYS) return -1;
    /* File systems without the flag: a hard link fails with EEXIST as wanted. */
    if (link(from, to) != 0) return -1;
    unlink(from);
    return 0;
}

void bp_flush_denormals(void) {
#if defined(__x86_64__)
    _mm_setcsr(_mm_getcsr() | 0x8040);
#elif defined(__aarch64__)
    unsigned long fpcr;
    __asm__ volatile("mrs %0, fpcr" : "=r"(fpcr));
    __asm__ volatile("msr fpcr, %0" : : "r"(fpcr | (1ul << 24)));
#endif
}

void bp_set_thread_name(const char *name) { pthread_setname_np(pthread_self(), name); }

void bp_ask_for_short_slices(void) {
    /* glibc before 2.41 has neither the call nor the structure; this is its first version, 48 bytes. */
    struct {
        uint32_t size, policy;
        uint64_t flags;
        int32_t nice;
        uint32_t priority;
        uint64_t runtime, deadline, period;
    } attributes;
    if (syscall(SYS_sched_getattr, 0, &attributes, sizeof attributes, 0) != 0) return;
    attributes.runtime = 100000;
    syscall(SYS_sched_setattr, 0, &attributes, 0);
}

static _Thread_local char last_error[512];

static void keep(const char *file, int line, const char *function, int err, const char *format, ...) {
    (void)file, (void)line, (void)err;
    va_list arguments;
    va_start(arguments, format);
    int n = snprintf(last_error, sizeof last_error, "%s: ", function);
    if (n > 0 && n < (int)sizeof last_error) vsnprintf(last_error + n, sizeof last_error - n, format, arguments);
    va_end(arguments);
}

/* Declared here instead of by <alsa/error.h>, so that this target needs no system header. */
typedef void (*alsa_error_handler)(const char *, int, const char *, int, const char *, ...);
extern int snd_lib_error_set_handler(alsa_error_handler handler) __attribute__((weak));

void bp_alsa_capture_errors(void) {
    if (snd_lib_error_set_handler) snd_lib_error_set_handler(keep);
}

const char *bp_alsa_last_error(void) { return last_error; }
