/* channels.c: the types of channels (pregel 1.2, 1.3, 4.3): as they are declared, else as they are
 * written, and writes that do not go with them.
 */
#include "dialects/pregel/types.h"

#include <string.h>

#include "dialects/shared/operand.h"

/* Channels that are written from channels further than this are not followed: each may stand deep
 * in an expression. */
enum { DEEPEST = 8 };

static unsigned declared_kinds(enum pregel_type type)
{
    static const unsigned kinds[PREGEL_TYPES] = {
        [PREGEL_TYPE_ANY] = TYPE_ANY,          [PREGEL_TYPE_INT] = OPERAND_NUMERIC,
        [PREGEL_TYPE_FLOAT] = OPERAND_NUMERIC, [PREGEL_TYPE_BOOL] = OPERAND_NUMERIC,
        [PREGEL_TYPE_STR] = TYPE_STRING,       [PREGEL_TYPE_LIST] = TYPE_ARRAY,
        [PREGEL_TYPE_DICT] = TYPE_OBJECT
    };

    return kinds[type];
}

/* What a reducer folds in; those that take anything are left out. */
static unsigned folded_kinds(const char *reducer)
{
    static const struct {
        const char *name;
        unsigned kinds;
    } rows[] = { { "add", OPERAND_NUMERIC | TYPE_STRING | TYPE_ARRAY },
                 { "max", OPERAND_NUMERIC | TYPE_STRING | TYPE_ARRAY },
                 { "min", OPERAND_NUMERIC | TYPE_STRING | TYPE_ARRAY },
                 { "concat", TYPE_ARRAY },
                 { "sorted_concat", TYPE_ARRAY },
                 { "merge", TYPE_OBJECT },
                 { "arrow_join", TYPE_STRING },
                 { "comma_join", TYPE_STRING } };

    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        if (!strcmp(rows[i].name, reducer))
            return rows[i].kinds;
    return TYPE_ANY;
}

/* What a write may be. A reducer without a start takes the first as it is. */
static unsigned taken_kinds(const struct pregel_channel *c)
{
    unsigned kinds = declared_kinds(c->type);

    if (c->kind == PREGEL_TOPIC || kinds == TYPE_ANY)
        return TYPE_ANY;
    if (c->kind != PREGEL_BINOP)
        return kinds | TYPE_NULL;
    if (folded_kinds(c->reducer->name) == TYPE_ANY)
        return TYPE_ANY;
    return kinds & folded_kinds(c->reducer->name);
}

const struct type *pregel_type_declared(struct type_maker *m, const struct pregel_channel *c)
{
    unsigned kinds = taken_kinds(c);

    if (c->kind == PREGEL_TOPIC)
        return type_of_array(m, &type_any);
    return !kinds || kinds == TYPE_ANY ? &type_any : type_of_kinds(m, kinds);
}

/* ---- writes ---- */

const struct type *pregel_type_write(struct pregel_typing *t, const struct pregel_write *w)
{
    const struct type *result = w->node->op ? type_of_output(&t->maker, w->node->op) : NULL;
    struct pregel_place where =
        result ? pregel_place_of_output(t, w->node) : pregel_place_of_node(t->unit, w->node);
    const struct type *before;
    const char *lost;

    if (w->kind == PREGEL_WRITE_RESULT)
        return result;
    if (w->kind == PREGEL_WRITE_PART)
        return pregel_type_parts(t, result, w->path, w->path_n, &lost, &before);
    where.returns = 0;
    return pregel_type_value(t, w->at, &where);
}

/* A dict may say that it is to be put in place of what is there (pregel 1.3). */
static int may_overwrite(struct pregel_typing *t, const struct type *type)
{
    const struct type *inner;

    return type->kinds & TYPE_OBJECT
           && type_enter(&t->maker, type, "__overwrite__", 13, &inner) == TYPE_INSIDE;
}

static int clashes(struct pregel_typing *t, const struct pregel_channel *c, const struct type *type)
{
    unsigned taken = taken_kinds(c), kinds = type->kinds;

    if (kinds != TYPE_NULL)
        kinds &= ~(unsigned)TYPE_NULL;
    return taken && taken != TYPE_ANY && !(kinds & taken)
           && !(c->kind == PREGEL_BINOP && may_overwrite(t, type));
}

void pregel_check_writes(struct pregel_typing *t, const struct pregel_channel *c)
{
    struct diags *d = t->unit->diags;

    if (!taken_kinds(c))
        diag_warning(d, c->at, "P023", "channel '%s' is of type %s, on which '%s' always fails",
                     c->name, pregel_type_names[c->type], c->reducer->name);
    for (unsigned i = 0; i < c->written.n; i++) {
        const struct pregel_write *w = c->written.at[i];
        const struct type *type = pregel_type_write(t, w);
        struct text is = { 0 };

        if (!clashes(t, c, type))
            continue;
        operand_put(&is, type, NULL);
        diag_warning(d, w->at, "P023",
                     c->kind == PREGEL_BINOP
                         ? "channel '%s' is of type %s, so folding this in always fails: it is %s"
                         : "channel '%s' is of type %s, and this is %s",
                     c->name, pregel_type_names[c->type], text_cstr(&is));
        text_fini(&is);
    }
}

/* ---- reading ---- */

/* What nodes write, where nobody else does. */
static const struct type *written(struct pregel_typing *t, const struct pregel_channel *c)
{
    const struct type *type = &type_null;

    for (unsigned i = 0; i < c->written.n && type != &type_any; i++)
        type = type_join(&t->maker, type, pregel_type_write(t, c->written.at[i]));
    return type;
}

static int is_given(const struct pregel_model *m, const struct pregel_channel *c)
{
    return c->input || pregel_is_managed(c) || c == m->in || m->opaque || m->sends;
}

/* What it says of itself; NULL when it says nothing. */
static const struct type *said(struct pregel_typing *t, const struct pregel_channel *c)
{
    int says = c->kind == PREGEL_TOPIC || c->kind == PREGEL_BINOP || c->type != PREGEL_TYPE_ANY;

    return says ? pregel_type_declared(&t->maker, c) : NULL;
}

static const struct type *find(struct pregel_typing *t, const struct pregel_channel *c,
                               const struct type *declared)
{
    if (!declared)
        return is_given(t->unit->model, c) || !c->written.n ? &type_any : written(t, c);
    for (unsigned i = 0; i < c->written.n; i++)
        if (clashes(t, c, pregel_type_write(t, c->written.at[i])))
            return &type_any;
    return declared;
}

const struct type *pregel_type_channel(struct pregel_typing *t, struct pregel_channel *c)
{
    const struct type *declared;
    int tells = t->tells;

    if (c->gives || t->depth == DEEPEST)
        return c->gives ? c->gives : &type_any;
    declared = said(t, c);
    c->gives = declared ? declared : &type_any; /* meanwhile: channels may go in a circle */
    t->tells = 0;
    t->depth++;
    c->gives = find(t, c, declared);
    t->depth--;
    t->tells = tells;
    return c->gives;
}
