/* date_call.c: what the `datetime` operations have in common: the refusals are the reference's. */
#include "ops/datetime/date_call.h"

#include <string.h>

#include "ops/datetime/date_text.h"
#include "ops/input.h"
#include "value.h"

int date_call_fail(kiln_call *call, const char *message)
{
    return input_fail(call, "CAPABILITY_ERROR", "%s", message);
}

int date_call_date(kiln_call *call, const char *name, const char *field, const char *missing,
                   struct moment *ret)
{
    kiln_value v, whole;

    if (input_optional_text(call, name, field, &v) < 0)
        return -1;
    whole = v;
    while (v.tag == KILN_STRING && v.n && strchr(" \t\r\n", *v.u.s)) {
        v.u.s++;
        v.n--;
    }
    if (v.tag == KILN_ABSENT || !v.n)
        return date_call_fail(call, missing);
    if (date_read(v.u.s, v.n, ret) == 0)
        return 0;
    return input_fail(call, "CAPABILITY_ERROR",
                      "Unable to parse date: '%.*s'. Supported formats: ISO 8601, RFC 2822, Unix "
                      "timestamp, or common date formats",
                      (int)whole.n, whole.u.s);
}

int date_call_zone(kiln_call *call, const char *name, struct zone *ret)
{
    kiln_value v;

    if (input_optional_text(call, name, "timezone", &v) < 0)
        return -1;
    if (v.tag == KILN_ABSENT)
        v = value_static("UTC");
    switch (zone_find(v.u.s, v.n, ret)) {
    case ZONE_FOUND:
        return 0;
    case ZONE_OUT_OF_RANGE:
        return input_fail(call, "CAPABILITY_ERROR", "Offset out of range: %.*s", (int)v.n, v.u.s);
    case ZONE_NO_DATABASE:
        return input_fail(call, "DATETIME_NO_ZONES",
                          "Timezone '%.*s' cannot be looked up: this machine has no time zone "
                          "database (package tzdata, or its folder in TZDIR)",
                          (int)v.n, v.u.s);
    default:
        return input_fail(call, "CAPABILITY_ERROR",
                          "Unknown timezone: '%.*s'. Use IANA names (e.g., 'America/New_York') or "
                          "offsets (e.g., '+05:30')",
                          (int)v.n, v.u.s);
    }
}

int date_call_read(kiln_call *call, const char *name, struct moment *ret_at, struct zone *ret_zone)
{
    if (date_call_zone(call, name, ret_zone) < 0)
        return -1;
    return date_call_date(call, name, "date", "Date is required", ret_at);
}

struct civil date_call_wall(const struct zone *z, struct moment at)
{
    return civil_at(at, zone_offset(z, at.seconds));
}

int date_call_give(kiln_call *call, struct text *t)
{
    kiln_value v;
    int failed = t->failed || value_string(kiln_call_heap(call), &v, text_cstr(t), t->n) < 0;

    text_fini(t);
    return failed ? kiln_fail(call, "out of memory") : kiln_out_value(call, v);
}

int date_call_give_iso(kiln_call *call, const struct zone *z, struct moment at)
{
    struct text t = { 0 };
    struct civil c = date_call_wall(z, at);

    date_write_iso(&t, &c);
    return date_call_give(call, &t);
}
