/* input.h: input fields of the built-in operations, read by their type (scenario 4).
 *
 * A field is first coerced (text to number and back, "yes" to true); what still does not fit is
 * refused with the error value every operation of the reference gives: {category, code, message,
 * severity}. Each reader returns 0 with *ret set, or -1 when the call has been failed.
 */
#ifndef KILN_OPS_INPUT_H
#define KILN_OPS_INPUT_H

#include "kiln_op.h"

/* `name` is the operation's last name part, as messages show it: "append". */
int input_any(kiln_call *call, const char *name, const char *field, kiln_value *ret);
int input_text(kiln_call *call, const char *name, const char *field, kiln_value *ret);
int input_array(kiln_call *call, const char *name, const char *field, kiln_value *ret);
int input_object(kiln_call *call, const char *name, const char *field, kiln_value *ret);
/* An integer of at least 0. */
int input_count(kiln_call *call, const char *name, const char *field, unsigned long long *ret);
/* False when the field is absent or null. */
int input_flag(kiln_call *call, const char *name, const char *field, int *ret);

/* Fails the call with an error value of this code, which retrying would not help. Returns -1. */
int input_fail(kiln_call *call, const char *code, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

#endif
