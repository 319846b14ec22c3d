/* scenario.h: what the pure functions of the scenario dialect share. */
#ifndef KILN_FUNCTIONS_SCENARIO_H
#define KILN_FUNCTIONS_SCENARIO_H

#include "functions/functions.h"

/* The object in an error's text, from its first brace on, or absent (scenario 1.8). */
kiln_value scenario_error_object(kiln_heap *h, const kiln_value *text);

#endif
