/* stream.h: what an EACH step has under way, for each.c and for the snapshot of it. */
#ifndef KILN_STREAM_H
#define KILN_STREAM_H

#include "run.h"

/* A step of the body flow that lets one item in at a time. */
struct gate {
    struct frame *inside;
    LIST(struct frame *) waiting; /* from `first` on */
    size_t first;
};

struct stream {
    struct frame *owner;
    unsigned step;
    const kiln_flow *body;
    kiln_value list;
    kiln_value args[8];
    kiln_value *results; /* one an item */
    unsigned next, done, under_way;
    int failed;
    kiln_value error;   /* {index, error} of the first item that failed */
    struct gate *gates; /* one a step of the body */
    int waking;         /* its items are being woken: freed only after that */
    int over;           /* it has ended over that */
    struct stream *after;
};

/* A stream of `n` items with nothing in it, hung under its frame; NULL when memory is out. */
struct stream *stream_new(struct frame *f, unsigned step, unsigned n);

/* stream_snapshot.c: the streams of a frame as bytes. Gates come apart: they name frames that are
 * made later. Writers cannot fail; readers answer 0, or -1 when the bytes are not such. */
void stream_save(struct text *t, const struct frame *f);
int stream_restore(struct record_cursor *c, struct frame *f);
void stream_save_gates(struct text *t, const struct frame *f);
int stream_restore_gates(struct record_cursor *c, struct frame *f, struct frame *const *frames,
                         size_t n_frames);
/* The stream that this step of the frame has under way, or NULL. */
struct stream *stream_find(const struct frame *f, unsigned step);

#endif
