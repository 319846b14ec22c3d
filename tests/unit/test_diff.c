/* test_diff.c: kiln diff, on a workflow and what may become of it. */
#include <stdio.h>
#include <string.h>

#include "shell.h"
#include "suites.h"

static char *scratch;

static void set_up(void)
{
    scratch = shell_scratch();
}

static void tear_down(void)
{
    shell_scratch_free(scratch);
}

#define DELAY(id, ms)                                                                              \
    "'" id "':{'stepType':'Delay','durationMs':{'valueType':'immediate','value':" ms "}}"
#define ASK(id) "'" id "':{'stepType':'WaitForSignal'}"
#define LOG(id) "'" id "':{'stepType':'Log','message':'" id "'}"
#define END(path)                                                                                  \
    "'end':{'stepType':'Finish','inputMapping':{'x':{'valueType':'reference','value':'" path "'}}" \
    "}"
#define STOP "'end':{'stepType':'Finish'}"
#define EDGE(a, b) "{'fromStep':'" a "','toStep':'" b "'}"
#define DOC(name, entry, steps, edges)                                                             \
    "{'name':'" name "','entryPoint':'" entry "','steps':{" steps "},'executionPlan':[" edges "]}"

static const char chain[] =
    DOC("w", "a", DELAY("a", "5") "," ASK("b") "," LOG("c") "," END("steps.b"),
        EDGE("a", "b") "," EDGE("b", "c") "," EDGE("c", "end"));

static const struct {
    const char *from, *to;
    int code;
    const char *says;
} cases[] = {
    { chain, chain, 0, "flow root\n9 of 9 positions can move\n" },
    /* Another time for a step and a new step at the end: wherever a run stands. */
    { DOC("w", "a", DELAY("a", "5") "," END("steps.a"), EDGE("a", "end")),
      DOC("w", "a", DELAY("a", "9") "," LOG("z") "," END("steps.a"),
          EDGE("a", "z") "," EDGE("z", "end")),
      0, "flow root\n  + z\n  ~ a  leads elsewhere\n4 of 4 positions can move\n" },
    /* A step that is gone. */
    { chain,
      DOC("w", "a", DELAY("a", "5") "," ASK("b") "," END("steps.b"),
          EDGE("a", "b") "," EDGE("b", "end")),
      1,
      "flow root\n  - c\n  ~ b  leads elsewhere\n"
      "  ! before 'c': step 'c' is to run next, and is gone\n"
      "  ! inside 'c': step 'c' writes a note, and is gone\n" },
    /* What was begun as one thing does not end as another. */
    { DOC("w", "a", DELAY("a", "5") "," STOP, EDGE("a", "end")),
      DOC("w", "a", ASK("a") "," STOP, EDGE("a", "end")), 1,
      "  ! inside 'a': step 'a' sleeps, and now it awaits a signal; step 'a.failed' reads "
      "'a.signal', which step 'a' would have set: it lies behind\n" },
    /* Two steps change places: the one behind would run again. */
    { DOC("w", "a", LOG("a") "," LOG("b") "," STOP, EDGE("a", "b") "," EDGE("b", "end")),
      DOC("w", "b", LOG("a") "," LOG("b") "," STOP, EDGE("b", "a") "," EDGE("a", "end")), 1,
      "  ! before 'b': step 'a' has run already, and would run again\n" },
    /* What a step behind would have set. */
    { DOC("w", "b", ASK("b") "," END("steps.b"), EDGE("b", "end")),
      DOC("w", "a", DELAY("a", "5") "," ASK("b") "," END("steps.a"),
          EDGE("a", "b") "," EDGE("b", "end")),
      1,
      "  ! inside 'b': step 'end' reads 'steps.a', which step 'a' would have set: it lies "
      "behind\n" },
    /* A join that waits for a step that will not come. */
    { DOC("w", "a", DELAY("a", "5") "," DELAY("b", "5") "," LOG("c") "," STOP,
          EDGE("a", "b") "," EDGE("a", "c") "," EDGE("b", "end") "," EDGE("c", "end")),
      DOC("w", "a", DELAY("a", "5") "," DELAY("b", "5") "," LOG("c") "," LOG("d") "," STOP,
          EDGE("a", "b") "," EDGE("a", "c") "," EDGE("a", "d") "," EDGE("b", "end") "," EDGE(
              "c", "end") "," EDGE("d", "end")),
      1,
      "  ! before 'b': step 'end' waits for 3 steps now, and not all of them are through or still "
      "to come\n" },
    { DOC("w", "a", DELAY("a", "5") "," END("steps.a"), EDGE("a", "end")),
      DOC("v", "a", DELAY("a", "5") "," END("steps.a"), EDGE("a", "end")), 1,
      "no run can move: it is called 'v' now, and was 'w'\nflow root\n0 of 4 positions can "
      "move\n" },
};

START_TEST(it_says_what_cannot_move)
{
    struct shell s;

    shell_write(scratch, "from.json", cases[_i].from);
    shell_write(scratch, "to.json", cases[_i].to);
    s = shell_run(scratch, "kiln diff from.json to.json");
    ck_assert_str_eq(text_cstr(&s.err), "");
    ck_assert_msg(strstr(text_cstr(&s.out), cases[_i].says) != NULL, "%s", s.out.s);
    ck_assert_int_eq(s.code, cases[_i].code);
    shell_fini(&s);
}
END_TEST

START_TEST(it_says_so_to_machines)
{
    struct shell s;

    shell_write(scratch, "from.json", cases[3].from);
    shell_write(scratch, "to.json", cases[3].to);
    s = shell_run(scratch, "kiln diff --json from.json to.json");
    ck_assert_str_eq(
        text_cstr(&s.out),
        "{\"why\":[],\n \"flows\":[{\"name\":\"root\",\"new\":[\"a.failed\"],"
        "\"gone\":[],\"changed\":[{\"step\":\"a\",\"how\":\"does another thing\"}],"
        "\"stuck\":[{\"step\":\"a\",\"under_way\":true,\"why\":[\"step 'a' sleeps, and "
        "now it awaits a signal\",\"step 'a.failed' reads 'a.signal', which "
        "step 'a' would have set: it lies behind\"]}]}],\n"
        " \"positions\":4,\"stuck\":1,\"moves\":false}\n");
    ck_assert_int_eq(s.code, 1);
    shell_fini(&s);
}
END_TEST

/* Whatever an example does, it can go on as itself. */
START_TEST(every_example_can_move_to_itself)
{
    struct shell s = shell_run(
        scratch, "for e in examples/scenario/*/workflow.json examples/pregel/*/workflow.json; do "
                 "test -e ${e%%/*}/ops.c && continue; "
                 "c=${e%%/*}/children; test -e $c || c=.; "
                 "kiln emit --stage plan --child-dir $c $e >out 2>out || continue; n=x$n; "
                 "kiln diff --child-dir $c $e $e >out || cat $e out; done; "
                 "test ${#n} -gt 20 || echo few");

    ck_assert_str_eq(text_cstr(&s.out), "");
    shell_fini(&s);
}
END_TEST

Suite *suite_diff(void);
Suite *suite_diff(void)
{
    Suite *s = suite_create("diff");
    TCase *t = tcase_create("diff");

    tcase_add_checked_fixture(t, set_up, tear_down);
    tcase_set_timeout(t, 60);
    tcase_add_loop_test(t, it_says_what_cannot_move, 0, sizeof cases / sizeof *cases);
    tcase_add_test(t, it_says_so_to_machines);
    tcase_add_test(t, every_example_can_move_to_itself);
    suite_add_tcase(s, t);
    return s;
}
