
#if KILN_ABI != 3
#error "this text was generated for another runtime: compile the workflow again"
#endif

/* ---- what it calls ---- */

extern kiln_function1 kiln_scenario_data;
extern kiln_function3 kiln_scenario_accept;
extern kiln_function2 kiln_scenario_path;
extern kiln_function2 kiln_base_less;
extern kiln_function2 kiln_scenario_lt;
extern kiln_function1 kiln_base_inc;
extern kiln_function1 kiln_base_null;
extern kiln_function2 kiln_scenario_seek;
extern kiln_function2 kiln_base_default;
extern const kiln_op kiln_op_utils_calculate;

/* ---- constants ---- */

static const kiln_member object_head_members[2] = {
    { { KILN_STRING, KILN_STATIC, 0, 4, { .s = "head" } },
      { KILN_STRING, KILN_STATIC, 0, 25, { .s = "Input validation failed: " } } },
    { { KILN_STRING, KILN_STATIC, 0, 4, { .s = "root" } },
      { KILN_STRING, KILN_STATIC, 0, 4, { .s = "data" } } },
};
static const kiln_value object_head = {
    KILN_OBJECT, KILN_STATIC, 0, 2, { .members = object_head_members }
};
static const kiln_member object_type_members[1] = {
    { { KILN_STRING, KILN_STATIC, 0, 4, { .s = "type" } },
      { KILN_STRING, KILN_STATIC, 0, 6, { .s = "number" } } },
};
static const kiln_member object_square_members[1] = {
    { { KILN_STRING, KILN_STATIC, 0, 6, { .s = "square" } },
      { KILN_OBJECT, KILN_STATIC, 0, 1, { .members = object_type_members } } },
};
static const kiln_value array_square_items[1] = {
    { KILN_STRING, KILN_STATIC, 0, 6, { .s = "square" } },
};
static const kiln_member object_properties_members[3] = {
    { { KILN_STRING, KILN_STATIC, 0, 10, { .s = "properties" } },
      { KILN_OBJECT, KILN_STATIC, 0, 1, { .members = object_square_members } } },
    { { KILN_STRING, KILN_STATIC, 0, 8, { .s = "required" } },
      { KILN_ARRAY, KILN_STATIC, 0, 1, { .items = array_square_items } } },
    { { KILN_STRING, KILN_STATIC, 0, 4, { .s = "type" } },
      { KILN_STRING, KILN_STATIC, 0, 6, { .s = "object" } } },
};
static const kiln_value object_properties = {
    KILN_OBJECT, KILN_STATIC, 0, 3, { .members = object_properties_members }
};
static const kiln_value array_3_steps_approach_outputs_outputs_items[6] = {
    { KILN_INT, KILN_STATIC, 0, 0, { .i = 3 } },
    { KILN_STRING, KILN_STATIC, 0, 5, { .s = "steps" } },
    { KILN_STRING, KILN_STATIC, 0, 8, { .s = "approach" } },
    { KILN_STRING, KILN_STATIC, 0, 7, { .s = "outputs" } },
    { KILN_STRING, KILN_STATIC, 0, 7, { .s = "outputs" } },
    { KILN_STRING, KILN_STATIC, 0, 1, { .s = "x" } },
};
static const kiln_value array_3_steps_approach_outputs_outputs = {
    KILN_ARRAY, KILN_STATIC, 0, 6, { .items = array_3_steps_approach_outputs_outputs_items }
};
static const kiln_value array_3_steps_approach_outputs_iterati_items[5] = {
    { KILN_INT, KILN_STATIC, 0, 0, { .i = 3 } },
    { KILN_STRING, KILN_STATIC, 0, 5, { .s = "steps" } },
    { KILN_STRING, KILN_STATIC, 0, 8, { .s = "approach" } },
    { KILN_STRING, KILN_STATIC, 0, 7, { .s = "outputs" } },
    { KILN_STRING, KILN_STATIC, 0, 10, { .s = "iterations" } },
};
static const kiln_value array_3_steps_approach_outputs_iterati = {
    KILN_ARRAY, KILN_STATIC, 0, 5, { .items = array_3_steps_approach_outputs_iterati_items }
};
static const kiln_value text_root = { KILN_STRING, KILN_STATIC, 0, 4, { .s = "root" } };
static const kiln_value text_turns = { KILN_STRING, KILN_STATIC, 0, 5, { .s = "turns" } };
static const kiln_value value_null = { KILN_NULL, KILN_STATIC, 0, 0, { .i = 0 } };
static const kiln_value int_20 = { KILN_INT, KILN_STATIC, 0, 0, { .i = 20 } };
static const kiln_value int_6 = { KILN_INT, KILN_STATIC, 0, 0, { .i = 6 } };
static const kiln_value text_iterations = {
    KILN_STRING, KILN_STATIC, 0, 10, { .s = "iterations" }
};
static const kiln_value text_outputs = { KILN_STRING, KILN_STATIC, 0, 7, { .s = "outputs" } };
static const kiln_value int_0 = { KILN_INT, KILN_STATIC, 0, 0, { .i = 0 } };
static const kiln_value text_x_square_x_2 = {
    KILN_STRING, KILN_STATIC, 0, 20, { .s = "(x + square / x) / 2" }
};
static const kiln_value array_1_data_square_items[3] = {
    { KILN_INT, KILN_STATIC, 0, 0, { .i = 1 } },
    { KILN_STRING, KILN_STATIC, 0, 4, { .s = "data" } },
    { KILN_STRING, KILN_STATIC, 0, 6, { .s = "square" } },
};
static const kiln_value array_1_data_square = {
    KILN_ARRAY, KILN_STATIC, 0, 3, { .items = array_1_data_square_items }
};
static const kiln_value array_2_loop_outputs_x_items[4] = {
    { KILN_INT, KILN_STATIC, 0, 0, { .i = 2 } },
    { KILN_STRING, KILN_STATIC, 0, 4, { .s = "loop" } },
    { KILN_STRING, KILN_STATIC, 0, 7, { .s = "outputs" } },
    { KILN_STRING, KILN_STATIC, 0, 1, { .s = "x" } },
};
static const kiln_value array_2_loop_outputs_x = {
    KILN_ARRAY, KILN_STATIC, 0, 4, { .items = array_2_loop_outputs_x_items }
};
static const kiln_value int_1 = { KILN_INT, KILN_STATIC, 0, 0, { .i = 1 } };
static const kiln_value text_square = { KILN_STRING, KILN_STATIC, 0, 6, { .s = "square" } };
static const kiln_value text_x = { KILN_STRING, KILN_STATIC, 0, 1, { .s = "x" } };
static const kiln_value text_expression = {
    KILN_STRING, KILN_STATIC, 0, 10, { .s = "expression" }
};
static const kiln_value text_variables = { KILN_STRING, KILN_STATIC, 0, 9, { .s = "variables" } };
static const char blame_Agent_utils_calculate[25] = "Agent utils::calculate: ";

static const kiln_flow flow_approach;
static const kiln_flow flow_approach_body;

/* ---- flow root ---- */

enum {
    SLOT_INPUT,
    SLOT_STEPS_APPROACH,
    SLOT_DATA,
};

enum {
    STEP_BEGIN,
    STEP_APPROACH,
    STEP_FINISH,
    STEP_END,
};

/* step begin */
static kiln_next leaf_begin(kiln_frame *f)
{
    kiln_value v1, v4;

    kiln_scenario_data(f->heap, &v1, &f->slots[SLOT_INPUT]);
    if (kiln_scenario_accept(f->heap, &v4, &v1, &object_properties, &object_head) < 0)
        return KILN_ERROR;
    if (v4.tag != KILN_ABSENT)
        f->slots[SLOT_DATA] = v4;
    return KILN_GO;
}

/* step approach, /steps/approach */
static kiln_next leaf_approach(kiln_frame *f)
{
    (void)f;
    return KILN_CHILD;
}

/* step finish, /steps/finish */
static kiln_next leaf_finish(kiln_frame *f)
{
    kiln_value v2, v5;

    if (kiln_scenario_path(f->heap, &v2, &f->slots[SLOT_STEPS_APPROACH],
                           &array_3_steps_approach_outputs_outputs)
        < 0)
        return KILN_ERROR;
    if (kiln_scenario_path(f->heap, &v5, &f->slots[SLOT_STEPS_APPROACH],
                           &array_3_steps_approach_outputs_iterati)
        < 0)
        return KILN_ERROR;
    return kiln_give(f, KILN_FINISH, 2, &text_root, &v2, &text_turns, &v5);
}

/* step end */
static kiln_next leaf_end(kiln_frame *f)
{
    f->out = value_null;
    return KILN_FINISH;
}

static const kiln_step_kind kind_start = {
    .flags = KILN_STEP_HIDDEN,
    .wake = KILN_WAKE_START,
};

static const kiln_step_kind kind_approach = {
    .flow = &flow_approach,
    .hard = 1,
    .wake = KILN_WAKE_COUNT,
};

static const kiln_step_kind kind_follow = {
    .hard = 1,
    .wake = KILN_WAKE_COUNT,
};

static const kiln_step_kind kind_quiet = {
    .flags = KILN_STEP_HIDDEN,
    .wake = KILN_WAKE_QUIET,
};

static const kiln_step steps_root[4] = {
    { "begin", "", 1, 1, leaf_begin, &kind_start, .then = STEP_APPROACH, .result = -1 },
    { "approach", "/steps/approach", 6, 17, leaf_approach, &kind_approach, .then = STEP_FINISH,
      .result = SLOT_STEPS_APPROACH },
    { "finish", "/steps/finish", 39, 15, leaf_finish, &kind_follow, .result = -1 },
    { "end", "", 1, 1, leaf_end, &kind_quiet, .result = -1 },
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
        .name = "steps.approach",
        .kind = &kind_last,
    },
    {
        .name = "data",
        .kind = &kind_last,
    },
};

static const kiln_flow flow_root = {
    .name = "root",
    .steps = steps_root,
    .slots = slots_root,
    .n_steps = 4,
    .n_slots = 3,
    .n_params = 1,
    .quiet = STEP_END,
    .flags = KILN_FLOW_ORDERED,
};

/* ---- flow approach ---- */

enum {
    SLOT_APPROACH_INDEX,
    SLOT_APPROACH_OUTPUTS,
};

enum {
    STEP_APPROACH_APPROACH_BEGIN,
    STEP_APPROACH_APPROACH_TEST,
    STEP_APPROACH_APPROACH_TURN,
    STEP_APPROACH_APPROACH_END,
};

/* step approach.begin, /steps/approach */
static kiln_next leaf_approach_approach_begin(kiln_frame *f)
{
    (void)f;
    return KILN_GO;
}

static const kiln_edge edges_approach_approach_begin[1] = {
    { STEP_APPROACH_APPROACH_TEST, 0, KILN_EDGE_NEXT, 0 },
};

/* step approach.test, /steps/approach */
static kiln_next leaf_approach_approach_test(kiln_frame *f)
{
    kiln_value v2, v5, v6;

    kiln_base_less(f->heap, &v2, &f->slots[SLOT_APPROACH_INDEX], &int_20);
    if (kiln_truthy(&v2)) {
        kiln_scenario_lt(f->heap, &v5, &f->slots[SLOT_APPROACH_INDEX], &int_6);
        v6 = v5;
    } else {
        v6 = v2;
    }
    f->pick = kiln_truthy(&v6) ? 1 : 0;
    return KILN_PICK;
}

static const kiln_edge edges_approach_approach_test[1] = {
    { STEP_APPROACH_APPROACH_TURN, 1, KILN_EDGE_CASE, 0 },
};

/* step approach.turn, /steps/approach */
static kiln_next leaf_approach_approach_turn(kiln_frame *f)
{
    kiln_value v0, v1;

    v0 = f->slots[SLOT_APPROACH_INDEX];
    kiln_base_inc(f->heap, &v1, &v0);
    if (v1.tag != KILN_ABSENT)
        f->slots[SLOT_APPROACH_INDEX] = v1;
    f->pick = (unsigned)v0.u.i;
    return KILN_CHILD;
}

static const kiln_edge edges_approach_approach_turn[1] = {
    { STEP_APPROACH_APPROACH_TEST, 0, KILN_EDGE_NEXT, 0 },
};

/* step approach.end, /steps/approach */
static kiln_next leaf_approach_approach_end(kiln_frame *f)
{
    kiln_value v1;

    kiln_base_null(f->heap, &v1, &f->slots[SLOT_APPROACH_OUTPUTS]);
    return kiln_give(f, KILN_FINISH, 2, &text_iterations, &f->slots[SLOT_APPROACH_INDEX],
                     &text_outputs, &v1);
}

static const kiln_step_kind kind_any = {
    .flags = KILN_STEP_HIDDEN,
    .wake = KILN_WAKE_ANY,
};

static const kiln_step_kind kind_approach_body = {
    .flow = &flow_approach_body,
    .flags = KILN_STEP_HIDDEN | KILN_STEP_TURN,
    .wake = KILN_WAKE_ANY,
};

static const kiln_step steps_approach[4] = {
    { "approach.begin", "/steps/approach", 6, 17, leaf_approach_approach_begin, &kind_start,
      .edges = edges_approach_approach_begin, .n_edges = 1, .result = -1 },
    { "approach.test", "/steps/approach", 6, 17, leaf_approach_approach_test, &kind_any,
      .edges = edges_approach_approach_test, .n_edges = 1, .result = -1 },
    { "approach.turn", "/steps/approach", 6, 17, leaf_approach_approach_turn, &kind_approach_body,
      .edges = edges_approach_approach_turn, .n_edges = 1, .result = SLOT_APPROACH_OUTPUTS },
    { "approach.end", "/steps/approach", 6, 17, leaf_approach_approach_end, &kind_quiet,
      .result = -1 },
};

static const kiln_slot_kind kind_last_2 = {
    .initial = &int_0,
    .rule = KILN_RULE_LAST,
};

static const kiln_slot slots_approach[2] = {
    {
        .name = "index",
        .kind = &kind_last_2,
    },
    {
        .name = "outputs",
        .kind = &kind_last,
    },
};

static const kiln_flow flow_approach = {
    .name = "root.approach",
    .steps = steps_approach,
    .slots = slots_approach,
    .n_steps = 4,
    .n_slots = 2,
    .quiet = STEP_APPROACH_APPROACH_END,
    .number = 1,
};

/* ---- flow approach_body ---- */

enum {
    SLOT_APPROACH_BODY_STEPS_IMPROVE,
};

enum {
    STEP_APPROACH_BODY_IMPROVE,
    STEP_APPROACH_BODY_FINISH,
    STEP_APPROACH_BODY_END,
};

/* step improve, /steps/approach/subgraph/steps/improve */
static kiln_next leaf_approach_body_improve(kiln_frame *f)
{
    kiln_value v3, v6, v8, v9;

    if (kiln_scenario_path(f->heap, &v3, &f->up->up->slots[SLOT_DATA], &array_1_data_square) < 0)
        return KILN_ERROR;
    kiln_scenario_seek(f->heap, &v6, &f->up->slots[SLOT_APPROACH_OUTPUTS], &array_2_loop_outputs_x);
    kiln_base_default(f->heap, &v8, &v6, &int_1);
    if (kiln_object_of(f->heap, &v9, 2, &text_square, &v3, &text_x, &v8) < 0)
        return KILN_ERROR;
    return kiln_give(f, KILN_TASK, 2, &text_expression, &text_x_square_x_2, &text_variables, &v9);
}

/* step finish, /steps/approach/subgraph/steps/finish */
static kiln_next leaf_approach_body_finish(kiln_frame *f)
{
    return kiln_give_one(f, KILN_FINISH, &text_x, &f->slots[SLOT_APPROACH_BODY_STEPS_IMPROVE]);
}

/* step end, /steps/approach */
static kiln_next leaf_approach_body_end(kiln_frame *f)
{
    f->out = value_null;
    return KILN_FINISH;
}

static const kiln_step_kind kind_utils_calculate = {
    .op = &kiln_op_utils_calculate,
    .blame = blame_Agent_utils_calculate,
    .wake = KILN_WAKE_START,
};

static const kiln_step steps_approach_body[3] = {
    { "improve", "/steps/approach/subgraph/steps/improve", 21, 22, leaf_approach_body_improve,
      &kind_utils_calculate, .then = STEP_APPROACH_BODY_FINISH,
      .result = SLOT_APPROACH_BODY_STEPS_IMPROVE },
    { "finish", "/steps/approach/subgraph/steps/finish", 31, 21, leaf_approach_body_finish,
      &kind_follow, .result = -1 },
    { "end", "/steps/approach", 6, 17, leaf_approach_body_end, &kind_quiet, .result = -1 },
};

static const kiln_slot slots_approach_body[1] = {
    {
        .name = "steps.improve",
        .kind = &kind_last,
    },
};

static const kiln_flow flow_approach_body = {
    .name = "root.approach.body",
    .steps = steps_approach_body,
    .slots = slots_approach_body,
    .n_steps = 3,
    .n_slots = 1,
    .quiet = STEP_APPROACH_BODY_END,
    .flags = KILN_FLOW_ORDERED,
    .number = 2,
};

/* ---- the program ---- */

static const kiln_flow *const flows[3] = {
    &flow_root,
    &flow_approach,
    &flow_approach_body,
};

static const kiln_op *const ops[1] = {
    &kiln_op_utils_calculate,
};

static const char shape[476] = "6:newton 8:scenario 1 1 3\n"
                               "15:utils.calculate 0\n"
                               "4:root 8 1 3 4 0\n"
                               "5:input\n"
                               "14:steps.approach\n"
                               "4:data\n"
                               "5:begin 0 0 16 e g0 t2\n"
                               "8:approach 3 1 0 h f1 r1 e\n"
                               "6:finish 9 1 0 h g1\n"
                               "3:end 9 4 16\n"
                               "13:root.approach 0 0 2 4 1\n"
                               "5:index 0 0 1\n"
                               "7:outputs\n"
                               "14:approach.begin 0 0 16 e\n"
                               "13:approach.test 1 2 16 e2,1,1 g0\n"
                               "13:approach.turn 3 2 48 f2 r1 e1 g0 t0\n"
                               "12:approach.end 9 4 16 g1 g0\n"
                               "18:root.approach.body 8 0 1 3 2\n"
                               "13:steps.improve\n"
                               "7:improve 2 0 0 o r0 e g2,2 g1,1\n"
                               "6:finish 9 1 0 h g0\n"
                               "3:end 9 4 16\n";

const kiln_program kiln_program_newton = {
    .magic = KILN_MAGIC,
    .abi = KILN_ABI,
    .hash = { 0x2e81e8547df9e421ULL, 0xc7c0639ec64cee00ULL },
    .name = "newton",
    .dialect = "scenario",
    .flows = flows,
    .ops = ops,
    .n_flows = 3,
    .n_ops = 1,
    .flags = KILN_PROGRAM_SORTED,
    .n_shape = 475,
    .shape = shape,
};
