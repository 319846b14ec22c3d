/* retry.h: whether and when a failed call is tried again. */
#ifndef KILN_RETRY_H
#define KILN_RETRY_H

#include "value.h"

/* What has been tried. All zero at first. */
struct retry_state {
    unsigned failures;         /* that count */
    unsigned long long waited; /* milliseconds waited for rate limits */
};

/* True when the call is to be made again, in *ret_ms milliseconds. An error says by itself what it
 * is (scenario 1.10): an object, or a text with one in it, with `category` ("permanent" is never
 * tried again), `code` (one with RATE_LIMITED in it counts against the budget, not the tries) and
 * `retryAfterMs` (in place of the back-off). Everything else is worth another try. */
int retry_after(const kiln_retry *retry, const kiln_value *error, struct retry_state *state,
                unsigned long long *ret_ms);

#endif
