/* edit.c: the moves passes share (edit.h): nothing is edited in place but by squeezing out. */
#include "passes/edit.h"

void *edit_alloc(struct arena *scratch, size_t size)
{
    void *at = arena_zalloc(scratch, size ? size : 1);

    if (!at)
        plan_memory_out();
    return at;
}

void edit_drop_ops(struct plan_step *s, const unsigned char *drop)
{
    unsigned n = 0;

    for (unsigned i = 0; i < s->n_ops; i++)
        if (!drop[i])
            s->ops[n++] = s->ops[i];
    s->n_ops = n;
}

void edit_drop_edges(struct plan_step *s, const unsigned char *drop)
{
    unsigned n = 0;

    for (unsigned i = 0; i < s->n_edges; i++)
        if (!drop[i])
            s->edges[n++] = s->edges[i];
    s->n_edges = n;
}

unsigned *edit_match_blocks(struct arena *scratch, const struct plan_step *s)
{
    unsigned *mate = edit_alloc(scratch, s->n_ops * sizeof *mate);
    unsigned *open = edit_alloc(scratch, s->n_ops * sizeof *open); /* the first of each block */
    unsigned *last = edit_alloc(scratch, s->n_ops * sizeof *last); /* its `if`, `for` or `else` */
    unsigned depth = 0;

    for (unsigned i = 0; i < s->n_ops; i++) {
        switch (s->ops[i].kind) {
        case PLAN_IF:
        case PLAN_FOR:
            open[depth] = last[depth] = i;
            depth++;
            break;
        case PLAN_ELSE:
            mate[last[depth - 1]] = i;
            last[depth - 1] = i;
            break;
        case PLAN_ENDBLOCK:
            depth--;
            mate[last[depth]] = i;
            mate[i] = open[depth];
            break;
        default:
            break;
        }
    }
    return mate;
}

struct plan_flow *edit_slot_flow(const struct plan_step *s, const struct plan_op *op)
{
    struct plan_flow *f = s->flow;

    for (unsigned up = op->up; up; up--)
        f = f->up;
    return f;
}

int edit_reads_slot(const struct plan_op *op)
{
    return op->kind == PLAN_SLOT || op->kind == PLAN_FRESH;
}
