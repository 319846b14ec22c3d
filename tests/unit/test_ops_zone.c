/* test_ops_zone.c: the time zones of the datetime operations: files, rules, places. Zones are read
 * from a folder of the test's own, so that no machine's database matters. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "calls.h"
#include "ops/datetime/zone.h"
#include "suites.h"

extern const kiln_op kiln_op_datetime_format_date, kiln_op_datetime_add_to_date,
    kiln_op_datetime_round_date, kiln_op_datetime_unix_to_date;

#define REFUSED(code, message)                                                                     \
    "! {'category':'permanent','code':'" code "','message':'" message "','severity':'error'}"
#define FAILS(message) REFUSED("CAPABILITY_ERROR", message)

/* A file of version 2: three hours until 2001-09-09, then two, and a rule from 2011 on. */
static size_t make_zone(unsigned char *to, const char *rule)
{
    static const char head[] = "TZif2\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0";
    static const char types[] = "\0\0\x2a\x30\0\0\0\0\x1c\x20\0\0"
                                "AB";
    static const char times[] = "\0\0\0\0\x3b\x9a\xca\0\0\0\0\0\x4d\x1e\x6f\0\1\1";
    unsigned char *at = to;

    for (int block = 0; block < 2; block++) {
        memcpy(at, head, 32);
        memcpy(at + 32, block ? "\0\0\0\2\0\0\0\2\0\0\0\2" : "\0\0\0\0\0\0\0\1\0\0\0\0", 12);
        at += 44;
        if (!block) {
            memset(at, 0, 6);
            at += 6;
        } else {
            memcpy(at, times, 18);
            memcpy(at + 18, types, 14);
            at += 32;
        }
    }
    at += sprintf((char *)at, "\n%s\n", rule);
    return (size_t)(at - to);
}

START_TEST(a_zone_file_is_a_list_of_changes)
{
    struct zone z;
    size_t n = make_zone(z.bytes, "AAA-1");

    ck_assert_int_eq(zone_parse(&z, n), 0);
    ck_assert_int_eq(zone_offset(&z, 0), 10800);
    ck_assert_int_eq(zone_offset(&z, 999999999), 10800);
    ck_assert_int_eq(zone_offset(&z, 1000000000), 7200);
    ck_assert_int_eq(zone_offset(&z, 1293840128), 3600);
    for (size_t cut = 0; cut < n - 8; cut++) {
        make_zone(z.bytes, "");
        ck_assert_int_eq(zone_parse(&z, cut), -1);
    }
}
END_TEST

static const struct {
    const char *rule;
    long long seconds;
    int offset;
} rules[] = {
    { "UTC0", 0, 0 },
    { "<-0330>3:30", 0, -12600 },
    { "EST5EDT,M3.2.0,M11.1.0", 1710053999, -18000 },
    { "EST5EDT,M3.2.0,M11.1.0", 1710054000, -14400 },
    { "EST5EDT,M3.2.0,M11.1.0", 1730613599, -14400 },
    { "EST5EDT,M3.2.0,M11.1.0", 1730613600, -18000 },
    { "AEST-10AEDT,M10.1.0,M4.1.0/3", 1704067200, 39600 },
    { "AEST-10AEDT,M10.1.0,M4.1.0/3", 1719792000, 36000 },
    { "IST-2IDT,M3.4.4/26,M10.5.0", 1711670399, 7200 },
    { "IST-2IDT,M3.4.4/26,M10.5.0", 1711670400, 10800 },
    { "AAA0BBB-2,J60,J300", 1709258400, 7200 },
    { "AAA0BBB-2,59,300", 1709172000, 7200 },
};

START_TEST(rules_go_on_for_ever)
{
    int offset;

    ck_assert_int_eq(zone_rule_offset(rules[_i].rule, rules[_i].seconds, &offset), 0);
    ck_assert_int_eq(offset, rules[_i].offset);
}
END_TEST

static const char *const no_rules[] = { "",
                                        "A",
                                        "AB3",
                                        "<ABC",
                                        "ABC",
                                        "ABC-",
                                        "ABC200",
                                        "ABC1DEF",
                                        "ABC1DEF,M3.2.0",
                                        "ABC1DEF,M13.2.0,M1.1.0",
                                        "ABC1DEF,M3.6.0,M1.1.0",
                                        "ABC1DEF,J400,J1",
                                        "ABC1DEF,M3.2.7,M1.1.0" };

START_TEST(what_is_no_rule_is_refused)
{
    int offset;

    ck_assert_int_eq(zone_rule_offset(no_rules[_i], 0, &offset), -1);
}
END_TEST

/* A folder with Test/Zone in it, as the database of this process. */
static void make_database(char folder[])
{
    unsigned char bytes[256];
    char path[128];
    FILE *f;

    ck_assert_ptr_nonnull(mkdtemp(folder));
    snprintf(path, sizeof path, "%s/Test", folder);
    ck_assert_int_eq(mkdir(path, 0700), 0);
    strcat(path, "/Zone");
    f = fopen(path, "wb");
    fwrite(bytes, 1, make_zone(bytes, "CET-1CEST,M3.5.0,M10.5.0/3"), f);
    fclose(f);
    unsetenv("ZONEINFO");
    setenv("TZDIR", folder, 1);
}

static void drop_database(const char *folder)
{
    char path[128];

    snprintf(path, sizeof path, "%s/Test/Zone", folder);
    unlink(path);
    *strrchr(path, '/') = 0;
    rmdir(path);
    rmdir(folder);
}

#define ZONE ",'timezone':'Test/Zone'}"

START_TEST(places_have_their_own_summer)
{
    const kiln_op *iso = &kiln_op_datetime_format_date, *add = &kiln_op_datetime_add_to_date,
                  *round = &kiln_op_datetime_round_date;
    const struct {
        const kiln_op *op;
        const char *input, *output;
    } calls[] = {
        { iso, "{'date':'2024-01-15T12:00:00Z'" ZONE, "'2024-01-15T13:00:00+01:00'" },
        { iso, "{'date':'2024-07-15T12:00:00Z'" ZONE, "'2024-07-15T14:00:00+02:00'" },
        { iso, "{'date':'1999-07-15T12:00:00Z'" ZONE, "'1999-07-15T15:00:00+03:00'" },
        { add, "{'date':'2024-03-30T11:00:00Z','amount':1" ZONE, "'2024-03-31T12:00:00+02:00'" },
        { add, "{'date':'2024-03-30T11:00:00Z','amount':24,'unit':'hours'" ZONE,
          "'2024-03-31T13:00:00+02:00'" },
        { add, "{'date':'2024-03-30T01:30:00Z','amount':1" ZONE, "'2024-03-31T03:30:00+02:00'" },
        { add, "{'date':'2024-10-26T00:30:00Z','amount':1" ZONE, "'2024-10-27T02:30:00+02:00'" },
        { round, "{'date':'2024-03-31T20:00:00Z','mode':'floor'" ZONE,
          "'2024-03-31T00:00:00+01:00'" },
        { iso, "{'date':0,'timezone':'Test/None'}",
          FAILS("Unknown timezone: 'Test/None'. Use IANA names (e.g., 'America/New_York') or "
                "offsets (e.g., '+05:30')") },
        { iso, "{'date':0,'timezone':'Test/../Test/Zone'}",
          FAILS("Unknown timezone: 'Test/../Test/Zone'. Use IANA names (e.g., "
                "'America/New_York') or offsets (e.g., '+05:30')") },
        { iso, "{'date':0,'timezone':'Test'}",
          FAILS("Unknown timezone: 'Test'. Use IANA names (e.g., 'America/New_York') or offsets "
                "(e.g., '+05:30')") },
        { iso, "{'date':0,'timezone':'-24:00'}", FAILS("Offset out of range: -24:00") },
    };
    char folder[] = "/tmp/kiln-zones-XXXXXX";

    make_database(folder);
    for (size_t i = 0; i < sizeof calls / sizeof *calls; i++)
        calls_expect(calls[i].op, calls[i].input, calls[i].output);
    drop_database(folder);
}
END_TEST

START_TEST(a_machine_may_have_no_database)
{
    setenv("ZONEINFO", "/nowhere/at/all", 1);
    calls_expect(&kiln_op_datetime_unix_to_date, "{'timestamp':0,'timezone':'Test/Zone'}",
                 REFUSED("DATETIME_NO_ZONES",
                         "Timezone 'Test/Zone' cannot be looked up: this machine has no time zone "
                         "database (package tzdata, or its folder in TZDIR)"));
    calls_expect(&kiln_op_datetime_unix_to_date, "{'timestamp':0,'timezone':'utc'}",
                 "'1970-01-01T00:00:00Z'");
}
END_TEST

Suite *suite_ops_zone(void);

Suite *suite_ops_zone(void)
{
    Suite *s = suite_create("ops_zone");
    TCase *c = tcase_create("zones");

    tcase_add_test(c, a_zone_file_is_a_list_of_changes);
    tcase_add_loop_test(c, rules_go_on_for_ever, 0, sizeof rules / sizeof *rules);
    tcase_add_loop_test(c, what_is_no_rule_is_refused, 0, sizeof no_rules / sizeof *no_rules);
    tcase_add_test(c, places_have_their_own_summer);
    tcase_add_test(c, a_machine_may_have_no_database);
    suite_add_tcase(s, c);
    return s;
}
