/* two_effects.h: the smallest program worth crashing: an effect, a note, an effect, the sum of
 * both.
 *
 * Written by hand against kiln_program.h, as the compiler would write it. Its operation "add" is
 * the outside world: it remembers every call, beyond any crash.
 */
#ifndef TWO_EFFECTS_H
#define TWO_EFFECTS_H

#include "base/text.h"
#include "kiln.h"

/* Input {"n": number, "fail": bool}; output [n + 1, n + 2], or the error "no" of the second step.
 */
extern const kiln_program two_effects;
/* The same workflow in another version. */
extern const kiln_program two_effects_newer;

/* What the world has seen: "<by>;" for each call of the operation, in order. */
extern struct text two_effects_world;
/* A descriptor that is told the same, for worlds beyond this process; -1: none. */
extern int two_effects_wire;

#endif
