/* uses.c: which operations a workflow uses, and where in its text. */
#include <string.h>

#include "verbs/verbs.h"

/* The child that one part of a JSON pointer names. */
static const struct node *child(struct arena *a, const struct node *n, const char *part)
{
    const char *want = node_pointer(a, n);
    size_t skip = strlen(want) + 1;

    node_each(c, n)
    {
        const char *p = node_pointer(a, c) + skip;

        if (strncmp(p, part, strcspn(part, "/")) == 0 && strlen(p) == strcspn(part, "/"))
            return c;
    }
    return NULL;
}

/* The node of a step; NULL when the step stands in another file. */
static const struct node *node_of(struct compilation *c, const struct plan_step *s)
{
    const struct node *n = c->source.root;
    unsigned line, column;

    for (const char *p = s->pointer; p && *p == '/' && n; p += 1 + strcspn(p + 1, "/"))
        n = child(&c->arena, n, p + 1);
    if (!n)
        return NULL;
    source_position(&c->source, n->at, &line, &column);
    return line == s->line && column == s->column ? n : NULL;
}

static int is_listed(const struct build_use *uses, unsigned n, const kiln_op *op)
{
    for (unsigned i = 0; i < n; i++)
        if (uses[i].op == op)
            return 1;
    return 0;
}

static const kiln_op *operation_of(const struct plan_step *s)
{
    const struct plan_op *last = plan_last(s);

    return last && last->kind == PLAN_TASK ? last->op : NULL;
}

const struct build_use *request_uses(struct request *r, struct compilation *c, unsigned *ret_n)
{
    struct build_use *uses = diag_must_have(arena_alloc(&c->arena, (r->ops.n + 1) * sizeof *uses));
    unsigned n = 0;

    for (unsigned i = 0; i < c->plan->n_flows; i++) {
        const struct plan_flow *f = c->plan->flows[i];

        for (unsigned k = 0; k < f->n_steps; k++) {
            const kiln_op *op = operation_of(f->steps[k]);

            if (op && !is_listed(uses, n, op))
                uses[n++] = (struct build_use){ op, node_of(c, f->steps[k]) };
        }
    }
    *ret_n = n;
    return uses;
}
