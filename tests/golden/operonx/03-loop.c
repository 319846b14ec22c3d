
#if KILN_ABI != 3
#error "this text was generated for another runtime: compile the workflow again"
#endif

/* ---- what it calls ---- */

extern kiln_function2 kiln_base_default;
extern kiln_function2 kiln_operonx_merge;
extern kiln_function1 kiln_base_inc;
extern kiln_function1 kiln_base_null;
extern kiln_function2 kiln_operonx_lt;
extern kiln_function2 kiln_operonx_le;
extern kiln_function2 kiln_operonx_getitem;
extern kiln_function2 kiln_operonx_eq;
extern kiln_function1 kiln_operonx_not;
extern kiln_function2 kiln_base_less;
extern kiln_function1 kiln_base_not;
extern kiln_function2 kiln_base_or;
extern kiln_function2 kiln_operonx_frames;
extern kiln_function1 kiln_operonx_some;
extern kiln_function2 kiln_operonx_given;
extern kiln_function1 kiln_operonx_once;
extern const kiln_op kiln_op_transform_append;

/* ---- constants ---- */

static const kiln_value array_empty = { KILN_ARRAY, KILN_STATIC, 0, 0, { .items = 0 } };
static const kiln_value text_list = { KILN_STRING, KILN_STATIC, 0, 4, { .s = "list" } };
static const kiln_value int_1 = { KILN_INT, KILN_STATIC, 0, 0, { .i = 1 } };
static const kiln_value int_5 = { KILN_INT, KILN_STATIC, 0, 0, { .i = 5 } };
static const kiln_value int_minus_1 = { KILN_INT, KILN_STATIC, 0, 0, { .i = -1 } };
static const kiln_value text_x = { KILN_STRING, KILN_STATIC, 0, 1, { .s = "x" } };
static const kiln_value int_7 = { KILN_INT, KILN_STATIC, 0, 0, { .i = 7 } };
static const kiln_value text_n = { KILN_STRING, KILN_STATIC, 0, 1, { .s = "n" } };
static const kiln_value int_0 = { KILN_INT, KILN_STATIC, 0, 0, { .i = 0 } };
static const kiln_value text_array = { KILN_STRING, KILN_STATIC, 0, 5, { .s = "array" } };
static const kiln_value text_item = { KILN_STRING, KILN_STATIC, 0, 4, { .s = "item" } };
static const kiln_value text_length = { KILN_STRING, KILN_STATIC, 0, 6, { .s = "length" } };

static const kiln_flow flow_turn;

/* ---- flow root ---- */

enum {
    SLOT_INPUT,
    SLOT_STATE,
    SLOT_TURN,
    SLOT_ANSWER,
    SLOT_FIRST,
    SLOT_LAST,
};

enum {
    STEP_FILL_TURN,
    STEP_FILL_UNTIL,
    STEP_FILL_DONE,
};

/* step fill.turn */
static kiln_next leaf_fill_turn(kiln_frame *f)
{
    kiln_value v2, v3, v4, v5, v6, v7;

    v2 = kiln_get(&f->slots[SLOT_INPUT], &text_list);
    kiln_base_default(f->heap, &v3, &v2, &array_empty);
    if (kiln_object_one(f->heap, &v4, &text_list, &v3) < 0)
        return KILN_ERROR;
    kiln_operonx_merge(f->heap, &v5, &f->slots[SLOT_INPUT], &v4);
    v6 = f->slots[SLOT_STATE];
    kiln_base_default(f->heap, &v7, &v6, &v5);
    if (v7.tag != KILN_ABSENT)
        f->slots[SLOT_STATE] = v7;
    f->args[0] = v7;
    f->pick = (unsigned)f->slots[SLOT_TURN].u.i;
    return KILN_CHILD;
}

static const kiln_edge edges_fill_turn[1] = {
    { STEP_FILL_UNTIL, 0, KILN_EDGE_NEXT, 0 },
};

/* step fill.until */
static kiln_next leaf_fill_until(kiln_frame *f)
{
    kiln_value v1, v2, v3, v4, v5, v7, v9, v10, v11, v12, v13, v15, v16, v17, v18, v20, v22, v23,
        v24, v26, v27, v29, v30, v31;

    v1 = kiln_at(&f->slots[SLOT_ANSWER], 0);
    v2 = f->slots[SLOT_TURN];
    v3 = f->slots[SLOT_STATE];
    kiln_operonx_merge(f->heap, &v4, &v3, &v1);
    kiln_base_inc(f->heap, &v5, &v2);
    if (v4.tag != KILN_ABSENT)
        f->slots[SLOT_STATE] = v4;
    if (v5.tag != KILN_ABSENT)
        f->slots[SLOT_TURN] = v5;
    if (kiln_truthy(&v2)) {
        if (v1.tag != KILN_ABSENT)
            f->slots[SLOT_LAST] = v1;
    } else {
        v7 = kiln_at(&f->slots[SLOT_ANSWER], 1);
        if (v7.tag != KILN_ABSENT)
            f->slots[SLOT_FIRST] = v7;
    }
    v9 = kiln_get(&v4, &text_n);
    kiln_base_null(f->heap, &v10, &v9);
    v11 = int_1;
    if (kiln_operonx_lt(f->heap, &v12, &v11, &v10) < 0)
        return KILN_ERROR;
    v13 = v12;
    v11 = v10;
    if (kiln_truthy(&v13)) {
        if (kiln_operonx_le(f->heap, &v15, &v11, &int_5) < 0)
            return KILN_ERROR;
        v13 = v15;
        v11 = int_5;
    }
    v16 = v13;
    if (kiln_truthy(&v16)) {
        v17 = kiln_get(&v4, &text_list);
        kiln_base_null(f->heap, &v18, &v17);
        if (kiln_operonx_getitem(f->heap, &v20, &v18, &int_minus_1) < 0)
            return KILN_ERROR;
        kiln_operonx_eq(f->heap, &v22, &v20, &text_x);
        v16 = v22;
    }
    if (kiln_truthy(&v16)) {
        v23 = kiln_get(&v4, &text_list);
        kiln_base_null(f->heap, &v24, &v23);
        kiln_operonx_eq(f->heap, &v26, &v24, &array_empty);
        kiln_operonx_not(f->heap, &v27, &v26);
        v16 = v27;
    }
    kiln_base_less(f->heap, &v29, &v5, &int_7);
    kiln_base_not(f->heap, &v30, &v29);
    kiln_base_or(f->heap, &v31, &v16, &v30);
    f->pick = kiln_truthy(&v31) ? 1 : 0;
    return KILN_PICK;
}

static const kiln_edge edges_fill_until[1] = {
    { STEP_FILL_TURN, 0, KILN_EDGE_CASE, 0 },
};

/* step fill.done */
static kiln_next leaf_fill_done(kiln_frame *f)
{
    kiln_value v2, v3, v4, v5, v6, v7;

    v2 = kiln_get(&f->slots[SLOT_LAST], &text_list);
    v3 = kiln_get(&f->slots[SLOT_FIRST], &text_list);
    kiln_operonx_frames(f->heap, &v4, &v3, &v2);
    v5 = kiln_get(&f->slots[SLOT_LAST], &text_n);
    v6 = kiln_get(&f->slots[SLOT_FIRST], &text_n);
    kiln_operonx_frames(f->heap, &v7, &v6, &v5);
    return kiln_give(f, KILN_FINISH, 2, &text_list, &v4, &text_n, &v7);
}

static const kiln_step_kind kind_turn = {
    .flow = &flow_turn,
    .flags = KILN_STEP_TURN,
    .wake = KILN_WAKE_START,
};

static const kiln_step_kind kind_any = {
    .wake = KILN_WAKE_ANY,
};

static const kiln_step_kind kind_quiet = {
    .wake = KILN_WAKE_QUIET,
};

static const kiln_step steps_root[3] = {
    { "fill.turn", "", 1, 1, leaf_fill_turn, &kind_turn, .edges = edges_fill_turn, .n_edges = 1,
      .result = SLOT_ANSWER },
    { "fill.until", "", 1, 1, leaf_fill_until, &kind_any, .edges = edges_fill_until, .n_edges = 1,
      .result = -1 },
    { "fill.done", "", 1, 1, leaf_fill_done, &kind_quiet, .result = -1 },
};

static const kiln_slot_kind kind_last = {
    .rule = KILN_RULE_LAST,
};

static const kiln_slot_kind kind_last_private = {
    .rule = KILN_RULE_LAST,
    .flags = KILN_SLOT_PRIVATE,
};

static const kiln_slot_kind kind_last_private_2 = {
    .initial = &int_0,
    .rule = KILN_RULE_LAST,
    .flags = KILN_SLOT_PRIVATE,
};

static const kiln_slot slots_root[6] = {
    {
        .name = "input",
        .kind = &kind_last,
    },
    {
        .name = "state",
        .kind = &kind_last_private,
    },
    {
        .name = "turn",
        .kind = &kind_last_private_2,
    },
    {
        .name = "answer",
        .kind = &kind_last_private,
    },
    {
        .name = "first",
        .kind = &kind_last_private,
    },
    {
        .name = "last",
        .kind = &kind_last_private,
    },
};

static const kiln_flow flow_root = {
    .name = "root",
    .steps = steps_root,
    .slots = slots_root,
    .n_steps = 3,
    .n_slots = 6,
    .n_params = 1,
    .quiet = STEP_FILL_DONE,
};

/* ---- flow turn ---- */

enum {
    SLOT_TURN_INPUT,
    SLOT_TURN_ADD,
};

enum {
    STEP_TURN_ADD,
    STEP_TURN_FILL_DONE,
};

/* step add, /ops/add */
static kiln_next leaf_turn_add(kiln_frame *f)
{
    kiln_value v1, v2;

    v1 = kiln_get(&f->slots[SLOT_TURN_INPUT], &text_list);
    kiln_operonx_some(f->heap, &v2, &v1);
    return kiln_give(f, KILN_TASK, 2, &text_array, &v2, &text_item, &text_x);
}

/* step fill.done */
static kiln_next leaf_turn_fill_done(kiln_frame *f)
{
    kiln_value v1, v3, v4, v5, v7, v9, v10, v11, v12, v14, v15, v17, v18, v19, list[2];

    v1 = kiln_get(&f->slots[SLOT_TURN_ADD], &text_array);
    v3 = kiln_get(&f->slots[SLOT_TURN_INPUT], &text_list);
    kiln_operonx_given(f->heap, &v4, &v1, &v3);
    kiln_base_null(f->heap, &v5, &v4);
    v7 = kiln_get(&f->slots[SLOT_TURN_ADD], &text_length);
    v9 = kiln_get(&f->slots[SLOT_TURN_INPUT], &text_n);
    kiln_operonx_given(f->heap, &v10, &v7, &v9);
    kiln_base_null(f->heap, &v11, &v10);
    if (kiln_object_of(f->heap, &v12, 2, &text_list, &v5, &text_n, &v11) < 0)
        return KILN_ERROR;
    v14 = kiln_get(&f->slots[SLOT_TURN_ADD], &text_array);
    kiln_operonx_once(f->heap, &v15, &v14);
    v17 = kiln_get(&f->slots[SLOT_TURN_ADD], &text_length);
    kiln_operonx_once(f->heap, &v18, &v17);
    if (kiln_object_of(f->heap, &v19, 2, &text_list, &v15, &text_n, &v18) < 0)
        return KILN_ERROR;
    list[0] = v12;
    list[1] = v19;
    if (kiln_array(f->heap, &f->out, list, 2) < 0)
        return KILN_ERROR;
    return KILN_FINISH;
}

static const kiln_step_kind kind_transform_append = {
    .op = &kiln_op_transform_append,
    .wake = KILN_WAKE_START,
};

static const kiln_step_kind kind_quiet_2 = {
    .flags = KILN_STEP_HIDDEN,
    .wake = KILN_WAKE_QUIET,
};

static const kiln_step steps_turn[2] = {
    { "add", "/ops/add", 8, 12, leaf_turn_add, &kind_transform_append, .result = SLOT_TURN_ADD },
    { "fill.done", "", 1, 1, leaf_turn_fill_done, &kind_quiet_2, .result = -1 },
};

static const kiln_slot slots_turn[2] = {
    {
        .name = "input",
        .kind = &kind_last,
    },
    {
        .name = "add",
        .kind = &kind_last,
    },
};

static const kiln_flow flow_turn = {
    .name = "root.turn",
    .steps = steps_turn,
    .slots = slots_turn,
    .n_steps = 2,
    .n_slots = 2,
    .n_params = 1,
    .quiet = STEP_TURN_FILL_DONE,
    .flags = KILN_FLOW_SOFT_ERRORS,
    .number = 1,
};

/* ---- the program ---- */

static const kiln_flow *const flows[2] = {
    &flow_root,
    &flow_turn,
};

static const kiln_op *const ops[1] = {
    &kiln_op_transform_append,
};

static const char shape[332] = "4:fill 7:operonx 0 1 2\n"
                               "16:transform.append 0\n"
                               "4:root 0 1 6 3 0\n"
                               "5:input\n"
                               "5:state 0 8 0\n"
                               "4:turn 0 8 1\n"
                               "6:answer 0 8 0\n"
                               "5:first 0 8 0\n"
                               "4:last 0 8 0\n"
                               "9:fill.turn 3 0 32 f1 r3 e g0 g1 g2 t1\n"
                               "10:fill.until 1 2 0 e0,1,0 g3 g2 g1 t1 t2 t5 t4\n"
                               "9:fill.done 9 4 0 g4 g5\n"
                               "9:root.turn 4 1 2 2 0\n"
                               "5:input\n"
                               "3:add\n"
                               "3:add 2 0 0 o r1 g0\n"
                               "9:fill.done 9 4 16 g1 g0\n";

const kiln_program kiln_program_fill = {
    .magic = KILN_MAGIC,
    .abi = KILN_ABI,
    .hash = { 0x9afc165d471ac6e5ULL, 0x158b52dfa76d7e03ULL },
    .name = "fill",
    .dialect = "operonx",
    .flows = flows,
    .ops = ops,
    .n_flows = 2,
    .n_ops = 1,
    .n_shape = 331,
    .shape = shape,
};
