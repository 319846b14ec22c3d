/* test_run.c: the loop alone: joins, branches, errors, loops of frames. Each program says in one
 * line what it is a case of. */
#include "handmade.h"

static const kiln_slot one_param[] = { SLOT("input") };

/* ---- a fan-out joins once, in order of firing ---- */

static const kiln_edge fan_out[] = { EDGE(1, NEXT, 0), EDGE(2, NEXT, 0) };
static const kiln_edge to_3[] = { EDGE(3, NEXT, 0) };
static const kiln_step fan_steps[] = {
    STEP("a", leaf_a, KIND(START), EDGES(fan_out)),
    STEP("b", leaf_b, KIND(COUNT, .hard = 1), EDGES(to_3)),
    STEP("c", leaf_c, KIND(COUNT, .hard = 1), EDGES(to_3)),
    STEP("f", leaf_finish_input, KIND(COUNT, .hard = 2)),
    STEP("q", leaf_quiet, KIND(QUIET)),
};
FLOW(fan_flow, "root", fan_steps, one_param, .n_params = 1, .quiet = 4, .flags = KILN_FLOW_DEAD);
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
    STEP("p", leaf_pick, KIND(START), EDGES(branches)),
    STEP("b", leaf_b, KIND(COUNT, .hard = 1), EDGES(to_3)),
    STEP("c", leaf_c, KIND(COUNT, .hard = 1), EDGES(to_3)),
    STEP("f", leaf_finish_input, KIND(COUNT, .hard = 2)),
    STEP("q", leaf_quiet, KIND(QUIET)),
};
FLOW(branch_flow, "root", branch_steps, one_param, .n_params = 1, .quiet = 4,
     .flags = KILN_FLOW_DEAD);
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

/* ---- `then`: what follows by itself lives and dies with what it follows ---- */

static const kiln_edge to_4[] = { EDGE(4, NEXT, 0) };
static const kiln_step chain_steps[] = {
    STEP("p", leaf_pick, KIND(START), EDGES(branches)),
    STEP("b", leaf_b, KIND(COUNT, .hard = 1), EDGES(to_4)),
    STEP("c", leaf_c, KIND(COUNT, .hard = 1), .then = 3),
    STEP("a", leaf_a, KIND(COUNT, .hard = 1), EDGES(to_4)),
    STEP("f", leaf_finish_input, KIND(COUNT, .hard = 2)),
    STEP("q", leaf_quiet, KIND(QUIET)),
};
FLOW(chain_flow, "root", chain_steps, one_param, .n_params = 1, .quiet = 5,
     .flags = KILN_FLOW_DEAD);
PROGRAM(chain, &chain_flow);

START_TEST(test_then_follows_and_dies)
{
    kiln_value yes = value_bool(1), no = value_bool(0);

    expect(drive(&chain, &no), KILN_COMPLETED, "false");
    ck_assert_str_eq(marks, "?caf");
    expect(drive(&chain, &yes), KILN_COMPLETED, "true");
    ck_assert_str_eq(marks, "?bf");
}
END_TEST

static const kiln_edge lost_edges[] = { EDGE(3, NEXT, 0) };
static const kiln_step broken_steps[] = {
    STEP("x", leaf_fail, KIND(START), .then = 1),
    STEP("c", leaf_c, KIND(COUNT, .hard = 1), EDGES(lost_edges)),
    STEP("b", leaf_b, KIND(START), EDGES(lost_edges)),
    STEP("f", leaf_finish_input, KIND(COUNT, .hard = 2)),
    STEP("q", leaf_quiet, KIND(QUIET)),
};
FLOW(broken_flow, "root", broken_steps, one_param, .n_params = 1, .quiet = 4,
     .flags = KILN_FLOW_SOFT_ERRORS);
PROGRAM(broken, &broken_flow);

START_TEST(test_then_does_not_follow_a_failure)
{
    kiln_value in = value_int(1);

    expect(drive(&broken, &in), KILN_COMPLETED, "null");
    ck_assert_str_eq(marks, "!bq");
}
END_TEST

static void note_step(void *ctx, enum kiln_event kind, const kiln_step *step, const kiln_value *v)
{
    (void)v;
    if (kind == KILN_EVENT_STEP)
        text_puts(ctx, step->id);
}

START_TEST(test_then_is_heard)
{
    struct text heard = { 0 };
    kiln_options o = { .trace = note_step, .trace_ctx = &heard };
    kiln_value no = value_bool(0);
    kiln_run *r;

    ck_assert_int_eq(kiln_run_new(&chain, &o, &r), 0);
    ck_assert_int_eq(kiln_run_start(r, &no), 0);
    ck_assert_int_eq(kiln_run_drive(r), KILN_COMPLETED);
    ck_assert_str_eq(text_cstr(&heard), "pcaf");
    text_fini(&heard);
    kiln_run_free(r);
}
END_TEST

/* ---- without death the join never runs and the quiet step ends the flow ---- */

FLOW(lost_flow, "root", branch_steps, one_param, .n_params = 1, .quiet = 4);
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
    STEP("x", leaf_fail, KIND(START), EDGES(catch_edges)),
    STEP("b", leaf_b, KIND(START), EDGES(to_3)),
    STEP("c", leaf_c, KIND(COUNT, .hard = 1), EDGES(to_3)),
    STEP("f", leaf_finish_input, KIND(COUNT, .hard = 3)),
    STEP("q", leaf_quiet, KIND(QUIET)),
};
FLOW(catch_flow, "root", catch_steps, one_param, .n_params = 1, .quiet = 4,
     .flags = KILN_FLOW_DEAD);
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
    STEP("x", leaf_fail, KIND(START), EDGES(handle_only)),
    STEP("c", leaf_c, KIND(COUNT, .hard = 1)),
    STEP("q", leaf_quiet, KIND(QUIET)),
};
FLOW(reraise_flow, "root", reraise_steps, one_param, .n_params = 1, .quiet = 2,
     .flags = KILN_FLOW_DEAD);
PROGRAM(reraise, &reraise_flow);

START_TEST(test_handler_without_end_raises_again)
{
    kiln_value in = value_int(1);

    expect(drive(&reraise, &in), KILN_FAILED, "\"broken\"");
    ck_assert_str_eq(marks, "!cq");
}
END_TEST

/* ---- soft errors: the failed step fires nothing, the rest goes on ---- */

FLOW(soft_flow, "root", catch_steps, one_param, .n_params = 1, .quiet = 4,
     .flags = KILN_FLOW_SOFT_ERRORS);
PROGRAM(soft, &soft_flow);

START_TEST(test_soft_error_lets_others_go_on)
{
    kiln_value in = value_int(1);
    kiln_run *r = drive(&soft, &in);

    ck_assert_str_eq(marks, "!bcq");
    kiln_run_free(r);
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

static const kiln_slot turn_slots[] = { SLOT("grown"), SLOT("unused") };
static const kiln_step turn_steps[] = { STEP("grow", leaf_grow, KIND(START)),
                                        STEP("q", leaf_quiet, KIND(QUIET)) };
FLOW(turn_flow, "turn", turn_steps, turn_slots, .n_params = 2, .quiet = 1, .number = 1);
static const kiln_slot loop_slots[] = { SLOT("input"), SLOT("result") };
static const kiln_edge loop_edges[] = { EDGE(2, CASE, 1), EDGE(3, CASE, 0) };
static const kiln_edge to_test[] = { EDGE(1, NEXT, 0) };
static const kiln_step loop_steps[] = {
    STEP("a", leaf_a, KIND(START), EDGES(to_test)),
    STEP("test", leaf_again, KIND(ANY), EDGES(loop_edges)),
    { .id = "body",
      .run = leaf_turn,
      KIND(ANY, .flow = &turn_flow, .flags = KILN_STEP_TURN),
      .result = 1,
      EDGES(to_test) },
    STEP("f", leaf_finish_result, KIND(ANY)),
    STEP("q", leaf_quiet, KIND(QUIET)),
};
FLOW(loop_flow, "root", loop_steps, loop_slots, .n_params = 1, .quiet = 4);
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

/* ---- what one step makes is not moved at once ---- */

enum { LARGE = 1 << 22 };
static char large_text[LARGE];
static const char *made_at;

static kiln_next leaf_large(kiln_frame *f)
{
    if (value_string(f->heap, &f->slots[1], large_text, LARGE) < 0)
        return KILN_ERROR;
    made_at = f->slots[1].u.s;
    return KILN_GO;
}

/* The same again, and what was there is garbage. */
static kiln_next leaf_large_again(kiln_frame *f)
{
    f->pick = f->slots[1].u.s == made_at;
    return leaf_large(f) == KILN_GO ? KILN_PICK : KILN_ERROR;
}

static const kiln_edge to_second[] = { EDGE(1, NEXT, 0) }, kept[] = { EDGE(2, CASE, 1) };
static const kiln_step large_steps[] = {
    STEP("large", leaf_large, KIND(START), EDGES(to_second)),
    STEP("again", leaf_large_again, KIND(COUNT, .hard = 1), EDGES(kept)),
    STEP("f", leaf_finish_input, KIND(COUNT, .hard = 1)),
    STEP("q", leaf_quiet, KIND(QUIET)),
};
FLOW(large_flow, "root", large_steps, loop_slots, .n_params = 1, .quiet = 3);
PROGRAM(large, &large_flow);

START_TEST(test_a_fresh_result_is_not_moved)
{
    kiln_value in = value_int(1);
    kiln_run *r = drive(&large, &in);

    ck_assert_uint_ge(r->heap.arena.used, LARGE);
    ck_assert_uint_lt(r->heap.arena.used, LARGE + (LARGE >> 1)); /* the first is gone */
    expect(r, KILN_COMPLETED, "1");
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
    tcase_add_test(t, test_then_follows_and_dies);
    tcase_add_test(t, test_then_does_not_follow_a_failure);
    tcase_add_test(t, test_then_is_heard);
    tcase_add_test(t, test_join_of_untaken_branch_stays_quiet);
    tcase_add_test(t, test_error_edge_takes_over);
    tcase_add_test(t, test_handler_without_end_raises_again);
    tcase_add_test(t, test_soft_error_lets_others_go_on);
    tcase_add_test(t, test_loop_runs_and_stays_small);
    tcase_add_test(t, test_a_fresh_result_is_not_moved);
    tcase_add_test(t, test_foreign_program_is_refused);
    tcase_add_test(t, test_run_starts_once);
    suite_add_tcase(s, t);
    return s;
}
