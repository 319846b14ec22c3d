/* test_past.c: runs as they were, and runs that go on from there.
 *
 * One script a plan: it is played to its end; then, for each of its records, the run is looked at
 * as it was behind it, and forked there. Looking touches nothing; a fork does what was still to be
 * done, waits as long as was left, and comes to the same end.
 */
#include "past_world.h"
#include "suites.h"

/* Behind each record the run is looked at and forked. */
static void everywhere(const char *plan, const char *signal, const char *output)
{
    unsigned left = ~0u, n = 2;
    struct past_world k;

    past_load(&k, plan);
    k.signal = signal;
    k.output = output;
    for (unsigned i = 0; i + 1 < n; i++) {
        struct past_records l;
        unsigned all, made;
        long long ms;

        past_begin(&k);
        all = past_acted;
        l = past_records_of(&k, "r");
        n = l.n;
        past_look(&k, "r", l.number[i]);
        made = past_branch(&k, "r", l.number[i], "f", &ms);
        ck_assert_msg(made <= left && (i || made == all), "record %llu: %u effects of %u",
                      l.number[i], made, left);
        ck_assert_msg(ms == l.ms[n - 1] - l.ms[i], "record %llu: %lld ms", l.number[i], ms);
        left = made;
        past_end(&k);
    }
    ck_assert_uint_gt(n, 4);
    ck_assert_uint_eq(left, 0);
    past_unload(&k);
}

START_TEST(sleeps_last_as_long_as_was_left)
{
    everywhere(HEAD "step \"z\" wake start\n%0 = const 86400000\nsleep %0\nnext -> \"a\"\n" ACT(
                   "a", "count 1", "{\"n\":1}", "s0", "b")
                   ACT("b", "count 1", "{\"n\":2,\"ms\":5000}", "s1", "end") END,
               NULL, "[1,2]");
}
END_TEST

START_TEST(deadlines_have_not_passed)
{
    everywhere(HEAD "step \"c\" wake start timeout 90000 \"late\"\nchild \"two\" -> s0\n"
                    "next -> \"b\"\n" ACT("b", "count 1", "{\"n\":3}", "s1", "end") END
               "flow \"two\" up \"root\"\nslot s0 \"a\" last\nslot s1 \"b\" last\n" ACT(
                   "a", "start", "{\"n\":1,\"ms\":80000}", "s0", "f")
                   ACT("f", "count 1", "{\"n\":2}", "s1", "end") END,
               NULL, "[[1,2],3]");
}
END_TEST

START_TEST(signals_come_along)
{
    everywhere(HEAD "step \"w\" wake start timeout 0 \"late\"\n"
                    "%0 = const {\"id\":\"run/w\",\"step\":\"w\"}\nawait %0 -> s0\n"
                    "next -> \"b\"\n" ACT("b", "count 1", "{\"n\":2}", "s1", "end") END,
               "w", "[7,2]");
}
END_TEST

START_TEST(items_are_where_each_was)
{
    everywhere(
        HEAD "step \"e\" wake start window 2\n%0 = const [1,2,3,4,5]\n"
             "each \"item\" %0 -> s0\nnext -> \"b\"\n" ACT("b", "count 1", "{\"n\":9}", "s1", "end")
                 END "flow \"item\" up \"root\"\nslot s0 \"n\" param\nslot s1 \"r\" last\n"
                     "step \"z\" wake start\n%0 = const 70\nsleep %0\nnext -> \"a\"\n"
                     "step \"a\" wake count 1\n%0 = slot s0\n%1 = object \"n\" %0\n"
                     "task \"test.act\" %1 -> s1\nnext -> \"end\"\n" END,
        NULL, "[[[1,1],[2,2],[3,3],[4,4],[5,5]],9]");
}
END_TEST

Suite *suite_past(void);
Suite *suite_past(void)
{
    Suite *s = suite_create("past");
    TCase *t = tcase_create("runs");

    tcase_set_timeout(t, 120);
    tcase_add_test(t, sleeps_last_as_long_as_was_left);
    tcase_add_test(t, deadlines_have_not_passed);
    tcase_add_test(t, signals_come_along);
    tcase_add_test(t, items_are_where_each_was);
    suite_add_tcase(s, t);
    return s;
}
