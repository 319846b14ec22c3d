/* lower_value.c: expressions as straight plan operations.
 *
 * `if` and `map` become blocks, so what is not chosen is not worked out; every key that must be
 * there is asked for with pregel.need, whose failure is Python's KeyError.
 */
#include "dialects/pregel/pregel.h"

#include <string.h>

static int empty_object(const struct pregel_scope *sc)
{
    kiln_value v;

    if (kiln_object(&sc->s->flow->plan->heap, &v, NULL, 0) < 0)
        diag_must_have(NULL);
    return plan_reg_const(sc->s, &v);
}

static int constant(const struct pregel_scope *sc, const struct node *e)
{
    kiln_value v;

    if (node_value(&sc->s->flow->plan->heap, &v, e) < 0)
        diag_must_have(NULL);
    return plan_reg_const(sc->s, &v);
}

static int text(const struct pregel_scope *sc, const char *s, size_t n)
{
    kiln_value v = { .tag = KILN_STRING, .n = (unsigned)n, .u.s = s };

    return plan_reg_const(sc->s, &v);
}

/* ---- names and paths ---- */

static const struct pregel_binding *find_binding(const struct pregel_scope *sc, const char *name,
                                                 size_t n)
{
    const struct pregel_binding *b = sc->names;

    while (b && (b->n != n || memcmp(b->name, name, n)))
        b = b->next;
    return b;
}

static int lower_channel(const struct pregel_scope *sc, const struct pregel_channel *c)
{
    if (c->kind == PREGEL_REMAINING)
        return plan_reg_slot(sc->s, 0, c->slot);
    if (c->kind == PREGEL_LAST_STEP) {
        kiln_value one = value_int(1);

        return plan_reg_call2(sc->s, "pregel.eq", plan_reg_slot(sc->s, 0, c->slot),
                              plan_reg_const(sc->s, &one));
    }
    return sc->fresh ? plan_reg_fresh(sc->s, c->slot) : plan_reg_slot(sc->s, 0, c->slot);
}

static int is_name(const struct pregel_scope *sc, const char *name, size_t n)
{
    return find_binding(sc, name, n) || pregel_channel_find(sc->model, name, n);
}

/* What a name stands for, absent when nothing: a binding, a channel, a key the node returned. */
static int lower_name(const struct pregel_scope *sc, const char *name, size_t n)
{
    const struct pregel_binding *b = find_binding(sc, name, n);
    const struct pregel_channel *c = pregel_channel_find(sc->model, name, n);
    int value;

    if (b)
        return b->reg;
    if (c && sc->extra < 0)
        return lower_channel(sc, c);
    if (!c)
        return plan_reg_get(sc->s, sc->extra < 0 ? empty_object(sc) : sc->extra, name, n);
    value = lower_channel(sc, c);
    return plan_reg_call2(sc->s, "pregel.first", value, plan_reg_get(sc->s, sc->extra, name, n));
}

int pregel_lower_parts(const struct pregel_scope *sc, int from, const char *path, size_t n)
{
    while (n) {
        const char *dot = memchr(path, '.', n);
        size_t part = dot ? (size_t)(dot - path) : n;

        from = plan_reg_call2(sc->s, "pregel.part", from, text(sc, path, part));
        path += dot ? part + 1 : part;
        n -= dot ? part + 1 : part;
    }
    return from;
}

static int lower_text_path(const struct pregel_scope *sc, const struct node *path)
{
    const char *dot = memchr(path->u.s, '.', path->n);
    size_t first = dot ? (size_t)(dot - path->u.s) : path->n;

    if (!dot || is_name(sc, path->u.s, path->n))
        return lower_name(sc, path->u.s, path->n);
    return pregel_lower_parts(sc, lower_name(sc, path->u.s, first), dot + 1, path->n - first - 1);
}

static int lower_path(const struct pregel_scope *sc, const struct node *path)
{
    int reg;

    if (path->kind == NODE_STRING)
        return lower_text_path(sc, path);
    reg = lower_name(sc, path->child->u.s, path->child->n);
    for (const struct node *p = path->child->next; p; p = p->next)
        reg = plan_reg_call2(sc->s, "pregel.part", reg, constant(sc, p));
    return reg;
}

/* A reducer with a zero value is always there. */
static int is_always_there(const struct pregel_scope *sc, const struct node *path)
{
    const struct pregel_channel *c =
        path->kind == NODE_STRING && !find_binding(sc, path->u.s, path->n)
            ? pregel_channel_find(sc->model, path->u.s, path->n)
            : NULL;

    return c && sc->s->flow->slots[c->slot].initial >= 0;
}

static int lower_get(const struct pregel_scope *sc, const struct node *path)
{
    int reg = lower_path(sc, path);
    const struct node *last = path;

    if (is_always_there(sc, path))
        return reg;
    if (path->kind == NODE_ARRAY)
        for (last = path->child; last->next;)
            last = last->next;
    return plan_reg_call2(sc->s, "pregel.need", reg, constant(sc, last));
}

/* ---- words with a rule of their own ---- */

static int lower_getor(const struct pregel_scope *sc, const struct node *args)
{
    int value = lower_path(sc, args->child), ret;

    if (pregel_is_literal(args->child->next))
        return plan_reg_call2(sc->s, "pregel.first", value,
                              pregel_lower_value(sc, args->child->next));
    ret = plan_reg_new(sc->s);
    plan_if(sc->s, plan_reg_call1(sc->s, "base.present", value));
    plan_copy(sc->s, ret, value);
    plan_else(sc->s);
    plan_copy(sc->s, ret, pregel_lower_value(sc, args->child->next));
    plan_end(sc->s);
    return ret;
}

static int lower_if(const struct pregel_scope *sc, const struct node *args)
{
    int condition = pregel_lower_value(sc, args->child);
    int ret = plan_reg_new(sc->s);

    plan_if(sc->s, condition);
    plan_copy(sc->s, ret, pregel_lower_value(sc, args->child->next));
    plan_else(sc->s);
    plan_copy(sc->s, ret, pregel_lower_value(sc, args->child->next->next));
    plan_end(sc->s);
    return ret;
}

static int lower_map(const struct pregel_scope *sc, const struct node *args)
{
    const struct node *name = args->child->next;
    struct pregel_binding item = { name->u.s, name->n, -1, sc->names };
    struct pregel_scope in = *sc;
    int list = pregel_lower_value(sc, args->child), ret;

    if (args->child->kind != NODE_ARRAY)
        list = plan_reg_call1(sc->s, "pregel.items", list);
    ret = plan_for(sc->s, list, &item.reg);
    in.names = &item;
    plan_yield(sc->s, pregel_lower_value(&in, name->next));
    plan_end(sc->s);
    return ret;
}

/* The state as the scope sees it: all of a StateGraph's channels, what a bare node asked for. */
static int lower_state(const struct pregel_scope *sc)
{
    const struct pregel_model *m = sc->model;
    unsigned *keys =
        diag_must_have(arena_alloc(sc->s->flow->plan->arena, (m->channels.n + 1) * sizeof *keys));
    int *values =
        diag_must_have(arena_alloc(sc->s->flow->plan->arena, (m->channels.n + 1) * sizeof *values));
    unsigned n = 0;
    int state;

    for (unsigned i = 0; i < m->channels.n; i++) {
        const struct pregel_channel *c = m->channels.at[i];

        if (m->raw && !find_binding(sc, c->name, strlen(c->name)))
            continue;
        keys[n] = plan_const_text(sc->s->flow->plan, c->name, strlen(c->name));
        values[n++] = lower_channel(sc, c);
    }
    state = plan_reg_object(sc->s, keys, values, n);
    return sc->extra < 0 ? state : plan_reg_call2(sc->s, "pregel.merge", sc->extra, state);
}

static int lower_overwrite(const struct pregel_scope *sc, const struct node *e)
{
    unsigned key = plan_const_text(sc->s->flow->plan, "__overwrite__", 13);
    int value = pregel_lower_value(sc, e);

    return plan_reg_object(sc->s, &key, &value, 1);
}

/* ---- containers ---- */

static int lower_items(const struct pregel_scope *sc, const struct node *e)
{
    int *items = diag_must_have(arena_alloc(sc->s->flow->plan->arena, (e->n + 1) * sizeof *items));
    unsigned n = 0;

    node_each(c, e) items[n++] = pregel_lower_value(sc, c);
    return plan_reg_array(sc->s, items, n);
}

static int lower_members(const struct pregel_scope *sc, const struct node *e)
{
    struct plan *p = sc->s->flow->plan;
    unsigned *keys = diag_must_have(arena_alloc(p->arena, (e->n + 1) * sizeof *keys));
    int *values = diag_must_have(arena_alloc(p->arena, (e->n + 1) * sizeof *values));
    unsigned n = 0;

    node_each(c, e)
    {
        keys[n] = plan_const_text(p, c->key, c->key_n);
        values[n++] = pregel_lower_value(sc, c);
    }
    return plan_reg_object(sc->s, keys, values, n);
}

/* ---- any expression ---- */

static int lower_special(const struct pregel_scope *sc, const struct pregel_word *w,
                         const struct node *e)
{
    switch (w->special) {
    case PREGEL_GET:
        return lower_get(sc, e);
    case PREGEL_GETOR:
        return lower_getor(sc, e);
    case PREGEL_STATE:
        return lower_state(sc);
    case PREGEL_IF:
        return lower_if(sc, e);
    case PREGEL_MAP:
        return lower_map(sc, e);
    case PREGEL_CALL:
        return plan_reg_index(sc->s, 0);
    case PREGEL_OVERWRITE:
        return lower_overwrite(sc, e);
    case PREGEL_UPDATE:
        return lower_members(sc, e);
    case PREGEL_RAISE:
        return plan_reg_call2(sc->s, "pregel.raise", pregel_lower_value(sc, e->child),
                              pregel_lower_value(sc, e->child->next));
    default:
        return constant(sc, e);
    }
}

/* The arguments are worked out in order before the first is used. */
static int lower_arguments(const struct pregel_scope *sc, const char *function,
                           const struct node *args)
{
    int reg = pregel_lower_value(sc, args->child);

    for (const struct node *c = args->child->next; c; c = c->next)
        reg = plan_reg_call2(sc->s, function, reg, pregel_lower_value(sc, c));
    return reg;
}

int pregel_lower_value(const struct pregel_scope *sc, const struct node *e)
{
    const struct pregel_word *w = pregel_word_of(e);

    if (w && w->shape == PREGEL_SPECIAL)
        return lower_special(sc, w, e->child);
    if (w && w->shape == PREGEL_ONE)
        return plan_reg_call1(sc->s, w->function, pregel_lower_value(sc, e->child));
    if (w)
        return lower_arguments(sc, w->function, e->child);
    if (pregel_is_literal(e))
        return constant(sc, e);
    return e->kind == NODE_ARRAY ? lower_items(sc, e) : lower_members(sc, e);
}
