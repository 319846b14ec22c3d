/* date_moves.c: the `datetime` operations that calculate with dates (scenario 4.7): add, subtract,
 * the time between, rounding.
 *
 * What moves by days and more moves on the calendar of the zone; what moves by hours and less moves
 * in time.
 */
#include "ops/datetime/date_call.h"
#include "ops/datetime/date_text.h"
#include "ops/input.h"
#include "value.h"

/* Units from the longest to the shortest, as everywhere below. */
enum unit { YEARS, MONTHS, WEEKS, DAYS, HOURS, MINUTES, SECONDS };

static const char *const unit_names[] = { "years", "months",  "weeks",   "days",
                                          "hours", "minutes", "seconds", NULL };
static const int unit_seconds[] = {
    365 * CIVIL_DAY, 30 * CIVIL_DAY, 7 * CIVIL_DAY, CIVIL_DAY, 3600, 60, 1
};

/* More of any unit than there are seconds in the known years. */
static const long long FARTHEST = 20000000000000;

#define UNIT                                                                                       \
    {                                                                                              \
        "unit", "string", "years, months, weeks, days (if none), hours, minutes or seconds.", 0    \
    }

/* Gives a date that was calculated. */
static int give_known(kiln_call *call, const struct zone *z, struct moment at)
{
    return civil_is_known(at.seconds) ? date_call_give_iso(call, z, at)
                                      : date_call_fail(call, "Date out of range");
}

/* Moves a date by a number of units. 0, or -1 when that is out of range. */
static int move(const struct zone *z, struct moment *at, enum unit unit, long long amount)
{
    struct civil c = date_call_wall(z, *at);

    if (amount > FARTHEST / unit_seconds[unit] || amount < -FARTHEST / unit_seconds[unit])
        return -1;
    if (unit >= HOURS) {
        at->seconds += amount * unit_seconds[unit];
        return 0;
    }
    if (unit <= MONTHS && civil_add_months(&c, unit == YEARS ? amount * 12 : amount) < 0)
        return -1;
    at->seconds = civil_seconds(&c);
    if (unit > MONTHS)
        at->seconds += amount * unit_seconds[unit];
    if (!civil_is_known(at->seconds))
        return -1;
    at->seconds = zone_utc(z, at->seconds);
    return 0;
}

static int add(kiln_call *call, const char *name, int sign)
{
    long long amount = 0;
    struct moment at;
    struct zone z;
    int unit;

    if (!input_is_missing(call, "amount")
        && input_integer(call, name, "amount", "i64", -9223372036854775807LL - 1,
                         9223372036854775807LL, &amount)
               < 0)
        return -1;
    if (input_choice(call, name, "unit", unit_names, DAYS, &unit) < 0
        || date_call_read(call, name, &at, &z) < 0)
        return -1;
    if (amount < -FARTHEST || move(&z, &at, (enum unit)unit, sign * amount) < 0)
        return date_call_fail(call, "Date out of range");
    return give_known(call, &z, at);
}

KILN_OP(datetime_add_to_date, "datetime.add-to-date", KILN_PURE, "A date some time later.",
        KILN_INPUTS(DATE, { "amount", "integer", "How many units; 0 if none.", 0 }, UNIT, TIMEZONE),
        KILN_OUTPUTS({ "value", "string", "The date, ISO 8601.", 0 }),
        KILN_WORDS({ "unit", unit_names }), KILN_FLAGS(KILN_OP_BARE))
{
    return add(call, "add-to-date", 1);
}

KILN_OP(datetime_subtract_from_date, "datetime.subtract-from-date", KILN_PURE,
        "A date some time earlier.",
        KILN_INPUTS(DATE, { "amount", "integer", "How many units; 0 if none.", 0 }, UNIT, TIMEZONE),
        KILN_OUTPUTS({ "value", "string", "The date, ISO 8601.", 0 }),
        KILN_WORDS({ "unit", unit_names }), KILN_FLAGS(KILN_OP_BARE))
{
    return add(call, "subtract-from-date", -1);
}

/* Whole milliseconds from one moment to another; what is less is dropped on both sides of 0. */
static long long milliseconds_between(struct moment from, struct moment to)
{
    long long seconds = to.seconds - from.seconds;
    int nanos = to.nanos - from.nanos;

    if (seconds > 0 && nanos < 0) {
        seconds--;
        nanos += 1000000000;
    } else if (seconds < 0 && nanos > 0) {
        seconds++;
        nanos -= 1000000000;
    }
    return seconds * 1000 + nanos / 1000000;
}

KILN_OP(datetime_get_time_between, "datetime.get-time-between", KILN_PURE,
        "How much time is between two dates; a month has 30 days, a year 365.",
        KILN_INPUTS({ "startDate", "string", "From when.", 0 },
                    { "endDate", "string", "Until when.", 0 }, UNIT),
        KILN_WORDS({ "unit", unit_names }),
        KILN_OUTPUTS({ "difference", "integer", "Whole units; below 0 when the end is earlier.",
                       0 },
                     { "unit", "string", "The unit.", 0 },
                     { "exactMs", "integer", "The difference in milliseconds.", 0 }))
{
    struct moment start, end;
    long long ms;
    int unit;

    if (input_choice(call, "get-time-between", "unit", unit_names, DAYS, &unit) < 0
        || date_call_date(call, "get-time-between", "startDate", "Start date is required", &start)
               < 0
        || date_call_date(call, "get-time-between", "endDate", "End date is required", &end) < 0)
        return -1;
    ms = milliseconds_between(start, end);
    kiln_out(call, "difference", kiln_int(ms / 1000 / unit_seconds[unit]));
    kiln_out(call, "unit", value_static(unit_names[unit]));
    return kiln_out(call, "exactMs", kiln_int(ms));
}

/* The beginning of the unit a date lies in. */
static struct civil floor_of(struct civil c, enum unit unit)
{
    if (unit == WEEKS)
        c = civil_at((struct moment){ civil_seconds(&c) - (civil_weekday(&c) - 1) * CIVIL_DAY, 0 },
                     0);
    c.nanos = 0;
    if (unit == YEARS)
        c.month = 1;
    if (unit <= MONTHS)
        c.day = 1;
    if (unit <= DAYS)
        c.hour = 0;
    if (unit <= HOURS)
        c.minute = 0;
    if (unit <= MINUTES)
        c.second = 0;
    return c;
}

/* Is it in the second half of the unit? The halves are those of the reference. */
static int is_late(const struct civil *c, enum unit unit)
{
    const int late[] = { c->month >= 7,
                         c->day >= 16,
                         civil_weekday(c) >= 5,
                         c->hour >= 12,
                         c->minute >= 30,
                         c->second >= 30,
                         0 };

    return late[unit];
}

enum mode { FLOOR, CEIL, ROUND };

static const char *const mode_names[] = { "floor", "ceil", "round", NULL };

KILN_OP(datetime_round_date, "datetime.round-date", KILN_PURE,
        "A date at the beginning of a unit of time.",
        KILN_INPUTS(DATE, UNIT, { "mode", "string", "floor, ceil or round (if none).", 0 },
                    TIMEZONE),
        KILN_OUTPUTS({ "value", "string", "The date, ISO 8601.", 0 }),
        KILN_WORDS({ "unit", unit_names }, { "mode", mode_names }), KILN_FLAGS(KILN_OP_BARE))
{
    struct civil c, begin;
    struct moment at;
    struct zone z;
    int unit, mode, is_up;

    if (input_choice(call, "round-date", "unit", unit_names, DAYS, &unit) < 0
        || input_choice(call, "round-date", "mode", mode_names, ROUND, &mode) < 0
        || date_call_read(call, "round-date", &at, &z) < 0)
        return -1;
    c = date_call_wall(&z, at);
    begin = floor_of(c, (enum unit)unit);
    is_up = mode == CEIL ? civil_seconds(&begin) < civil_seconds(&c)
                         : mode == ROUND && is_late(&c, (enum unit)unit);
    at = (struct moment){ zone_utc(&z, civil_seconds(&begin)), 0 };
    if (is_up && move(&z, &at, (enum unit)unit, 1) < 0)
        return date_call_fail(call, "Date out of range");
    return give_known(call, &z, at);
}
