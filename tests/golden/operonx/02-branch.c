
#if KILN_ABI != 3
#error "this text was generated for another runtime: compile the workflow again"
#endif

/* ---- what it calls ---- */

extern kiln_function1 kiln_base_null;
extern kiln_function2 kiln_operonx_try_ge;
extern kiln_function2 kiln_operonx_eq;
extern kiln_function2 kiln_operonx_try_lt;
extern kiln_function1 kiln_operonx_not;
extern kiln_function_n kiln_operonx_choose;
extern kiln_function2 kiln_base_item;
extern kiln_function2 kiln_operonx_scratch;
extern kiln_function2 kiln_base_default;
extern kiln_function1 kiln_operonx_some;
extern const kiln_op kiln_op_utils_return_input;
extern const kiln_op kiln_op_transform_append;

/* ---- constants ---- */

static const kiln_value int_10 = { KILN_INT, KILN_STATIC, 0, 0, { .i = 10 } };
static const kiln_value int_0 = { KILN_INT, KILN_STATIC, 0, 0, { .i = 0 } };
static const kiln_value array_0_1_0_1_items[4] = {
    { KILN_INT, KILN_STATIC, 0, 0, { .i = 0 } },
    { KILN_INT, KILN_STATIC, 0, 0, { .i = 1 } },
    { KILN_INT, KILN_STATIC, 0, 0, { .i = 0 } },
    { KILN_INT, KILN_STATIC, 0, 0, { .i = 1 } },
};
static const kiln_value array_0_1_0_1 = {
    KILN_ARRAY, KILN_STATIC, 0, 4, { .items = array_0_1_0_1_items }
};
static const kiln_value array_big_small_big_small_items[4] = {
    { KILN_STRING, KILN_STATIC, 0, 3, { .s = "big" } },
    { KILN_STRING, KILN_STATIC, 0, 5, { .s = "small" } },
    { KILN_STRING, KILN_STATIC, 0, 3, { .s = "big" } },
    { KILN_STRING, KILN_STATIC, 0, 5, { .s = "small" } },
};
static const kiln_value array_big_small_big_small = {
    KILN_ARRAY, KILN_STATIC, 0, 4, { .items = array_big_small_big_small_items }
};
static const kiln_value array_n_10_n_0_n_0_and_not_n_default_items[4] = {
    { KILN_STRING, KILN_STATIC, 0, 7, { .s = "n >= 10" } },
    { KILN_STRING, KILN_STATIC, 0, 6, { .s = "n == 0" } },
    { KILN_STRING, KILN_STATIC, 0, 15, { .s = "n < 0 and not n" } },
    { KILN_STRING, KILN_STATIC, 0, 7, { .s = "default" } },
};
static const kiln_value array_n_10_n_0_n_0_and_not_n_default = {
    KILN_ARRAY, KILN_STATIC, 0, 4, { .items = array_n_10_n_0_n_0_and_not_n_default_items }
};
static const kiln_value text_n = { KILN_STRING, KILN_STATIC, 0, 1, { .s = "n" } };
static const kiln_value text_target = { KILN_STRING, KILN_STATIC, 0, 6, { .s = "target" } };
static const kiln_value text_matched = { KILN_STRING, KILN_STATIC, 0, 7, { .s = "matched" } };
static const kiln_value text_branch_target = {
    KILN_STRING, KILN_STATIC, 0, 17, { .s = "__branch_target__" }
};
static const kiln_member object_value_members[1] = {
    { { KILN_STRING, KILN_STATIC, 0, 5, { .s = "value" } },
      { KILN_STRING, KILN_STATIC, 0, 3, { .s = "big" } } },
};
static const kiln_value object_value = {
    KILN_OBJECT, KILN_STATIC, 0, 1, { .members = object_value_members }
};
static const kiln_value text_word = { KILN_STRING, KILN_STATIC, 0, 4, { .s = "word" } };
static const kiln_value text_small = { KILN_STRING, KILN_STATIC, 0, 5, { .s = "small" } };
static const kiln_value text_value = { KILN_STRING, KILN_STATIC, 0, 5, { .s = "value" } };
static const kiln_value array_empty = { KILN_ARRAY, KILN_STATIC, 0, 0, { .items = 0 } };
static const kiln_value text_array = { KILN_STRING, KILN_STATIC, 0, 5, { .s = "array" } };
static const kiln_value text_item = { KILN_STRING, KILN_STATIC, 0, 4, { .s = "item" } };
static const kiln_value text_why = { KILN_STRING, KILN_STATIC, 0, 3, { .s = "why" } };
static const kiln_value text_list = { KILN_STRING, KILN_STATIC, 0, 4, { .s = "list" } };

/* ---- flow root ---- */

enum {
    SLOT_INPUT,
    SLOT_R,
    SLOT_BOTH,
};

enum {
    STEP_R,
    STEP_BIG,
    STEP_SMALL,
    STEP_BOTH,
    STEP_ROUTE_DONE,
};

/* step r, /ops/r */
static kiln_next leaf_r(kiln_frame *f)
{
    kiln_value v1, v2, v4, v6, v7, v9, v11, v12, v14, v15, v17, v18, v19, v20, v22, v24, v26, v27,
        list[3];

    v1 = kiln_get(&f->slots[SLOT_INPUT], &text_n);
    kiln_base_null(f->heap, &v2, &v1);
    kiln_operonx_try_ge(f->heap, &v4, &v2, &int_10);
    v6 = kiln_get(&f->slots[SLOT_INPUT], &text_n);
    kiln_base_null(f->heap, &v7, &v6);
    kiln_operonx_eq(f->heap, &v9, &v7, &int_0);
    v11 = kiln_get(&f->slots[SLOT_INPUT], &text_n);
    kiln_base_null(f->heap, &v12, &v11);
    kiln_operonx_try_lt(f->heap, &v14, &v12, &int_0);
    v15 = v14;
    if (kiln_truthy(&v14)) {
        v17 = kiln_get(&f->slots[SLOT_INPUT], &text_n);
        kiln_base_null(f->heap, &v18, &v17);
        kiln_operonx_not(f->heap, &v19, &v18);
        v15 = v19;
    }
    list[0] = v4;
    list[1] = v9;
    list[2] = v15;
    kiln_operonx_choose(f->heap, &v20, list, 3);
    kiln_base_item(f->heap, &v22, &array_0_1_0_1, &v20);
    kiln_base_item(f->heap, &v24, &array_big_small_big_small, &v20);
    kiln_base_item(f->heap, &v26, &array_n_10_n_0_n_0_and_not_n_default, &v20);
    if (kiln_object_of(f->heap, &v27, 3, &text_target, &v24, &text_matched, &v26,
                       &text_branch_target, &v24)
        < 0)
        return KILN_ERROR;
    if (v27.tag != KILN_ABSENT)
        f->slots[SLOT_R] = v27;
    f->pick = (unsigned)v22.u.i;
    return KILN_PICK;
}

static const kiln_edge edges_r[2] = {
    { STEP_BIG, 0, KILN_EDGE_CASE, 0 },
    { STEP_SMALL, 1, KILN_EDGE_CASE, 0 },
};

/* step big, /ops/big */
static kiln_next leaf_big(kiln_frame *f)
{
    f->out = object_value;
    return KILN_TASK;
}

static const kiln_edge edges_big[1] = {
    { STEP_BOTH, 0, KILN_EDGE_NEXT, 1 },
};

/* step small, /ops/small */
static kiln_next leaf_small(kiln_frame *f)
{
    kiln_value v0, v2, v4;

    v0 = (kiln_value){ KILN_INT, 0, 0, 0, { .i = f->index } };
    kiln_operonx_scratch(f->heap, &v2, &text_word, &v0);
    kiln_base_default(f->heap, &v4, &v2, &text_small);
    return kiln_give_one(f, KILN_TASK, &text_value, &v4);
}

static const kiln_edge edges_small[1] = {
    { STEP_BOTH, 0, KILN_EDGE_NEXT, 1 },
};

/* step both, /ops/both */
static kiln_next leaf_both(kiln_frame *f)
{
    kiln_value v2, v3;

    v2 = kiln_get(&f->slots[SLOT_R], &text_target);
    kiln_operonx_some(f->heap, &v3, &v2);
    return kiln_give(f, KILN_TASK, 2, &text_array, &array_empty, &text_item, &v3);
}

/* step route.done */
static kiln_next leaf_route_done(kiln_frame *f)
{
    kiln_value v1, v3;

    v1 = kiln_get(&f->slots[SLOT_R], &text_matched);
    v3 = kiln_get(&f->slots[SLOT_BOTH], &text_array);
    return kiln_give(f, KILN_FINISH, 2, &text_why, &v1, &text_list, &v3);
}

static const kiln_step_kind kind_start = {
    .wake = KILN_WAKE_START,
};

static const kiln_step_kind kind_utils_return_input = {
    .op = &kiln_op_utils_return_input,
    .hard = 1,
    .wake = KILN_WAKE_COUNT,
};

static const kiln_step_kind kind_transform_append = {
    .op = &kiln_op_transform_append,
    .wake = KILN_WAKE_COUNT,
    .soft = 1,
};

static const kiln_step_kind kind_quiet = {
    .flags = KILN_STEP_HIDDEN,
    .wake = KILN_WAKE_QUIET,
};

static const kiln_step steps_root[5] = {
    { "r", "/ops/r", 7, 10, leaf_r, &kind_start, .edges = edges_r, .n_edges = 2, .result = -1 },
    { "big", "/ops/big", 25, 12, leaf_big, &kind_utils_return_input, .edges = edges_big,
      .n_edges = 1, .result = -1 },
    { "small", "/ops/small", 31, 14, leaf_small, &kind_utils_return_input, .edges = edges_small,
      .n_edges = 1, .result = -1 },
    { "both", "/ops/both", 37, 13, leaf_both, &kind_transform_append, .result = SLOT_BOTH },
    { "route.done", "", 1, 1, leaf_route_done, &kind_quiet, .result = -1 },
};

static const kiln_slot_kind kind_last = {
    .rule = KILN_RULE_LAST,
};

static const kiln_slot slots_root[3] = {
    {
        .name = "input",
        .kind = &kind_last,
    },
    {
        .name = "r",
        .kind = &kind_last,
    },
    {
        .name = "both",
        .kind = &kind_last,
    },
};

static const kiln_flow flow_root = {
    .name = "root",
    .steps = steps_root,
    .slots = slots_root,
    .n_steps = 5,
    .n_slots = 3,
    .n_params = 1,
    .quiet = STEP_ROUTE_DONE,
    .flags = KILN_FLOW_SOFT_ERRORS,
};

/* ---- the program ---- */

static const kiln_flow *const flows[1] = {
    &flow_root,
};

static const kiln_op *const ops[2] = {
    &kiln_op_utils_return_input,
    &kiln_op_transform_append,
};

static const char shape[227] = "5:route 7:operonx 0 2 1\n"
                               "18:utils.return-input 0\n"
                               "16:transform.append 0\n"
                               "4:root 4 1 3 5 0\n"
                               "5:input\n"
                               "1:r\n"
                               "4:both\n"
                               "1:r 1 0 0 e1,1,0 e2,1,1 g0 t1\n"
                               "3:big 2 1 0 h o E3\n"
                               "5:small 2 1 0 h o E\n"
                               "4:both 2 1 0 s o1 r2 g1\n"
                               "10:route.done 9 4 16 g1 g2\n";

const kiln_program kiln_program_route = {
    .magic = KILN_MAGIC,
    .abi = KILN_ABI,
    .hash = { 0xee70b0f605ae463eULL, 0x905c39c11b595fcbULL },
    .name = "route",
    .dialect = "operonx",
    .flows = flows,
    .ops = ops,
    .n_flows = 1,
    .n_ops = 2,
    .n_shape = 226,
    .shape = shape,
};
