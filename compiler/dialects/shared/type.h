/* type.h: what is known about a value before a workflow runs.
 *
 * A type is the set of kinds of JSON it may have, and for arrays and objects what may be inside.
 * It only ever leaves out what surely cannot be: where nothing is known a type is `type_any`, so a
 * complaint that rests on types rests on what somebody declared or wrote down.
 */
#ifndef SHARED_TYPE_H
#define SHARED_TYPE_H

#include "base/text.h"
#include "kiln_op.h"
#include "source.h"

enum type_kinds {
    TYPE_NULL = 1,
    TYPE_BOOLEAN = 2,
    TYPE_INTEGER = 4,
    TYPE_FLOAT = 8,
    TYPE_NUMBER = TYPE_INTEGER | TYPE_FLOAT,
    TYPE_STRING = 16,
    TYPE_ARRAY = 32,
    TYPE_OBJECT = 64,
    TYPE_ANY = 127
};

struct type;

struct type_field {
    const char *name;
    size_t n;
    const struct type *type;
};

struct type {
    unsigned kinds;                  /* enum type_kinds */
    const struct node *literal;      /* the only value it may have but null; or NULL */
    const struct node *choices;      /* the array of all values it may have but null; or NULL */
    const struct type *item;         /* of its arrays, if not a literal; NULL: nothing is known */
    const struct type_field *fields; /* of its objects, if not a literal */
    unsigned n_fields;
    int is_closed; /* its objects have no other fields */
};

/* Where types are made. Documents made to have endless types get `type_any` after a while. */
struct type_maker {
    struct arena *arena;
    unsigned made;
};

extern const struct type type_any, type_null, type_boolean, type_integer, type_string;

/* Any value of these kinds. */
const struct type *type_of_kinds(struct type_maker *m, unsigned kinds);
/* The type of a value that is written down; NULL is null. */
const struct type *type_of_literal(struct type_maker *m, const struct node *literal);
/* The kinds of a type that operations and schemas name: "any", "integer", "array of T". */
unsigned type_kinds(const char *name);
/* "any", a type of JSON, or "array of T", as operations and schemas name them; any other is any. */
const struct type *type_of_name(struct type_maker *m, const char *name);
/* What an operation gives (kiln_op.h). Declared fields may be null. */
const struct type *type_of_output(struct type_maker *m, const kiln_op *op);
/* A field of a schema (scenario 1.5), which may be null. */
const struct type *type_of_schema(struct type_maker *m, const struct node *field);
/* An object with the fields of a schema and no others. */
const struct type *type_of_fields(struct type_maker *m, const struct node *schema);
const struct type *type_of_array(struct type_maker *m, const struct type *item);
/* A closed object; the fields are copied. */
const struct type *type_of_object(struct type_maker *m, const struct type_field *fields,
                                  unsigned n);
/* The type, or null. */
const struct type *type_or_null(struct type_maker *m, const struct type *t);
/* Either of two. */
const struct type *type_join(struct type_maker *m, const struct type *a, const struct type *b);

/* How a step into a value goes. */
enum type_way {
    TYPE_INSIDE,   /* it may be there */
    TYPE_NO_FIELD, /* the object has no such field */
    TYPE_NO_NAME,  /* an array has positions, not names */
    TYPE_NOTHING   /* null and scalars have nothing inside */
};

/* Takes a part of a path into a value of the type. */
enum type_way type_enter(struct type_maker *m, const struct type *t, const char *part, size_t n,
                         const struct type **ret);
/* "a string", "an integer or null". */
void type_put(struct text *out, const struct type *t);
/* The names of its fields, NULL-terminated, in the arena; also of a literal. */
const char **type_names(struct type_maker *m, const struct type *t, unsigned *ret_n);

#endif
