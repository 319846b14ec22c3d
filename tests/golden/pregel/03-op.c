
#if KILN_ABI != 3
#error "this text was generated for another runtime: compile the workflow again"
#endif

/* ---- what it calls ---- */

extern kiln_function1 kiln_pregel_update;
extern kiln_function2 kiln_pregel_need;
extern kiln_function2 kiln_pregel_part;
extern kiln_function2 kiln_pregel_join;
extern kiln_function1 kiln_base_null;
extern const kiln_op kiln_op_transform_array_length;
extern const kiln_op kiln_op_file_append_line;

/* ---- constants ---- */

static const kiln_value value_null = { KILN_NULL, KILN_STATIC, 0, 0, { .i = 0 } };
static const kiln_value text_list = { KILN_STRING, KILN_STATIC, 0, 4, { .s = "list" } };
static const kiln_value text_n = { KILN_STRING, KILN_STATIC, 0, 1, { .s = "n" } };
static const kiln_value text_path = { KILN_STRING, KILN_STATIC, 0, 4, { .s = "path" } };
static const kiln_value text_value = { KILN_STRING, KILN_STATIC, 0, 5, { .s = "value" } };
static const kiln_value text_length = { KILN_STRING, KILN_STATIC, 0, 6, { .s = "length" } };
static const kiln_value text_x = { KILN_STRING, KILN_STATIC, 0, 1, { .s = "," } };
static const kiln_value text_line = { KILN_STRING, KILN_STATIC, 0, 4, { .s = "line" } };

/* ---- flow root ---- */

enum {
    SLOT_START,
    SLOT_LIST,
    SLOT_N,
    SLOT_PATH,
    SLOT_BRANCH_TO_COUNT,
    SLOT_BRANCH_TO_KEEP,
    SLOT_RESULT_COUNT,
    SLOT_RESULT_KEEP,
    SLOT_OUTPUT,
};

enum {
    STEP_START,
    STEP_COUNT,
    STEP_COUNT_WRITE,
    STEP_KEEP,
    STEP_KEEP_WRITE,
    STEP_BOUNDARY,
    STEP_END,
};

/* step __start__ */
static kiln_next leaf_start(kiln_frame *f)
{
    kiln_value v1, v2, v3, v4;

    if (kiln_pregel_update(f->heap, &v1, &f->slots[SLOT_START]) < 0)
        return KILN_ERROR;
    v2 = kiln_get(&v1, &text_list);
    if (kiln_write(f, SLOT_LIST, &v2) < 0)
        return KILN_ERROR;
    v3 = kiln_get(&v1, &text_n);
    if (kiln_write(f, SLOT_N, &v3) < 0)
        return KILN_ERROR;
    v4 = kiln_get(&v1, &text_path);
    if (kiln_write(f, SLOT_PATH, &v4) < 0)
        return KILN_ERROR;
    if (kiln_write(f, SLOT_BRANCH_TO_COUNT, &value_null) < 0)
        return KILN_ERROR;
    return KILN_GO;
}

static const unsigned watch_start[1] = {
    SLOT_START,
};

/* step count, /nodes/count */
static kiln_next leaf_count(kiln_frame *f)
{
    kiln_value v2;

    if (kiln_pregel_need(f->heap, &v2, &f->slots[SLOT_LIST], &text_list) < 0)
        return KILN_ERROR;
    return kiln_give_one(f, KILN_TASK, &text_value, &v2);
}

static const kiln_edge edges_count[1] = {
    { STEP_COUNT_WRITE, 0, KILN_EDGE_NEXT, 0 },
};

static const unsigned watch_count[1] = {
    SLOT_BRANCH_TO_COUNT,
};

/* step count:write, /nodes/count */
static kiln_next leaf_count_write(kiln_frame *f)
{
    kiln_value v2;

    kiln_pregel_part(f->heap, &v2, &f->slots[SLOT_RESULT_COUNT], &text_length);
    if (kiln_write(f, SLOT_N, &v2) < 0)
        return KILN_ERROR;
    if (kiln_write(f, SLOT_BRANCH_TO_KEEP, &value_null) < 0)
        return KILN_ERROR;
    return KILN_GO;
}

/* step keep, /nodes/keep */
static kiln_next leaf_keep(kiln_frame *f)
{
    kiln_value v2, v6, v7;

    if (kiln_pregel_need(f->heap, &v2, &f->slots[SLOT_PATH], &text_path) < 0)
        return KILN_ERROR;
    if (kiln_pregel_need(f->heap, &v6, &f->slots[SLOT_LIST], &text_list) < 0)
        return KILN_ERROR;
    if (kiln_pregel_join(f->heap, &v7, &text_x, &v6) < 0)
        return KILN_ERROR;
    return kiln_give(f, KILN_TASK, 2, &text_path, &v2, &text_line, &v7);
}

static const kiln_edge edges_keep[1] = {
    { STEP_KEEP_WRITE, 0, KILN_EDGE_NEXT, 0 },
};

static const unsigned watch_keep[1] = {
    SLOT_BRANCH_TO_KEEP,
};

/* step keep:write, /nodes/keep */
static kiln_next leaf_keep_write(kiln_frame *f)
{
    (void)f;
    return KILN_GO;
}

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

static const kiln_step_kind kind_transform_array_length = {
    .op = &kiln_op_transform_array_length,
    .watch = watch_count,
    .n_watch = 1,
    .wake = KILN_WAKE_CHANGED,
};

static const kiln_step_kind kind_any = {
    .wake = KILN_WAKE_ANY,
};

static const kiln_step_kind kind_file_append_line = {
    .op = &kiln_op_file_append_line,
    .watch = watch_keep,
    .n_watch = 1,
    .flags = KILN_STEP_JOURNAL,
    .wake = KILN_WAKE_CHANGED,
};

static const kiln_step_kind kind_quiet = {
    .wake = KILN_WAKE_QUIET,
};

static const kiln_step steps_root[7] = {
    { "__start__", "", 1, 1, leaf_start, &kind_start, .result = -1 },
    { "count", "/nodes/count", 9, 5, leaf_count, &kind_transform_array_length, .edges = edges_count,
      .n_edges = 1, .result = SLOT_RESULT_COUNT, .node = 1 },
    { "count:write", "/nodes/count", 9, 5, leaf_count_write, &kind_any, .result = -1, .node = 1 },
    { "keep", "/nodes/keep", 14, 5, leaf_keep, &kind_file_append_line, .edges = edges_keep,
      .n_edges = 1, .result = SLOT_RESULT_KEEP, .node = 2 },
    { "keep:write", "/nodes/keep", 14, 5, leaf_keep_write, &kind_any, .result = -1, .node = 2 },
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

static const kiln_slot_kind kind_last_once_private = {
    .rule = KILN_RULE_LAST,
    .flags = KILN_SLOT_ONCE | KILN_SLOT_PRIVATE,
};

static const kiln_slot_kind kind_last_private = {
    .rule = KILN_RULE_LAST,
    .flags = KILN_SLOT_PRIVATE,
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
        .name = "list",
        .kind = &kind_last_guard_output,
    },
    {
        .name = "n",
        .kind = &kind_last_guard_output,
    },
    {
        .name = "path",
        .kind = &kind_last_guard_output,
    },
    {
        .name = "branch:to:count",
        .kind = &kind_last_once_private,
    },
    {
        .name = "branch:to:keep",
        .kind = &kind_last_once_private,
    },
    {
        .name = "result:count",
        .kind = &kind_last_private,
    },
    {
        .name = "result:keep",
        .kind = &kind_last_private,
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
    .n_steps = 7,
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

static const kiln_op *const ops[2] = {
    &kiln_op_transform_array_length,
    &kiln_op_file_append_line,
};

static const char shape[452] = "2:op 6:pregel 0 2 1\n"
                               "22:transform.array-length 0\n"
                               "16:file.append-line 2\n"
                               "4:root 2 1 9 7 0\n"
                               "9:__start__ 0 11 0\n"
                               "4:list 0 18 0\n"
                               "1:n 0 18 0\n"
                               "4:path 0 18 0\n"
                               "15:branch:to:count 0 9 0\n"
                               "14:branch:to:keep 0 9 0\n"
                               "12:result:count 0 8 0\n"
                               "11:result:keep 0 8 0\n"
                               "7::output 0 40 0\n"
                               "9:__start__ 0 3 16 g0 t1 t2 t3 t4 v0\n"
                               "5:count 2 3 0 n1 o r6 e g1 v4\n"
                               "11:count:write 0 2 0 n1 g6 t2 t5\n"
                               "4:keep 2 3 1 n2 o1 r7 e g3 g1 v5\n"
                               "10:keep:write 0 2 0 n2\n"
                               "9::boundary 8 4 0 e6,1,0\n"
                               "4::end 9 2 0 g8\n";

const kiln_program kiln_program_op = {
    .magic = KILN_MAGIC,
    .abi = KILN_ABI,
    .hash = { 0x5e70b511bee9e020ULL, 0xe2b94eed1edb2225ULL },
    .name = "op",
    .dialect = "pregel",
    .flows = flows,
    .ops = ops,
    .n_flows = 1,
    .n_ops = 2,
    .n_shape = 451,
    .shape = shape,
};
