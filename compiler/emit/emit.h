/* emit.h: plan -> C text. Knows no JSON workflow, only the plan and the templates. */
#ifndef EMIT_H
#define EMIT_H

#include "plan/plan.h"

/* Writes the whole C file of a program, the contract header pasted in front. The symbol of its
 * description is kiln_program_<emit_symbol>. Same plan, same bytes. */
void emit_program(const struct plan *p, struct text *out);
/* The C name made of the workflow's name, in the plan's arena. */
const char *emit_symbol(const struct plan *p);

#endif
