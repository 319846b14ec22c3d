/* value.h: values and the heap they are made in.
 *
 * One sentence of ownership: what is made in a heap lives until the heap is dropped or collected;
 * nobody frees a value. Values in a program's constants are marked KILN_STATIC and live for ever.
 */
#ifndef KILN_VALUE_H
#define KILN_VALUE_H

#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "base/arena.h"
#include "base/text.h"
#include "kiln_program.h"

/* Where values are made. */
struct kiln_heap {
    struct arena arena;
    kiln_value error;   /* set by whatever returned -1; ABSENT when nothing failed */
    kiln_value scratch; /* the run's scratch object (operonx 10), or ABSENT */
    int sorted;         /* objects are kept sorted by key bytes (KILN_PROGRAM_SORTED) */
};

void heap_init(kiln_heap *h, int sorted);
void heap_fini(kiln_heap *h);

/* Sets the heap's error and returns -1. The first takes printf text, the second any value. */
int heap_fail(kiln_heap *h, const char *format, ...) __attribute__((format(printf, 2, 3)));
int heap_fail_value(kiln_heap *h, kiln_value error);

/* A copy of the value in two words. What has just been written field by field, or came in
 * registers, a processor can read again at once like this, but not as one piece of 16 bytes. */
static inline void value_put(kiln_value *to, const kiln_value *from)
{
    uint64_t head;

    memcpy(&head, from, sizeof head);
    to->u = from->u;
    memcpy(to, &head, sizeof head);
}

/* Makers that cannot fail. `value_static` borrows a NUL-terminated text that lives for ever. */
kiln_value value_null(void);
kiln_value value_bool(int truth);
kiln_value value_int(long long i);
kiln_value value_uint(unsigned long long w); /* INT when it fits */
kiln_value value_double(double d);
kiln_value value_static(const char *text);

/* A string copied into the heap; what is not UTF-8 in it becomes U+FFFD. 0 or -1. */
int value_string(kiln_heap *h, kiln_value *ret, const char *bytes, size_t n);
int value_textf(kiln_heap *h, kiln_value *ret, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* Questions. */
int value_is_number(const kiln_value *v);            /* INT, UINT or DOUBLE */
double value_number(const kiln_value *v);            /* as double; 0 when not a number */
int value_is(const kiln_value *v, const char *text); /* a string with these bytes */
const char *value_type(const kiln_value *v);         /* null boolean number string array object */
/* Same type and content: INT 5 and DOUBLE 5.0 differ; the order of members does not matter. */
int value_equal(const kiln_value *a, const kiln_value *b);
/* Bytewise order of two strings: < 0, 0, > 0. */
int value_compare_text(const kiln_value *a, const kiln_value *b);
/* The member with this NUL-terminated key, or ABSENT (also when not an object). */
kiln_value value_member(const kiln_value *object, const char *key);

/* How deep values may be nested: a deeper one is refused when it is made or decoded, so whoever
 * walks a value may recurse. Constants do not say how deep they are; the compiler reads no document
 * deeper than CONSTANT_DEPTH. */
enum { VALUE_DEPTH = 1024, CONSTANT_DEPTH = 512 };

/* An array of the `n` items at `items`, which the caller made in this heap's arena and hands over.
 * Absent items become null. 0, or -1 when nested too deep. */
int value_array(kiln_heap *h, kiln_value *ret, kiln_value *items, unsigned n);
/* Room for `n` members, to be filled and handed to value_object; NULL when memory is out. */
kiln_member *value_members(kiln_heap *h, size_t n);
/* An object of the first `n` of the members that value_members made room for. Members whose value
 * is absent are left out; of equal keys the last value wins, at the first's place. 0 or -1. */
int value_object(kiln_heap *h, kiln_value *ret, kiln_member *members, unsigned n);

/* `object` (absent or null: {}) with one member put or replaced, as a new object; an absent
 * member takes the key out. 0 or -1. */
int value_with(kiln_heap *h, kiln_value *ret, const kiln_value *object, const kiln_value *key,
               const kiln_value *member);

/* A deep copy in `h` of a value from anywhere. Static values are shared, not copied. 0 or -1. */
int value_copy(kiln_heap *h, kiln_value *ret, const kiln_value *v);

/* ---- text ---------------------------------------------------------------------------------- */

struct json_error {
    size_t at;            /* byte offset of the first byte that is wrong */
    const char *sentence; /* static text */
};

enum { JSON_DEPTH = 128 }; /* deepest nesting read (scenario 1.5) */

/* Reads one JSON document (RFC 8259, UTF-8 checked, a duplicate key keeps the last value, integers
 * outside 64 bits become doubles). 0, or -1 with *error set. */
int json_read(kiln_heap *h, kiln_value *ret, const char *text, size_t n, struct json_error *error);
/* Writes compact JSON; NaN, infinities and absent become null. */
void json_write(struct text *t, const kiln_value *v);
/* For people: a string as it is, any other value as JSON. */
void json_write_plain(struct text *t, const kiln_value *v);
/* The same with two blanks of indent a level. */
void json_write_pretty(struct text *t, const kiln_value *v);

/* ---- bytes --------------------------------------------------------------------------------- */

/* The one binary encoding of a value, used by records and snapshots (spec/JOURNAL.md). */
void value_encode(struct text *t, const kiln_value *v);
/* Decodes one value and moves *at past it. 0, or -1 on any malformed byte or when memory is out. */
int value_decode(kiln_heap *h, kiln_value *ret, const unsigned char *bytes, size_t n, size_t *at);

#endif
