/* test_run.c: the loop alone, with programs written by hand: what generated code would be, reduced
 * to the scheduling. Each program says in one line what it is a case of. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "run.h"
#include "suites.h"

/* ---- a small language for hand-made programs ---- */

#define EDGE(target, k, l)                                                                         \
    {                                                                                              \
        .to = (target), .label = (l), .kind = KILN_EDGE_##k                                        \
    }
/* id, leaf, wake rule, and any further members. */
#define STEP(...) STEP_OF(__VA_ARGS__, .node = 0)
#define STEP_OF(id_, leaf, w, ...)                                                                 \
    {                                                                                              \
        .id = id_, .pointer = "", .run = leaf, .wake = KILN_WAKE_##w, .result = -1, __VA_ARGS__    \
    }
#define EDGES(array) .edges = (array), .n_edges = sizeof(array) / sizeof *(array)

static char marks[4096]; /* every test runs in a process of its own */

static void mark(const char *s)
{
    strncat(marks, s, sizeof marks - strlen(marks) - 1);
}

static const struct kiln_io *world(void)
{
    return &kiln_io_posix;
}

static kiln_run *drive(const kiln_program *p, const kiln_value *input)
{
    kiln_options o = { .io = world() };
    kiln_run *r;

    ck_assert_int_eq(kiln_run_new(p, &o, &r), 0);
    ck_assert_int_eq(kiln_run_start(r, input), 0);
    ck_assert_int_ge(kiln_run_drive(r), 0);
    return r;
}

static void expect(kiln_run *r, enum kiln_status status, const char *output)
{
    struct text t = { 0 };

    json_write(&t, kiln_run_output(r));
    ck_assert_int_eq(kiln_run_status(r), status);
    ck_assert_str_eq(text_cstr(&t), output);
    text_fini(&t);
    kiln_run_free(r);
}

#define PROGRAM(id, ...)                                                                           \
    static const kiln_flow *const id##_flows[] = { __VA_ARGS__ };                                  \
    static const kiln_program id = { .magic = KILN_MAGIC,                                          \
                                     .abi = KILN_ABI,                                              \
                                     .name = #id,                                                  \
                                     .dialect = "test",                                            \
                                     .flows = id##_flows,                                          \
                                     .n_flows = sizeof id##_flows / sizeof *id##_flows }

/* ---- leaves ---- */

static kiln_next leaf_a(kiln_frame *f)
{
    (void)f;
    mark("a");
    return KILN_GO;
}

static kiln_next leaf_b(kiln_frame *f)
{
    (void)f;
    mark("b");
    return KILN_GO;
}

static kiln_next leaf_c(kiln_frame *f)
{
    (void)f;
    mark("c");
    return KILN_GO;
}

static kiln_next leaf_quiet(kiln_frame *f)
{
    mark("q");
    f->out = f->error.tag ? f->error : value_null();
    return f->error.tag ? KILN_FAIL : KILN_FINISH;
}

static kiln_next leaf_pick(kiln_frame *f)
{
    mark("?");
    f->pick = kiln_truthy(&f->slots[0]) ? 1 : 0;
    return KILN_PICK;
}

static kiln_next leaf_fail(kiln_frame *f)
{
    mark("!");
    f->out = value_static("broken");
    return KILN_FAIL;
}

static kiln_next leaf_finish_input(kiln_frame *f)
{
    mark("f");
    f->out = f->slots[0];
    return KILN_FINISH;
}

/* ---- a fan-out joins once, in order of firing ---- */

static const kiln_slot one_param[] = { { .name = "input" } };
static const kiln_edge fan_out[] = { EDGE(1, NEXT, 0), EDGE(2, NEXT, 0) };
static const kiln_edge to_3[] = { EDGE(3, NEXT, 0) };
static const kiln_step fan_steps[] = {
    STEP("a", leaf_a, START, EDGES(fan_out)),
    STEP("b", leaf_b, COUNT, .hard = 1, EDGES(to_3)),
    STEP("c", leaf_c, COUNT, .hard = 1, EDGES(to_3)),
    STEP("f", leaf_finish_input, COUNT, .hard = 2),
    STEP("q", leaf_quiet, QUIET),
};
static const kiln_flow fan_flow = { .name = "root",
                                    .steps = fan_steps,
                                    .slots = one_param,
                                    .n_steps = 5,
                                    .n_slots = 1,
                                    .n_params = 1,
                                    .quiet = 4,
                                    .flags = KILN_FLOW_DEAD };
PROGRAM(fan, &fan_flow);

START_TEST(test_fan_out_joins_once)
{
    kiln_value seven = value_int(7);

    expect(drive(&fan, &seven), KILN_COMPLETED, "7");
    ck_assert_str_eq(marks, "abcf");
}
END_TEST

/* ---- exclusive branches: death reaches the join, which runs once ---- */

static const kiln_edge branches[] = { EDGE(1, CASE, 1), EDGE(2, CASE, 0) };
static const kiln_step branch_steps[] = {
    STEP("p", leaf_pick, START, EDGES(branches)),
    STEP("b", leaf_b, COUNT, .hard = 1, EDGES(to_3)),
    STEP("c", leaf_c, COUNT, .hard = 1, EDGES(to_3)),
    STEP("f", leaf_finish_input, COUNT, .hard = 2),
    STEP("q", leaf_quiet, QUIET),
};
static const kiln_flow branch_flow = { .name = "root",
                                       .steps = branch_steps,
                                       .slots = one_param,
                                       .n_steps = 5,
                                       .n_slots = 1,
                                       .n_params = 1,
                                       .quiet = 4,
                                       .flags = KILN_FLOW_DEAD };
PROGRAM(branch, &branch_flow);

START_TEST(test_branch_takes_one_side)
{
    kiln_value yes = value_bool(1);

    expect(drive(&branch, &yes), KILN_COMPLETED, "true");
    ck_assert_str_eq(marks, "?bf");
}
END_TEST

START_TEST(test_branch_takes_other_side)
{
    kiln_value no = value_bool(0);

    expect(drive(&branch, &no), KILN_COMPLETED, "false");
    ck_assert_str_eq(marks, "?cf");
}
END_TEST

/* ---- without death the join never runs and the quiet step ends the flow ---- */

static const kiln_flow lost_flow = { .name = "root",
                                     .steps = branch_steps,
                                     .slots = one_param,
                                     .n_steps = 5,
                                     .n_slots = 1,
                                     .n_params = 1,
                                     .quiet = 4 };
PROGRAM(lost, &lost_flow);

START_TEST(test_join_of_untaken_branch_stays_quiet)
{
    kiln_value yes = value_bool(1);

    expect(drive(&lost, &yes), KILN_COMPLETED, "null");
    ck_assert_str_eq(marks, "?bq");
}
END_TEST

/* ---- an error edge takes over: the other branch is given up, joins do not wait ---- */

static const kiln_edge catch_edges[] = { EDGE(3, NEXT, 0), EDGE(2, ERROR, 0) };
static const kiln_step catch_steps[] = {
    STEP("x", leaf_fail, START, EDGES(catch_edges)),
    STEP("b", leaf_b, START, EDGES(to_3)),
    STEP("c", leaf_c, COUNT, .hard = 1, EDGES(to_3)),
    STEP("f", leaf_finish_input, COUNT, .hard = 3),
    STEP("q", leaf_quiet, QUIET),
};
static const kiln_flow catch_flow = { .name = "root",
                                      .steps = catch_steps,
                                      .slots = one_param,
                                      .n_steps = 5,
                                      .n_slots = 1,
                                      .n_params = 1,
                                      .quiet = 4,
                                      .flags = KILN_FLOW_DEAD };
PROGRAM(catcher, &catch_flow);

START_TEST(test_error_edge_takes_over)
{
    kiln_value in = value_int(1);

    expect(drive(&catcher, &in), KILN_COMPLETED, "1");
    ck_assert_str_eq(marks, "!cf");
}
END_TEST

/* ---- a handler that runs off its end: the quiet step sees the error ---- */

static const kiln_edge handle_only[] = { EDGE(1, ERROR, 0) };
static const kiln_step reraise_steps[] = {
    STEP("x", leaf_fail, START, EDGES(handle_only)),
    STEP("c", leaf_c, COUNT, .hard = 1),
    STEP("q", leaf_quiet, QUIET),
};
static const kiln_flow reraise_flow = { .name = "root",
                                        .steps = reraise_steps,
                                        .slots = one_param,
                                        .n_steps = 3,
                                        .n_slots = 1,
                                        .n_params = 1,
                                        .quiet = 2,
                                        .flags = KILN_FLOW_DEAD };
PROGRAM(reraise, &reraise_flow);

START_TEST(test_handler_without_end_raises_again)
{
    kiln_value in = value_int(1);

    expect(drive(&reraise, &in), KILN_FAILED, "\"broken\"");
    ck_assert_str_eq(marks, "!cq");
}
END_TEST

/* ---- soft errors: the failed step fires nothing, the rest goes on ---- */

static const kiln_flow soft_flow = { .name = "root",
                                     .steps = catch_steps,
                                     .slots = one_param,
                                     .n_steps = 5,
                                     .n_slots = 1,
                                     .n_params = 1,
                                     .quiet = 4,
                                     .flags = KILN_FLOW_SOFT_ERRORS };
PROGRAM(soft, &soft_flow);

START_TEST(test_soft_error_lets_others_go_on)
{
    kiln_value in = value_int(1);
    kiln_run *r = drive(&soft, &in);

    ck_assert_str_eq(marks, "!bcq");
    kiln_run_free(r);
}
END_TEST

/* ---- one frame an item: order, results, failures ---- */

static kiln_next leaf_each(kiln_frame *f)
{
    f->out = f->slots[0];
    f->args[1] = value_int(100);
    return KILN_EACH;
}

static kiln_next leaf_item(kiln_frame *f)
{
    char s[32];

    snprintf(s, sizeof s, "%u", f->index);
    mark(s);
    if (f->slots[0].tag == KILN_STRING) {
        f->out = f->slots[0];
        return KILN_FAIL;
    }
    f->out = value_int(f->slots[0].u.i + f->slots[1].u.i);
    return KILN_FINISH;
}

static kiln_next leaf_finish_result(kiln_frame *f)
{
    f->out = f->slots[1];
    return KILN_FINISH;
}

static const kiln_slot item_slots[] = { { .name = "item" }, { .name = "more" } };
static const kiln_step item_steps[] = { STEP("item", leaf_item, START),
                                        STEP("q", leaf_quiet, QUIET) };
static const kiln_flow item_flow = { .name = "item",
                                     .steps = item_steps,
                                     .slots = item_slots,
                                     .n_steps = 2,
                                     .n_slots = 2,
                                     .n_params = 2,
                                     .quiet = 1,
                                     .number = 1 };
static const kiln_slot each_slots[] = { { .name = "input" }, { .name = "result" } };
static const kiln_edge to_1[] = { EDGE(1, NEXT, 0) };
#define EACH_FLOW(id_, flags_)                                                                     \
    static const kiln_step id_##_steps[] = {                                                       \
        { .id = "each",                                                                            \
          .run = leaf_each,                                                                        \
          .wake = KILN_WAKE_START,                                                                 \
          .flow = &item_flow,                                                                      \
          .result = 1,                                                                             \
          .flags = (flags_),                                                                       \
          EDGES(to_1) },                                                                           \
        STEP("f", leaf_finish_result, COUNT, .hard = 1),                                           \
        STEP("q", leaf_quiet, QUIET),                                                              \
    };                                                                                             \
    static const kiln_flow id_##_flow = { .name = "root",                                          \
                                          .steps = id_##_steps,                                    \
                                          .slots = each_slots,                                     \
                                          .n_steps = 3,                                            \
                                          .n_slots = 2,                                            \
                                          .n_params = 1,                                           \
                                          .quiet = 2,                                              \
                                          .flags = KILN_FLOW_DEAD };                               \
    PROGRAM(id_, &id_##_flow, &item_flow)

EACH_FLOW(split, 0);
EACH_FLOW(keeping, KILN_STEP_KEEP);
EACH_FLOW(streaming, KILN_STEP_STREAM);

static kiln_value read_json(kiln_heap *h, const char *text)
{
    struct json_error e;
    kiln_value v;

    heap_init(h, 0);
    ck_assert_int_eq(json_read(h, &v, text, strlen(text), &e), 0);
    return v;
}

static void expect_each(const kiln_program *p, const char *input, enum kiln_status status,
                        const char *output)
{
    kiln_heap h;
    kiln_value in = read_json(&h, input);

    expect(drive(p, &in), status, output);
    heap_fini(&h);
}

START_TEST(test_each_in_item_order)
{
    expect_each(&split, "[1,2,3]", KILN_COMPLETED, "[101,102,103]");
    ck_assert_str_eq(marks, "012");
}
END_TEST

START_TEST(test_each_of_nothing)
{
    expect_each(&split, "[]", KILN_COMPLETED, "[]");
    expect_each(&streaming, "[]", KILN_COMPLETED, "[]");
}
END_TEST

START_TEST(test_each_of_no_array_fails)
{
    expect_each(&split, "5", KILN_FAILED, "\"expected an array of items, got number\"");
}
END_TEST

START_TEST(test_each_stops_at_failure)
{
    expect_each(&split, "[1,\"bad\",3]", KILN_FAILED, "{\"index\":1,\"error\":\"bad\"}");
    ck_assert_str_eq(marks, "01");
}
END_TEST

START_TEST(test_each_keeps_failures)
{
    expect_each(&keeping, "[1,\"bad\",3]", KILN_COMPLETED,
                "[[true,101],[false,\"bad\"],[true,103]]");
}
END_TEST

START_TEST(test_stream_failure_drops_the_rest)
{
    expect_each(&streaming, "[1,\"bad\",3,4]", KILN_FAILED, "{\"index\":1,\"error\":\"bad\"}");
}
END_TEST

START_TEST(test_each_of_many_items_is_collected)
{
    struct text t = { 0 };
    kiln_heap h;
    kiln_value in;
    kiln_run *r;

    text_puts(&t, "[0");
    for (int i = 1; i < 100000; i++)
        text_printf(&t, ",%d", i);
    text_puts(&t, "]");
    in = read_json(&h, text_cstr(&t));
    r = drive(&keeping, &in);
    ck_assert_int_eq(kiln_run_status(r), KILN_COMPLETED);
    ck_assert_uint_eq(kiln_run_output(r)->n, 100000);
    ck_assert_int_eq(kiln_run_output(r)->u.items[99999].u.items[1].u.i, 100099);
    kiln_run_free(r);
    text_fini(&t);
    heap_fini(&h);
}
END_TEST

/* ---- gates: two gated steps, items stay in order in each ---- */

static kiln_next leaf_gate_a(kiln_frame *f)
{
    char s[32];

    snprintf(s, sizeof s, "a%u", f->index);
    mark(s);
    return KILN_GO;
}

static kiln_next leaf_gate_b(kiln_frame *f)
{
    char s[32];

    snprintf(s, sizeof s, "b%u", f->index);
    mark(s);
    return KILN_GO;
}

static const kiln_step gated_steps[] = {
    STEP("a", leaf_gate_a, START, .flags = KILN_STEP_GATED, EDGES(to_1)),
    STEP("b", leaf_gate_b, COUNT, .hard = 1, .flags = KILN_STEP_GATED),
    STEP("q", leaf_quiet, QUIET),
};
static const kiln_flow gated_flow = { .name = "item",
                                      .steps = gated_steps,
                                      .slots = item_slots,
                                      .n_steps = 3,
                                      .n_slots = 2,
                                      .n_params = 2,
                                      .quiet = 2,
                                      .number = 1 };
static const kiln_step gating_steps[] = {
    { .id = "each",
      .run = leaf_each,
      .wake = KILN_WAKE_START,
      .flow = &gated_flow,
      .result = 1,
      .flags = KILN_STEP_STREAM,
      EDGES(to_1) },
    STEP("f", leaf_finish_input, COUNT, .hard = 1),
    STEP("q", leaf_quiet, QUIET),
};
static const kiln_flow gating_flow = { .name = "root",
                                       .steps = gating_steps,
                                       .slots = each_slots,
                                       .n_steps = 3,
                                       .n_slots = 2,
                                       .n_params = 1,
                                       .quiet = 2 };
PROGRAM(gating, &gating_flow, &gated_flow);

START_TEST(test_gates_keep_item_order)
{
    expect_each(&gating, "[1,2,3]", KILN_COMPLETED, "[1,2,3]");
    ck_assert_str_eq(marks, "a0b0a1qb1a2qb2qf");
}
END_TEST

/* ---- a loop of steps and child frames; the heap stays small ---- */

#ifdef KILN_HARD
enum { TURNS = 500 }; /* every value is an allocation of its own there */
#else
enum { TURNS = 20000 };
#endif

static kiln_next leaf_again(kiln_frame *f)
{
    f->pick = f->slots[1].tag == KILN_ABSENT || f->slots[1].n < TURNS ? 1 : 0;
    return KILN_PICK;
}

static kiln_next leaf_turn(kiln_frame *f)
{
    f->args[0] = f->slots[1];
    f->args[1] = value_null();
    f->pick = f->slots[1].n;
    return KILN_CHILD;
}

/* Makes an array one longer than the last, and as much garbage. */
static kiln_next leaf_grow(kiln_frame *f)
{
    kiln_value text, item = value_int(f->index);

    if (f->slots[0].tag == KILN_ABSENT && kiln_array(f->heap, &f->slots[0], NULL, 0) < 0)
        return KILN_ERROR;
    if (kiln_textf(f->heap, &text, "garbage of turn %u %0200d", f->index, 0) < 0)
        return KILN_ERROR;
    f->out = f->slots[0];
    return kiln_push(f->heap, &f->out, &item) < 0 ? KILN_ERROR : KILN_FINISH;
}

static const kiln_step turn_steps[] = { STEP("grow", leaf_grow, START),
                                        STEP("q", leaf_quiet, QUIET) };
static const kiln_flow turn_flow = { .name = "turn",
                                     .steps = turn_steps,
                                     .slots = item_slots,
                                     .n_steps = 2,
                                     .n_slots = 2,
                                     .n_params = 2,
                                     .quiet = 1,
                                     .number = 1 };
static const kiln_edge loop_edges[] = { EDGE(1, CASE, 1), EDGE(2, CASE, 0) };
static const kiln_edge back_edge[] = { EDGE(0, NEXT, 0) };
static const kiln_edge first_edge[] = { EDGE(0, NEXT, 0) };
static const kiln_step loop_steps[] = {
    STEP("test", leaf_again, ANY, EDGES(loop_edges)),
    { .id = "body",
      .run = leaf_turn,
      .wake = KILN_WAKE_ANY,
      .flow = &turn_flow,
      .result = 1,
      .flags = KILN_STEP_TURN,
      EDGES(back_edge) },
    STEP("f", leaf_finish_result, ANY),
    STEP("q", leaf_quiet, QUIET),
    STEP("a", leaf_a, START, EDGES(first_edge)),
};
static const kiln_flow loop_flow = { .name = "root",
                                     .steps = loop_steps,
                                     .slots = each_slots,
                                     .n_steps = 5,
                                     .n_slots = 2,
                                     .n_params = 1,
                                     .quiet = 3 };
PROGRAM(loop, &loop_flow, &turn_flow);

START_TEST(test_loop_runs_and_stays_small)
{
    kiln_value in = value_null();
    kiln_run *r = drive(&loop, &in);
    const kiln_value *out = kiln_run_output(r);

    ck_assert_int_eq(kiln_run_status(r), KILN_COMPLETED);
    ck_assert_uint_eq(out->n, TURNS);
    for (unsigned i = 0; i < TURNS; i++)
        ck_assert_int_eq(out->u.items[i].u.i, i);
    ck_assert_uint_lt(r->heap.arena.used, 8u << 20);
    ck_assert_uint_eq(kiln_run_count(r, "grow"), TURNS);
    kiln_run_free(r);
}
END_TEST

/* ---- refusing what is not a program ---- */

START_TEST(test_foreign_program_is_refused)
{
    kiln_program p = fan;
    kiln_run *r;

    p.abi = KILN_ABI + 1;
    ck_assert_int_lt(kiln_run_new(&p, NULL, &r), 0);
    p = fan;
    p.magic = 0;
    ck_assert_int_lt(kiln_run_new(&p, NULL, &r), 0);
}
END_TEST

START_TEST(test_run_starts_once)
{
    kiln_value in = value_int(1);
    kiln_run *r = drive(&fan, &in);

    ck_assert_int_lt(kiln_run_start(r, &in), 0);
    ck_assert_ptr_nonnull(strstr(kiln_run_error(r), "started already"));
    kiln_run_free(r);
}
END_TEST

Suite *suite_run(void);

Suite *suite_run(void)
{
    Suite *s = suite_create("run");
    TCase *t = tcase_create("loop");

    tcase_add_test(t, test_fan_out_joins_once);
    tcase_add_test(t, test_branch_takes_one_side);
    tcase_add_test(t, test_branch_takes_other_side);
    tcase_add_test(t, test_join_of_untaken_branch_stays_quiet);
    tcase_add_test(t, test_error_edge_takes_over);
    tcase_add_test(t, test_handler_without_end_raises_again);
    tcase_add_test(t, test_soft_error_lets_others_go_on);
    tcase_add_test(t, test_each_in_item_order);
    tcase_add_test(t, test_each_of_nothing);
    tcase_add_test(t, test_each_of_no_array_fails);
    tcase_add_test(t, test_each_stops_at_failure);
    tcase_add_test(t, test_each_keeps_failures);
    tcase_add_test(t, test_stream_failure_drops_the_rest);
    tcase_add_test(t, test_each_of_many_items_is_collected);
    tcase_add_test(t, test_gates_keep_item_order);
    tcase_add_test(t, test_loop_runs_and_stays_small);
    tcase_add_test(t, test_foreign_program_is_refused);
    tcase_add_test(t, test_run_starts_once);
    suite_add_tcase(s, t);
    return s;
}
