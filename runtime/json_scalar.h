/* json_scalar.h: the reader of JSON text, as json_read.c, json_scalar.c and the
 * compiler (document.c) share it. */
#ifndef KILN_JSON_SCALAR_H
#define KILN_JSON_SCALAR_H

#include "base/list.h"
#include "value.h"

/* The text is a copy that may be written to, with JSON_PADDING zeros behind `end`. */
enum { JSON_PADDING = 8 }; /* a scan looks at eight bytes at a time */

struct json_reader {
    kiln_heap *heap;
    char *at, *end;
    LIST(kiln_value) stack; /* items, or keys and values in turn, of open containers */
    const char *sentence;   /* what is wrong at `at` */
};

/* Something is wrong at r->at; at the end of the text that is what is wrong. -1. */
int json_complain(struct json_reader *r, const char *sentence);
/* A string whose opening quote is at r->at; it stays in the text. 0 or -1. */
int json_scalar_string(struct json_reader *r, kiln_value *ret);
/* A number whose sign or first digit is at r->at. 0 or -1. */
int json_scalar_number(struct json_reader *r, kiln_value *ret);

/* Moves to the next byte that is neither blank, tab nor line end. */
static inline void json_skip_blanks(struct json_reader *r)
{
    while (*r->at == ' ' || *r->at == '\n' || *r->at == '\t' || *r->at == '\r')
        r->at++;
}

static inline int json_is_digit(char c)
{
    return '0' <= c && c <= '9';
}

#endif
