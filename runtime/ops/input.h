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
/* An integer from `least` to `most`; `kind` names that range in messages: "i32". */
int input_integer(kiln_call *call, const char *name, const char *field, const char *kind,
                  long long least, long long most, long long *ret);
int input_number(kiln_call *call, const char *name, const char *field, double *ret);
/* False when the field is absent or null. */
int input_flag(kiln_call *call, const char *name, const char *field, int *ret);

/* The absent value when the field is absent or null. */
int input_optional_text(kiln_call *call, const char *name, const char *field, kiln_value *ret);

/* Fields with a default, which stands for absent and for null. */
int input_text_or(kiln_call *call, const char *name, const char *field, const char *otherwise,
                  kiln_value *ret);
int input_flag_or(kiln_call *call, const char *name, const char *field, int otherwise, int *ret);
/* Which of the words (NULL behind the last) the field is; `otherwise` -1: the field must be there.
 */
int input_choice(kiln_call *call, const char *name, const char *field, const char *const *words,
                 int otherwise, int *ret);

/* True when the field is absent or null. */
int input_is_missing(kiln_call *call, const char *field);

/* Fails the call with an error value of this code, which retrying would not help. Returns -1. */
int input_fail(kiln_call *call, const char *code, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
/* The same with `attributes` of the error, an object or the absent value. */
int input_fail_with(kiln_call *call, const char *code, const kiln_value *attributes,
                    const char *format, ...) __attribute__((format(printf, 4, 5)));
/* The same with one attribute of this name and value, which must be UTF-8. */
int input_fail_about(kiln_call *call, const char *code, const char *attribute, const char *value,
                     const char *format, ...) __attribute__((format(printf, 5, 6)));
/* Fails the call with "Invalid input for NAME: invalid KIND: <v as it is>, expected EXPECTED",
 * where `kind` is "type" or "value". Returns -1. */
int input_refuse(kiln_call *call, const char *name, const char *kind, const kiln_value *v,
                 const char *expected);

#endif
