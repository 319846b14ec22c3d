/* edit.h: the passes themselves, and the few moves they share. Behind the door of this room. */
#ifndef EDIT_H
#define EDIT_H

#include "plan/plan.h"

/* One function a file; the file's head says what the pass needs and what it breaks. */
void fold_run(struct plan *p);
void prune_run(struct plan *p);
void purity_run(struct plan *p);
void layout_run(struct plan *p);
void number_run(struct plan *p);

/* sweep.c, the part of prune that looks into steps: takes out pure operations nobody reads and
 * writes to slots nobody can observe, and numbers the registers that remain. */
void sweep_run(struct plan *p);

/* Zeroed memory for the length of a pass; never NULL. */
void *edit_alloc(struct arena *scratch, size_t size);
/* plan_link after edges were taken out: joins that woke once still do. Step numbers must be places
 * in their flows. */
void edit_rejoin(struct plan *p);
/* Takes out the operations (the edges) whose mark is set; the others keep their order. */
void edit_drop_ops(struct plan_step *s, const unsigned char *drop);
void edit_drop_edges(struct plan_step *s, const unsigned char *drop);
/* For each operation of a block the number of its mate: `if` -> its `else` or `end`; `else` and
 * `for` -> `end`; `end` -> the `if` or `for`. Lives in `scratch`. */
unsigned *edit_match_blocks(struct arena *scratch, const struct plan_step *s);
/* The flow whose slot an operation means. */
struct plan_flow *edit_slot_flow(const struct plan_step *s, const struct plan_op *op);
/* Reads a slot: `slot` or `fresh`. */
int edit_reads_slot(const struct plan_op *op);

#endif
