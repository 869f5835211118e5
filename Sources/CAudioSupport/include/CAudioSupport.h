#ifndef BEACHPIANO_CAUDIOSUPPORT_H
#define BEACHPIANO_CAUDIOSUPPORT_H

/* The few lines of C that Swift cannot say. */

/* Renames `from` to `to` on the same file system and fails with EEXIST where `to` exists.
   Returns 0, or -1 with errno set. */
int bp_rename_noreplace(const char *from, const char *to);

/* Flushes denormal numbers to zero on the calling thread (x86-64: FTZ and DAZ; arm64: FZ). */
void bp_flush_denormals(void);

/* Names the calling thread, at most 15 bytes. */
void bp_set_thread_name(const char *name);

/* Asks the scheduler for slices of 0.1 ms for the calling thread at its normal priority: who asks for little at a time gets it
   sooner (Linux 6.12 and newer; older ones take no notice). */
void bp_ask_for_short_slices(void);

/* Starts a program whose output is read: it dies with the calling thread, hears no signal of the terminal, and inherits nothing
   but the environment. `output` becomes a descriptor that does not block. Returns its process, or -1 with errno set; a program
   that is not there ends with 127. */
int bp_start_listener(char *const arguments[], int *output);

/* Keeps ALSA's own messages off standard error; the last one is kept per thread. */
void bp_alsa_capture_errors(void);

/* The last message that ALSA gave on this thread, or "" ; valid until the next one. */
const char *bp_alsa_last_error(void);

#endif
