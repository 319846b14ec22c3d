/* operonx_words.h: what the operations of the recorded graphs are made with: lists and words.
 */
#ifndef OPERONX_WORDS_H
#define OPERONX_WORDS_H

#include <stddef.h>

#include "kiln_op.h"

/* A field of any type. */
#define ANY(name)                                                                                  \
    {                                                                                              \
        name, "any", "As it comes.", 0                                                             \
    }

/* A list under construction; `failed` once memory is out. */
struct case_list {
    kiln_heap *h;
    kiln_value all;
    int failed;
};

struct case_list case_list_new(kiln_call *call);
void case_list_add(struct case_list *l, kiln_value v);
/* One frame of a generator: one field, or two when `b` is not NULL. */
void case_list_frame(struct case_list *l, const char *a, kiln_value x, const char *b, kiln_value y);
/* The list as the result of the call. */
int case_list_give(kiln_call *call, struct case_list *l);
/* The next word of *text, its bytes in *ret_n; NULL when there is none. */
const char *case_next_word(const char **text, unsigned *ret_n);
/* How many characters `n` bytes of UTF-8 are. */
unsigned case_characters(const char *s, size_t n);

#endif
