/* scenario.h: the stages of the scenario dialect, as dialects.h wants them. */
#ifndef SCENARIO_SCENARIO_H
#define SCENARIO_SCENARIO_H

#include "dialects/dialects.h"

void scenario_parse(struct unit *u);
void scenario_check(struct unit *u);
void scenario_lower(struct unit *u);
void scenario_print(const struct unit *u, struct text *out);
void scenario_schema(struct text *out);

#endif
