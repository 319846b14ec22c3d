/* places.h: what the calls of a compiled workflow reach outside. */
#ifndef PLACES_H
#define PLACES_H

#include "plan/plan.h"

/* The call at the end of a step, or NULL. */
const struct plan_op *places_task(const struct plan_step *s);

enum place_value { PLACE_NONE, PLACE_CONST, PLACE_COMPUTED };

/* What a call is given for a field: nothing, a constant, or what is only known at run time. */
enum place_value places_value(const struct plan_step *s, const char *field, kiln_value *ret);
/* The host of an address with ://, its length in *ret_n; NULL when the text is a path. */
const char *places_host(const kiln_value *text, size_t *ret_n);

#endif
