/* render.c: renders a tree, for templates that are only known at run time.
 *
 * All work is done by the functions compiled templates call; what is here is only the order of it.
 * A template that goes on and on is stopped: the budget counts nodes, loops included.
 */
#include <string.h>

#include "functions/template.h"
#include "template/template.h"

struct rendering {
    kiln_heap *heap;
    const kiln_value *context;
    kiln_value *vars;
    unsigned budget;
};

static int evaluate(struct rendering *r, const struct template_node *node, kiln_value *ret);
static int run_body(struct rendering *r, const struct template_node *body, struct text *out);

static kiln_value *room(struct rendering *r, unsigned n)
{
    kiln_value *values = arena_zalloc(&r->heap->arena, ((size_t)n + 1) * sizeof *values);

    if (!values)
        heap_fail(r->heap, "out of memory");
    return values;
}

/* ---- expressions --------------------------------------------------------------------------- */

/* Takes `units` from the budget. */
static int spend(struct rendering *r, const kiln_value *place, unsigned units)
{
    if (r->budget < units)
        return template_fail(r->heap, place, "the template takes too many steps");
    r->budget -= units;
    return 0;
}

/* What is made costs too, so that no loop makes the same large thing again and again. */
static int call(struct rendering *r, const struct template_node *node, kiln_value *ret)
{
    kiln_value few[5], *all = node->n < 5 ? few : room(r, node->n);

    if (!all)
        return -1;
    all[0] = node->place;
    for (unsigned i = 0; i < node->n; i++)
        if (evaluate(r, node->args[i], &all[i + 1]) < 0)
            return -1;
    if (node->helper->run(r->heap, ret, all, node->n + 1) < 0)
        return -1;
    return ret->tag < KILN_STRING ? 0 : spend(r, &node->place, ret->n / 16);
}

static int container(struct rendering *r, const struct template_node *node, kiln_value *ret)
{
    kiln_value *all = room(r, node->n);

    if (!all)
        return -1;
    for (unsigned i = 0; i < node->n; i++)
        if (evaluate(r, node->args[i], &all[i]) < 0)
            return -1;
    if (node->kind == TEMPLATE_ARRAY)
        return value_array(r->heap, ret, all, node->n);
    for (unsigned i = 0; i < node->n; i += 2) {
        kiln_value key[2] = { node->place, all[i] };

        if (kiln_template_string(r->heap, &all[i], key, 2) < 0)
            return -1;
    }
    return kiln_object(r->heap, ret, all, node->n / 2);
}

static int sieve(struct rendering *r, const struct template_node *node, kiln_value *ret)
{
    kiln_value list, kept, *all;
    unsigned n = 0;

    if (evaluate(r, node->args[0], &list) < 0 || !(all = room(r, list.n)))
        return -1;
    for (unsigned i = 0; i < list.n; i++) {
        r->vars[node->var] = all[n] = list.u.items[i];
        kept = value_bool(1);
        if (node->args[1] && evaluate(r, node->args[1], &kept) < 0)
            return -1;
        if (node->args[2] && evaluate(r, node->args[2], &all[n]) < 0)
            return -1;
        n += (unsigned)kiln_truthy(&kept);
    }
    return value_array(r->heap, ret, all, n);
}

/* AND, OR, CHOICE: only what is needed. */
static int choose(struct rendering *r, const struct template_node *node, kiln_value *ret)
{
    if (evaluate(r, node->args[0], ret) < 0)
        return -1;
    if (node->kind == TEMPLATE_CHOICE)
        return evaluate(r, node->args[kiln_truthy(ret) ? 1 : 2], ret);
    return kiln_truthy(ret) == (node->kind == TEMPLATE_OR) ? 0 : evaluate(r, node->args[1], ret);
}

static int body_text(struct rendering *r, const struct template_node *node, kiln_value *ret)
{
    struct text out = { 0 };

    if (run_body(r, node, &out) < 0) {
        text_fini(&out);
        return -1;
    }
    return template_string(r->heap, ret, &node->place, &out);
}

static int evaluate(struct rendering *r, const struct template_node *node, kiln_value *ret)
{
    *ret = (kiln_value){ 0 };
    if (!node)
        return 0;
    if (spend(r, &node->place, 1) < 0)
        return -1;
    switch (node->kind) {
    case TEMPLATE_CONST:
        *ret = node->value;
        return 0;
    case TEMPLATE_ROOT:
        *ret = kiln_get(r->context, &node->value);
        return 0;
    case TEMPLATE_VAR:
        *ret = r->vars[node->var];
        return 0;
    case TEMPLATE_CALL:
        return call(r, node, ret);
    case TEMPLATE_ARRAY:
    case TEMPLATE_OBJECT:
        return container(r, node, ret);
    case TEMPLATE_AND:
    case TEMPLATE_OR:
    case TEMPLATE_CHOICE:
        return choose(r, node, ret);
    case TEMPLATE_SIEVE:
        return sieve(r, node, ret);
    case TEMPLATE_WRONG:
        return template_fail(r->heap, &node->place, "%.*s", (int)node->value.n, node->value.u.s);
    default:
        return body_text(r, node, ret);
    }
}

/* ---- statements ---------------------------------------------------------------------------- */

static int run_for(struct rendering *r, const struct template_node *node, struct text *out)
{
    kiln_value list;

    if (evaluate(r, node->args[0], &list) < 0)
        return -1;
    r->vars[node->var + 1] = list;
    for (unsigned i = 0; i < list.n; i++) {
        r->vars[node->var] = list.u.items[i];
        r->vars[node->var + 2] = value_int(i);
        if (run_body(r, node->args[1], out) < 0)
            return -1;
    }
    return list.n || !node->args[2] ? 0 : run_body(r, node->args[2], out);
}

static int run(struct rendering *r, const struct template_node *node, struct text *out)
{
    kiln_value v;

    if (node->kind == TEMPLATE_BODY)
        return run_body(r, node, out);
    if (node->kind == TEMPLATE_FOR)
        return run_for(r, node, out);
    if (evaluate(r, node->args[0], &v) < 0)
        return -1;
    if (node->kind == TEMPLATE_SET) {
        r->vars[node->var] = v;
        return 0;
    }
    if (node->kind == TEMPLATE_PRINT) {
        template_put(out, &v);
        return out->n > TEMPLATE_TEXT_MOST
                   ? template_fail(r->heap, &node->place, "the text is larger than %d MiB",
                                   TEMPLATE_TEXT_MOST >> 20)
                   : 0;
    }
    if (kiln_truthy(&v))
        return run_body(r, node->args[1], out);
    return node->args[2] ? run_body(r, node->args[2], out) : 0;
}

static int run_body(struct rendering *r, const struct template_node *body, struct text *out)
{
    for (unsigned i = 0; i < body->n; i++)
        if (spend(r, &body->args[i]->place, 1) < 0 || run(r, body->args[i], out) < 0)
            return -1;
    return 0;
}

int template_render(kiln_heap *h, kiln_value *ret, const struct template *t,
                    const kiln_value *context)
{
    struct rendering r = { .heap = h, .context = context, .budget = TEMPLATE_WALK_MOST };

    r.vars = room(&r, t->n_vars);
    return r.vars ? body_text(&r, t->body, ret) : -1;
}
