/* dates.c: the few dates of `utils` (scenario 4.3): one strict form in, six tokens out, the clock.
 *
 * They know UTC alone and no fractions; whoever needs more has the `datetime` operations.
 */
#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "base/civil.h"
#include "ops/input.h"
#include "value.h"

static int fail(kiln_call *call, const char *what)
{
    return input_fail(call, "CAPABILITY_ERROR", "%s", what);
}

/* ---- the strict form in: YYYY-MM-DDTHH:MM:SS, perhaps Z ------------------------------------- */

/* Up to three pieces of a text between separators. How many there are, 4 for too many. */
static int split(const char *s, size_t n, char separator, const char *at[3], size_t size[3])
{
    int count = 0;

    for (;;) {
        const char *stop = memchr(s, separator, n);
        size_t piece = stop ? (size_t)(stop - s) : n;

        if (count == 3)
            return 4;
        at[count] = s;
        size[count++] = piece;
        if (!stop)
            return count;
        s += piece + 1;
        n -= piece + 1;
    }
}

/* A number of at most `most` digits, or -1. */
static int digits(const char *s, size_t n, size_t most)
{
    int value = 0;

    if (!n || n > most)
        return -1;
    for (size_t i = 0; i < n; i++) {
        if (s[i] < '0' || s[i] > '9')
            return -1;
        value = 10 * value + (s[i] - '0');
    }
    return value;
}

/* Reads three numbers; the first that is none, or above its most, is named. */
static int read_three(kiln_call *call, const char *const at[3], const size_t size[3],
                      const char *const names[3], const int most[3], int ret[3])
{
    for (int i = 0; i < 3; i++) {
        int v = digits(at[i], size[i], most[i] > 99 ? 4 : 2);

        if (v < 0 || v > most[i])
            return input_fail(call, "CAPABILITY_ERROR", "Invalid %s", names[i]);
        ret[i] = v;
    }
    return 0;
}

/* The field `iso_date`. 0 or -1. */
static int input_iso(kiln_call *call, const char *name, struct civil *ret)
{
    static const char *const dates[] = { "year", "month", "day" }, *const times[] = { "hour",
                                                                                      "minute",
                                                                                      "second" };
    static const int most_date[] = { 9999, 12, 31 }, most_time[] = { 23, 59, 59 };
    const char *halves[3], *d[3], *t[3];
    size_t size[3], dn[3], tn[3];
    int date[3], time_of_day[3];
    kiln_value text;

    if (input_text(call, name, "iso_date", &text) < 0)
        return -1;
    size[0] = text.n && text.u.s[text.n - 1] == 'Z' ? text.n - 1 : text.n;
    if (split(text.u.s, size[0], 'T', halves, size) != 2
        || split(halves[0], size[0], '-', d, dn) != 3 || split(halves[1], size[1], ':', t, tn) != 3)
        return input_fail(call, "CAPABILITY_ERROR", "Invalid ISO date format: %.*s", (int)text.n,
                          text.u.s);
    if (read_three(call, d, dn, dates, most_date, date) < 0
        || read_three(call, t, tn, times, most_time, time_of_day) < 0)
        return -1;
    if (!date[1])
        return fail(call, "Invalid month");
    if (!civil_is_date(date[0], date[1], date[2]))
        return fail(call, "Invalid day");
    *ret = (struct civil){ .year = date[0],
                           .month = date[1],
                           .day = date[2],
                           .hour = time_of_day[0],
                           .minute = time_of_day[1],
                           .second = time_of_day[2] };
    return 0;
}

/* ---- tokens out ------------------------------------------------------------------------------ */

/* Writes the token that s[0..n) begins with and returns its length, or 0. */
static size_t put_token(struct text *t, const struct civil *c, const char *s, size_t n)
{
    const struct {
        const char *token;
        long long number;
    } tokens[] = { { "yyyy", c->year }, { "yy", c->year % 100 }, { "MM", c->month },
                   { "dd", c->day },    { "HH", c->hour },       { "mm", c->minute },
                   { "ss", c->second } };

    for (size_t i = 0; i < sizeof tokens / sizeof *tokens; i++) {
        size_t length = strlen(tokens[i].token);

        if (length <= n && !memcmp(s, tokens[i].token, length)) {
            text_printf(t, "%0*lld", (int)length, tokens[i].number);
            return length;
        }
    }
    return 0;
}

/* Gives the date with the tokens of `format` filled in. 0 or -1. */
static int out_formatted(kiln_call *call, const struct civil *c, const kiln_value *format)
{
    const char *s = format->u.s, *end = s + format->n;
    struct text t = { 0 };
    kiln_value made;
    int failed;

    while (s < end) {
        size_t length = put_token(&t, c, s, (size_t)(end - s));

        if (!length)
            text_putc(&t, *s);
        s += length ? length : 1;
    }
    failed = t.failed || value_string(kiln_call_heap(call), &made, text_cstr(&t), t.n) < 0;
    text_fini(&t);
    return failed ? kiln_fail(call, "out of memory") : kiln_out_value(call, made);
}

/* What the clock shows in UTC. */
static struct civil clock_now(kiln_call *call, int *ret_milliseconds)
{
    long long now = kiln_now(call);
    int part = (int)((now % 1000 + 1000) % 1000);

    *ret_milliseconds = part;
    return civil_at((struct moment){ .seconds = (now - part) / 1000 }, 0);
}

/* ---- the operations -------------------------------------------------------------------------- */

#define ISO_DATE                                                                                   \
    {                                                                                              \
        "iso_date", "string", "YYYY-MM-DDTHH:MM:SS, perhaps with Z; in UTC.", KILN_REQUIRED        \
    }
#define TOKENS "The text; yyyy yy MM dd HH mm ss are filled in."

KILN_OP(utils_format_date_from_iso, "utils.format-date-from-iso", KILN_PURE,
        "Writes a date in another form.",
        KILN_INPUTS(ISO_DATE, { "target_format", "string", TOKENS, KILN_REQUIRED }),
        KILN_OUTPUTS({ "value", "string", "The date.", 0 }),
        KILN_FLAGS(KILN_OP_BARE | KILN_OP_CHECKS))
{
    struct civil c;
    kiln_value format;

    if (input_iso(call, "format-date-from-iso", &c) < 0
        || input_text(call, "format-date-from-iso", "target_format", &format) < 0)
        return -1;
    return out_formatted(call, &c, &format);
}

KILN_OP(utils_iso_to_unix_timestamp, "utils.iso-to-unix-timestamp", KILN_PURE,
        "A date as whole seconds since 1970.", KILN_INPUTS(ISO_DATE),
        KILN_OUTPUTS({ "value", "integer", "The seconds.", 0 }),
        KILN_FLAGS(KILN_OP_BARE | KILN_OP_CHECKS))
{
    struct civil c;

    if (input_iso(call, "iso-to-unix-timestamp", &c) < 0)
        return -1;
    return kiln_out_value(call, kiln_int(civil_seconds(&c)));
}

KILN_OP(utils_get_current_iso_datetime, "utils.get-current-iso-datetime", KILN_IDEMPOTENT,
        "The wall clock in UTC, as RFC 3339 writes it.",
        KILN_OUTPUTS({ "value", "string", "The moment.", 0 }), KILN_FLAGS(KILN_OP_BARE))
{
    int ms;
    struct civil c = clock_now(call, &ms);
    char fraction[8] = "";
    kiln_value made;

    if (ms)
        snprintf(fraction, sizeof fraction, ".%03d", ms % 1000);
    if (kiln_textf(kiln_call_heap(call), &made, "%04lld-%02d-%02dT%02d:%02d:%02d%s+00:00", c.year,
                   c.month, c.day, c.hour, c.minute, c.second, fraction)
        < 0)
        return kiln_fail(call, "out of memory");
    return kiln_out_value(call, made);
}

KILN_OP(utils_get_current_formatted_datetime, "utils.get-current-formatted-datetime",
        KILN_IDEMPOTENT, "The wall clock in UTC, in a form of your own.",
        KILN_INPUTS({ "format", "string", TOKENS, KILN_REQUIRED }),
        KILN_OUTPUTS({ "value", "string", "The moment.", 0 }),
        KILN_FLAGS(KILN_OP_BARE | KILN_OP_CHECKS))
{
    kiln_value format;
    struct civil c;
    int ms;

    if (input_text(call, "get-current-formatted-datetime", "format", &format) < 0)
        return -1;
    c = clock_now(call, &ms);
    return out_formatted(call, &c, &format);
}
