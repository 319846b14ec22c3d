/* lower_identity.c: the variables that say who the run is and where in it one stands
 * (scenario 1.4).
 *
 * Who it is the program asks of the run. Where one stands follows from the loops around, which are
 * known here, and for a child from the place it is called from, which its caller hands over.
 */
#include "dialects/scenario/lower.h"

#include <string.h>

static int is_in_loop(const struct scope *sc)
{
    for (; sc; sc = sc->up)
        if (sc->kind == SCOPE_ITEM || sc->kind == SCOPE_TURN)
            return 1;
    return 0;
}

/* The scope of the whole workflow, so many frames up. */
static const struct scope *root_of(const struct scope *sc, unsigned *ret_up)
{
    for (*ret_up = 0; sc->up; sc = sc->up)
        ++*ret_up;
    return sc;
}

static int concat(struct plan_step *s, const int *regs, unsigned n)
{
    return plan_reg_call(s, "base.concat", regs, n);
}

/* ---- who ----------------------------------------------------------------------------------- */

static int fact(struct plan_step *s, const char *name, const char *otherwise)
{
    return plan_reg_call2(s, "base.default", plan_reg_about(s, name), plan_reg_text(s, otherwise));
}

static int workflow_id(struct plan_step *s)
{
    return concat(s,
                  (int[]){ fact(s, "workflow", s->flow->plan->name), plan_reg_text(s, "::"),
                           plan_reg_about(s, "id") },
                  3);
}

static const char *const who[] = { "_instance_id", "_tenant_id", "_workflow_id" };
static const char *const where[] = { "_cache_key_prefix", "_parent_scope_id", "_scope_id" };

static int who_it_is(struct plan_step *s, unsigned i)
{
    switch (i) {
    case 0:
        return plan_reg_about(s, "id");
    case 1:
        return fact(s, "tenant", "unknown");
    default:
        return workflow_id(s);
    }
}

/* ---- where --------------------------------------------------------------------------------- */

static int handed(struct plan_step *s, unsigned up, const char *name)
{
    return plan_reg_get(s, plan_reg_slot(s, up, CHILD_SCOPE), name, strlen(name));
}

/* sc_<step>_<index>, and _<step>_<index> for every loop further in; a child's begins with that of
 * its caller. */
int lower_scope_id(struct scope *sc, struct plan_step *s, unsigned up)
{
    int regs[2 * JSON_DEPTH + 1], n = 2 * JSON_DEPTH + 1;

    for (; sc->kind != SCOPE_ROOT && n > 2; sc = sc->up, up++)
        if (sc->kind == SCOPE_ITEM || sc->kind == SCOPE_TURN) {
            regs[--n] = plan_reg_index(s, up);
            regs[--n] = plan_reg_text(
                s, diag_must_have(arena_printf(sc->l->unit->arena, "_%s_", sc->owner->id)));
        }
    if (sc->is_child)
        regs[--n] = handed(s, up, "_scope_id");
    else if (n == 2 * JSON_DEPTH + 1)
        return lower_null(s);
    else
        regs[--n] = plan_reg_text(s, "sc");
    return concat(s, regs + n, (unsigned)(2 * JSON_DEPTH + 1 - n));
}

/* <prefix>__<step>, or without a prefix <workflow id>::<step>; behind it the numbers of the
 * iterations around (scenario 1.14). */
static int cache_prefix(struct scope *sc, const struct step *st, struct plan_step *s)
{
    struct part name = { where[0], (unsigned)strlen(where[0]) };
    int before = plan_reg_new(s), in_loop = is_in_loop(sc);
    int prefix = lower_variable(sc, s, 0, &name);

    plan_if(s, prefix);
    plan_copy(s, before, concat(s, (int[]){ prefix, plan_reg_text(s, "__") }, 2));
    plan_else(s);
    plan_copy(s, before, concat(s, (int[]){ workflow_id(s), plan_reg_text(s, "::") }, 2));
    plan_end(s);
    return concat(
        s, (int[]){ before, plan_reg_text(s, st->id), in_loop ? lower_indices(sc, s, 0) : -1 },
        in_loop ? 3 : 2);
}

/* The scope around with `_<step>` behind it; sc_<step> at the top. */
static int child_scope_id(struct scope *sc, const struct step *st, struct plan_step *s, int around)
{
    char *name = diag_must_have(arena_printf(sc->l->unit->arena, "_%s", st->id));
    unsigned up;
    int in_scope = is_in_loop(sc) || root_of(sc, &up)->is_child;

    return concat(s, (int[]){ in_scope ? around : plan_reg_text(s, "sc"), plan_reg_text(s, name) },
                  2);
}

int lower_call_scope(struct scope *sc, const struct step *st, struct plan_step *s)
{
    int around = lower_scope_id(sc, s, 0), regs[3];
    unsigned keys[3];

    for (unsigned i = 0; i < 3; i++)
        keys[i] = plan_const_text(sc->l->plan, where[i], strlen(where[i]));
    regs[0] = cache_prefix(sc, st, s);
    regs[1] = around;
    regs[2] = child_scope_id(sc, st, s, around);
    return plan_reg_object(s, keys, regs, 3);
}

/* <run>/<workflow id>/<step>, in a child with its prefix and `::` before the step, in loops with
 * `/[i,j]` behind it (scenario 1.7.13). */
int lower_signal_id(struct scope *sc, struct plan_step *s, const struct step *st)
{
    unsigned up;
    int is_child = root_of(sc, &up)->is_child, regs[8], n = 0;

    regs[n++] = plan_reg_about(s, "id");
    regs[n++] = plan_reg_text(s, "/");
    regs[n++] = workflow_id(s);
    regs[n++] = plan_reg_text(s, "/");
    if (is_child) {
        regs[n++] = handed(s, up, "_cache_key_prefix");
        regs[n++] = plan_reg_text(s, "::");
    }
    regs[n++] = plan_reg_text(s, st->id);
    if (is_in_loop(sc))
        regs[n++] = concat(s, (int[]){ plan_reg_text(s, "/"), lower_indices(sc, s, 0) }, 2);
    return concat(s, regs, (unsigned)n);
}

/* ---- by name ------------------------------------------------------------------------------- */

static int is_name(const struct part *name, const char *text)
{
    return name->n == strlen(text) && !memcmp(name->s, text, name->n);
}

int lower_identity(struct scope *sc, struct plan_step *s, unsigned up, const struct part *name)
{
    for (unsigned i = 0; i < 3; i++)
        if (is_name(name, who[i]))
            return who_it_is(s, i);
    for (unsigned i = 0; i < 3 && sc->is_child; i++)
        if (is_name(name, where[i]))
            return handed(s, up, where[i]);
    return -1;
}

int lower_identities(struct scope *sc, struct plan_step *s, unsigned up)
{
    unsigned keys[3];
    int regs[3], all;

    for (unsigned i = 0; i < 3; i++) {
        keys[i] = plan_const_text(sc->l->plan, who[i], strlen(who[i]));
        regs[i] = who_it_is(s, i);
    }
    all = plan_reg_object(s, keys, regs, 3);
    return sc->is_child
               ? plan_reg_call2(s, "scenario.overlay", all, plan_reg_slot(s, up, CHILD_SCOPE))
               : all;
}
