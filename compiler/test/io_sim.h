/* io_sim.h: a world to try things in: a disk that loses what was not synced, a clock that waits for
 * nobody, chance that repeats.
 *
 * Each file is kept twice: as a running program sees it, and as the disk has it; between them stand
 * the writes not yet synced. A crash decides what becomes of those. Every call that may change the
 * disk has a number, so that a test can count them once and then crash, or fail, at each in turn.
 */
#ifndef IO_SIM_H
#define IO_SIM_H

#include "base/text.h"
#include "io.h"

struct io_sim_file;

/* What becomes of writes that were not synced. */
enum io_sim_loss {
    IO_SIM_KEEP,   /* the process was killed: the kernel has them all, the disk may not */
    IO_SIM_LOSE,   /* the power went: they are gone, and so are names whose folder was not synced */
    IO_SIM_SHUFFLE /* each block of 64 bytes is there or not, by chance */
};

struct io_sim {
    struct kiln_io io; /* give this to whoever needs a world */
    struct io_sim_file **files;
    size_t n_files, cap_files;
    int descriptors[64]; /* index into files, or -1 */
    unsigned calls;      /* calls so far that may change the disk */
    unsigned crash_at;   /* from this call on nothing happens any more; 0: never */
    unsigned fail_at;    /* this call alone fails... */
    int fail_code;       /* ...with this code */
    int crashed;
    size_t tear;       /* how much of a write at crash_at still went out */
    size_t last_write; /* bytes of the newest pwrite */
    long long now;     /* ms; sleeping moves it */
    unsigned long long seed;
    struct text in, out, err; /* the standard streams */
    int out_code;             /* what writing to `out` fails with; 0: it does not */
    size_t in_at;
};

struct io_sim *io_sim_new(unsigned long long seed);
void io_sim_free(struct io_sim *sim);
/* The machine comes up again after a crash: applies the loss, forgets descriptors and locks. */
void io_sim_restart(struct io_sim *sim, enum io_sim_loss loss);
/* The bytes of a file, to look at or to damage (then call io_sim_damaged); NULL when there is none.
 */
struct text *io_sim_bytes(struct io_sim *sim, const char *path);
/* Makes the disk agree with what the test did to the bytes. */
void io_sim_damaged(struct io_sim *sim, const char *path);
/* Puts a file there, synced. */
void io_sim_put(struct io_sim *sim, const char *path, const char *bytes, size_t n);
/* A number below `n`. */
unsigned long long io_sim_below(struct io_sim *sim, unsigned long long n);

#endif
