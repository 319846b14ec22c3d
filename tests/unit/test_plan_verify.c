/* test_plan_verify.c: one plan for each thing the verifier must refuse, and its words. */
#include <math.h>
#include <string.h>

#include "plans.h"
#include "suites.h"

#define HEAD "plan \"p\" dialect \"d\"\n"
#define QUIET "step \"q\" wake quiet\n%0 = const 1\nfinish %0\n"
#define START "step \"s\" wake start\n"
/* A root with one slot, a step that stands before these operations, and a quiet one behind. */
#define OPS(ops) HEAD "flow \"root\"\nslot s0 \"a\" last\n" START ops "\n" QUIET
/* The same in a superstep. */
#define TURN(ops) HEAD "flow \"root\" superstep\nslot s0 \"a\" last\n" ops
#define CHILD HEAD "flow \"root\"\n" START

static const struct {
    const char *text, *message; /* NULL: valid */
} cases[] = {
    { OPS("%0 = slot s0\nset s0 %0"), NULL },
    { HEAD "flow \"root\"\n" QUIET, NULL },
    { HEAD "flow \"root\"\n" START, "a flow needs one `quiet` step, this has 0" },
    { HEAD "flow \"root\"\n" START QUIET "step \"r\" wake quiet\n%0 = const 1\nfinish %0\n",
      "a flow needs one `quiet` step, this has 2" },
    { HEAD "flow \"root\"\nstep \"a\" wake any\n" QUIET, "no step wakes at the start" },
    { HEAD "flow \"root\"\n" START "step \"q\" wake quiet\n", "must finish, fail or wake another" },
    { HEAD "flow \"root\"\n" START "next -> \"j\"\nstep \"j\" wake count 2\n" QUIET,
      "flow \"root\", step \"j\": it counts 2, but its edges are 1" },
    { HEAD "flow \"root\"\n" START "next soft -> \"j\"\nstep \"j\" wake count 0\n" QUIET,
      "it counts 0, but its edges are 0 soft" },
    /* registers */
    { OPS("set s0 %0"), "register %0 may be read before it is written" },
    { OPS("%0 = array %0"), "register %0 may be read before" },
    { OPS("%0 = const 1\nif %0\n%1 = const 2\nend\nset s0 %1"), "register %1 may be read before" },
    { OPS("%0 = const 1\nif %0\n%1 = const 2\nelse\nset s0 %1\nend"), "register %1 may be read" },
    { OPS("%0 = const 1\nif %0\n%1 = copy %0\nelse\nend\nset s0 %1"), "register %1 may be read" },
    { OPS("%0 = const 1\nif %0\nelse\n%1 = copy %0\nend\nset s0 %1"), "register %1 may be read" },
    { OPS("%0 = const 1\nif %0\n%1 = copy %0\nelse\n%1 = copy %0\nend\nset s0 %1"), NULL },
    { OPS("%0 = const 1\nif %0\n%1 = copy %0\n%2 = copy %0\nelse\n%3 = copy %0\n%1 = copy %0\nend\n"
          "set s0 %3"),
      "register %3 may be read" },
    { OPS("%0 = const 1\nif %0\nif %0\n%1 = copy %0\nelse\n%1 = copy %0\nend\nelse\n%1 = copy %0\n"
          "end\nset s0 %1"),
      NULL },
    { OPS("%0 = const [1]\n%1 = for %2 %0\nyield %2\nend\nset s0 %2"), "register %2 may be read" },
    { OPS("%0 = const [1]\n%1 = for %2 %0\nyield %1\nend"), "register %1 may be read" },
    { OPS("%0 = const [1]\n%1 = for %2 %0\nyield %2\nend\nset s0 %1"), NULL },
    { OPS("%0 = const [1]\nchild \"root\" index %1"), "register %1 may be read" },
    /* blocks and ends */
    { OPS("%0 = const 1\nif %0"), "a block is never closed" },
    { OPS("end"), "`end` without an `if` or `for`" },
    { OPS("else"), "`else` without an `if`" },
    { OPS("%0 = const 1\nif %0\nelse\nelse\nend"), "`else` without an `if`" },
    { OPS("%0 = const []\n%1 = for %2 %0\nelse\nend"), "`else` without an `if`" },
    { OPS("%0 = const 1\nyield %0"), "`yield` outside a `for`" },
    { OPS("%0 = const 1\nif %0\nyield %0\nend"), "`yield` outside a `for`" },
    { OPS("%0 = const 1\nfinish %0\nfinish %0"), "`finish` must be the last operation" },
    { OPS("%0 = const 1\nif %0\nfail %0\nend"), "`fail` must be the last operation" },
    /* operands */
    { OPS("%0 = slot s1"), "flow \"root\" has no slot s1" },
    { OPS("%0 = slot ^1 s0"), "`^1` leads above the root" },
    { OPS("%0 = index 1"), "`index 1` leads above the root" },
    { OPS("%0 = index -1"), "`index -1` leads above the root" },
    { OPS("%0 = call base.not"), "base.not takes 1 arguments, not 0" },
    { OPS("%0 = const 1\n%1 = get %0 5"), "a key that is no text" },
    { OPS("%0 = fresh s0"), "`fresh` needs a superstep flow" },
    { HEAD "flow \"root\"\n" START "step \"q\" wake quiet\nboundary\nnext -> \"s\"\n",
      "`boundary` needs a superstep flow" },
    /* flows that are run */
    { CHILD "child \"c\"\n" QUIET "flow \"c\" up \"root\"\nslot s0 \"x\" param\n" QUIET,
      "flow \"c\" takes 1 arguments, not 0" },
    { CHILD "%0 = const []\neach \"c\" %0\n" QUIET "flow \"c\" up \"root\"\nslot s0 \"x\" param\n"
            "slot s1 \"y\" param\n" QUIET,
      "flow \"c\" takes 2 arguments, not 1" },
    { CHILD "child \"c\"\n" QUIET "flow \"b\"\n" QUIET "flow \"c\" up \"b\"\n" QUIET,
      "flow \"c\" belongs to flow \"b\"" },
    { HEAD "flow \"root\"\n" QUIET "flow \"c\"\nslot s0 \"\" param\nslot s1 \"\" param\n"
           "slot s2 \"\" param\nslot s3 \"\" param\nslot s4 \"\" param\nslot s5 \"\" param\n"
           "slot s6 \"\" param\nslot s7 \"\" param\nslot s8 \"\" param\n" QUIET,
      "it has 9 parameters" },
    /* edges and flags */
    { OPS("next -> \"q\"\ncase 0 -> \"q\""), "a `case` edge on a step that picks nothing" },
    { OPS("%0 = const 1\ntest %0\ncase 2 -> \"q\""), "case 2 can never be picked" },
    { OPS("%0 = const 1\npick %0\ncase 65536 -> \"q\""), "case 65536 can never be picked" },
    { OPS("order -> \"q\""), "an `order` edge in a flow that tells no death" },
    { HEAD "flow \"root\" dead\n" START "order -> \"q\"\n" QUIET, "leads to a `count` step" },
    { HEAD "flow \"root\" dead\n" START "order soft -> \"c\"\nstep \"c\" wake count 0 soft\n" QUIET,
      "an `order` edge is hard" },
    { HEAD "flow \"root\" dead\n" START "order -> \"c\"\nstep \"c\" wake count 1\n" QUIET, NULL },
    { HEAD "flow \"root\"\nstep \"s\" wake start keep\n" QUIET, "belong to `each`" },
    { HEAD "flow \"root\"\nstep \"s\" wake start window 2\n" QUIET, "belong to `each`" },
    { HEAD "flow \"root\"\nstep \"s\" wake start journal\n" QUIET, "`journal` belongs to" },
    { HEAD "flow \"root\"\nslot s0 \"a\" append\nstep \"s\" wake start retry 1 delay 1 budget 1\n"
           "%0 = const 1\nset s0 %0\nchild \"c\"\n" QUIET "flow \"c\" up \"root\"\n" QUIET,
      "it may be tried again and sets a slot that minds two writes" },
    { HEAD "flow \"root\"\nslot s0 \"a\" last\nstep \"s\" wake start retry 1 delay 1 budget 1\n"
           "%0 = const 1\nset s0 %0\nchild \"c\"\n" QUIET "flow \"c\" up \"root\"\n" QUIET,
      NULL },
    /* slots */
    { HEAD "flow \"root\"\nslot s0 \"a\" fold base.not\n" QUIET, "does not take two" },
    { HEAD "flow \"root\"\nslot s0 \"a\" barrier 5\n" QUIET, "needs an array of names" },
    { HEAD "flow \"root\"\nslot s0 \"a\" barrier [1]\n" QUIET, "has a name that is no text" },
    /* supersteps */
    { TURN("step \"n\" wake changed s0\n%0 = fresh s0\nset s0 %0\nstep \"b\" wake quiet\nboundary\n"
           "case 0 -> \"end\"\nstep \"end\" wake any\n%0 = slot s0\nfinish %0\n"),
      NULL },
    { TURN("step \"n\" wake changed s1\n" QUIET), "it watches s1, which is not there" },
    { TURN("step \"n\" wake any\nboundary\n" QUIET), "`boundary` belongs to the `quiet` step" },
    { OPS("\nstep \"n\" wake changed s0"), "`changed` needs a superstep flow" },
    { TURN("step \"n\" wake changed s0\nchild \"c\"\n" QUIET "flow \"c\" up \"root\"\n"
           "step \"q\" wake quiet\n%0 = const 1\nset ^1 s0 %0\nfinish %0\n"),
      "a superstep's slots are written by its own steps" },
};

START_TEST(the_verifier_says_what_is_wrong)
{
    struct arena arena = { 0 };
    struct plan *p = plans_read(&arena, cases[_i].text);
    const char *got = plan_verify(p), *want = cases[_i].message;

    if (want)
        ck_assert_msg(got && strstr(got, want), "got '%s', want '%s' of\n%s", got, want,
                      cases[_i].text);
    else
        ck_assert_msg(!got, "got '%s' of\n%s", got, cases[_i].text);
    plan_fini(p);
    arena_fini(&arena);
}
END_TEST

/* ---- what no text can say ------------------------------------------------------------------ */

static struct arena arena;
static struct plan *p;
static struct plan_flow *f;
static struct plan_step *s, *quiet;

static void begin(void)
{
    p = plan_new(&arena, "p", "scenario", KILN_PROGRAM_SORTED);
    f = plan_flow_add(p, "root", NULL, 0);
    s = plan_step_add(f, "s", KILN_WAKE_START);
    quiet = plan_step_add(f, "q", KILN_WAKE_QUIET);
    plan_finish(quiet, plan_reg_error(quiet));
}

static void end(void)
{
    plan_fini(p);
    arena_fini(&arena);
}

static void refuses(const char *words)
{
    const char *got = plan_verify(p);

    ck_assert_msg(got && strstr(got, words), "got '%s', want '%s'", got, words);
}

START_TEST(constants_are_json_and_sorted)
{
    kiln_member members[2] = { { .key = value_static("b"), .value = value_int(1) },
                               { .key = value_static("a"), .value = value_int(2) } };
    kiln_value v = { .tag = KILN_OBJECT, .n = 2, .u.members = members };
    kiln_value bad[] = { value_double(INFINITY), value_double(NAN), { 0 } };

    ck_assert_ptr_null(plan_verify(p));
    plan_const(p, &bad[0]);
    refuses("a constant is absent or not finite");
    p->consts[0] = bad[1];
    refuses("a constant is absent or not finite");
    p->consts[0] = bad[2];
    refuses("a constant is absent or not finite");
    p->consts[0] = v;
    refuses("a constant object is not sorted");
}
END_TEST

START_TEST(everything_knows_its_place)
{
    struct plan_flow *other = plan_flow_add(p, "other", NULL, 0);
    struct plan_step *far = plan_step_add(other, "far", KILN_WAKE_QUIET);

    plan_finish(far, plan_reg_error(far));
    ck_assert_ptr_null(plan_verify(p));
    plan_edge_add(s, KILN_EDGE_NEXT, 0, 0, quiet);
    s->edges[0].to = far;
    refuses("step \"s\": an edge leaves the flow, to \"far\"");
    s->n_edges = 0;
    quiet->id = "s";
    refuses("two steps are called \"s\"");
    quiet->id = "q";
    quiet->number = 7;
    refuses("step \"q\" does not know its place");
    quiet->number = 1;
    f->up = other;
    refuses("a plan begins with its root flow");
    f->up = NULL;
    other->up = other;
    refuses("flow \"other\": the flow above it must stand before it");
}
END_TEST

START_TEST(operands_are_those_of_the_table)
{
    int r = plan_reg_error(s);

    s->ops[0].n_args = 1;
    s->ops[0].args = &r;
    refuses("`error` has 1 arguments");
    s->ops[0].n_args = 0;
    s->result = 0;
    refuses("only `task`, `child`, `each`, `sleep` and `await` bring a result");
    s->result = -1;
    s->flags = KILN_STEP_TURN;
    refuses("the turn flag and a child's index go together");
    s->flags = 0;
    s->ops[0].ret = 5;
    refuses("register %5 is out of range");
    s->ops[0].ret = 0;
    ck_assert_ptr_null(plan_verify(p));
}
END_TEST

START_TEST(slots_are_written_by_their_rule)
{
    plan_slot_add(f, "a", KILN_RULE_LAST, 0);
    ck_assert_ptr_null(plan_verify(p));
    f->n_params = 1;
    f->slots[0].rule = KILN_RULE_APPEND;
    refuses("parameter s0 needs the rule `last`");
    f->n_params = 0;
    f->slots[0].rule = KILN_RULE_FOLD;
    refuses("slot s0: a function belongs to the rule `fold`");
    f->slots[0].rule = KILN_RULE_LAST;
    f->slots[0].initial = 3;
    refuses("slot s0 begins with a constant that is not there");
    f->slots[0].initial = -1;
    f->slots[0].names = 0;
    refuses("slot s0: names belong to `barrier`");
}
END_TEST

START_TEST(random_plans_are_valid)
{
    for (unsigned seed = 0; seed < 300; seed++) {
        struct arena own = { 0 };
        struct plan *made = plans_random(&own, seed);
        const char *wrong = plan_verify(made);

        ck_assert_msg(!wrong, "seed %u: %s", seed, wrong);
        plan_fini(made);
        arena_fini(&own);
    }
}
END_TEST

Suite *suite_plan_verify(void);
Suite *suite_plan_verify(void)
{
    Suite *suite = suite_create("plan_verify");
    TCase *t = tcase_create("text"), *made = tcase_create("made");

    tcase_add_loop_test(t, the_verifier_says_what_is_wrong, 0, sizeof cases / sizeof *cases);
    tcase_add_checked_fixture(made, begin, end);
    tcase_add_test(made, constants_are_json_and_sorted);
    tcase_add_test(made, everything_knows_its_place);
    tcase_add_test(made, operands_are_those_of_the_table);
    tcase_add_test(made, slots_are_written_by_their_rule);
    tcase_add_test(made, random_plans_are_valid);
    suite_add_tcase(suite, t);
    suite_add_tcase(suite, made);
    return suite;
}
