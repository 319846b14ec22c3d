/* test_crash_tries.c: plans whose steps are tried again, stopped everywhere (stop_text.h): what is
 * known of older tries, and where those that were to begin stood among the others.
 */
#include <check.h>

#include "stop_text.h"
#include "suites.h"

/* The second try sets the slot once more, after another step did. */
START_TEST(a_later_try_begins_at_its_moment)
{
    stop_text(HEAD "flow \"root\"\nslot s0 \"a\" last\n"
                   "step \"a\" wake start retry 2 delay 10 budget 60000\n"
                   "%0 = const \"a\"\nset s0 %0\ntask \"test.act\" %0\nnext -> \"t\"\n"
                   "step \"b\" wake start\n%0 = const \"b\"\nset s0 %0\n" BEHIND,
              NULL, 0, "\"a\"");
}
END_TEST

/* The same when nothing was made since another ended before them, so that all have one moment: what
 * was due at the last of them ends with it. */
START_TEST(what_was_due_later_ends_too)
{
    stop_text_in(FAILS_TWICE,
                 HEAD "flow \"root\"\nslot s0 \"a\" last\n"
                      "step \"z\" wake start\n%0 = const 5\nsleep %0\nnext -> \"j\"\n"
                      "step \"x\" wake start retry 2 delay 10 budget 60000\n"
                      "%0 = const 1\ntask \"test.act\" %0\nnext -> \"x2\"\n"
                      "step \"y\" wake start retry 2 delay 10 budget 60000\n"
                      "%0 = const \"y\"\nset s0 %0\ntask \"test.act\" %0\nnext -> \"j\"\n"
                      "step \"x2\" wake count 1\n%0 = const \"x\"\nset s0 %0\n"
                      "next -> \"j\"\n"
                      "step \"j\" wake count 3\nnext -> \"t\"\n" BEHIND,
                 NULL, 0, "\"x\"");
}
END_TEST

/* A child that fails until its root's s1 is true. */
#define BELOW                                                                                      \
    "flow \"below\" up \"root\"\n"                                                                 \
    "step \"look\" wake start\n%0 = slot ^1 s1\ntest %0\ncase 0 -> \"bad\"\n"                      \
    "step \"bad\" wake any\n%0 = const \"off\"\nfail %0\n" QUIET

/* A base is kept when three tries are ready to begin, for the third is a child's: those known to
 * have ended end in their turn, before what is behind them. */
START_TEST(tries_that_were_ready_keep_their_turn)
{
    stop_text_in(FAILS_TWICE,
                 HEAD "flow \"root\"\nslot s0 \"a\" last\nslot s1 \"is on\" last\n"
                      "step \"x\" wake start retry 2 delay 10 budget 60000\n"
                      "%0 = const 1\ntask \"test.act\" %0\nnext -> \"x2\"\n"
                      "step \"y\" wake start retry 2 delay 10 budget 60000\n"
                      "%0 = const 2\ntask \"test.act\" %0\nnext -> \"y2\"\n"
                      "step \"c\" wake start retry 2 delay 10 budget 60000\nchild \"below\"\n"
                      "next -> \"j\"\n"
                      "step \"z\" wake start\n%0 = const 5\nsleep %0 -> s1\nnext -> \"j\"\n"
                      "step \"x2\" wake count 1\n%0 = const \"x\"\nset s0 %0\n"
                      "next -> \"j\"\n"
                      "step \"y2\" wake count 1\n%0 = const \"y\"\nset s0 %0\n"
                      "next -> \"j\"\n"
                      "step \"j\" wake count 4\nnext -> \"t\"\n" BEHIND BELOW,
                 NULL, 0, "\"y\"");
}
END_TEST

/* What it reads has changed between its tries: each is held against the same try undisturbed. */
START_TEST(a_later_try_sees_what_is_there_then)
{
    stop_text(HEAD "flow \"root\"\nslot s0 \"a\" last initial \"first\"\n"
                   "step \"a\" wake start retry 2 delay 10 budget 60000\n"
                   "%0 = slot s0\ntask \"test.act\" %0\nnext -> \"t\"\n"
                   "step \"b\" wake start\n%0 = const \"b\"\nset s0 %0\n" BEHIND,
              NULL, 0, "\"b\"");
}
END_TEST

/* What it wrote above it is there, though a resumed run does not make that try again. */
START_TEST(what_an_older_try_of_a_child_left_stays)
{
    stop_text(HEAD "flow \"root\"\nslot s0 \"a\" append\n"
                   "step \"c\" wake start retry 2 delay 10 budget 60000\nchild \"below\"\n"
                   "next -> \"t\"\n" BEHIND "flow \"below\" up \"root\"\n"
                   "step \"w\" wake start\n%0 = const \"w\"\nset ^1 s0 %0\nnext -> \"f\"\n"
                   "step \"f\" wake count 1\n%0 = const 1\ntask \"test.act\" %0\n" QUIET,
              NULL, 0, "[\"w\",\"w\"]");
}
END_TEST

/* A task of a superstep counts its tries, and those of an older superstep; beside it another
 * sleeps. */
START_TEST(tries_of_a_task_are_counted)
{
    stop_text_in(FAILS_TWICE,
                 HEAD "flow \"root\"\nslot s0 \"a\" last\n"
                      "step \"c\" wake start\n%0 = const 1\nchild \"turns\" %0 -> s0\n"
                      "next -> \"t\"\n" BEHIND "flow \"turns\" superstep limit 5\n"
                      "slot s0 \"in\" param once\nslot s1 \"again\" last once\n"
                      "slot s2 \"n\" append output\nslot s3 \"shown\" last private result\n"
                      "step \"a\" wake changed s0 s1 node 0 retry 3 delay 10 budget 60000\n"
                      "%0 = index 0\ntask \"test.act\" %0\nnext -> \"w\"\n"
                      "step \"w\" wake any node 0\n%0 = index 0\nset s2 %0\n"
                      "%1 = slot s0\nset s1 %1\n"
                      "step \"z\" wake changed s0 node 1\n%0 = const 15\nsleep %0\n"
                      "step \"e\" wake any\n%0 = slot s3\nfinish %0\n"
                      "step \"q\" wake quiet\nboundary\ncase 0 -> \"e\"\n",
                 NULL, 0, "{\"n\":[3,4]}");
}
END_TEST

/* Of one that was ready in a base a still later try is known: it sets its slot once more when that
 * began. */
START_TEST(a_try_that_was_ready_is_not_the_newest)
{
    stop_text_in(FAILS_THRICE,
                 HEAD "flow \"root\"\nslot s0 \"a\" last\nslot s1 \"is on\" last\n"
                      "step \"y\" wake start retry 3 delay 10 budget 60000\n%0 = const \"y\"\n"
                      "set s0 %0\ntask \"test.act\" %0\nnext -> \"j\"\n"
                      "step \"x\" wake start retry 2 delay 10 budget 60000\n"
                      "%0 = const 1\ntask \"test.act\" %0\nnext -> \"x2\"\n"
                      "step \"c\" wake start retry 2 delay 10 budget 60000\nchild \"below\"\n"
                      "next -> \"j\"\n"
                      "step \"z\" wake start\n%0 = const 5\nsleep %0 -> s1\nnext -> \"j\"\n"
                      "step \"x2\" wake count 1\n%0 = const \"x\"\nset s0 %0\n"
                      "next -> \"j\"\n"
                      "step \"j\" wake count 4\nnext -> \"t\"\n" BEHIND BELOW,
                 NULL, 0, "\"y\"");
}
END_TEST

/* What a task of a superstep wrote before its try failed is void. */
START_TEST(what_an_older_try_wrote_is_void)
{
    stop_text_in(FAILS_FIRST,
                 HEAD "flow \"root\"\nslot s0 \"a\" last\n"
                      "step \"c\" wake start\n%0 = const 1\nchild \"turns\" %0 -> s0\n"
                      "next -> \"t\"\n" BEHIND "flow \"turns\" superstep limit 5\n"
                      "slot s0 \"in\" param once\nslot s1 \"first\" last output\n"
                      "slot s2 \"n\" last output\nslot s3 \"shown\" last private result\n"
                      "step \"a\" wake changed s0 node 0 retry 3 delay 10 budget 60000\n"
                      "%0 = index 0\nset s2 %0\n%1 = const 2\n%2 = call base.less %0 %1\n"
                      "if %2\nset s1 %2\nend\ntask \"test.act\" %0\n"
                      "step \"e\" wake any\n%0 = slot s3\nfinish %0\n"
                      "step \"q\" wake quiet\nboundary\ncase 0 -> \"e\"\n",
                 NULL, 0, "{\"n\":2}");
}
END_TEST

Suite *suite_crash_tries(void);
Suite *suite_crash_tries(void)
{
    Suite *s = suite_create("crash_tries");
    TCase *t = tcase_create("stops");

    tcase_set_timeout(t, 300);
    tcase_add_test(t, a_later_try_begins_at_its_moment);
    tcase_add_test(t, what_was_due_later_ends_too);
    tcase_add_test(t, tries_that_were_ready_keep_their_turn);
    tcase_add_test(t, a_later_try_sees_what_is_there_then);
    tcase_add_test(t, what_an_older_try_of_a_child_left_stays);
    tcase_add_test(t, tries_of_a_task_are_counted);
    tcase_add_test(t, a_try_that_was_ready_is_not_the_newest);
    tcase_add_test(t, what_an_older_try_wrote_is_void);
    suite_add_tcase(s, t);
    return s;
}
