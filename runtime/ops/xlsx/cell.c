/* cell.c: the value of a cell. Dates are numbers of days whose style makes them dates; the book's
 * first day is 1900 (with a 29th of February, which it had not) or 1904. */
#include <math.h>
#include <string.h>

#include "numeral.h"
#include "base/civil.h"
#include "ops/xlsx/sheet.h"

/* 1970 in days of either count; the day there never was; no day of the year 10000. */
enum { EPOCH_1900 = 25569, EPOCH_1904 = 24107, NO_DAY = 60, LAST_DAY = 2958466 };

static int date_value(const struct book *b, double days, kiln_value *ret)
{
    int epoch = b->is_1904 ? EPOCH_1904 : EPOCH_1900 - (days < NO_DAY ? 1 : 0);
    long long seconds = llround((days - epoch) * CIVIL_DAY);
    struct civil c = civil_at((struct moment){ seconds, 0 }, 0);

    if (days < 1)
        return value_textf(b->heap, ret, "%02d:%02d:%02d", c.hour, c.minute, c.second);
    if (c.hour || c.minute || c.second)
        return value_textf(b->heap, ret, "%04lld-%02d-%02dT%02d:%02d:%02d", c.year, c.month, c.day,
                           c.hour, c.minute, c.second);
    return value_textf(b->heap, ret, "%04lld-%02d-%02d", c.year, c.month, c.day);
}

static int number_value(const struct book *b, double d, long long style, kiln_value *ret)
{
    int is_date = style >= 0 && (size_t)style < b->is_date.n && b->is_date.at[style];

    if (is_date && d >= 0 && d < LAST_DAY)
        return date_value(b, d, ret);
    *ret = fabs(d) < 0x1p53 && d == floor(d) ? value_int((long long)d) : value_double(d);
    return 0;
}

int sheet_value(struct book *b, const char *type, long long style, const struct text *text,
                kiln_value *ret)
{
    const char *s = text_cstr(text);
    long long index;
    double d;

    if (!strcmp(type, "s")) {
        if (numeral_integer(s, text->n, &index) < 0 || index < 0 || (size_t)index >= b->texts.n) {
            b->why = "a cell names a text that is not there";
            return -1;
        }
        *ret = b->texts.at[index];
        return 0;
    }
    if (!strcmp(type, "b")) {
        *ret = value_bool(!strcmp(s, "1") || !strcmp(s, "true"));
        return 0;
    }
    if (!strcmp(type, "n") && numeral_double(s, text->n, &d) == 0 && isfinite(d))
        return number_value(b, d, style, ret);
    return value_string(b->heap, ret, s, text->n);
}
