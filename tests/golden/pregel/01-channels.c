
#if KILN_ABI != 3
#error "this text was generated for another runtime: compile the workflow again"
#endif

/* ---- what it calls ---- */

extern kiln_function1 kiln_pregel_update;
extern kiln_function1 kiln_base_null;
extern kiln_function2 kiln_pregel_add;

/* ---- constants ---- */

static const kiln_value value_null = { KILN_NULL, KILN_STATIC, 0, 0, { .i = 0 } };
static const kiln_value text_last = { KILN_STRING, KILN_STATIC, 0, 4, { .s = "last" } };
static const kiln_value int_1 = { KILN_INT, KILN_STATIC, 0, 0, { .i = 1 } };
static const kiln_value array_x_items[1] = {
    { KILN_STRING, KILN_STATIC, 0, 1, { .s = "x" } },
};
static const kiln_value array_x = { KILN_ARRAY, KILN_STATIC, 0, 1, { .items = array_x_items } };
static const kiln_value int_0 = { KILN_INT, KILN_STATIC, 0, 0, { .i = 0 } };

/* ---- flow root ---- */

enum {
    SLOT_START,
    SLOT_LAST,
    SLOT_SUM,
    SLOT_TOPIC,
    SLOT_NOW,
    SLOT_ONCE,
    SLOT_ANY,
    SLOT_BRANCH_TO_A,
    SLOT_OUTPUT,
};

enum {
    STEP_START,
    STEP_A,
    STEP_BOUNDARY,
    STEP_END,
};

/* step __start__ */
static kiln_next leaf_start(kiln_frame *f)
{
    kiln_value v1, v2;

    if (kiln_pregel_update(f->heap, &v1, &f->slots[SLOT_START]) < 0)
        return KILN_ERROR;
    v2 = kiln_get(&v1, &text_last);
    if (kiln_write(f, SLOT_LAST, &v2) < 0)
        return KILN_ERROR;
    if (kiln_write(f, SLOT_BRANCH_TO_A, &value_null) < 0)
        return KILN_ERROR;
    return KILN_GO;
}

static const unsigned watch_start[1] = {
    SLOT_START,
};

/* step a, /nodes/a */
static kiln_next leaf_a(kiln_frame *f)
{
    if (kiln_write(f, SLOT_SUM, &int_1) < 0)
        return KILN_ERROR;
    if (kiln_write(f, SLOT_TOPIC, &array_x) < 0)
        return KILN_ERROR;
    return KILN_GO;
}

static const unsigned watch_a[1] = {
    SLOT_BRANCH_TO_A,
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
    kiln_base_null(f->heap, &f->out, &f->slots[SLOT_OUTPUT]);
    return KILN_FINISH;
}

static const kiln_step_kind kind_start = {
    .watch = watch_start,
    .n_watch = 1,
    .flags = KILN_STEP_HIDDEN,
    .wake = KILN_WAKE_CHANGED,
};

static const kiln_step_kind kind_a = {
    .watch = watch_a,
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
    { "__start__", "", 1, 1, leaf_start, &kind_start, .result = -1 },
    { "a", "/nodes/a", 14, 5, leaf_a, &kind_a, .result = -1, .node = 1 },
    { ":boundary", "", 0, 0, leaf_boundary, &kind_quiet, .edges = edges_boundary, .n_edges = 1,
      .result = -1 },
    { ":end", "", 0, 0, leaf_end, &kind_any, .result = -1 },
};

static const kiln_slot_kind kind_last_once_guard_private = {
    .rule = KILN_RULE_LAST,
    .flags = KILN_SLOT_ONCE | KILN_SLOT_GUARD | KILN_SLOT_PRIVATE,
};

static const kiln_slot_kind kind_last_guard_output = {
    .rule = KILN_RULE_LAST,
    .flags = KILN_SLOT_GUARD | KILN_SLOT_OUTPUT,
};

static const kiln_slot_kind kind_pregel_add_output = {
    .fold = kiln_pregel_add,
    .initial = &int_0,
    .rule = KILN_RULE_FOLD,
    .flags = KILN_SLOT_OUTPUT,
};

static const kiln_slot_kind kind_append_spread = {
    .rule = KILN_RULE_APPEND,
    .flags = KILN_SLOT_SPREAD,
};

static const kiln_slot_kind kind_append_once_spread = {
    .rule = KILN_RULE_APPEND,
    .flags = KILN_SLOT_ONCE | KILN_SLOT_SPREAD,
};

static const kiln_slot_kind kind_last_once = {
    .rule = KILN_RULE_LAST,
    .flags = KILN_SLOT_ONCE,
};

static const kiln_slot_kind kind_last_once_private = {
    .rule = KILN_RULE_LAST,
    .flags = KILN_SLOT_ONCE | KILN_SLOT_PRIVATE,
};

static const kiln_slot_kind kind_last_private_result = {
    .rule = KILN_RULE_LAST,
    .flags = KILN_SLOT_PRIVATE | KILN_SLOT_RESULT,
};

static const kiln_slot slots_root[9] = {
    {
        .name = "__start__",
        .kind = &kind_last_once_guard_private,
    },
    {
        .name = "last",
        .kind = &kind_last_guard_output,
    },
    {
        .name = "sum",
        .kind = &kind_pregel_add_output,
    },
    {
        .name = "topic",
        .kind = &kind_append_spread,
    },
    {
        .name = "now",
        .kind = &kind_append_once_spread,
    },
    {
        .name = "once",
        .kind = &kind_last_once,
    },
    {
        .name = "any",
        .kind = &kind_last_once,
    },
    {
        .name = "branch:to:a",
        .kind = &kind_last_once_private,
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
    .n_slots = 9,
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

static const char shape[273] = "8:channels 6:pregel 0 0 1\n"
                               "4:root 2 1 9 4 0\n"
                               "9:__start__ 0 11 0\n"
                               "4:last 0 18 0\n"
                               "3:sum 2 16 1\n"
                               "5:topic 1 4 0\n"
                               "3:now 1 5 0\n"
                               "4:once 0 1 0\n"
                               "3:any 0 1 0\n"
                               "11:branch:to:a 0 9 0\n"
                               "7::output 0 40 0\n"
                               "9:__start__ 0 3 16 g0 t1 t7 v0\n"
                               "1:a 0 3 0 n1 t2 t3 v7\n"
                               "9::boundary 8 4 0 e3,1,0\n"
                               "4::end 9 2 0 g8\n";

const kiln_program kiln_program_channels = {
    .magic = KILN_MAGIC,
    .abi = KILN_ABI,
    .hash = { 0x5fcd1ddaad950513ULL, 0xdea19679f46b9c3eULL },
    .name = "channels",
    .dialect = "pregel",
    .flows = flows,
    .n_flows = 1,
    .n_shape = 272,
    .shape = shape,
};
