/* ends.c: where the path of a branch leads (pregel 3.2), as far as it stands in the file or types
 * say. The reference finds out at run time, and a path to nowhere just ends; so do we, but we say
 * so before.
 */
#include "dialects/pregel/types.h"

#include <string.h>

#include "dialects/shared/operand.h"

/* The ends of one branch. */
struct ends {
    struct pregel_typing *typing;
    const struct pregel_branch *branch; /* NULL: the gotos of a node */
    struct pregel_place where;
    unsigned char *said; /* by way of the map: the path may say it */
    int open;            /* it may say anything */
};

static int is_mapped(const struct ends *s)
{
    return s->branch && s->branch->mapped;
}

static void say(struct ends *s, const struct node *at, const char *name, size_t n)
{
    const struct pregel_branch *b = s->branch;
    const struct pregel_way *way = pregel_way_find(b, name, n);

    if (way)
        s->said[way - b->ways] = 1;
    else
        diag_warning(s->typing->unit->diags, at, "P020",
                     "'%.*s' is not in the map: coming here fails", (int)n, name);
}

static void check_node(struct ends *s, const struct node *at, const struct node *name)
{
    const struct pregel_model *m = s->typing->unit->model;
    const struct pregel_node *to = pregel_node_find(m, name->u.s, name->n);

    if (!to)
        diag_warning(s->typing->unit->diags, at, "P020",
                     "there is no node '%s': coming here ends the path", name->u.s);
    else if (to == m->start)
        diag_warning(s->typing->unit->diags, at, "P020",
                     "no path leads to the start: coming here fails");
}

/* P028: it is no name. */
static void complain(struct ends *s, const struct node *at, const struct type *type)
{
    struct text is = { 0 };

    operand_put(&is, type, NULL);
    diag_warning(s->typing->unit->diags, at, "P028",
                 "a path leads to nodes by their names, this is %s: it leads to none",
                 text_cstr(&is));
    text_fini(&is);
}

/* What the run works out: a map may have keys for truths and numbers too. */
static void check_computed(struct ends *s, const struct node *e)
{
    const struct type *type = pregel_type_value(s->typing, e, &s->where);
    unsigned kinds = type->kinds;

    if (!is_mapped(s) && !(kinds & (TYPE_STRING | TYPE_ARRAY))) {
        complain(s, e, type);
    } else if (is_mapped(s) && kinds == TYPE_BOOLEAN) {
        say(s, e, "true", 4);
        say(s, e, "false", 5);
    } else {
        s->open = 1;
    }
}

static void check_end(void *ctx, const struct node *e)
{
    const struct node *name = pregel_unquote(e);
    struct ends *s = ctx;

    if (!pregel_end_is_written(e))
        check_computed(s, e);
    else if (name->kind != NODE_STRING)
        complain(s, e, type_of_literal(&s->typing->maker, name));
    else if (is_mapped(s))
        say(s, e, name->u.s, name->n);
    else
        check_node(s, e, name);
}

/* The conditions on the way to the ends. */
static void check_conditions(struct ends *s, const struct node *e)
{
    const struct pregel_word *w = pregel_word_of(e);
    const struct node *args = e->child;

    if (w && w->special == PREGEL_IF) {
        pregel_type_value(s->typing, args->child, &s->where);
        check_conditions(s, args->child->next);
        check_conditions(s, args->child->next->next);
    } else if (!w && e->kind == NODE_ARRAY) {
        node_each(item, e) check_conditions(s, item);
    }
}

/* All that a path of these ends may say. */
static void check_path(struct ends *s, const struct node *path)
{
    check_conditions(s, path);
    pregel_each_end(path, check_end, s);
}

void pregel_check_ends(struct pregel_typing *t, const struct pregel_branch *b)
{
    const struct node *map = node_get(b->at, "map"), *entry = map ? map->child : NULL;
    struct ends s = { .typing = t, .branch = b };

    s.where = pregel_place_of_path(t->unit, b);
    s.said = diag_must_have(arena_zalloc(t->unit->arena, b->n_ways + 1));
    check_path(&s, b->path);
    for (unsigned i = 0; i < b->n_ways && !s.open; i++, entry = entry->next)
        if (!s.said[i])
            diag_warning(t->unit->diags, entry, "P028", "the path of this branch never says '%.*s'",
                         (int)b->ways[i].label_n, b->ways[i].label);
}

static void check_goto(void *ctx, const struct node *to)
{
    check_path(ctx, to);
}

void pregel_check_gotos(struct pregel_typing *t, const struct pregel_node *n)
{
    struct ends s = { .typing = t };

    pregel_each_goto(n->body, check_goto, &s);
}
