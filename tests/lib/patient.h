/* patient.h: a program whose runs take their time, the processes that work on them, and a world
 * that outlives both.
 *
 * A run tells the world, sleeps {"ms"}, awaits the signal "go" if {"wait"}, and tells the world
 * again; its output is [signal, ...]. The world is a file in a folder of the test: it says which
 * effects happened and how often. The store is "s" in the same folder.
 */
#ifndef PATIENT_H
#define PATIENT_H

#include <sys/types.h>

#include "cli.h"
#include "inbox.h"
#include "shell.h"
#include "suites.h"
#include "worker.h"

extern const kiln_program *patient_program;

/* Makes the program and enters a folder of its own; a fixture. */
void patient_set_up(void);
void patient_tear_down(void);

/* Lines of the world; of the same key more than once: *ret_again. */
unsigned patient_count_world(unsigned *ret_again);
/* The test fails unless the world has `n` lines, and at most so many again. */
void patient_expect_world(unsigned n, unsigned most_again);

/* A verb with its words, parted by blanks, in a process of its own; what it says goes to the files
 * "out" and "err". Its exit code, or the signal that ended it, negative. */
pid_t patient_begin(const char *line);
int patient_end(pid_t pid);
int patient_run(const char *line);
/* The test fails unless the verb ends with this code. */
#define expect_run(line, code)                                                                     \
    do {                                                                                           \
        int code_ = patient_run(line);                                                             \
        struct text said_ = shell_read("err");                                                     \
        ck_assert_msg(code_ == (code), "%s: %d\n%s", line, code_, text_cstr(&said_));              \
        text_fini(&said_);                                                                         \
    } while (0)
/* Whether any of them has said these words on stderr. */
int patient_is_said(const char *words);
void patient_sleep(unsigned ms);

/* Leaves a message without a process; `value` is JSON text or NULL. */
void patient_send(enum inbox_verb verb, const char *id, const char *value);
/* Asks for runs r0, r1... with this input. */
void patient_start(unsigned n, const char *input);
/* "r" and the number; static. */
const char *patient_id(unsigned i);
/* How many runs of the store are in a state; waits until so many are, or fails the test. */
unsigned patient_count(enum journal_kind state);
void patient_await(enum journal_kind state, unsigned n);
int patient_is_paused(const char *id);
unsigned patient_count_inbox(void);

#endif
