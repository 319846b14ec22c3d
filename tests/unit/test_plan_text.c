/* test_plan_text.c: the plan's text: everything goes out and comes back, mistakes are told with
 * their line, the specification's examples and table are true, pictures show what they should.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "plans.h"
#include "suites.h"

static struct arena arena;

static void end(void)
{
    arena_fini(&arena);
}

/* One of everything the text can say. */
static const char everything[] =
    "plan \"all \\\"of\\\" it\" dialect \"scenario\" sorted\n"
    "flow \"root\" dead soft-errors\n"
    "  slot s0 \"data\" param\n"
    "  slot s1 \"steps.calc\" last\n"
    "  slot s2 \"list\" append spread private initial [1,2.0,{\"a\":18446744073709551615}]\n"
    "  slot s3 \"sum\" fold base.and initial -0.5\n"
    "  slot s4 \"all\" barrier [\"a\",\"b\"] once guard\n"
    "  step \"calc\" at \"/steps/calc\" 12:5 wake start\n"
    "    %0 = slot s0\n"
    "    %1 = get %0 \"a \\\"b\\\"\\n# c\"\n"
    "    %2 = at %1 -1\n"
    "    %3 = index 0\n"
    "    %4 = error\n"
    "    %5 = const null\n"
    "    %6 = call base.concat %0 %1 %2\n"
    "    if %1\n"
    "      %7 = copy %0\n"
    "    else\n"
    "      %7 = copy %1\n"
    "    end\n"
    "    %8 = for %9 %7\n"
    "      %10 = array %9 %3\n"
    "      yield %10\n"
    "    end\n"
    "    %11 = object \"list\" %8 \"why\" %4\n"
    "    set s2 %8\n"
    "    task \"test.effect\" %11 -> s1 blame \"Step s: \"\n"
    "    next -> \"test\"\n"
    "    error -> \"note\"\n"
    "  step \"test\" wake count 2 soft gated\n"
    "    %0 = const true\n"
    "    test %0\n"
    "    case 1 -> \"items\"\n"
    "    case 0 soft -> \"turn\"\n"
    "    case 0 -> \"test\"\n"
    "    next soft -> \"test\"\n"
    "  step \"items\" wake any keep stream window 3\n"
    "    %0 = const [1]\n"
    "    each \"root.item\" %0 -> s2\n"
    "    next -> \"turn\"\n"
    "  step \"turn\" wake any hidden\n"
    "    %0 = const 7\n"
    "    child \"root.item\" %0 index %0 -> s1\n"
    "  step \"note\" wake any journal\n"
    "    %0 = const \"seen\"\n"
    "    note %0\n"
    "  step \"choose\" wake any\n"
    "    %0 = const 2\n"
    "    pick %0\n"
    "    case 2 -> \"note\"\n"
    "  step \"quiet\" wake quiet\n"
    "    %0 = slot s1\n"
    "    finish %0\n"
    "flow \"root.item\" up \"root\"\n"
    "  slot s0 \"item\" param\n"
    "  step \"quiet\" wake quiet\n"
    "    %0 = slot ^1 s0\n"
    "    %1 = index 1\n"
    "    set ^1 s1 %1\n"
    "    fail %0\n"
    "flow \"turns\" superstep limit 25\n"
    "  slot s0 \"in\" param\n"
    "  slot s1 \"out\" last\n"
    "  step \"node\" wake changed s0 s1 stream node 2\n"
    "    %0 = fresh s1\n"
    "    set s1 %0\n"
    "  step \"boundary\" wake quiet\n"
    "    boundary\n"
    "    case 0 -> \"node\"\n";

START_TEST(everything_comes_back_as_it_went_out)
{
    struct plan *p = plans_read(&arena, everything);

    ck_assert_str_eq(plans_print(&arena, p), everything);
    plan_fini(p);
}
END_TEST

START_TEST(blanks_and_comments_do_not_matter)
{
    struct plan *p =
        plans_read(&arena, "# a comment\n\nplan \"p\"   dialect \"pregel\" # and one\r\n"
                           "flow \"root\"\n\tstep \"q # q\" wake quiet#\n"
                           "%0=const [1, 2]\n finish %0");

    ck_assert_str_eq(plans_print(&arena, p), "plan \"p\" dialect \"pregel\"\nflow \"root\"\n"
                                             "  step \"q # q\" wake quiet\n"
                                             "    %0 = const [1,2]\n    finish %0\n");
    plan_fini(p);
}
END_TEST

/* ---- mistakes ------------------------------------------------------------------------------ */

#define HEAD "plan \"p\" dialect \"d\"\n"
#define FLOW HEAD "flow \"f\"\n"
#define STEP FLOW "step \"s\" wake any\n"

static const struct {
    const char *text, *message;
} mistakes[] = {
    { "", "line 0: a plan begins with" },
    { "flow \"f\"\n", "line 1: a plan begins with" },
    { "plan p dialect \"d\"", "line 1: a quoted text is missing" },
    { "plan \"p\\u0000q\" dialect \"d\"", "line 1: a name may not hold a NUL" },
    { "plan \"\\x\" dialect \"d\"", "line 1: not a value: " },
    { "plan \"p\" \"d\"", "line 1: 'dialect' is missing" },
    { "plan \"p\" dialect \"d\" warm", "line 1: unexpected 'warm'" },
    { HEAD, "line 1: a plan has at least one flow" },
    { HEAD "step \"s\" wake any\n", "line 2: a flow is missing" },
    { HEAD "flow \"f\" up \"g\"\nflow \"g\"\n", "line 2: no flow \"g\" stands before" },
    { FLOW "flow \"f\"\n", "line 3: there is a flow \"f\" already" },
    { FLOW "flow \"g\" limit x\n", "line 3: 'N' is missing" },
    { FLOW "slot s1 \"a\" last\n", "line 3: slots stand before steps and are numbered" },
    { FLOW "slot s0 \"a\" last\nslot s1 \"b\" param\n", "line 4: parameters stand before" },
    { FLOW "slot s0 \"a\" first\n", "line 3: a slot's rule is missing" },
    { FLOW "slot s0 \"a\" fold base.nothing\n", "line 3: no pure function is called" },
    { FLOW "slot s0 \"a\" barrier\n", "line 3: a value is missing" },
    { FLOW "finish %0\n", "line 3: a step is missing" },
    { FLOW "step \"s\"\n", "line 3: 'wake' and a wake rule are missing" },
    { FLOW "step \"s\" wake count\n", "line 3: 'N' is missing" },
    { FLOW "step \"s\" wake count 99999999999\n", "line 3: the number is too large" },
    { FLOW "step \"s\" at \"/s\" 3 wake any\n", "line 3: ':N' is missing" },
    { STEP "step \"s\" wake any\n", "line 4: this flow has a step \"s\" already" },
    { STEP "\n\nnext -> \"t\"\n", "line 6: no step of this flow is called \"t\"" },
    { STEP "next \"s\"\n", "line 4: '->' is missing" },
    { STEP "case -> \"s\"\n", "line 4: 'N' is missing" },
    { STEP "jump %0\n", "line 4: neither an operation nor" },
    { STEP "%0 = finish %0\n", "line 4: an operation with a result is missing" },
    { STEP "%0 const 1\n", "line 4: '=' is missing" },
    { STEP "%0 = const\n", "line 4: a value is missing" },
    { STEP "%0 = const [1,\n", "line 4: not a value: " },
    { STEP "%0 = const 1 2\n", "line 4: unexpected '2'" },
    { STEP "%0 = at %1 99999999999999999999\n", "line 4: not a whole number" },
    { STEP "%0 = at %1 x\n", "line 4: a number is missing" },
    { STEP "%99 = const 1\n", "line 4: register %99 is far above" },
    { STEP "%0 = slot ^1\n", "line 4: 'sN' is missing" },
    { STEP "%0 = call base.nothing\n", "line 4: no pure function is called 'base.nothing'" },
    { STEP "task \"nothing\" %0\n", "line 4: no operation is called 'nothing'" },
    { STEP "child \"g\"\n", "line 4: no flow is called 'g'" },
    { STEP "task \"test.pure\" %0 -> s7\n", "line 4: there is no slot s7" },
};

START_TEST(mistakes_are_told_with_their_line)
{
    const char *message = NULL, *text = mistakes[_i].text;
    struct plan *p = plan_read(&arena, text, strlen(text), plans_find_op, NULL, &message);

    ck_assert_msg(p == NULL, "read: %s", text);
    ck_assert_msg(strncmp(message, mistakes[_i].message, strlen(mistakes[_i].message)) == 0,
                  "got '%s', want '%s'", message, mistakes[_i].message);
}
END_TEST

/* A text cut off anywhere is read or refused, never more. */
START_TEST(any_part_of_a_text_is_safe)
{
    for (size_t n = 0; n < sizeof everything; n++) {
        const char *message = NULL;
        struct plan *p = plan_read(&arena, everything, n, plans_find_op, NULL, &message);

        ck_assert((p != NULL) != (message != NULL));
        if (p)
            plan_verify(p);
        plan_fini(p);
    }
}
END_TEST

START_TEST(a_constant_may_not_nest_too_deep)
{
    enum { DEEP = 10000 };
    struct text t = { 0 };
    const char *message = NULL;

    text_puts(&t, STEP "%0 = const ");
    for (int i = 0; i < DEEP; i++)
        text_putc(&t, '[');
    for (int i = 0; i < DEEP; i++)
        text_putc(&t, ']');
    ck_assert_ptr_null(plan_read(&arena, t.s, t.n, NULL, NULL, &message));
    ck_assert_ptr_nonnull(strstr(message, "line 4: not a value: "));
    text_fini(&t);
}
END_TEST

/* ---- hash, pictures ------------------------------------------------------------------------ */

START_TEST(the_hash_is_that_of_the_text)
{
    struct plan *one = plans_read(&arena, everything);
    struct plan *same = plans_read(&arena, everything);
    unsigned long long a[2], b[2];

    plan_hash(one, a);
    plan_hash(same, b);
    ck_assert(a[0] == b[0] && a[1] == b[1]);
    same->flows[0]->steps[0]->line++;
    plan_hash(same, b);
    ck_assert(a[0] != b[0] || a[1] != b[1]);
    plan_fini(one);
    plan_fini(same);
}
END_TEST

START_TEST(pictures_show_flows_wakes_effects_and_labels)
{
    static const char *const in_dot[] = { "subgraph cluster_1",
                                          "calc\\nwake start\\ntask test.effect",
                                          "wake count 2 soft",
                                          "note (journalled)\", peripheries=2",
                                          "[label=\"error\", color=red]",
                                          "[label=\"0\", style=dashed]",
                                          "[style=dotted, lhead=cluster_1]",
                                          "all \\\"of\\\" it" };
    struct plan *p = plans_read(&arena, everything);
    struct text out = { 0 };

    plan_dot(p, &out);
    for (size_t i = 0; i < sizeof in_dot / sizeof *in_dot; i++)
        ck_assert_msg(strstr(out.s, in_dot[i]) != NULL, "no '%s' in %s", in_dot[i], out.s);
    text_fini(&out);
    plan_fini(p);
}
END_TEST

START_TEST(mermaid_draws_the_author_s_steps)
{
    struct plan *p = plans_read(
        &arena, STEP "step \"if\" at \"/steps/if\" 1:1 wake start\n%0 = const 1\ntest %0\n"
                     "case 1 -> \"if.done\"\ncase 0 -> \"b\"\nerror -> \"b\"\n"
                     "step \"if.done\" at \"/steps/if\" 1:1 wake any\nnext -> \"b\"\n"
                     "next -> \"b\"\nstep \"b\" at \"/steps/\\\"b\" 2:1 wake any\nnext -> \"s\"\n"
                     "step \"q\" at \"/\" 1:1 wake quiet\n%0 = const 1\nfinish %0\n");
    struct text out = { 0 };

    plan_mermaid(p, &out);
    ck_assert_str_eq(out.s, "graph TD\n    f0s1[\"if\"]\n    f0s3[\"b\"]\n"
                            "    f0s1 -->|false| f0s3\n    f0s1 -.->|error| f0s3\n"
                            "    f0s1 --> f0s3\n");
    text_fini(&out);
    plan_fini(p);
}
END_TEST

/* ---- spec/PLAN.md -------------------------------------------------------------------------- */

/* Every block marked `plan` is a plan: read, accepted, and printed as it stands. */
START_TEST(the_examples_of_the_specification_are_true)
{
    const char *at = plans_load(&arena, "spec/PLAN.md");
    unsigned n = 0;

    while ((at = strstr(at, "\n```plan\n"))) {
        const char *from = at + 9, *to = strstr(from, "```");
        const char *text = arena_dup(&arena, from, (size_t)(to - from));
        struct plan *p = plans_read(&arena, text);
        const char *wrong = plan_verify(p);

        ck_assert_msg(!wrong, "%s in:\n%s", wrong, text);
        ck_assert_str_eq(plans_print(&arena, p), text);
        plan_fini(p);
        at = to;
        n++;
    }
    ck_assert_uint_ge(n, 4);
}
END_TEST

START_TEST(the_specification_has_every_operation)
{
    const char *spec = plans_load(&arena, "spec/PLAN.md");

    for (unsigned i = 0; i < PLAN_KINDS; i++) {
        const char *name = arena_printf(&arena, "| `%s` |", plan_ops[i].text);

        ck_assert_msg(strstr(spec, name) != NULL, "no row %s", name);
        ck_assert_msg(strstr(spec, plan_ops[i].sentence) != NULL, "no sentence '%s'",
                      plan_ops[i].sentence);
    }
}
END_TEST

Suite *suite_plan_text(void);
Suite *suite_plan_text(void)
{
    Suite *s = suite_create("plan_text");
    TCase *t = tcase_create("text");

    tcase_add_checked_fixture(t, NULL, end);
    tcase_add_test(t, everything_comes_back_as_it_went_out);
    tcase_add_test(t, blanks_and_comments_do_not_matter);
    tcase_add_loop_test(t, mistakes_are_told_with_their_line, 0,
                        sizeof mistakes / sizeof *mistakes);
    tcase_add_test(t, any_part_of_a_text_is_safe);
    tcase_add_test(t, a_constant_may_not_nest_too_deep);
    tcase_add_test(t, the_hash_is_that_of_the_text);
    tcase_add_test(t, pictures_show_flows_wakes_effects_and_labels);
    tcase_add_test(t, mermaid_draws_the_author_s_steps);
    tcase_add_test(t, the_examples_of_the_specification_are_true);
    tcase_add_test(t, the_specification_has_every_operation);
    suite_add_tcase(s, t);
    return s;
}
