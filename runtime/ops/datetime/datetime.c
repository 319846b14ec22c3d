/* datetime.c: the `datetime` operations that read and write dates (scenario 4.7); those that move
 * them are in date_moves.c. What a call gives depends on its input and the zone's file alone. */
#include <string.h>

#include "base/text.h"
#include "ops/datetime/date_call.h"
#include "ops/datetime/date_text.h"
#include "ops/input.h"

KILN_OP(datetime_get_current_date, "datetime.get-current-date", KILN_IDEMPOTENT,
        "The date and time it is now.",
        KILN_INPUTS({ "includeTime", "boolean", "Whether the time is given too; true if none.", 0 },
                    TIMEZONE),
        KILN_OUTPUTS({ "value", "string", "ISO 8601, or the date alone.", 0 }),
        KILN_FLAGS(KILN_OP_BARE))
{
    struct text t = { 0 };
    struct moment now;
    struct civil c;
    struct zone z;
    char wrong;
    int with_time;

    if (input_flag_or(call, "get-current-date", "includeTime", 1, &with_time) < 0
        || date_call_zone(call, "get-current-date", &z) < 0)
        return -1;
    if (date_from_unix(kiln_now(call), 1, &now) < 0)
        return date_call_fail(call, "Date out of range");
    c = date_call_wall(&z, now);
    if (with_time)
        date_write_iso(&t, &c);
    else
        date_write(&t, &c, "yyyy-MM-dd", 10, &wrong);
    return date_call_give(call, &t);
}

enum { ISO8601, UNIX = 8, UNIX_MS, CUSTOM };

static const char *const format_names[] = { "iso8601",   "rfc2822",       "date-only",
                                            "time-only", "us-short-date", "eu-short-date",
                                            "long-date", "date-time",     "unix",
                                            "unix-ms",   "custom",        NULL };
static const char *const formats[] = { NULL,
                                       "EEE, dd MMM yyyy HH:mm:ss ZZ",
                                       "yyyy-MM-dd",
                                       "HH:mm:ss",
                                       "MM/dd/yyyy",
                                       "dd/MM/yyyy",
                                       "MMMM dd, yyyy",
                                       "yyyy-MM-dd HH:mm:ss" };

static int give_formatted(kiln_call *call, const struct civil *c, const char *format, size_t n)
{
    struct text t = { 0 };
    char wrong;

    if (date_write(&t, c, format, n, &wrong) == 0)
        return date_call_give(call, &t);
    text_fini(&t);
    return input_fail(call, "CAPABILITY_ERROR",
                      wrong > ' ' && wrong < 127 ? "Invalid custom format: '%%%c' means nothing"
                                                 : "Invalid custom format: a single '%%'",
                      wrong);
}

KILN_OP(datetime_format_date, "datetime.format-date", KILN_PURE, "Writes a date in another form.",
        KILN_INPUTS(
            DATE,
            { "format", "string",
              "iso8601 (if none), rfc2822, date-only, time-only, us-short-date, "
              "eu-short-date, long-date, date-time, unix, unix-ms or custom.",
              0 },
            { "customFormat", "string",
              "For custom: yyyy yy MMMM MMM MM dd EEEE EEE E HH hh mm ss SSS a W o Z ZZ ZZZ.", 0 },
            TIMEZONE),
        KILN_OUTPUTS({ "value", "string", "The date.", 0 }), KILN_WORDS({ "format", format_names }),
        KILN_FLAGS(KILN_OP_BARE))
{
    struct text t = { 0 };
    struct moment at;
    struct civil c;
    struct zone z;
    kiln_value custom;
    int format;

    if (input_choice(call, "format-date", "format", format_names, ISO8601, &format) < 0
        || input_optional_text(call, "format-date", "customFormat", &custom) < 0
        || date_call_read(call, "format-date", &at, &z) < 0)
        return -1;
    c = date_call_wall(&z, at);
    if (format == CUSTOM && custom.tag == KILN_ABSENT)
        return date_call_fail(call, "Custom format is required when format is 'custom'");
    if (format == CUSTOM)
        return give_formatted(call, &c, custom.u.s, custom.n);
    if (format == ISO8601)
        return date_call_give_iso(call, &z, at);
    if (format < UNIX)
        return give_formatted(call, &c, formats[format], strlen(formats[format]));
    text_put_int(&t, format == UNIX ? at.seconds : date_milliseconds(at));
    return date_call_give(call, &t);
}

enum part { YEAR, MONTH, WEEK, DAY, DAY_OF_WEEK, DAY_OF_YEAR, HOUR, MINUTE, SECOND, MS, QUARTER };

static const char *const part_names[] = { "year",        "month",       "week",    "day",
                                          "day-of-week", "day-of-year", "hour",    "minute",
                                          "second",      "millisecond", "quarter", NULL };

static long long part_of(const struct civil *c, enum part part)
{
    const long long parts[] = { c->year,           c->month,
                                civil_week(c),     c->day,
                                civil_weekday(c),  civil_day_of_year(c),
                                c->hour,           c->minute,
                                c->second,         c->nanos / 1000000,
                                (c->month + 2) / 3 };

    return parts[part];
}

KILN_OP(datetime_extract_date_part, "datetime.extract-date-part", KILN_PURE,
        "One number of a date.",
        KILN_INPUTS(DATE,
                    { "part", "string",
                      "year, month, week (ISO), day (if none), day-of-week (Monday is 1), "
                      "day-of-year, hour, minute, second, millisecond or quarter.",
                      0 },
                    TIMEZONE),
        KILN_OUTPUTS({ "value", "integer", "The number.", 0 }), KILN_WORDS({ "part", part_names }),
        KILN_FLAGS(KILN_OP_BARE))
{
    struct moment at;
    struct civil c;
    struct zone z;
    int part;

    if (input_choice(call, "extract-date-part", "part", part_names, DAY, &part) < 0
        || date_call_read(call, "extract-date-part", &at, &z) < 0)
        return -1;
    c = date_call_wall(&z, at);
    return kiln_out_value(call, kiln_int(part_of(&c, (enum part)part)));
}

KILN_OP(datetime_date_to_unix, "datetime.date-to-unix", KILN_PURE,
        "A date as seconds or milliseconds since 1970.",
        KILN_INPUTS(DATE, { "milliseconds", "boolean", "Whether milliseconds are wanted.", 0 }),
        KILN_OUTPUTS({ "timestamp", "integer", "The number.", 0 },
                     { "isMilliseconds", "boolean", "Whether it is milliseconds.", 0 }))
{
    struct moment at;
    int is_ms;

    if (input_flag(call, "date-to-unix", "milliseconds", &is_ms) < 0
        || date_call_date(call, "date-to-unix", "date", "Date is required", &at) < 0)
        return -1;
    kiln_out(call, "isMilliseconds", kiln_bool(is_ms));
    return kiln_out(call, "timestamp", kiln_int(is_ms ? date_milliseconds(at) : at.seconds));
}

KILN_OP(datetime_unix_to_date, "datetime.unix-to-date", KILN_PURE,
        "The date of so many seconds or milliseconds since 1970.",
        KILN_INPUTS({ "timestamp", "integer", "The number.", 0 },
                    { "isMilliseconds", "boolean",
                      "Whether it is milliseconds; if none, what is above 10^12 is.", 0 },
                    TIMEZONE),
        KILN_OUTPUTS({ "value", "string", "The date, ISO 8601.", 0 }), KILN_FLAGS(KILN_OP_BARE))
{
    long long timestamp;
    struct moment at;
    struct zone z;
    int is_ms;

    if (input_is_missing(call, "timestamp"))
        return date_call_fail(call, "Timestamp is required");
    if (input_integer(call, "unix-to-date", "timestamp", "i64", -9223372036854775807LL - 1,
                      9223372036854775807LL, &timestamp)
            < 0
        || input_flag_or(call, "unix-to-date", "isMilliseconds", date_is_milliseconds(timestamp),
                         &is_ms)
               < 0
        || date_call_zone(call, "unix-to-date", &z) < 0)
        return -1;
    if (date_from_unix(timestamp, is_ms, &at) < 0)
        return input_fail(call, "CAPABILITY_ERROR", "Invalid Unix timestamp: %lld", timestamp);
    return date_call_give_iso(call, &z, at);
}
