/* date_call.h: inputs and outputs of the `datetime` operations (scenario 4.7). What returns an int
 * returns 0, or -1 when the call has been failed; `name` is the operation's as messages show it. */
#ifndef KILN_OPS_DATE_CALL_H
#define KILN_OPS_DATE_CALL_H

#include "base/text.h"
#include "kiln_op.h"
#include "base/civil.h"
#include "ops/datetime/zone.h"

/* Fields many operations have. */
#define DATE                                                                                       \
    {                                                                                              \
        "date", "string", "A date, or a Unix timestamp.", 0                                        \
    }
#define TIMEZONE                                                                                   \
    {                                                                                              \
        "timezone", "string", "Where the clocks hang: UTC, +05:30 or Europe/Berlin. UTC if none.", \
            0                                                                                      \
    }

/* Fails the call with a message; always -1. */
int date_call_fail(kiln_call *call, const char *message);

/* The date in a field; `missing` is said when there is none. */
int date_call_date(kiln_call *call, const char *name, const char *field, const char *missing,
                   struct moment *ret);
/* The field `timezone`, UTC when there is none. */
int date_call_zone(kiln_call *call, const char *name, struct zone *ret);
/* The fields `date` and `timezone`. */
int date_call_read(kiln_call *call, const char *name, struct moment *ret_at, struct zone *ret_zone);

/* What the clocks of a zone show at a moment. */
struct civil date_call_wall(const struct zone *z, struct moment at);
/* Gives the text as the result, and ends it. */
int date_call_give(kiln_call *call, struct text *t);
/* Gives the moment in ISO 8601, in a zone. */
int date_call_give_iso(kiln_call *call, const struct zone *z, struct moment at);

#endif
