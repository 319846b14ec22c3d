/* places.c: a field of a call, followed back through the registers of its step to a constant. The
 * plan has been folded, so what can be known beforehand is one. */
#include "verbs/places.h"

#include <string.h>

const struct plan_op *places_task(const struct plan_step *s)
{
    const struct plan_op *last = plan_last(s);

    return last && last->kind == PLAN_TASK ? last : NULL;
}

/* What makes a register; NULL when more than one operation may. */
static const struct plan_op *maker(const struct plan_step *s, int reg)
{
    const struct plan_op *found = NULL;

    for (unsigned i = 0; i < s->n_ops; i++)
        if (s->ops[i].ret == reg) {
            if (found)
                return NULL;
            found = &s->ops[i];
        }
    return found;
}

static enum place_value constant(const struct plan_step *s, const struct plan_op *op,
                                 kiln_value *ret)
{
    if (!op || op->kind != PLAN_CONST)
        return PLACE_COMPUTED;
    *ret = s->flow->plan->consts[op->keys[0]];
    return PLACE_CONST;
}

enum place_value places_value(const struct plan_step *s, const char *field, kiln_value *ret)
{
    const struct plan_op *input = maker(s, places_task(s)->args[0]);
    kiln_value all;

    if (input && input->kind == PLAN_OBJECT) {
        for (unsigned i = 0; i < input->n_keys; i++)
            if (value_is(&s->flow->plan->consts[input->keys[i]], field))
                return constant(s, maker(s, input->args[i]), ret);
        return PLACE_NONE;
    }
    if (constant(s, input, &all) == PLACE_COMPUTED)
        return PLACE_COMPUTED;
    *ret = value_member(&all, field);
    return ret->tag == KILN_ABSENT ? PLACE_NONE : PLACE_CONST;
}

/* The text of a value ends without a NUL. */
const char *places_host(const kiln_value *text, size_t *ret_n)
{
    const char *s = text->tag == KILN_STRING ? memmem(text->u.s, text->n, "://", 3) : NULL, *at;
    size_t left, n = 0;

    if (!s)
        return NULL;
    s += 3;
    left = text->n - (size_t)(s - text->u.s);
    while (n < left && !strchr("/?#", s[n]))
        n++;
    at = memchr(s, '@', n);
    if (at) {
        n -= (size_t)(at + 1 - s);
        s = at + 1;
    }
    *ret_n = n;
    return s;
}
