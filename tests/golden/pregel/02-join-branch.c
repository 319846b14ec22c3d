
#if KILN_ABI != 3
#error "this text was generated for another runtime: compile the workflow again"
#endif

/* ---- what it calls ---- */

extern kiln_function1 kiln_pregel_update;
extern kiln_function2 kiln_pregel_need;
extern kiln_function2 kiln_pregel_gt;
extern kiln_function2 kiln_pregel_first;
extern kiln_function2 kiln_pregel_eq;
extern kiln_function1 kiln_base_null;
extern kiln_function2 kiln_pregel_concat;

/* ---- constants ---- */

static const kiln_value value_null = { KILN_NULL, KILN_STATIC, 0, 0, { .i = 0 } };
static const kiln_value text_x = { KILN_STRING, KILN_STATIC, 0, 1, { .s = "x" } };
static const kiln_value text_log = { KILN_STRING, KILN_STATIC, 0, 3, { .s = "log" } };
static const kiln_value int_3 = { KILN_INT, KILN_STATIC, 0, 0, { .i = 3 } };
static const kiln_value int_0 = { KILN_INT, KILN_STATIC, 0, 0, { .i = 0 } };
static const kiln_member object_x_members[1] = {
    { { KILN_STRING, KILN_STATIC, 0, 1, { .s = "x" } },
      { KILN_INT, KILN_STATIC, 0, 0, { .i = 0 } } },
};
static const kiln_value object_x = {
    KILN_OBJECT, KILN_STATIC, 0, 1, { .members = object_x_members }
};
static const kiln_value object_empty = { KILN_OBJECT, KILN_STATIC, 0, 0, { .members = 0 } };
static const kiln_value array_left_items[1] = {
    { KILN_STRING, KILN_STATIC, 0, 4, { .s = "left" } },
};
static const kiln_value array_left = {
    KILN_ARRAY, KILN_STATIC, 0, 1, { .items = array_left_items }
};
static const kiln_value text_left = { KILN_STRING, KILN_STATIC, 0, 4, { .s = "left" } };
static const kiln_value text_right = { KILN_STRING, KILN_STATIC, 0, 5, { .s = "right" } };
static const kiln_value array_empty = { KILN_ARRAY, KILN_STATIC, 0, 0, { .items = 0 } };
static const kiln_value array_left_right_items[2] = {
    { KILN_STRING, KILN_STATIC, 0, 4, { .s = "left" } },
    { KILN_STRING, KILN_STATIC, 0, 5, { .s = "right" } },
};
static const kiln_value array_left_right = {
    KILN_ARRAY, KILN_STATIC, 0, 2, { .items = array_left_right_items }
};

/* ---- flow root ---- */

enum {
    SLOT_START,
    SLOT_X,
    SLOT_LOG,
    SLOT_BRANCH_TO_LEFT,
    SLOT_BRANCH_TO_RIGHT,
    SLOT_BRANCH_TO_BOTH,
    SLOT_JOIN_RIGHT_LEFT_BOTH,
    SLOT_OUTPUT,
};

enum {
    STEP_START,
    STEP_BOTH,
    STEP_LEFT,
    STEP_RIGHT,
    STEP_BOUNDARY,
    STEP_END,
};

/* step __start__ */
static kiln_next leaf_start(kiln_frame *f)
{
    kiln_value v1, v2, v3;

    if (kiln_pregel_update(f->heap, &v1, &f->slots[SLOT_START]) < 0)
        return KILN_ERROR;
    v2 = kiln_get(&v1, &text_x);
    if (kiln_write(f, SLOT_X, &v2) < 0)
        return KILN_ERROR;
    v3 = kiln_get(&v1, &text_log);
    if (kiln_write(f, SLOT_LOG, &v3) < 0)
        return KILN_ERROR;
    if (kiln_write(f, SLOT_BRANCH_TO_LEFT, &value_null) < 0)
        return KILN_ERROR;
    if (kiln_write(f, SLOT_BRANCH_TO_RIGHT, &value_null) < 0)
        return KILN_ERROR;
    return KILN_GO;
}

static const unsigned watch_start[1] = {
    SLOT_START,
};

/* step both, /nodes/both */
static kiln_next leaf_both(kiln_frame *f)
{
    kiln_value v0, v2, v4, v7, v9, v10, v11, v13, v15;

    v0 = f->slots[SLOT_X];
    if (kiln_pregel_need(f->heap, &v2, &v0, &text_x) < 0)
        return KILN_ERROR;
    if (kiln_pregel_gt(f->heap, &v4, &v2, &int_3) < 0)
        return KILN_ERROR;
    if (kiln_truthy(&v4)) {
        if (kiln_write(f, SLOT_X, &int_0) < 0)
            return KILN_ERROR;
        v7 = object_x;
    } else {
        v7 = object_empty;
    }
    if (kiln_fresh(f, SLOT_X, &v9) < 0)
        return KILN_ERROR;
    v10 = kiln_get(&v7, &text_x);
    kiln_pregel_first(f->heap, &v11, &v9, &v10);
    if (kiln_pregel_need(f->heap, &v13, &v11, &text_x) < 0)
        return KILN_ERROR;
    kiln_pregel_eq(f->heap, &v15, &v13, &int_0);
    if (kiln_truthy(&v15)) {
    } else {
        if (kiln_write(f, SLOT_BRANCH_TO_LEFT, &value_null) < 0)
            return KILN_ERROR;
        if (kiln_write(f, SLOT_BRANCH_TO_RIGHT, &value_null) < 0)
            return KILN_ERROR;
    }
    return KILN_GO;
}

static const unsigned watch_both[2] = {
    SLOT_BRANCH_TO_BOTH,
    SLOT_JOIN_RIGHT_LEFT_BOTH,
};

/* step left, /nodes/left */
static kiln_next leaf_left(kiln_frame *f)
{
    if (kiln_write(f, SLOT_LOG, &array_left) < 0)
        return KILN_ERROR;
    if (kiln_write(f, SLOT_JOIN_RIGHT_LEFT_BOTH, &text_left) < 0)
        return KILN_ERROR;
    return KILN_GO;
}

static const unsigned watch_left[1] = {
    SLOT_BRANCH_TO_LEFT,
};

/* step right, /nodes/right */
static kiln_next leaf_right(kiln_frame *f)
{
    kiln_value v2, v3, list[1];

    if (kiln_pregel_need(f->heap, &v2, &f->slots[SLOT_X], &text_x) < 0)
        return KILN_ERROR;
    list[0] = v2;
    if (kiln_array(f->heap, &v3, list, 1) < 0)
        return KILN_ERROR;
    if (kiln_write(f, SLOT_LOG, &v3) < 0)
        return KILN_ERROR;
    if (kiln_write(f, SLOT_JOIN_RIGHT_LEFT_BOTH, &text_right) < 0)
        return KILN_ERROR;
    return KILN_GO;
}

static const unsigned watch_right[1] = {
    SLOT_BRANCH_TO_RIGHT,
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

static const kiln_step_kind kind_both = {
    .watch = watch_both,
    .n_watch = 2,
    .wake = KILN_WAKE_CHANGED,
};

static const kiln_step_kind kind_left = {
    .watch = watch_left,
    .n_watch = 1,
    .wake = KILN_WAKE_CHANGED,
};

static const kiln_step_kind kind_right = {
    .watch = watch_right,
    .n_watch = 1,
    .wake = KILN_WAKE_CHANGED,
};

static const kiln_step_kind kind_quiet = {
    .wake = KILN_WAKE_QUIET,
};

static const kiln_step_kind kind_any = {
    .wake = KILN_WAKE_ANY,
};

static const kiln_step steps_root[6] = {
    { "__start__", "", 1, 1, leaf_start, &kind_start, .result = -1 },
    { "both", "/nodes/both", 10, 5, leaf_both, &kind_both, .result = -1, .node = 1 },
    { "left", "/nodes/left", 8, 5, leaf_left, &kind_left, .result = -1, .node = 2 },
    { "right", "/nodes/right", 9, 5, leaf_right, &kind_right, .result = -1, .node = 3 },
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

static const kiln_slot_kind kind_pregel_concat_output = {
    .fold = kiln_pregel_concat,
    .initial = &array_empty,
    .rule = KILN_RULE_FOLD,
    .flags = KILN_SLOT_OUTPUT,
};

static const kiln_slot_kind kind_last_once_private = {
    .rule = KILN_RULE_LAST,
    .flags = KILN_SLOT_ONCE | KILN_SLOT_PRIVATE,
};

static const kiln_slot_kind kind_barrier_private = {
    .names = &array_left_right,
    .rule = KILN_RULE_BARRIER,
    .flags = KILN_SLOT_PRIVATE,
};

static const kiln_slot_kind kind_last_private_result = {
    .rule = KILN_RULE_LAST,
    .flags = KILN_SLOT_PRIVATE | KILN_SLOT_RESULT,
};

static const kiln_slot slots_root[8] = {
    {
        .name = "__start__",
        .kind = &kind_last_once_guard_private,
    },
    {
        .name = "x",
        .kind = &kind_last_guard_output,
    },
    {
        .name = "log",
        .kind = &kind_pregel_concat_output,
    },
    {
        .name = "branch:to:left",
        .kind = &kind_last_once_private,
    },
    {
        .name = "branch:to:right",
        .kind = &kind_last_once_private,
    },
    {
        .name = "branch:to:both",
        .kind = &kind_last_once_private,
    },
    {
        .name = "join:right+left:both",
        .kind = &kind_barrier_private,
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
    .n_steps = 6,
    .n_slots = 8,
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

static const char shape[396] = "15:join and branch 6:pregel 0 0 1\n"
                               "4:root 2 1 8 6 0\n"
                               "9:__start__ 0 11 0\n"
                               "1:x 0 18 0\n"
                               "3:log 2 16 1\n"
                               "14:branch:to:left 0 9 0\n"
                               "15:branch:to:right 0 9 0\n"
                               "14:branch:to:both 0 9 0\n"
                               "20:join:right+left:both 3 8 0 4:left 5:right\n"
                               "7::output 0 40 0\n"
                               "9:__start__ 0 3 16 g0 t1 t2 t3 t4 v0\n"
                               "4:both 0 3 0 n1 g1 t1 t3 t4 v5 v6\n"
                               "4:left 0 3 0 n2 t2 t6 v3\n"
                               "5:right 0 3 0 n3 g1 t2 t6 v4\n"
                               "9::boundary 8 4 0 e5,1,0\n"
                               "4::end 9 2 0 g7\n";

const kiln_program kiln_program_join_and_branch = {
    .magic = KILN_MAGIC,
    .abi = KILN_ABI,
    .hash = { 0x15c524d2171e38c8ULL, 0x81b01a43d00a9a64ULL },
    .name = "join and branch",
    .dialect = "pregel",
    .flows = flows,
    .n_flows = 1,
    .n_shape = 395,
    .shape = shape,
};
