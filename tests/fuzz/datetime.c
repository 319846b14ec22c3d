/* datetime.c: any bytes as a date, as a format, as a zone's file and as a rule of one. A date that
 * was read is written, read again, and is the same; a zone knows the way there and back. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "ops/datetime/date_text.h"
#include "ops/datetime/zone.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void must(int holds)
{
    if (!holds)
        abort();
}

static void check_date(const char *text, size_t n)
{
    struct moment m, again;
    struct text t = { 0 };
    struct civil c;
    char wrong;

    if (date_read(text, n, &m) < 0)
        m = (struct moment){ 951782400, 0 };
    c = civil_at(m, 0);
    must(civil_seconds(&c) == m.seconds && civil_week(&c) >= 1 && civil_week(&c) <= 53);
    date_write_iso(&t, &c);
    must(date_read(t.s, t.n, &again) == 0 && again.seconds == m.seconds);
    text_clear(&t);
    date_write(&t, &c, text, n, &wrong);
    text_fini(&t);
}

static void check_zone(const uint8_t *data, size_t n)
{
    static const long long moments[] = { -8000000000000, -1, 951782400, 1711846800, 8000000000000 };
    struct zone z;

    if (n > ZONE_FILE_MOST)
        return;
    memcpy(z.bytes, data, n);
    if (zone_parse(&z, n) < 0)
        return;
    for (size_t i = 0; i < sizeof moments / sizeof *moments; i++) {
        long long utc = zone_utc(&z, moments[i]);

        must(utc > moments[i] - 9 * CIVIL_DAY && utc < moments[i] + 9 * CIVIL_DAY);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    char *rule = strndup((const char *)data, size);
    int offset;

    check_date((const char *)data, size);
    check_zone(data, size);
    zone_rule_offset(rule, 1711846800, &offset);
    free(rule);
    return 0;
}
