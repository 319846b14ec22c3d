
#if KILN_ABI != 3
#error "this text was generated for another runtime: compile the workflow again"
#endif

/* ---- what it calls ---- */

extern kiln_function2 kiln_pregel_need;
extern kiln_function2 kiln_pregel_add;
extern kiln_function2 kiln_pregel_mul;
extern kiln_function1 kiln_base_null;

/* ---- constants ---- */

static const kiln_value text_total = { KILN_STRING, KILN_STATIC, 0, 5, { .s = "total" } };
static const kiln_value text_in = { KILN_STRING, KILN_STATIC, 0, 2, { .s = "in" } };
static const kiln_value text_it = { KILN_STRING, KILN_STATIC, 0, 2, { .s = "it" } };
static const kiln_value int_2 = { KILN_INT, KILN_STATIC, 0, 0, { .i = 2 } };
static const kiln_value text_out = { KILN_STRING, KILN_STATIC, 0, 3, { .s = "out" } };
static const kiln_value int_0 = { KILN_INT, KILN_STATIC, 0, 0, { .i = 0 } };

/* ---- flow root ---- */

enum {
    SLOT_IN,
    SLOT_TOTAL,
    SLOT_OUT,
    SLOT_OUTPUT,
};

enum {
    STEP_ONE,
    STEP_TWO,
    STEP_BOUNDARY,
    STEP_END,
};

/* step one, /nodes/one */
static kiln_next leaf_one(kiln_frame *f)
{
    kiln_value v1, v3, v5, v6;

    v1 = f->slots[SLOT_TOTAL];
    if (kiln_pregel_need(f->heap, &v3, &v1, &text_total) < 0)
        return KILN_ERROR;
    if (kiln_pregel_need(f->heap, &v5, &f->slots[SLOT_IN], &text_in) < 0)
        return KILN_ERROR;
    if (kiln_pregel_add(f->heap, &v6, &v3, &v5) < 0)
        return KILN_ERROR;
    if (kiln_write(f, SLOT_OUT, &v6) < 0)
        return KILN_ERROR;
    if (kiln_write(f, SLOT_TOTAL, &v6) < 0)
        return KILN_ERROR;
    return KILN_GO;
}

static const unsigned watch_one[1] = {
    SLOT_IN,
};

/* step two, /nodes/two */
static kiln_next leaf_two(kiln_frame *f)
{
    kiln_value v2, v4;

    if (kiln_pregel_need(f->heap, &v2, &f->slots[SLOT_OUT], &text_it) < 0)
        return KILN_ERROR;
    if (kiln_pregel_mul(f->heap, &v4, &v2, &int_2) < 0)
        return KILN_ERROR;
    return KILN_GO;
}

static const unsigned watch_two[1] = {
    SLOT_OUT,
};

/* step :boundary */
static kiln_next leaf_boundary(kiln_frame *f)
{
    (void)f;
    return KILN_BOUNDARY;
}

static const kiln_edge edges_boundary[1] = {
    { STEP_END, 0, KILN_EDGE_CASE, 0 },
};

/* step :end */
static kiln_next leaf_end(kiln_frame *f)
{
    kiln_value v1;

    v1 = kiln_get(&f->slots[SLOT_OUTPUT], &text_out);
    kiln_base_null(f->heap, &f->out, &v1);
    return KILN_FINISH;
}

static const kiln_step_kind kind_one = {
    .watch = watch_one,
    .n_watch = 1,
    .wake = KILN_WAKE_CHANGED,
};

static const kiln_step_kind kind_two = {
    .watch = watch_two,
    .n_watch = 1,
    .wake = KILN_WAKE_CHANGED,
};

static const kiln_step_kind kind_quiet = {
    .wake = KILN_WAKE_QUIET,
};

static const kiln_step_kind kind_any = {
    .wake = KILN_WAKE_ANY,
};

static const kiln_step steps_root[4] = {
    { "one", "/nodes/one", 12, 5, leaf_one, &kind_one, .result = -1 },
    { "two", "/nodes/two", 18, 5, leaf_two, &kind_two, .result = -1, .node = 1 },
    { ":boundary", "", 0, 0, leaf_boundary, &kind_quiet, .edges = edges_boundary, .n_edges = 1,
      .result = -1 },
    { ":end", "", 0, 0, leaf_end, &kind_any, .result = -1 },
};

static const kiln_slot_kind kind_last_guard = {
    .rule = KILN_RULE_LAST,
    .flags = KILN_SLOT_GUARD,
};

static const kiln_slot_kind kind_pregel_add = {
    .fold = kiln_pregel_add,
    .initial = &int_0,
    .rule = KILN_RULE_FOLD,
};

static const kiln_slot_kind kind_last_guard_output = {
    .rule = KILN_RULE_LAST,
    .flags = KILN_SLOT_GUARD | KILN_SLOT_OUTPUT,
};

static const kiln_slot_kind kind_last_private_result = {
    .rule = KILN_RULE_LAST,
    .flags = KILN_SLOT_PRIVATE | KILN_SLOT_RESULT,
};

static const kiln_slot slots_root[4] = {
    {
        .name = "in",
        .kind = &kind_last_guard,
    },
    {
        .name = "total",
        .kind = &kind_pregel_add,
    },
    {
        .name = "out",
        .kind = &kind_last_guard_output,
    },
    {
        .name = ":output",
        .kind = &kind_last_private_result,
    },
};

static const kiln_flow flow_root = {
    .name = "root",
    .steps = steps_root,
    .slots = slots_root,
    .n_steps = 4,
    .n_slots = 4,
    .n_params = 1,
    .quiet = STEP_BOUNDARY,
    .limit = 10007,
    .flags = KILN_FLOW_SUPERSTEP,
    .superstep = &kiln_supersteps,
};

/* ---- the program ---- */

static const kiln_flow *const flows[1] = {
    &flow_root,
};

static const char shape[184] = "4:bare 6:pregel 0 0 1\n"
                               "4:root 2 1 4 4 0\n"
                               "2:in 0 2 0\n"
                               "5:total 2 0 1\n"
                               "3:out 0 18 0\n"
                               "7::output 0 40 0\n"
                               "3:one 0 3 0 g0 g1 t2 t1 v0\n"
                               "3:two 0 3 0 n1 g2 v2\n"
                               "9::boundary 8 4 0 e3,1,0\n"
                               "4::end 9 2 0 g3\n";

const kiln_program kiln_program_bare = {
    .magic = KILN_MAGIC,
    .abi = KILN_ABI,
    .hash = { 0x61b5a6be32b0a9edULL, 0x5882f06d100e8d4dULL },
    .name = "bare",
    .dialect = "pregel",
    .flows = flows,
    .n_flows = 1,
    .n_shape = 183,
    .shape = shape,
};
