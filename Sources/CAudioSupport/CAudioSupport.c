#define _GNU_SOURCE
#include "CAudioSupport.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <sys/prctl.h>
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

/* In the child: until it has become another program it shares our memory, and only calls the system. */
static void become(char *const arguments[], pid_t parent, int output) {
    struct sigaction usual = {.sa_handler = SIG_DFL};
    for (int number = 1; number < NSIG; number++) sigaction(number, &usual, NULL);
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (getppid() != parent) return;
    setpgid(0, 0);
    int nothing = open("/dev/null", O_RDWR);
    if (nothing < 0 || dup2(nothing, 0) < 0 || dup2(output, 1) < 0 || dup2(nothing, 2) < 0) return;
#ifdef SYS_close_range
    syscall(SYS_close_range, 3u, ~0u, 0u);
#endif
    sigset_t none;
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, NULL);
    execvp(arguments[0], arguments);
}

int bp_start_listener(char *const arguments[], int *output) {
    int ends[2];
    if (pipe2(ends, O_CLOEXEC) != 0) return -1;
    fcntl(ends[0], F_SETFL, O_NONBLOCK);
    /* No handler of ours may run in the child. */
    sigset_t all, before;
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &before);
    pid_t parent = getpid();
    /* Not fork: it would make each page that the audio thread writes next be copied. */
    pid_t child = vfork();
    if (child == 0) {
        become(arguments, parent, ends[1]);
        _exit(127);
    }
    int code = errno;
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    close(ends[1]);
    if (child < 0) {
        close(ends[0]);
        errno = code;
        return -1;
    }
    *output = ends[0];
    return child;
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
