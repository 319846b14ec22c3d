/* world.c: waiting, the time and chance (scenario 4.3).
 *
 * What the world tells and what takes time is journalled, so that a resumed run does not see
 * another world.
 */
#include <limits.h>
#include <stddef.h>

#include "kiln_op.h"
#include "ops/input.h"

KILN_OP(utils_delay_in_ms, "utils.delay-in-ms", KILN_IDEMPOTENT,
        "Waits so many milliseconds and gives the number back.",
        KILN_INPUTS({ "delay_value", "integer", "How long, in milliseconds.", KILN_REQUIRED }),
        KILN_OUTPUTS({ "value", "any", "How long it was to wait.", 0 }),
        KILN_FLAGS(KILN_OP_BARE | KILN_OP_CHECKS))
{
    unsigned long long ms;

    if (input_count(call, "delay-in-ms", "delay_value", &ms) < 0)
        return -1;
    kiln_later(call, ms);
    return kiln_out_value(call, kiln_in(call, "delay_value"));
}

KILN_OP(utils_get_current_unix_timestamp, "utils.get-current-unix-timestamp", KILN_IDEMPOTENT,
        "The wall clock in whole seconds since 1970.",
        KILN_OUTPUTS({ "value", "integer", "Seconds.", 0 }), KILN_FLAGS(KILN_OP_BARE))
{
    return kiln_out_value(call, kiln_int(kiln_now(call) / 1000));
}

KILN_OP(utils_random_double, "utils.random-double", KILN_IDEMPOTENT,
        "A random number of at least 0 and less than 1.",
        KILN_OUTPUTS({ "value", "number", "The number.", 0 }), KILN_FLAGS(KILN_OP_BARE))
{
    return kiln_out_value(call, kiln_double((double)(kiln_random(call) >> 11) * 0x1p-53));
}

/* More would only fill the memory. */
enum { MOST_RANDOM = 10000000 };

KILN_OP(utils_random_array, "utils.random-array", KILN_IDEMPOTENT,
        "So many random integers, each from 0 to that number.",
        KILN_INPUTS({ "size", "integer", "How many, at most 10,000,000.", KILN_REQUIRED }),
        KILN_OUTPUTS({ "value", "array of integer", "The integers.", 0 }),
        KILN_FLAGS(KILN_OP_BARE | KILN_OP_CHECKS))
{
    kiln_heap *h = kiln_call_heap(call);
    kiln_value made, item;
    long long size;

    if (input_integer(call, "random-array", "size", "i32", INT_MIN, INT_MAX, &size) < 0)
        return -1;
    if (size < 0)
        return input_fail(call, "CAPABILITY_ERROR", "Size cannot be negative");
    if (size > MOST_RANDOM)
        return input_fail(call, "CAPABILITY_ERROR", "Size is at most %d", MOST_RANDOM);
    if (kiln_array(h, &made, NULL, 0) < 0)
        return -1;
    for (long long i = 0; i < size; i++) {
        unsigned long long chance = kiln_random(call) >> 32;

        item = kiln_int((long long)(chance * (unsigned long long)(size + 1) >> 32));
        if (kiln_push(h, &made, &item) < 0)
            return -1;
    }
    return kiln_out_value(call, made);
}
