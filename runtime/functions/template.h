/* template.h: what the functions of templates share (scenario 1.6.5).
 *
 * Every function has one shape: argv[0] is where in the template it is called, as text "name:line",
 * and its arguments follow in a fixed order; what was not given is absent, which is also what a
 * template calls undefined. So compiled templates and rendered ones call the very same code.
 */
#ifndef KILN_FUNCTIONS_TEMPLATE_H
#define KILN_FUNCTIONS_TEMPLATE_H

#include "functions/functions.h"

/* What one template may make: bytes of a text, items of a list. */
enum { TEMPLATE_TEXT_MOST = 64 << 20, TEMPLATE_ITEMS_MOST = 1 << 20 };

/* Head of such a function; not all need all of its parameters. */
#define TEMPLATE_FN(name)                                                                          \
    int kiln_template_##name(                                                                      \
        __attribute__((unused)) kiln_heap *h, __attribute__((unused)) kiln_value *ret,             \
        __attribute__((unused)) const kiln_value *argv, __attribute__((unused)) unsigned n)

/* Fails with "Template render error: <text> (in <place>)". Returns -1. */
int template_fail(kiln_heap *h, const kiln_value *place, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* "undefined", "none", "bool", "number", "string", "sequence", "map". */
const char *template_type(const kiln_value *v);

/* ---- template_text.c: values as text ---- */

/* As a template prints it: text bare, the rest like JSON with blanks, floats with a fraction. */
void template_put(struct text *t, const kiln_value *v);
/* As it stands inside a container: text in quotes. */
void template_put_quoted(struct text *t, const kiln_value *v);
/* Makes a string of what was gathered and frees it; fails when it is too long or memory is out. */
int template_string(kiln_heap *h, kiln_value *ret, const kiln_value *place, struct text *t);

/* ---- template_compare.c ---- */

/* Equal: numbers by value, true is 1, containers item by item. */
int template_equal(const kiln_value *a, const kiln_value *b);
/* The order of any two values: undefined, none, booleans, numbers, text, lists, maps. */
int template_compare(const kiln_value *a, const kiln_value *b);

/* ---- template_access.c ---- */

/* A member, item or character; absent when it is not there. */
kiln_value template_part(const kiln_value *base, const kiln_value *key);
/* The same along the dots of a path, as the `attribute` of filters has it. */
kiln_value template_path(const kiln_value *base, const kiln_value *path);
/* What a loop goes through: items, keys or characters. 0 or -1. */
int template_each(kiln_heap *h, kiln_value *ret, const kiln_value *place, const kiln_value *v);
/* The character at byte `i` of a string as a string, and its length. */
kiln_value template_char(const kiln_value *s, unsigned i, unsigned *ret_length);

#endif
