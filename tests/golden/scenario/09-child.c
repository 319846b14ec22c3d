
#if KILN_ABI != 3
#error "this text was generated for another runtime: compile the workflow again"
#endif

/* ---- what it calls ---- */

extern kiln_function1 kiln_scenario_data;
extern kiln_function3 kiln_scenario_accept;
extern kiln_function2 kiln_scenario_variables;
extern kiln_function2 kiln_scenario_path;
extern kiln_function2 kiln_scenario_child_inputs;
extern kiln_function_n kiln_base_concat;
extern kiln_function2 kiln_base_default;
extern kiln_function2 kiln_scenario_child_failed;
extern kiln_function2 kiln_scenario_caught;
extern kiln_function1 kiln_base_present;
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
static const kiln_member object_amount_members[1] = {
    { { KILN_STRING, KILN_STATIC, 0, 6, { .s = "amount" } },
      { KILN_OBJECT, KILN_STATIC, 0, 1, { .members = object_type_members } } },
};
static const kiln_member object_properties_members[3] = {
    { { KILN_STRING, KILN_STATIC, 0, 10, { .s = "properties" } },
      { KILN_OBJECT, KILN_STATIC, 0, 1, { .members = object_amount_members } } },
    { { KILN_STRING, KILN_STATIC, 0, 8, { .s = "required" } },
      { KILN_ARRAY, KILN_STATIC, 0, 0, { .items = 0 } } },
    { { KILN_STRING, KILN_STATIC, 0, 4, { .s = "type" } },
      { KILN_STRING, KILN_STATIC, 0, 6, { .s = "object" } } },
};
static const kiln_value object_properties = {
    KILN_OBJECT, KILN_STATIC, 0, 3, { .members = object_properties_members }
};
static const kiln_value object_empty = { KILN_OBJECT, KILN_STATIC, 0, 0, { .members = 0 } };
static const kiln_value array_1_data_amount_items[3] = {
    { KILN_INT, KILN_STATIC, 0, 0, { .i = 1 } },
    { KILN_STRING, KILN_STATIC, 0, 4, { .s = "data" } },
    { KILN_STRING, KILN_STATIC, 0, 6, { .s = "amount" } },
};
static const kiln_value array_1_data_amount = {
    KILN_ARRAY, KILN_STATIC, 0, 3, { .items = array_1_data_amount_items }
};
static const kiln_member object_description_members[3] = {
    { { KILN_STRING, KILN_STATIC, 0, 11, { .s = "description" } },
      { KILN_NULL, KILN_STATIC, 0, 0, { .i = 0 } } },
    { { KILN_STRING, KILN_STATIC, 0, 4, { .s = "name" } },
      { KILN_STRING, KILN_STATIC, 0, 6, { .s = "amount" } } },
    { { KILN_STRING, KILN_STATIC, 0, 4, { .s = "type" } },
      { KILN_STRING, KILN_STATIC, 0, 6, { .s = "Number" } } },
};
static const kiln_value array_description_items[1] = {
    { KILN_OBJECT, KILN_STATIC, 0, 3, { .members = object_description_members } },
};
static const kiln_member object_child_members[3] = {
    { { KILN_STRING, KILN_STATIC, 0, 5, { .s = "child" } },
      { KILN_STRING, KILN_STATIC, 0, 5, { .s = "round" } } },
    { { KILN_STRING, KILN_STATIC, 0, 6, { .s = "fields" } },
      { KILN_ARRAY, KILN_STATIC, 0, 1, { .items = array_description_items } } },
    { { KILN_STRING, KILN_STATIC, 0, 4, { .s = "step" } },
      { KILN_STRING, KILN_STATIC, 0, 5, { .s = "round" } } },
};
static const kiln_value object_child = {
    KILN_OBJECT, KILN_STATIC, 0, 3, { .members = object_child_members }
};
static const kiln_member object_childWorkflowId_members[4] = {
    { { KILN_STRING, KILN_STATIC, 0, 15, { .s = "childWorkflowId" } },
      { KILN_STRING, KILN_STATIC, 0, 5, { .s = "round" } } },
    { { KILN_STRING, KILN_STATIC, 0, 6, { .s = "stepId" } },
      { KILN_STRING, KILN_STATIC, 0, 5, { .s = "round" } } },
    { { KILN_STRING, KILN_STATIC, 0, 8, { .s = "stepName" } },
      { KILN_STRING, KILN_STATIC, 0, 7, { .s = "Unnamed" } } },
    { { KILN_STRING, KILN_STATIC, 0, 8, { .s = "stepType" } },
      { KILN_STRING, KILN_STATIC, 0, 13, { .s = "EmbedWorkflow" } } },
};
static const kiln_value object_childWorkflowId = {
    KILN_OBJECT, KILN_STATIC, 0, 4, { .members = object_childWorkflowId_members }
};
static const kiln_value value_null = { KILN_NULL, KILN_STATIC, 0, 0, { .i = 0 } };
static const kiln_value text_x = { KILN_STRING, KILN_STATIC, 0, 2, { .s = "__" } };
static const kiln_value text_child = { KILN_STRING, KILN_STATIC, 0, 5, { .s = "child" } };
static const kiln_value text_x_2 = { KILN_STRING, KILN_STATIC, 0, 2, { .s = "::" } };
static const kiln_value text_round = { KILN_STRING, KILN_STATIC, 0, 5, { .s = "round" } };
static const kiln_value text_sc_round = { KILN_STRING, KILN_STATIC, 0, 8, { .s = "sc_round" } };
static const kiln_value text_amount = { KILN_STRING, KILN_STATIC, 0, 6, { .s = "amount" } };
static const kiln_value text_cache_key_prefix = {
    KILN_STRING, KILN_STATIC, 0, 17, { .s = "_cache_key_prefix" }
};
static const kiln_value text_workflow = { KILN_STRING, KILN_STATIC, 0, 8, { .s = "workflow" } };
static const kiln_value text_id = { KILN_STRING, KILN_STATIC, 0, 2, { .s = "id" } };
static const kiln_value text_parent_scope_id = {
    KILN_STRING, KILN_STATIC, 0, 16, { .s = "_parent_scope_id" }
};
static const kiln_value text_scope_id = { KILN_STRING, KILN_STATIC, 0, 9, { .s = "_scope_id" } };
static const kiln_value array_3_steps_round_outputs_value_items[5] = {
    { KILN_INT, KILN_STATIC, 0, 0, { .i = 3 } },
    { KILN_STRING, KILN_STATIC, 0, 5, { .s = "steps" } },
    { KILN_STRING, KILN_STATIC, 0, 5, { .s = "round" } },
    { KILN_STRING, KILN_STATIC, 0, 7, { .s = "outputs" } },
    { KILN_STRING, KILN_STATIC, 0, 5, { .s = "value" } },
};
static const kiln_value array_3_steps_round_outputs_value = {
    KILN_ARRAY, KILN_STATIC, 0, 5, { .items = array_3_steps_round_outputs_value_items }
};
static const kiln_value text_rounded = { KILN_STRING, KILN_STATIC, 0, 7, { .s = "rounded" } };
static const kiln_value array_2_steps_error_childError_items[4] = {
    { KILN_INT, KILN_STATIC, 0, 0, { .i = 2 } },
    { KILN_STRING, KILN_STATIC, 0, 5, { .s = "steps" } },
    { KILN_STRING, KILN_STATIC, 0, 7, { .s = "__error" } },
    { KILN_STRING, KILN_STATIC, 0, 10, { .s = "childError" } },
};
static const kiln_value array_2_steps_error_childError = {
    KILN_ARRAY, KILN_STATIC, 0, 4, { .items = array_2_steps_error_childError_items }
};
static const kiln_value text_why = { KILN_STRING, KILN_STATIC, 0, 3, { .s = "why" } };
static const kiln_value int_2 = { KILN_INT, KILN_STATIC, 0, 0, { .i = 2 } };
static const kiln_value value_true = { KILN_BOOL, KILN_STATIC, 0, 0, { .i = 1 } };
static const kiln_value text_a_1 = { KILN_STRING, KILN_STATIC, 0, 5, { .s = "a * 1" } };
static const kiln_value text_a = { KILN_STRING, KILN_STATIC, 0, 1, { .s = "a" } };
static const kiln_value text_decimal_places = {
    KILN_STRING, KILN_STATIC, 0, 14, { .s = "decimal_places" }
};
static const kiln_value text_enable_rounding = {
    KILN_STRING, KILN_STATIC, 0, 15, { .s = "enable_rounding" }
};
static const kiln_value text_expression = {
    KILN_STRING, KILN_STATIC, 0, 10, { .s = "expression" }
};
static const kiln_value text_variables = { KILN_STRING, KILN_STATIC, 0, 9, { .s = "variables" } };
static const kiln_value text_value = { KILN_STRING, KILN_STATIC, 0, 5, { .s = "value" } };
static const char blame_Agent_utils_calculate[25] = "Agent utils::calculate: ";

static const kiln_flow flow_round_2;

/* ---- flow root ---- */

enum {
    SLOT_INPUT,
    SLOT_STEPS_ROUND,
    SLOT_DATA,
    SLOT_ROUND_CALL,
    SLOT_VARIABLES,
    SLOT_ERROR,
};

enum {
    STEP_BEGIN,
    STEP_ROUND,
    STEP_ROUND_FAILED,
    STEP_ROUND_ONERROR,
    STEP_FINISH,
    STEP_FAILED,
    STEP_END,
    STEP_END_NULL,
    STEP_RAISE,
};

/* step begin */
static kiln_next leaf_begin(kiln_frame *f)
{
    kiln_value v1, v4, v6;

    kiln_scenario_data(f->heap, &v1, &f->slots[SLOT_INPUT]);
    if (kiln_scenario_accept(f->heap, &v4, &v1, &object_properties, &object_head) < 0)
        return KILN_ERROR;
    if (v4.tag != KILN_ABSENT)
        f->slots[SLOT_DATA] = v4;
    if (kiln_scenario_variables(f->heap, &v6, &f->slots[SLOT_INPUT], &object_empty) < 0)
        return KILN_ERROR;
    if (v6.tag != KILN_ABSENT)
        f->slots[SLOT_VARIABLES] = v6;
    return KILN_GO;
}

/* step round, /steps/round */
static kiln_next leaf_round(kiln_frame *f)
{
    kiln_value v2, v3, v5, v9, v11, v12, v14, v15, v17, v18, v20, v22, v24, list[3];

    if (kiln_scenario_path(f->heap, &v2, &f->slots[SLOT_DATA], &array_1_data_amount) < 0)
        return KILN_ERROR;
    if (kiln_object_one(f->heap, &v3, &text_amount, &v2) < 0)
        return KILN_ERROR;
    if (kiln_scenario_child_inputs(f->heap, &v5, &v3, &object_child) < 0)
        return KILN_ERROR;
    f->slots[SLOT_ROUND_CALL] = object_childWorkflowId;
    v9 = kiln_get(&f->slots[SLOT_VARIABLES], &text_cache_key_prefix);
    if (kiln_truthy(&v9)) {
        list[0] = v9;
        list[1] = text_x;
        if (kiln_base_concat(f->heap, &v11, list, 2) < 0)
            return KILN_ERROR;
        v12 = v11;
    } else {
        v14 = kiln_about(f, &text_workflow);
        kiln_base_default(f->heap, &v15, &v14, &text_child);
        v17 = kiln_about(f, &text_id);
        list[0] = v15;
        list[1] = text_x_2;
        list[2] = v17;
        if (kiln_base_concat(f->heap, &v18, list, 3) < 0)
            return KILN_ERROR;
        list[0] = v18;
        list[1] = text_x_2;
        if (kiln_base_concat(f->heap, &v20, list, 2) < 0)
            return KILN_ERROR;
        v12 = v20;
    }
    list[0] = v12;
    list[1] = text_round;
    if (kiln_base_concat(f->heap, &v22, list, 2) < 0)
        return KILN_ERROR;
    if (kiln_object_of(f->heap, &v24, 3, &text_cache_key_prefix, &v22, &text_parent_scope_id,
                       &value_null, &text_scope_id, &text_sc_round)
        < 0)
        return KILN_ERROR;
    f->args[0] = v5;
    f->args[1] = v24;
    return KILN_CHILD;
}

static const kiln_edge edges_round[2] = {
    { STEP_ROUND_FAILED, 0, KILN_EDGE_ERROR, 0 },
    { STEP_FINISH, 0, KILN_EDGE_NEXT, 0 },
};

/* step round.failed, /steps/round */
static kiln_next leaf_round_failed(kiln_frame *f)
{
    kiln_scenario_child_failed(f->heap, &f->out, &f->slots[SLOT_ROUND_CALL], &f->error);
    return KILN_FAIL;
}

static const kiln_edge edges_round_failed[1] = {
    { STEP_ROUND_ONERROR, 0, KILN_EDGE_ERROR, 0 },
};

/* step round.onError, /steps/round */
static kiln_next leaf_round_onError(kiln_frame *f)
{
    kiln_value v2;

    kiln_scenario_caught(f->heap, &v2, &f->error, &text_round);
    if (v2.tag != KILN_ABSENT)
        f->slots[SLOT_ERROR] = v2;
    return KILN_GO;
}

/* step finish, /steps/finish */
static kiln_next leaf_finish(kiln_frame *f)
{
    kiln_value v2;

    if (kiln_scenario_path(f->heap, &v2, &f->slots[SLOT_STEPS_ROUND],
                           &array_3_steps_round_outputs_value)
        < 0)
        return KILN_ERROR;
    return kiln_give_one(f, KILN_FINISH, &text_rounded, &v2);
}

/* step failed, /steps/failed */
static kiln_next leaf_failed(kiln_frame *f)
{
    kiln_value v2;

    if (kiln_scenario_path(f->heap, &v2, &f->slots[SLOT_ERROR], &array_2_steps_error_childError)
        < 0)
        return KILN_ERROR;
    return kiln_give_one(f, KILN_FINISH, &text_why, &v2);
}

/* step end */
static kiln_next leaf_end(kiln_frame *f)
{
    kiln_value v1;

    kiln_base_present(f->heap, &v1, &f->error);
    f->pick = kiln_truthy(&v1) ? 1 : 0;
    return KILN_PICK;
}

static const kiln_edge edges_end[2] = {
    { STEP_RAISE, 1, KILN_EDGE_CASE, 0 },
    { STEP_END_NULL, 0, KILN_EDGE_CASE, 0 },
};

/* step end.null */
static kiln_next leaf_end_null(kiln_frame *f)
{
    f->out = value_null;
    return KILN_FINISH;
}

/* step raise */
static kiln_next leaf_raise(kiln_frame *f)
{
    f->out = f->error;
    return KILN_FAIL;
}

static const kiln_step_kind kind_start = {
    .flags = KILN_STEP_HIDDEN,
    .wake = KILN_WAKE_START,
};

static const kiln_step_kind kind_round_2 = {
    .flow = &flow_round_2,
    .hard = 1,
    .wake = KILN_WAKE_COUNT,
};

static const kiln_step_kind kind_follow = {
    .hard = 1,
    .flags = KILN_STEP_HIDDEN,
    .wake = KILN_WAKE_COUNT,
};

static const kiln_step_kind kind_follow_2 = {
    .hard = 1,
    .wake = KILN_WAKE_COUNT,
};

static const kiln_step_kind kind_quiet = {
    .flags = KILN_STEP_HIDDEN,
    .wake = KILN_WAKE_QUIET,
};

static const kiln_step_kind kind_any = {
    .flags = KILN_STEP_HIDDEN,
    .wake = KILN_WAKE_ANY,
};

static const kiln_step steps_root[9] = {
    { "begin", "", 1, 1, leaf_begin, &kind_start, .then = STEP_ROUND, .result = -1 },
    { "round", "/steps/round", 6, 14, leaf_round, &kind_round_2, .edges = edges_round, .n_edges = 2,
      .result = SLOT_STEPS_ROUND },
    { "round.failed", "/steps/round", 6, 14, leaf_round_failed, &kind_follow,
      .edges = edges_round_failed, .n_edges = 1, .result = -1 },
    { "round.onError", "/steps/round", 6, 14, leaf_round_onError, &kind_follow, .then = STEP_FAILED,
      .result = -1 },
    { "finish", "/steps/finish", 12, 15, leaf_finish, &kind_follow_2, .result = -1 },
    { "failed", "/steps/failed", 16, 15, leaf_failed, &kind_follow_2, .result = -1 },
    { "end", "", 1, 1, leaf_end, &kind_quiet, .edges = edges_end, .n_edges = 2, .result = -1 },
    { "end.null", "", 1, 1, leaf_end_null, &kind_any, .result = -1 },
    { "raise", "", 1, 1, leaf_raise, &kind_any, .result = -1 },
};

static const kiln_slot_kind kind_last = {
    .rule = KILN_RULE_LAST,
};

static const kiln_slot slots_root[6] = {
    {
        .name = "input",
        .kind = &kind_last,
    },
    {
        .name = "steps.round",
        .kind = &kind_last,
    },
    {
        .name = "data",
        .kind = &kind_last,
    },
    {
        .name = "round.call",
        .kind = &kind_last,
    },
    {
        .name = "variables",
        .kind = &kind_last,
    },
    {
        .name = "error",
        .kind = &kind_last,
    },
};

static const kiln_flow flow_root = {
    .name = "root",
    .steps = steps_root,
    .slots = slots_root,
    .n_steps = 9,
    .n_slots = 6,
    .n_params = 1,
    .quiet = STEP_END,
    .flags = KILN_FLOW_DEAD | KILN_FLOW_ORDERED,
};

/* ---- flow round_2 ---- */

enum {
    SLOT_ROUND_2_DATA,
    SLOT_ROUND_2_SCOPE,
    SLOT_ROUND_2_STEPS_CALCULATE,
};

enum {
    STEP_ROUND_2_CALCULATE,
    STEP_ROUND_2_FINISH,
    STEP_ROUND_2_END,
};

/* step calculate, /steps/calculate */
static kiln_next leaf_round_2_calculate(kiln_frame *f)
{
    kiln_value v5, v6;

    if (kiln_scenario_path(f->heap, &v5, &f->slots[SLOT_ROUND_2_DATA], &array_1_data_amount) < 0)
        return KILN_ERROR;
    if (kiln_object_one(f->heap, &v6, &text_a, &v5) < 0)
        return KILN_ERROR;
    return kiln_give(f, KILN_TASK, 4, &text_decimal_places, &int_2, &text_enable_rounding,
                     &value_true, &text_expression, &text_a_1, &text_variables, &v6);
}

/* step finish, /steps/finish */
static kiln_next leaf_round_2_finish(kiln_frame *f)
{
    return kiln_give_one(f, KILN_FINISH, &text_value, &f->slots[SLOT_ROUND_2_STEPS_CALCULATE]);
}

/* step end */
static kiln_next leaf_round_2_end(kiln_frame *f)
{
    f->out = value_null;
    return KILN_FINISH;
}

static const kiln_step_kind kind_utils_calculate = {
    .op = &kiln_op_utils_calculate,
    .blame = blame_Agent_utils_calculate,
    .wake = KILN_WAKE_START,
};

static const kiln_step steps_round_2[3] = {
    { "calculate", "/steps/calculate", 7, 18, leaf_round_2_calculate, &kind_utils_calculate,
      .then = STEP_ROUND_2_FINISH, .result = SLOT_ROUND_2_STEPS_CALCULATE },
    { "finish", "/steps/finish", 21, 15, leaf_round_2_finish, &kind_follow_2, .result = -1 },
    { "end", "", 1, 1, leaf_round_2_end, &kind_quiet, .result = -1 },
};

static const kiln_slot slots_round_2[3] = {
    {
        .name = "data",
        .kind = &kind_last,
    },
    {
        .name = "scope",
        .kind = &kind_last,
    },
    {
        .name = "steps.calculate",
        .kind = &kind_last,
    },
};

static const kiln_flow flow_round_2 = {
    .name = "round@2",
    .steps = steps_round_2,
    .slots = slots_round_2,
    .n_steps = 3,
    .n_slots = 3,
    .n_params = 2,
    .quiet = STEP_ROUND_2_END,
    .flags = KILN_FLOW_ORDERED,
    .number = 1,
};

/* ---- the program ---- */

static const kiln_flow *const flows[2] = {
    &flow_root,
    &flow_round_2,
};

static const kiln_op *const ops[1] = {
    &kiln_op_utils_calculate,
};

static const char shape[479] = "5:child 8:scenario 1 1 2\n"
                               "15:utils.calculate 0\n"
                               "4:root 9 1 6 9 0\n"
                               "5:input\n"
                               "11:steps.round\n"
                               "4:data\n"
                               "10:round.call\n"
                               "9:variables\n"
                               "5:error\n"
                               "5:begin 0 0 16 e g0 t2 t4\n"
                               "5:round 3 1 0 h f1 r1 e2,2,0 e4 g2 g4 t3\n"
                               "12:round.failed 10 1 16 h e3,2,0 g3\n"
                               "13:round.onError 0 1 16 h e5 t5\n"
                               "6:finish 9 1 0 h g1\n"
                               "6:failed 9 1 0 h g5\n"
                               "3:end 1 4 16 e8,1,1 e7,1,0\n"
                               "8:end.null 9 2 16\n"
                               "5:raise 10 2 16\n"
                               "7:round@2 8 2 3 3 0\n"
                               "4:data\n"
                               "5:scope\n"
                               "15:steps.calculate\n"
                               "9:calculate 2 0 0 o r2 e g0\n"
                               "6:finish 9 1 0 h g2\n"
                               "3:end 9 4 16\n";

const kiln_program kiln_program_child = {
    .magic = KILN_MAGIC,
    .abi = KILN_ABI,
    .hash = { 0x96d9d5831cda4101ULL, 0x0637219d9aa17371ULL },
    .name = "child",
    .dialect = "scenario",
    .flows = flows,
    .ops = ops,
    .n_flows = 2,
    .n_ops = 1,
    .flags = KILN_PROGRAM_SORTED,
    .n_shape = 478,
    .shape = shape,
};
