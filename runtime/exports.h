/* exports.h: every name that code compiled by Kiln may call. A list to include, so it has no guard.
 *
 *   EXPORT_PROGRAM(name)  declared in kiln_program.h, for generated leaves
 *   EXPORT_OP(name)       declared in kiln_op.h, for the bodies of operations
 *   EXPORT_C(name)        of libc: what a compiler calls by itself for copies of structs
 *
 * The pure functions are listed in functions/ *.def and belong to the programs too. In the process
 * nothing is looked up by name beyond this list, so a program can do no more than it allows.
 */
EXPORT_PROGRAM(kiln_get)
EXPORT_PROGRAM(kiln_at)
EXPORT_PROGRAM(kiln_truthy)
EXPORT_PROGRAM(kiln_array)
EXPORT_PROGRAM(kiln_object)
EXPORT_PROGRAM(kiln_object_one)
EXPORT_PROGRAM(kiln_object_of)
EXPORT_PROGRAM(kiln_give_one)
EXPORT_PROGRAM(kiln_give)
EXPORT_PROGRAM(kiln_push)
EXPORT_PROGRAM(kiln_set)
EXPORT_PROGRAM(kiln_write)
EXPORT_PROGRAM(kiln_fresh)
EXPORT_PROGRAM(kiln_about)
EXPORT_PROGRAM(kiln_tell)

EXPORT_OP(kiln_input)
EXPORT_OP(kiln_in)
EXPORT_OP(kiln_in_text)
EXPORT_OP(kiln_in_int)
EXPORT_OP(kiln_in_number)
EXPORT_OP(kiln_in_bool)
EXPORT_OP(kiln_call_heap)
EXPORT_OP(kiln_call_key)
EXPORT_OP(kiln_null)
EXPORT_OP(kiln_bool)
EXPORT_OP(kiln_int)
EXPORT_OP(kiln_double)
EXPORT_OP(kiln_string)
EXPORT_OP(kiln_textf)
EXPORT_OP(kiln_out)
EXPORT_OP(kiln_out_text)
EXPORT_OP(kiln_out_value)
EXPORT_OP(kiln_fail)
EXPORT_OP(kiln_fail_value)
EXPORT_OP(kiln_scratch_get)
EXPORT_OP(kiln_scratch_set)
EXPORT_OP(kiln_sleep)
EXPORT_OP(kiln_later)
EXPORT_OP(kiln_connection)
EXPORT_OP(kiln_connection_text)
EXPORT_OP(kiln_now)
EXPORT_OP(kiln_random)

EXPORT_C(memcpy)
EXPORT_C(memmove)
EXPORT_C(memset)
EXPORT_C(memcmp)
