/* kinds.c: values that are never what is done with them, as far as operations declare it
 * (clause 2.6): inputs of operations that get a list or an object where something else is read, or
 * the other way round (O047), transforms and conditions that always fail (O048), comparisons that
 * always come out the same (O049).
 */
#include "dialects/operonx/types.h"

#include <string.h>

#include "dialects/shared/fit.h"
#include "dialects/shared/operand.h"

/* ---- transforms ---- */

static struct text source_of(const struct ox_op *reader, const struct ox_ref *r)
{
    struct text s = { 0 };

    text_printf(&s, "'%s' of '%s'", r->var,
                r->from ? r->from->full_name : reader->graph->self->full_name);
    return s;
}

static void tell_lost(struct ox_typing *t, const struct ox_transform *x, const struct type *a,
                      const struct type *key, const char *source)
{
    const struct node *k = key->literal;
    struct text what = { 0 };
    struct diag *d;

    operand_put(&what, a, NULL);
    if (!(a->kinds & (TYPE_STRING | TYPE_ARRAY | TYPE_OBJECT)))
        text_puts(&what, ", which has nothing inside");
    else if (k && k->kind == NODE_STRING)
        text_printf(&what, ", which has no '%s'", k->u.s);
    else
        text_puts(&what, ", which has no such part");
    d = diag_warning(t->unit->diags, x->node, "O047", "%s is %s", source, text_cstr(&what));
    if (a->kinds & TYPE_OBJECT && k && k->kind == NODE_STRING) {
        unsigned n;
        const char **names = type_names(&t->maker, a, &n);

        diag_suggest(t->unit->diags, d, k->u.s, "it has", names, n);
    } else if (a->kinds & TYPE_ARRAY) {
        diag_hint(t->unit->diags, d, "items have numbers, as in [\"getitem\", [0]]");
    }
    text_fini(&what);
}

static void tell(struct ox_typing *t, const struct ox_transform *x, enum ox_fate fate,
                 const struct type *a, const struct type *b, const char *source)
{
    struct text operands = { 0 };

    operand_put(&operands, a, b);
    if (fate == OX_FAILS)
        diag_warning(t->unit->diags, x->node, "O048", "transform '%s' of %s always fails: on %s",
                     x->kind->name, source, text_cstr(&operands));
    else
        diag_warning(t->unit->diags, x->node, "O049",
                     "transform '%s' of %s is %s whenever there is a value: it compares %s",
                     x->kind->name, source, fate == OX_NEVER ? "false" : "true",
                     text_cstr(&operands));
    text_fini(&operands);
}

static int is_part(const struct ox_transform *x)
{
    return !strcmp(x->kind->name, "getitem") || !strcmp(x->kind->name, "getattr");
}

void operonx_complain_transform(struct ox_typing *t, const struct ox_op *reader,
                                const struct ox_ref *r, const struct ox_transform *x,
                                enum ox_fate fate, const struct type *a, const struct type *b)
{
    struct text source = source_of(reader, r);

    if (x != r->transforms)
        text_printf(&source, " (through %u transforms)", (unsigned)(x - r->transforms));
    if (is_part(x))
        tell_lost(t, x, a, b, text_cstr(&source));
    else
        tell(t, x, fate, a, b, text_cstr(&source));
    text_fini(&source);
}

/* ---- inputs ---- */

static const kiln_field *input_of(const struct ox_op *o, const char *name)
{
    for (unsigned i = 0; o->op && i < o->op->n_inputs; i++)
        if (!strcmp(o->op->inputs[i].name, name))
            return &o->op->inputs[i];
    return NULL;
}

static void check_input(struct ox_typing *t, const struct ox_op *o, const struct ox_param *p)
{
    const struct type *type = operonx_type_ref(t, o, p->ref);
    const kiln_field *f = input_of(o, p->name);
    struct text source, is = { 0 };

    if (!f || fit_input(type, f->type))
        return;
    source = source_of(o, p->ref);
    operand_put(&is, type, NULL);
    diag_warning(t->unit->diags, p->ref->node, "O047",
                 p->ref->n_transforms
                     ? "what becomes of %s is %s, and never what the input '%s' of '%s' takes"
                     : "%s is %s, and never what the input '%s' of '%s' takes",
                 text_cstr(&source), text_cstr(&is), p->name, o->op->name);
    text_fini(&source);
    text_fini(&is);
}

static void check_graph(struct ox_typing *t, struct ox_graph *g)
{
    for (unsigned i = 0; i < g->n_ops; i++) {
        const struct ox_op *o = g->ops[i];

        for (unsigned j = 0; j < o->inputs.n; j++)
            if (o->inputs.at[j].ref)
                check_input(t, o, &o->inputs.at[j]);
        for (unsigned j = 0; j < o->n_cases; j++)
            operonx_type_ref(t, o, o->cases[j].condition);
        if (o->body)
            check_graph(t, o->body);
    }
    if (g->until)
        operonx_check_until(t, g);
}

void operonx_check_kinds(struct unit *u, struct ox_graph *root)
{
    struct ox_typing t = { .unit = u, .maker = { .arena = u->arena }, .tells = 1 };

    check_graph(&t, root);
}
