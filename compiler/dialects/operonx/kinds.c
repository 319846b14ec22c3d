/* kinds.c: values that are never what their reader needs, as far as operations declare it
 * (clause 2.6): a list or an object where something else is read, or the other way round, and a
 * step into what has nothing inside. Numbers, texts and truth values are left to the operations.
 */
#include <string.h>

#include "dialects/operonx/operonx.h"
#include "dialects/shared/type.h"

enum { SCALARS = TYPE_BOOLEAN | TYPE_NUMBER | TYPE_STRING };

static unsigned kinds_of(struct unit *u, const kiln_field *fields, unsigned n, const char *name)
{
    struct type_maker m = { .arena = u->arena };

    for (unsigned i = 0; i < n; i++)
        if (!strcmp(fields[i].name, name))
            return type_of_name(&m, fields[i].type)->kinds;
    return TYPE_ANY;
}

/* What a ref finds before its transforms; of what a stream gathers, nothing is known. */
static unsigned found(struct unit *u, const struct ox_ref *r)
{
    const struct ox_op *from = r->from;

    if (!from || !from->op || r->policy == OX_COLLECT)
        return TYPE_ANY;
    return kinds_of(u, from->op->outputs, from->op->n_outputs, r->var);
}

static int is_step_inside(const struct ox_transform *t)
{
    return !strcmp(t->kind->name, "getitem") || !strcmp(t->kind->name, "getattr");
}

/* What a reader of some kinds can do with others: scalars are read as one another. */
static int may_be(unsigned kinds, unsigned wanted)
{
    return kinds & wanted || (kinds & SCALARS && wanted & SCALARS);
}

static void complain(struct unit *u, const struct ox_ref *r, unsigned kinds, const char *then)
{
    const struct type type = { .kinds = kinds };
    struct text t = { 0 };

    type_put(&t, &type);
    diag_warning(u->diags, r->node, "O047", "'%s' of '%s' is %s, %s", r->var, r->from->full_name,
                 text_cstr(&t), then);
    text_fini(&t);
}

void operonx_check_kinds(struct unit *u, const struct ox_op *o, const struct ox_param *p)
{
    unsigned kinds = found(u, p->ref), wanted = TYPE_ANY;

    if (kinds == TYPE_ANY)
        return;
    if (p->ref->n_transforms) {
        if (is_step_inside(p->ref->transforms)
            && !(kinds & ~(unsigned)(TYPE_NUMBER | TYPE_BOOLEAN)))
            complain(u, p->ref, kinds, "which has nothing inside");
        return;
    }
    if (o->op)
        wanted = kinds_of(u, o->op->inputs, o->op->n_inputs, p->name);
    if (!may_be(kinds, wanted))
        complain(
            u, p->ref, kinds,
            operonx_printf(u, "and never what the input '%s' of '%s' takes", p->name, o->op->name));
}
