/* type.c: making types and looking into them. A literal is its own type: what is inside is typed
 * when somebody asks. */
#include "dialects/shared/type.h"

#include <string.h>

#include "diag.h"
#include "numeral.h"

/* Types and fields in all; fields looked through one by one; how far a join looks in; the largest
 * lists that are worth comparing with. */
enum {
    MOST_TYPES = 1 << 20,
    MOST_KNOWN = 1024,
    MOST_FIELDS = 64,
    DEEPEST_JOIN = 4,
    MOST_CHOICES = 256
};

const struct type type_any = { .kinds = TYPE_ANY };
const struct type type_null = { .kinds = TYPE_NULL };
const struct type type_boolean = { .kinds = TYPE_BOOLEAN };
const struct type type_integer = { .kinds = TYPE_INTEGER };
const struct type type_string = { .kinds = TYPE_STRING };

/* A copy in the arena, or anything when there are too many. */
static const struct type *make(struct type_maker *m, const struct type *t)
{
    if (m->made++ >= MOST_TYPES)
        return &type_any;
    return diag_must_have(arena_dup(m->arena, t, sizeof *t));
}

static struct type_field *make_fields(struct type_maker *m, unsigned n)
{
    m->made += n;
    return diag_must_have(arena_alloc(m->arena, (n + 1) * sizeof(struct type_field)));
}

const struct type *type_of_kinds(struct type_maker *m, unsigned kinds)
{
    return make(m, &(struct type){ .kinds = kinds });
}

/* ---- from what is written ---- */

static unsigned kind_of(const struct node *n)
{
    static const unsigned kinds[] = {
        [NODE_NULL] = TYPE_NULL,    [NODE_BOOL] = TYPE_BOOLEAN, [NODE_INT] = TYPE_INTEGER,
        [NODE_UINT] = TYPE_INTEGER, [NODE_DOUBLE] = TYPE_FLOAT, [NODE_STRING] = TYPE_STRING,
        [NODE_ARRAY] = TYPE_ARRAY,  [NODE_OBJECT] = TYPE_OBJECT
    };

    return kinds[n->kind];
}

const struct type *type_of_literal(struct type_maker *m, const struct node *literal)
{
    if (!literal)
        return &type_null;
    return make(m, &(struct type){ .kinds = kind_of(literal), .literal = literal });
}

/* ---- from what is declared ---- */

static const char array_of[] = "array of ";

unsigned type_kinds(const char *name)
{
    static const struct {
        const char *name;
        unsigned kinds;
    } names[] = { { "string", TYPE_STRING }, { "integer", TYPE_INTEGER },
                  { "number", TYPE_NUMBER }, { "boolean", TYPE_BOOLEAN },
                  { "array", TYPE_ARRAY },   { "object", TYPE_OBJECT } };

    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (!strcmp(names[i].name, name))
            return names[i].kinds;
    return strncmp(name, array_of, strlen(array_of)) ? TYPE_ANY : TYPE_ARRAY;
}

const struct type *type_of_name(struct type_maker *m, const char *name)
{
    if (strncmp(name, array_of, strlen(array_of)))
        return type_of_kinds(m, type_kinds(name));
    return type_of_array(m, type_of_name(m, name + strlen(array_of)));
}

const struct type *type_or_null(struct type_maker *m, const struct type *t)
{
    struct type copy = *t;

    copy.kinds |= TYPE_NULL;
    return t->kinds & TYPE_NULL ? t : make(m, &copy);
}

const struct type *type_of_output(struct type_maker *m, const kiln_op *op)
{
    struct type_field *fields = make_fields(m, op->n_outputs);

    if (!op->n_outputs)
        return &type_any;
    for (unsigned i = 0; i < op->n_outputs; i++)
        fields[i] = (struct type_field){ op->outputs[i].name, strlen(op->outputs[i].name),
                                         type_or_null(m, type_of_name(m, op->outputs[i].type)) };
    if (op->flags & KILN_OP_BARE)
        return fields[0].type;
    return make(m, &(struct type){ .kinds = TYPE_OBJECT | TYPE_NULL,
                                   .fields = fields,
                                   .n_fields = op->n_outputs,
                                   .is_closed = 1 });
}

const struct type *type_of_fields(struct type_maker *m, const struct node *schema)
{
    struct type_field *fields;
    unsigned n = 0;

    if (schema->n > MOST_KNOWN || m->made >= MOST_TYPES)
        return &type_any;
    fields = make_fields(m, schema->n);
    node_each(f, schema) fields[n++] =
        (struct type_field){ f->key, f->key_n, type_of_schema(m, f) };
    return make(
        m, &(struct type){ .kinds = TYPE_OBJECT, .fields = fields, .n_fields = n, .is_closed = 1 });
}

const struct type *type_of_schema(struct type_maker *m, const struct node *field)
{
    const struct node *type = node_get(field, "type"), *choices = node_get(field, "enum");
    const struct node *inner = node_get(field, "properties"), *items = node_get(field, "items");
    struct type t = { .kinds = TYPE_NULL };

    t.kinds |= node_text(type) ? type_kinds(node_text(type)) : TYPE_ANY;
    if (choices && choices->kind == NODE_ARRAY && choices->n && choices->n <= MOST_CHOICES)
        t.choices = choices;
    if (node_is(type, "array") && items)
        t.item = type_of_schema(m, items);
    if (node_is(type, "object") && inner && inner->kind == NODE_OBJECT && inner->n) {
        const struct type *object = type_of_fields(m, inner);

        t.fields = object->fields;
        t.n_fields = object->n_fields;
        t.is_closed = object->is_closed;
    }
    return make(m, &t);
}

const struct type *type_of_array(struct type_maker *m, const struct type *item)
{
    return make(m, &(struct type){ .kinds = TYPE_ARRAY, .item = item });
}

const struct type *type_of_object(struct type_maker *m, const struct type_field *fields, unsigned n)
{
    struct type_field *copy = make_fields(m, n);

    if (n)
        memcpy(copy, fields, n * sizeof *copy);
    return make(
        m, &(struct type){ .kinds = TYPE_OBJECT, .fields = copy, .n_fields = n, .is_closed = 1 });
}

/* ---- either of two ---- */

/* A literal in so many words, so that it can be joined. */
static struct type spelled_out(struct type_maker *m, const struct type *t)
{
    const struct node *n = t->literal;
    struct type_field *fields;
    struct type out = *t;

    out.literal = NULL;
    if (!n || n->kind != NODE_OBJECT || n->n > MOST_FIELDS)
        return out;
    out.is_closed = 1;
    out.fields = fields = make_fields(m, n->n);
    node_each(c, n) fields[out.n_fields++] =
        (struct type_field){ c->key, c->key_n, type_of_literal(m, c) };
    return out;
}

static const struct type_field *find(const struct type *t, const char *name, size_t n)
{
    for (unsigned i = 0; i < t->n_fields; i++)
        if (t->fields[i].n == n && !memcmp(t->fields[i].name, name, n))
            return &t->fields[i];
    return NULL;
}

static const struct type *join(struct type_maker *m, const struct type *a, const struct type *b,
                               unsigned depth);

/* Fields of both; what only one has may be missing, and null then. */
static void join_fields(struct type_maker *m, struct type *ret, const struct type *a,
                        const struct type *b, unsigned depth)
{
    struct type_field *fields = make_fields(m, a->n_fields + b->n_fields);

    for (unsigned i = 0; i < a->n_fields; i++) {
        const struct type_field *f = &a->fields[i], *other = find(b, f->name, f->n);
        const struct type *rest = other ? other->type : b->is_closed ? &type_null : &type_any;

        fields[ret->n_fields++] =
            (struct type_field){ f->name, f->n, join(m, f->type, rest, depth) };
    }
    for (unsigned i = 0; i < b->n_fields; i++) {
        const struct type_field *f = &b->fields[i];

        if (!find(a, f->name, f->n))
            fields[ret->n_fields++] = (struct type_field){
                f->name, f->n, join(m, f->type, a->is_closed ? &type_null : &type_any, depth)
            };
    }
    ret->fields = fields;
    ret->is_closed = a->is_closed && b->is_closed;
}

static void join_insides(struct type_maker *m, struct type *ret, const struct type *a,
                         const struct type *b, unsigned depth)
{
    const struct type *array = a->kinds & TYPE_ARRAY ? a : b;
    const struct type *object = a->kinds & TYPE_OBJECT ? a : b;

    if (a->kinds & b->kinds & TYPE_ARRAY)
        ret->item = a->item && b->item ? join(m, a->item, b->item, depth) : NULL;
    else
        ret->item = array->item;
    if (a->kinds & b->kinds & TYPE_OBJECT && a->n_fields + b->n_fields <= MOST_FIELDS) {
        join_fields(m, ret, a, b, depth);
    } else if (!(a->kinds & b->kinds & TYPE_OBJECT)) {
        ret->fields = object->fields;
        ret->n_fields = object->n_fields;
        ret->is_closed = object->is_closed;
    }
}

static const struct type *join(struct type_maker *m, const struct type *a, const struct type *b,
                               unsigned depth)
{
    struct type ret = { .kinds = a->kinds | b->kinds }, x, y;

    if (a == b)
        return a;
    if (a->kinds == TYPE_NULL || b->kinds == TYPE_NULL)
        return type_or_null(m, a->kinds == TYPE_NULL ? b : a);
    if (depth == DEEPEST_JOIN || m->made >= MOST_TYPES)
        return &type_any;
    x = spelled_out(m, a);
    y = spelled_out(m, b);
    join_insides(m, &ret, &x, &y, depth + 1);
    return make(m, &ret);
}

const struct type *type_join(struct type_maker *m, const struct type *a, const struct type *b)
{
    return join(m, a, b, 0);
}

/* ---- looking inside ---- */

static enum type_way enter_array(struct type_maker *m, const struct type *t, const char *part,
                                 size_t n, const struct type **ret)
{
    long long i;

    if (numeral_integer(part, n, &i) < 0)
        return t->kinds & TYPE_OBJECT ? TYPE_INSIDE : TYPE_NO_NAME;
    if (t->literal)
        *ret = type_of_literal(m, node_item(t->literal, i));
    else if (t->item && !(t->kinds & TYPE_OBJECT))
        *ret = type_or_null(m, t->item);
    return TYPE_INSIDE;
}

static enum type_way enter_object(struct type_maker *m, const struct type *t, const char *part,
                                  size_t n, const struct type **ret)
{
    const struct node *inner = t->literal ? node_get_n(t->literal, part, n) : NULL;
    const struct type_field *f = find(t, part, n);

    if (inner)
        *ret = type_of_literal(m, inner);
    else if (f)
        *ret = f->type;
    else if (t->literal || t->is_closed)
        return TYPE_NO_FIELD;
    return TYPE_INSIDE;
}

enum type_way type_enter(struct type_maker *m, const struct type *t, const char *part, size_t n,
                         const struct type **ret)
{
    enum type_way way = TYPE_NOTHING;
    const struct type *inside = &type_any;

    if (t->kinds & TYPE_ARRAY)
        way = enter_array(m, t, part, n, &inside);
    if (t->kinds & TYPE_OBJECT && !(t->kinds & TYPE_ARRAY))
        way = enter_object(m, t, part, n, &inside);
    if (way == TYPE_INSIDE)
        *ret = inside;
    return way;
}

/* ---- for people ---- */

void type_put(struct text *out, const struct type *t)
{
    static const struct {
        unsigned kinds;
        const char *name;
    } names[] = { { TYPE_BOOLEAN, "a boolean" },  { TYPE_NUMBER, "a number" },
                  { TYPE_INTEGER, "an integer" }, { TYPE_FLOAT, "a number" },
                  { TYPE_STRING, "a string" },    { TYPE_ARRAY, "an array" },
                  { TYPE_OBJECT, "an object" },   { TYPE_NULL, "null" } };
    unsigned left = t->kinds, n = 0;

    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if ((left & names[i].kinds) == names[i].kinds) {
            text_printf(out, "%s%s", n++ ? " or " : "", names[i].name);
            left &= ~names[i].kinds;
        }
}

const char **type_names(struct type_maker *m, const struct type *t, unsigned *ret_n)
{
    unsigned n = 0, room = t->literal ? t->literal->n : t->n_fields;
    const char **names = diag_must_have(arena_alloc(m->arena, (room + 1) * sizeof *names));

    if (t->literal && t->literal->kind == NODE_OBJECT)
        node_each(c, t->literal) names[n++] = c->key;
    for (unsigned i = 0; !t->literal && i < t->n_fields; i++)
        names[n++] = t->fields[i].name;
    names[n] = NULL;
    *ret_n = n;
    return names;
}
