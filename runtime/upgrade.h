/* upgrade.h: a run goes on under a later version of its program.
 *
 * Parts of two versions are the same when they have the same name: flows, steps of a flow, slots of
 * a flow. A run stands at some steps of some frames; it can move when each of these is there in
 * the later version and goes on with the same kind of thing, when what joins wait for can still
 * come, when nothing that has run would run again, and when nothing ahead reads a slot that only a
 * step behind would have set. `kiln diff` asks this of every step of a workflow, a store of the
 * steps where a run stands (upgrade_run.h).
 */
#ifndef KILN_UPGRADE_H
#define KILN_UPGRADE_H

#include "base/list.h"
#include "base/map.h"
#include "base/text.h"
#include "shape.h"

#define UPGRADE_GONE (~0u)

/* Sentences, a line each, and none twice. */
struct upgrade_lines {
    LIST(const char *) lines;
    struct map said;
};

/* The numbers of the parts of one version in the other, or UPGRADE_GONE; by flow, by flow and step,
 * by flow and slot. */
struct upgrade_map {
    unsigned *flows, **steps, **slots;
};

struct upgrade {
    const struct shape *from, *to;
    struct upgrade_map on, back; /* from -> to, to -> from */
    struct upgrade_lines in_the_way;
    struct upgrade_lines told; /* what will be different */
    unsigned char **strange;   /* upgrade_slots.c: by flow of `to`, or NULL while not asked */
    struct arena arena, words, scratch; /* of the maps; of sentences; of positions */
    int failed;                         /* memory is out */
};

/* Finds what became of each part. Both shapes must outlive it. 0, or -1 when memory is out. */
int upgrade_init(struct upgrade *u, const struct shape *from, const struct shape *to);
void upgrade_fini(struct upgrade *u);
/* Forgets positions and sentences. */
void upgrade_clear(struct upgrade *u);
/* Adds a sentence (printf text); one that is there already is not said again. */
void upgrade_say(struct upgrade *u, struct upgrade_lines *to, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* How a frame stands at a step. */
enum upgrade_live {
    UPGRADE_NOT,
    UPGRADE_READY,    /* it will run, from its beginning */
    UPGRADE_UNDER_WAY /* it has begun, and will be done when something comes */
};

/* What has come to a step. */
struct upgrade_arrival {
    unsigned hard;
    unsigned char soft, done;
};

/* Where a frame stands, in the numbers of the older version. */
struct upgrade_position {
    unsigned flow;
    unsigned char *live;              /* enum upgrade_live, by step */
    struct upgrade_arrival *arrivals; /* by step */
    unsigned char *has_run;           /* by step: 1 when it may have */
    unsigned char *has_value;         /* by slot: 1 when it may have one */
    int handling;                     /* an error is handled: joins do not wait */
};

/* A frame of this flow that stands nowhere; NULL when memory is out. Lives in the upgrade until
 * positions are forgotten. */
struct upgrade_position *upgrade_new_position(struct upgrade *u, unsigned flow);
void upgrade_forget_positions(struct upgrade *u);
/* upgrade_position.c: says what keeps a frame from moving. */
void upgrade_check(struct upgrade *u, const struct upgrade_position *p);
/* The same for the programs as a whole, wherever a run stands. */
void upgrade_check_programs(struct upgrade *u);
/* How many arrivals can still come to a step. */
struct upgrade_coming {
    unsigned hard, soft;
};
/* Counts those, by step, from the steps where a frame stands and those ahead of it. */
void upgrade_count_coming(const kiln_flow *f, const unsigned char *live, const unsigned char *ahead,
                          struct upgrade_coming *ret);
/* Marks what a step, and what it runs, writes of its frame. */
void upgrade_mark_writes(const struct shape *s, unsigned flow, unsigned step, unsigned char *ret);
/* Steps that a frame may still come to from those with `from` set (by step, of this shape's flow),
 * those that wake when all is quiet among them; sets `ret`, by step. -1 when memory is out. */
int upgrade_reach(struct upgrade *u, const struct shape *s, unsigned flow,
                  const unsigned char *from, unsigned char *ret);
/* Whether to run the step twice is more than to compute twice. */
int upgrade_touches(const struct shape *s, unsigned flow, unsigned step);

#endif
