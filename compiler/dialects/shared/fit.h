/* fit.h: values that are never what their reader takes. Null always fits: whether a thing must be
 * there is another question. */
#ifndef SHARED_FIT_H
#define SHARED_FIT_H

#include "dialects/shared/type.h"

/* Where a value is never what is wanted. */
struct misfit {
    const struct type *is, *wanted;
    struct text
        where; /* in the value: ".price", "[2].name", "" is all of it; the caller frees it */
};

/* Whether a value of type `t` may be one of type `wanted`, as deep as both are known. 1, or 0 with
 * *ret. */
int fit_type(struct type_maker *m, const struct type *t, const struct type *wanted,
             struct misfit *ret);
/* Whether an operation's input that is declared as `type` may take it; texts, numbers and truths
 * are read as one another. */
int fit_input(const struct type *t, const char *type);

#endif
