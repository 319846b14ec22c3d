/* bell.h: what a worker sleeps by: it wakes when a time has come, when another thread rings, when
 * something new is in a folder, or when the process is asked to end.
 */
#ifndef KILN_BELL_H
#define KILN_BELL_H

enum {
    BELL_RUNG = 1,   /* somebody rang */
    BELL_FOLDER = 2, /* the folder may have changed */
    BELL_END = 4     /* SIGTERM or SIGINT came */
};

struct bell {
    int ring, folder, end; /* descriptors, or -1 */
};

/* Makes a bell. SIGTERM and SIGINT are taken from this thread and those it starts from here on
 * until bell_close. 0 or a negative errno. */
int bell_open(struct bell *b);
/* The folder is watched, when the system can do that; else it "may have changed" at every wait, and
 * waits are short. */
void bell_watch(struct bell *b, const char *folder);
void bell_close(struct bell *b);
/* From any thread, and after bell_wait began or before. */
void bell_ring(const struct bell *b);
/* Waits at most `ms` milliseconds. What has happened: some of the above, or 0. */
unsigned bell_wait(const struct bell *b, unsigned ms);

#endif
