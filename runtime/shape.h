/* shape.h: a program without its leaves, read from the text that a program carries of itself.
 *
 * A store keeps that text of every program whose runs it holds. So the state of a run can be read,
 * and held against another program, when the program that made it is gone (upgrade.h).
 *
 * The text, a line a thing; T is a text as `bytes:text`, N a number, "..." repeats:
 *
 *     program  T name T dialect N flags N operations N flows
 *     op       T name N effect
 *     flow     T name N flags N parameters N slots N steps
 *              N number, from 1, of the flow whose slots it may use; else 0
 *     slot     T name, then, unless all are 0: N rule N flags N has a value at first,
 *              T the names of a barrier...
 *     step     T name N answer (kiln_next) N wake N flags, then fields, a letter with numbers:
 *              h hard   s soft   n node   o operation   f flow   r result   p has a policy
 *              e to,kind,label   E the same, soft   g up,slot it reads   t up,slot it writes
 *              v slot it watches
 *
 * A text is as long as its program, so what most steps would say is left out: the number of `h`
 * when it is 1 and of `o` when it is 0, `up,` when it is 0, `,kind,label` of a `next` edge, and
 * also `to` when that leads to the step behind.
 */
#ifndef KILN_SHAPE_H
#define KILN_SHAPE_H

#include "base/arena.h"
#include "kiln_op.h"
#include "kiln_program.h"

/* The slots of one frame that something reads and writes. */
struct shape_uses {
    unsigned *reads, *writes;
    unsigned n_reads, n_writes;
};

/* What is known of a step beside its row in the tables. */
struct shape_step {
    kiln_next answer;       /* what its leaf answers when nothing fails */
    struct shape_uses uses; /* of its own frame; not its result, nor what a flow it runs uses */
};

struct shape {
    struct arena arena;
    kiln_program program;      /* steps have no leaves, operations no functions */
    struct shape_step **steps; /* by flow and step */
    struct shape_uses *above;  /* by flow: of the frame above it, by it and by flows within it */
    unsigned *up;              /* by flow: one more than the flow that `up` means, or 0 */
    unsigned *depth;           /* by flow: how many stand above it */
};

/* How many flows may look up through each other. */
enum { SHAPE_DEEPEST = 512 };

/* Reads the text of a program. Its flows are given those parts of the runtime (supersteps, streams)
 * that the flows of `parts` name; NULL: none, and only names and edges are to be looked at. 0,
 * -EUCLEAN when the text is not such a one, or -ENOMEM. Call shape_fini in every case. Takes time
 * and memory by the length of the text. What it accepts has one step a flow that wakes when all is
 * quiet, operations at tasks and flows at steps that run them and nowhere else, and uses of slots
 * that are there. */
int shape_read(struct shape *s, const char *text, size_t n, const kiln_program *parts);
void shape_fini(struct shape *s);

#endif
