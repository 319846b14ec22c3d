/* merges.c: joins that can never come about (clause 4.6).
 *
 * A branch picks one of its targets, so an op that waits with hard links for two arms of it waits
 * for ever. Each op remembers the link by which a branch last let it run; two different links of
 * one branch must not meet in hard links.
 */
#include "dialects/operonx/operonx.h"

static struct ox_link *arm_of(const struct ox_link *l)
{
    return l->from->kind == OX_BRANCH ? (struct ox_link *)l : l->from->arm;
}

static void find_arm(struct ox_op *o)
{
    for (unsigned i = 0; i < o->n_in && !o->arm; i++)
        if (!o->in[i]->soft)
            o->arm = arm_of(o->in[i]);
}

static void check_join(struct unit *u, const struct ox_op *o)
{
    for (unsigned i = 0; i < o->n_in; i++) {
        const struct ox_link *arm = o->in[i]->soft ? NULL : arm_of(o->in[i]);

        if (arm)
            arm->from->via = NULL;
    }
    for (unsigned i = 0; i < o->n_in; i++) {
        struct ox_link *arm = o->in[i]->soft ? NULL : arm_of(o->in[i]);
        struct diag *d;

        if (!arm)
            continue;
        if (arm->from->via && arm->from->via != arm) {
            d = diag_warning(u->diags, o->in[i]->node, "O071",
                             "'%s' waits for both '%s' and '%s', but '%s' picks one of them",
                             o->name, arm->from->via->to->name, arm->to->name, arm->from->name);
            diag_hint(u->diags, d, "make the links into '%s' soft", o->name);
        }
        arm->from->via = arm;
    }
}

void operonx_check_merges(struct unit *u, struct ox_graph *g)
{
    for (unsigned i = 0; i < g->n_ops; i++) {
        find_arm(g->order[i]);
        check_join(u, g->order[i]);
    }
}
