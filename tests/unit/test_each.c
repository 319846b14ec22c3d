/* test_each.c: one frame an item: order, results, failures, gates. */
#include "handmade.h"

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

static const kiln_slot item_slots[] = { SLOT("item"), SLOT("more") };
static const kiln_step item_steps[] = { STEP("item", leaf_item, KIND(START)),
                                        STEP("q", leaf_quiet, KIND(QUIET)) };
FLOW(item_flow, "item", item_steps, item_slots, .n_params = 2, .quiet = 1, .number = 1);
static const kiln_slot each_slots[] = { SLOT("input"), SLOT("result") };
static const kiln_edge to_1[] = { EDGE(1, NEXT, 0) };
#define EACH_FLOW(id_, flags_)                                                                     \
    static const kiln_step id_##_steps[] = {                                                       \
        { .id = "each",                                                                            \
          .run = leaf_each,                                                                        \
          KIND(START, .flow = &item_flow, .flags = (flags_)),                                      \
          .result = 1,                                                                             \
          EDGES(to_1) },                                                                           \
        STEP("f", leaf_finish_result, KIND(COUNT, .hard = 1)),                                     \
        STEP("q", leaf_quiet, KIND(QUIET)),                                                        \
    };                                                                                             \
    static const kiln_flow id_##_flow = { .name = "root",                                          \
                                          .steps = id_##_steps,                                    \
                                          .slots = each_slots,                                     \
                                          .stream = &kiln_streams,                                 \
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
    STEP("a", leaf_gate_a, KIND(START, .flags = KILN_STEP_GATED), EDGES(to_1)),
    STEP("b", leaf_gate_b, KIND(COUNT, .hard = 1, .flags = KILN_STEP_GATED)),
    STEP("q", leaf_quiet, KIND(QUIET)),
};
FLOW(gated_flow, "item", gated_steps, item_slots, .n_params = 2, .quiet = 2, .number = 1);
static const kiln_step gating_steps[] = {
    { .id = "each",
      .run = leaf_each,
      KIND(START, .flow = &gated_flow, .flags = KILN_STEP_STREAM),
      .result = 1,
      EDGES(to_1) },
    STEP("f", leaf_finish_input, KIND(COUNT, .hard = 1)),
    STEP("q", leaf_quiet, KIND(QUIET)),
};
FLOW(gating_flow, "root", gating_steps, each_slots, .n_params = 1, .quiet = 2,
     .stream = &kiln_streams);
PROGRAM(gating, &gating_flow, &gated_flow);

START_TEST(test_gates_keep_item_order)
{
    expect_each(&gating, "[1,2,3]", KILN_COMPLETED, "[1,2,3]");
    ck_assert_str_eq(marks, "a0b0a1qb1a2qb2qf");
}
END_TEST

Suite *suite_each(void);

Suite *suite_each(void)
{
    Suite *s = suite_create("each");
    TCase *t = tcase_create("items");

    tcase_add_test(t, test_each_in_item_order);
    tcase_add_test(t, test_each_of_nothing);
    tcase_add_test(t, test_each_of_no_array_fails);
    tcase_add_test(t, test_each_stops_at_failure);
    tcase_add_test(t, test_each_keeps_failures);
    tcase_add_test(t, test_stream_failure_drops_the_rest);
    tcase_add_test(t, test_each_of_many_items_is_collected);
    tcase_add_test(t, test_gates_keep_item_order);
    suite_add_tcase(s, t);
    return s;
}
