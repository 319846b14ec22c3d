/* test_alarm.c: alarms go in the order of their times, whatever was set, moved and stopped before.
 */
#include <stdlib.h>

#include "base/alarm.h"
#include "suites.h"

enum { MANY = 200 };

/* Takes the first until there are none; their dues, and the turns of equal ones, must not fall. */
static unsigned take_all(struct alarms *all)
{
    long long due = -1;
    unsigned long long turn = 0;
    unsigned n = 0;

    for (struct alarm *a; (a = alarm_first(all)); n++) {
        ck_assert_int_ge(a->due, due);
        if (a->due == due)
            ck_assert_uint_gt(a->turn, turn);
        due = a->due;
        turn = a->turn;
        alarm_stop(all, a);
        ck_assert_uint_eq(a->at, 0);
    }
    return n;
}

START_TEST(the_earliest_goes_first)
{
    struct alarms all = { 0 };
    struct alarm many[MANY] = { 0 };
    unsigned n = 0;

    srand(7);
    for (unsigned round = 0; round < 50; round++) {
        for (unsigned i = 0; i < MANY; i++)
            ck_assert_int_eq(alarm_set(&all, &many[rand() % MANY], rand() % 50), 0);
        for (unsigned i = 0; i < MANY / 4; i++)
            alarm_stop(&all, &many[rand() % MANY]);
        n = 0;
        for (unsigned i = 0; i < MANY; i++)
            n += many[i].at != 0;
        ck_assert_uint_eq(take_all(&all), n);
    }
    ck_assert_uint_gt(n, 0);
    alarms_fini(&all);
}
END_TEST

START_TEST(a_turn_is_kept)
{
    struct alarms all = { 0 };
    struct alarm a = { 0 }, b = { 0 };

    alarm_set(&all, &a, 5);
    alarm_set(&all, &b, 5);
    ck_assert_ptr_eq(alarm_first(&all), &a);
    alarm_stop(&all, &a);
    ck_assert_int_eq(alarm_restore(&all, &a, 5, 0), 0);
    ck_assert_ptr_eq(alarm_first(&all), &a);
    alarm_stop(&all, &a);
    alarm_stop(&all, &a);
    ck_assert_ptr_eq(alarm_first(&all), &b);
    alarms_fini(&all);
}
END_TEST

Suite *suite_alarm(void);

Suite *suite_alarm(void)
{
    Suite *s = suite_create("alarm");
    TCase *t = tcase_create("alarm");

    tcase_add_test(t, the_earliest_goes_first);
    tcase_add_test(t, a_turn_is_kept);
    suite_add_tcase(s, t);
    return s;
}
