/* journal_run.h: the inside of one run's view of a store, for journal.c and those beside it. */
#ifndef KILN_JOURNAL_RUN_H
#define KILN_JOURNAL_RUN_H

#include "store.h"

/* The newest record of a place, as it was read; its values are made when somebody asks. */
struct completion {
    struct entry entry, intent; /* intent: behind another record; see `intended` */
    struct entry began;         /* the newest that says when a try began; kind 0: none */
    int intended, waited;       /* as in struct journal_found */
    int asked, used;
};

struct journal_run {
    struct store *store;
    struct store_run *run;
    kiln_heap *heap;            /* where what loading makes lives */
    struct arena arena;         /* records */
    struct map completions;     /* by encoded place */
    size_t unused;              /* completions nobody has asked for yet */
    struct entry state;         /* of the newest base; kind 0 when there is none */
    unsigned long long hash[2]; /* of the program by whose numbers the records go */
    kiln_value input, result;
    LIST(struct journal_signal) signals;
    LIST(unsigned long long) taken; /* signals that a step took, since the base */
    int is_muted;                   /* journal_mute */
    unsigned long long newest;      /* sequence of the last record appended here */
    unsigned long long growth;      /* bytes since the base */
    unsigned long long base;        /* bytes of the base */
    int is_past;                    /* journal_load_past: nothing is appended... */
    size_t left;                    /* ...and these outcomes have not been asked for */
};

/* A new view of no run yet; NULL when memory is out. */
struct journal_run *journal_new(struct store *s);

/* journal_find.c: a step around the place was tried again since: what the record says is void. */
int journal_is_void(const struct journal_run *r, const struct entry *e);
/* The wait with this sequence was appended: what is known of the place and of those below it is
 * void, also when nobody has asked for it yet. 0 or -ENOMEM. */
int journal_void(struct journal_run *r, const struct journal_place *at,
                 unsigned long long sequence);

#endif
