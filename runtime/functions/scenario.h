/* scenario.h: what the pure functions of the scenario dialect share. */
#ifndef KILN_FUNCTIONS_SCENARIO_H
#define KILN_FUNCTIONS_SCENARIO_H

#include "functions/functions.h"

/* The object in an error's text, from its first brace on, or absent (scenario 1.8). */
kiln_value scenario_error_object(kiln_heap *h, const kiln_value *text);
/* Whether the value is of the type a schema names; every value is of one that is not known. */
int scenario_has_type(const kiln_value *v, const kiln_value *type);

#endif
