
#if KILN_ABI != 3
#error "this text was generated for another runtime: compile the workflow again"
#endif

/* ---- what it calls ---- */

extern kiln_function1 kiln_scenario_data;
extern kiln_function2 kiln_scenario_defaults;
extern kiln_function3 kiln_scenario_accept;
extern kiln_function3 kiln_scenario_envelope;
extern kiln_function2 kiln_scenario_path;
extern kiln_function_n kiln_base_concat;
extern kiln_function2 kiln_base_default;
extern kiln_function1 kiln_base_null;
extern const kiln_op kiln_op_utils_return_input;

/* ---- constants ---- */

static const kiln_member object_m_members[1] = {
    { { KILN_STRING, KILN_STATIC, 0, 1, { .s = "m" } },
      { KILN_INT, KILN_STATIC, 0, 0, { .i = 2 } } },
};
static const kiln_value object_m = {
    KILN_OBJECT, KILN_STATIC, 0, 1, { .members = object_m_members }
};
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
      { KILN_STRING, KILN_STATIC, 0, 7, { .s = "integer" } } },
};
static const kiln_member object_m_2_members[2] = {
    { { KILN_STRING, KILN_STATIC, 0, 1, { .s = "m" } },
      { KILN_OBJECT, KILN_STATIC, 0, 0, { .members = 0 } } },
    { { KILN_STRING, KILN_STATIC, 0, 1, { .s = "n" } },
      { KILN_OBJECT, KILN_STATIC, 0, 1, { .members = object_type_members } } },
};
static const kiln_value array_n_items[1] = {
    { KILN_STRING, KILN_STATIC, 0, 1, { .s = "n" } },
};
static const kiln_member object_properties_members[3] = {
    { { KILN_STRING, KILN_STATIC, 0, 10, { .s = "properties" } },
      { KILN_OBJECT, KILN_STATIC, 0, 2, { .members = object_m_2_members } } },
    { { KILN_STRING, KILN_STATIC, 0, 8, { .s = "required" } },
      { KILN_ARRAY, KILN_STATIC, 0, 1, { .items = array_n_items } } },
    { { KILN_STRING, KILN_STATIC, 0, 4, { .s = "type" } },
      { KILN_STRING, KILN_STATIC, 0, 6, { .s = "object" } } },
};
static const kiln_value object_properties = {
    KILN_OBJECT, KILN_STATIC, 0, 3, { .members = object_properties_members }
};
static const kiln_value text_debug = { KILN_STRING, KILN_STATIC, 0, 5, { .s = "debug" } };
static const kiln_value text_ask = { KILN_STRING, KILN_STATIC, 0, 3, { .s = "ask" } };
static const kiln_value value_null = { KILN_NULL, KILN_STATIC, 0, 0, { .i = 0 } };
static const kiln_value text_Agent = { KILN_STRING, KILN_STATIC, 0, 5, { .s = "Agent" } };
static const kiln_value array_empty = { KILN_ARRAY, KILN_STATIC, 0, 0, { .items = 0 } };
static const kiln_member object_stepId_members[3] = {
    { { KILN_STRING, KILN_STATIC, 0, 6, { .s = "stepId" } },
      { KILN_STRING, KILN_STATIC, 0, 3, { .s = "ask" } } },
    { { KILN_STRING, KILN_STATIC, 0, 8, { .s = "stepName" } },
      { KILN_STRING, KILN_STATIC, 0, 7, { .s = "Unnamed" } } },
    { { KILN_STRING, KILN_STATIC, 0, 8, { .s = "stepType" } },
      { KILN_STRING, KILN_STATIC, 0, 5, { .s = "Agent" } } },
};
static const kiln_value object_stepId = {
    KILN_OBJECT, KILN_STATIC, 0, 3, { .members = object_stepId_members }
};
static const kiln_member object_stepId_2_members[3] = {
    { { KILN_STRING, KILN_STATIC, 0, 6, { .s = "stepId" } },
      { KILN_STRING, KILN_STATIC, 0, 6, { .s = "finish" } } },
    { { KILN_STRING, KILN_STATIC, 0, 8, { .s = "stepName" } },
      { KILN_STRING, KILN_STATIC, 0, 6, { .s = "Finish" } } },
    { { KILN_STRING, KILN_STATIC, 0, 8, { .s = "stepType" } },
      { KILN_STRING, KILN_STATIC, 0, 6, { .s = "Finish" } } },
};
static const kiln_value object_stepId_2 = {
    KILN_OBJECT, KILN_STATIC, 0, 3, { .members = object_stepId_2_members }
};
static const kiln_value text_breakpoint_hit = {
    KILN_STRING, KILN_STATIC, 0, 14, { .s = "breakpoint_hit" }
};
static const kiln_member object_id_members[3] = {
    { { KILN_STRING, KILN_STATIC, 0, 2, { .s = "id" } },
      { KILN_STRING, KILN_STATIC, 0, 15, { .s = "breakpoint::ask" } } },
    { { KILN_STRING, KILN_STATIC, 0, 4, { .s = "step" } },
      { KILN_STRING, KILN_STATIC, 0, 3, { .s = "ask" } } },
    { { KILN_STRING, KILN_STATIC, 0, 7, { .s = "timeout" } },
      { KILN_NULL, KILN_STATIC, 0, 0, { .i = 0 } } },
};
static const kiln_value object_id = {
    KILN_OBJECT, KILN_STATIC, 0, 3, { .members = object_id_members }
};
static const kiln_value text_finish = { KILN_STRING, KILN_STATIC, 0, 6, { .s = "finish" } };
static const kiln_value text_step_id = { KILN_STRING, KILN_STATIC, 0, 7, { .s = "step_id" } };
static const kiln_value text_step_name = { KILN_STRING, KILN_STATIC, 0, 9, { .s = "step_name" } };
static const kiln_value text_step_type = { KILN_STRING, KILN_STATIC, 0, 9, { .s = "step_type" } };
static const kiln_value text_scope_id = { KILN_STRING, KILN_STATIC, 0, 8, { .s = "scope_id" } };
static const kiln_value text_parent_scope_id = {
    KILN_STRING, KILN_STATIC, 0, 15, { .s = "parent_scope_id" }
};
static const kiln_value text_loop_indices = {
    KILN_STRING, KILN_STATIC, 0, 12, { .s = "loop_indices" }
};
static const kiln_value text_inputs = { KILN_STRING, KILN_STATIC, 0, 6, { .s = "inputs" } };
static const kiln_value text_steps_context = {
    KILN_STRING, KILN_STATIC, 0, 13, { .s = "steps_context" }
};
static const kiln_value text_subtype = { KILN_STRING, KILN_STATIC, 0, 7, { .s = "subtype" } };
static const kiln_value text_payload = { KILN_STRING, KILN_STATIC, 0, 7, { .s = "payload" } };
static const kiln_value array_1_data_n_items[3] = {
    { KILN_INT, KILN_STATIC, 0, 0, { .i = 1 } },
    { KILN_STRING, KILN_STATIC, 0, 4, { .s = "data" } },
    { KILN_STRING, KILN_STATIC, 0, 1, { .s = "n" } },
};
static const kiln_value array_1_data_n = {
    KILN_ARRAY, KILN_STATIC, 0, 3, { .items = array_1_data_n_items }
};
static const kiln_member object_value_2_members[2] = {
    { { KILN_STRING, KILN_STATIC, 0, 5, { .s = "value" } },
      { KILN_STRING, KILN_STATIC, 0, 6, { .s = "data.n" } } },
    { { KILN_STRING, KILN_STATIC, 0, 9, { .s = "valueType" } },
      { KILN_STRING, KILN_STATIC, 0, 9, { .s = "reference" } } },
};
static const kiln_member object_value_members[1] = {
    { { KILN_STRING, KILN_STATIC, 0, 5, { .s = "value" } },
      { KILN_OBJECT, KILN_STATIC, 0, 2, { .members = object_value_2_members } } },
};
static const kiln_value object_value = {
    KILN_OBJECT, KILN_STATIC, 0, 1, { .members = object_value_members }
};
static const kiln_value text_step_debug_start = {
    KILN_STRING, KILN_STATIC, 0, 16, { .s = "step_debug_start" }
};
static const kiln_value text_value = { KILN_STRING, KILN_STATIC, 0, 5, { .s = "value" } };
static const kiln_value text_input_mapping = {
    KILN_STRING, KILN_STATIC, 0, 13, { .s = "input_mapping" }
};
static const kiln_value text_step_debug_end = {
    KILN_STRING, KILN_STATIC, 0, 14, { .s = "step_debug_end" }
};
static const kiln_value text_outputs = { KILN_STRING, KILN_STATIC, 0, 7, { .s = "outputs" } };
static const kiln_value value_true = { KILN_BOOL, KILN_STATIC, 0, 0, { .i = 1 } };
static const kiln_value text_error = { KILN_STRING, KILN_STATIC, 0, 6, { .s = "_error" } };
static const kiln_value text_error_2 = { KILN_STRING, KILN_STATIC, 0, 5, { .s = "error" } };
static const kiln_member object_value_3_members[2] = {
    { { KILN_STRING, KILN_STATIC, 0, 5, { .s = "value" } },
      { KILN_STRING, KILN_STATIC, 0, 17, { .s = "steps.ask.outputs" } } },
    { { KILN_STRING, KILN_STATIC, 0, 9, { .s = "valueType" } },
      { KILN_STRING, KILN_STATIC, 0, 9, { .s = "reference" } } },
};
static const kiln_member object_value_4_members[2] = {
    { { KILN_STRING, KILN_STATIC, 0, 5, { .s = "value" } },
      { KILN_STRING, KILN_STATIC, 0, 22, { .s = "variables._workflow_id" } } },
    { { KILN_STRING, KILN_STATIC, 0, 9, { .s = "valueType" } },
      { KILN_STRING, KILN_STATIC, 0, 9, { .s = "reference" } } },
};
static const kiln_member object_sum_members[2] = {
    { { KILN_STRING, KILN_STATIC, 0, 3, { .s = "sum" } },
      { KILN_OBJECT, KILN_STATIC, 0, 2, { .members = object_value_3_members } } },
    { { KILN_STRING, KILN_STATIC, 0, 3, { .s = "who" } },
      { KILN_OBJECT, KILN_STATIC, 0, 2, { .members = object_value_4_members } } },
};
static const kiln_member object_finishing_members[1] = {
    { { KILN_STRING, KILN_STATIC, 0, 9, { .s = "finishing" } },
      { KILN_BOOL, KILN_STATIC, 0, 0, { .i = 1 } } },
};
static const kiln_member object_input_mapping_members[8] = {
    { { KILN_STRING, KILN_STATIC, 0, 13, { .s = "input_mapping" } },
      { KILN_OBJECT, KILN_STATIC, 0, 2, { .members = object_sum_members } } },
    { { KILN_STRING, KILN_STATIC, 0, 6, { .s = "inputs" } },
      { KILN_OBJECT, KILN_STATIC, 0, 1, { .members = object_finishing_members } } },
    { { KILN_STRING, KILN_STATIC, 0, 12, { .s = "loop_indices" } },
      { KILN_ARRAY, KILN_STATIC, 0, 0, { .items = 0 } } },
    { { KILN_STRING, KILN_STATIC, 0, 15, { .s = "parent_scope_id" } },
      { KILN_NULL, KILN_STATIC, 0, 0, { .i = 0 } } },
    { { KILN_STRING, KILN_STATIC, 0, 8, { .s = "scope_id" } },
      { KILN_NULL, KILN_STATIC, 0, 0, { .i = 0 } } },
    { { KILN_STRING, KILN_STATIC, 0, 7, { .s = "step_id" } },
      { KILN_STRING, KILN_STATIC, 0, 6, { .s = "finish" } } },
    { { KILN_STRING, KILN_STATIC, 0, 9, { .s = "step_name" } },
      { KILN_NULL, KILN_STATIC, 0, 0, { .i = 0 } } },
    { { KILN_STRING, KILN_STATIC, 0, 9, { .s = "step_type" } },
      { KILN_STRING, KILN_STATIC, 0, 6, { .s = "Finish" } } },
};
static const kiln_member object_payload_members[2] = {
    { { KILN_STRING, KILN_STATIC, 0, 7, { .s = "payload" } },
      { KILN_OBJECT, KILN_STATIC, 0, 8, { .members = object_input_mapping_members } } },
    { { KILN_STRING, KILN_STATIC, 0, 7, { .s = "subtype" } },
      { KILN_STRING, KILN_STATIC, 0, 16, { .s = "step_debug_start" } } },
};
static const kiln_value object_payload = {
    KILN_OBJECT, KILN_STATIC, 0, 2, { .members = object_payload_members }
};
static const kiln_value text_track = { KILN_STRING, KILN_STATIC, 0, 5, { .s = "track" } };
static const kiln_value text_x = { KILN_STRING, KILN_STATIC, 0, 2, { .s = "::" } };
static const kiln_member object_head_2_members[2] = {
    { { KILN_STRING, KILN_STATIC, 0, 4, { .s = "head" } },
      { KILN_STRING, KILN_STATIC, 0, 26, { .s = "Output validation failed: " } } },
    { { KILN_STRING, KILN_STATIC, 0, 4, { .s = "root" } },
      { KILN_STRING, KILN_STATIC, 0, 6, { .s = "output" } } },
};
static const kiln_value object_head_2 = {
    KILN_OBJECT, KILN_STATIC, 0, 2, { .members = object_head_2_members }
};
static const kiln_member object_type_2_members[1] = {
    { { KILN_STRING, KILN_STATIC, 0, 4, { .s = "type" } },
      { KILN_STRING, KILN_STATIC, 0, 6, { .s = "number" } } },
};
static const kiln_member object_sum_2_members[1] = {
    { { KILN_STRING, KILN_STATIC, 0, 3, { .s = "sum" } },
      { KILN_OBJECT, KILN_STATIC, 0, 1, { .members = object_type_2_members } } },
};
static const kiln_value array_sum_items[1] = {
    { KILN_STRING, KILN_STATIC, 0, 3, { .s = "sum" } },
};
static const kiln_member object_properties_2_members[3] = {
    { { KILN_STRING, KILN_STATIC, 0, 10, { .s = "properties" } },
      { KILN_OBJECT, KILN_STATIC, 0, 1, { .members = object_sum_2_members } } },
    { { KILN_STRING, KILN_STATIC, 0, 8, { .s = "required" } },
      { KILN_ARRAY, KILN_STATIC, 0, 1, { .items = array_sum_items } } },
    { { KILN_STRING, KILN_STATIC, 0, 4, { .s = "type" } },
      { KILN_STRING, KILN_STATIC, 0, 6, { .s = "object" } } },
};
static const kiln_value object_properties_2 = {
    KILN_OBJECT, KILN_STATIC, 0, 3, { .members = object_properties_2_members }
};
static const kiln_value text_Finish = { KILN_STRING, KILN_STATIC, 0, 6, { .s = "Finish" } };
static const kiln_value text_workflow = { KILN_STRING, KILN_STATIC, 0, 8, { .s = "workflow" } };
static const kiln_value text_id = { KILN_STRING, KILN_STATIC, 0, 2, { .s = "id" } };
static const kiln_value text_sum = { KILN_STRING, KILN_STATIC, 0, 3, { .s = "sum" } };
static const kiln_value text_who = { KILN_STRING, KILN_STATIC, 0, 3, { .s = "who" } };
static const kiln_value text_check_output = {
    KILN_STRING, KILN_STATIC, 0, 12, { .s = "check-output" }
};
static const kiln_value text_stepId = { KILN_STRING, KILN_STATIC, 0, 6, { .s = "stepId" } };
static const kiln_value text_stepName = { KILN_STRING, KILN_STATIC, 0, 8, { .s = "stepName" } };
static const kiln_value text_stepType = { KILN_STRING, KILN_STATIC, 0, 8, { .s = "stepType" } };
static const kiln_policy policy_ask_pause = { { 0, 0, 0 }, 0, &value_null };
static const char blame_Agent_utils_return_input[28] = "Agent utils::return-input: ";

/* ---- flow root ---- */

enum {
    SLOT_INPUT,
    SLOT_STEPS_ASK,
    SLOT_STEPS_FINISH,
    SLOT_DATA,
};

enum {
    STEP_BEGIN,
    STEP_ASK_BREAKPOINT,
    STEP_ASK_PAUSE,
    STEP_ASK,
    STEP_ASK_DONE,
    STEP_ASK_FAILURE,
    STEP_FINISH,
    STEP_FINISH_FAILURE,
    STEP_END,
};

/* step begin, /executionGraph */
static kiln_next leaf_begin(kiln_frame *f)
{
    kiln_value v1, v3, v6;

    kiln_scenario_data(f->heap, &v1, &f->slots[SLOT_INPUT]);
    if (kiln_scenario_defaults(f->heap, &v3, &v1, &object_m) < 0)
        return KILN_ERROR;
    if (kiln_scenario_accept(f->heap, &v6, &v3, &object_properties, &object_head) < 0)
        return KILN_ERROR;
    if (v6.tag != KILN_ABSENT)
        f->slots[SLOT_DATA] = v6;
    return KILN_GO;
}

/* step ask.breakpoint, /executionGraph/steps/ask */
static kiln_next leaf_ask_breakpoint(kiln_frame *f)
{
    kiln_value v0;

    v0 = kiln_about(f, &text_debug);
    f->pick = kiln_truthy(&v0) ? 1 : 0;
    return KILN_PICK;
}

static const kiln_edge edges_ask_breakpoint[2] = {
    { STEP_ASK_PAUSE, 1, KILN_EDGE_CASE, 0 },
    { STEP_ASK, 0, KILN_EDGE_CASE, 0 },
};

/* step ask.pause, /executionGraph/steps/ask */
static kiln_next leaf_ask_pause(kiln_frame *f)
{
    kiln_value v10, v14, v15, v17, v18;

    kiln_scenario_envelope(f->heap, &v10, &object_stepId, &value_null, &f->slots[SLOT_STEPS_ASK]);
    kiln_scenario_envelope(f->heap, &v14, &object_stepId_2, &value_null,
                           &f->slots[SLOT_STEPS_FINISH]);
    if (kiln_object_of(f->heap, &v15, 2, &text_ask, &v10, &text_finish, &v14) < 0)
        return KILN_ERROR;
    if (kiln_object_of(f->heap, &v17, 8, &text_step_id, &text_ask, &text_step_name, &value_null,
                       &text_step_type, &text_Agent, &text_scope_id, &value_null,
                       &text_parent_scope_id, &value_null, &text_loop_indices, &array_empty,
                       &text_inputs, &value_null, &text_steps_context, &v15)
        < 0)
        return KILN_ERROR;
    if (kiln_object_of(f->heap, &v18, 2, &text_subtype, &text_breakpoint_hit, &text_payload, &v17)
        < 0)
        return KILN_ERROR;
    kiln_tell(f, &v18);
    f->out = object_id;
    return KILN_AWAIT;
}

static const kiln_edge edges_ask_pause[1] = {
    { STEP_ASK, 0, KILN_EDGE_NEXT, 0 },
};

/* step ask, /executionGraph/steps/ask */
static kiln_next leaf_ask(kiln_frame *f)
{
    kiln_value v2, v3, v12, v13;

    if (kiln_scenario_path(f->heap, &v2, &f->slots[SLOT_DATA], &array_1_data_n) < 0)
        return KILN_ERROR;
    if (kiln_object_one(f->heap, &v3, &text_value, &v2) < 0)
        return KILN_ERROR;
    if (kiln_object_of(f->heap, &v12, 8, &text_step_id, &text_ask, &text_step_name, &value_null,
                       &text_step_type, &text_Agent, &text_scope_id, &value_null,
                       &text_parent_scope_id, &value_null, &text_loop_indices, &array_empty,
                       &text_inputs, &v3, &text_input_mapping, &object_value)
        < 0)
        return KILN_ERROR;
    if (kiln_object_of(f->heap, &v13, 2, &text_subtype, &text_step_debug_start, &text_payload, &v12)
        < 0)
        return KILN_ERROR;
    kiln_tell(f, &v13);
    f->out = v3;
    return KILN_TASK;
}

static const kiln_edge edges_ask[2] = {
    { STEP_ASK_DONE, 0, KILN_EDGE_NEXT, 0 },
    { STEP_ASK_FAILURE, 0, KILN_EDGE_ERROR, 0 },
};

/* step ask.done, /executionGraph/steps/ask */
static kiln_next leaf_ask_done(kiln_frame *f)
{
    kiln_value v8, v9;

    if (kiln_object_of(f->heap, &v8, 7, &text_step_id, &text_ask, &text_step_name, &value_null,
                       &text_step_type, &text_Agent, &text_scope_id, &value_null,
                       &text_parent_scope_id, &value_null, &text_loop_indices, &array_empty,
                       &text_outputs, &f->slots[SLOT_STEPS_ASK])
        < 0)
        return KILN_ERROR;
    if (kiln_object_of(f->heap, &v9, 2, &text_subtype, &text_step_debug_end, &text_payload, &v8)
        < 0)
        return KILN_ERROR;
    kiln_tell(f, &v9);
    return KILN_GO;
}

/* step ask.failure, /executionGraph/steps/ask */
static kiln_next leaf_ask_failure(kiln_frame *f)
{
    kiln_value v2, v3, v11, v12, list[1];

    list[0] = f->error;
    if (kiln_base_concat(f->heap, &v2, list, 1) < 0)
        return KILN_ERROR;
    if (kiln_object_of(f->heap, &v3, 2, &text_error, &value_true, &text_error_2, &v2) < 0)
        return KILN_ERROR;
    if (kiln_object_of(f->heap, &v11, 7, &text_step_id, &text_ask, &text_step_name, &value_null,
                       &text_step_type, &text_Agent, &text_scope_id, &value_null,
                       &text_parent_scope_id, &value_null, &text_loop_indices, &array_empty,
                       &text_outputs, &v3)
        < 0)
        return KILN_ERROR;
    if (kiln_object_of(f->heap, &v12, 2, &text_subtype, &text_step_debug_end, &text_payload, &v11)
        < 0)
        return KILN_ERROR;
    kiln_tell(f, &v12);
    f->out = f->error;
    return KILN_FAIL;
}

/* step finish, /executionGraph/steps/finish */
static kiln_next leaf_finish(kiln_frame *f)
{
    kiln_value v3, v4, v6, v7, v8, v9, v10, v13, v17, v25, v26, list[3];

    kiln_tell(f, &object_payload);
    v3 = kiln_about(f, &text_workflow);
    kiln_base_default(f->heap, &v4, &v3, &text_track);
    v6 = kiln_about(f, &text_id);
    list[0] = v4;
    list[1] = text_x;
    list[2] = v6;
    if (kiln_base_concat(f->heap, &v7, list, 3) < 0)
        return KILN_ERROR;
    kiln_base_null(f->heap, &v8, &v7);
    if (kiln_object_of(f->heap, &v9, 2, &text_sum, &f->slots[SLOT_STEPS_ASK], &text_who, &v8) < 0)
        return KILN_ERROR;
    v10 = kiln_about(f, &text_check_output);
    if (kiln_truthy(&v10)) {
        if (kiln_scenario_accept(f->heap, &v13, &v9, &object_properties_2, &object_head_2) < 0)
            return KILN_ERROR;
    }
    if (kiln_object_of(f->heap, &v17, 4, &text_stepId, &text_finish, &text_stepName, &text_Finish,
                       &text_stepType, &text_Finish, &text_outputs, &v9)
        < 0)
        return KILN_ERROR;
    if (kiln_object_of(f->heap, &v25, 7, &text_step_id, &text_finish, &text_step_name, &value_null,
                       &text_step_type, &text_Finish, &text_scope_id, &value_null,
                       &text_parent_scope_id, &value_null, &text_loop_indices, &array_empty,
                       &text_outputs, &v17)
        < 0)
        return KILN_ERROR;
    if (kiln_object_of(f->heap, &v26, 2, &text_subtype, &text_step_debug_end, &text_payload, &v25)
        < 0)
        return KILN_ERROR;
    kiln_tell(f, &v26);
    f->out = v9;
    return KILN_FINISH;
}

static const kiln_edge edges_finish[1] = {
    { STEP_FINISH_FAILURE, 0, KILN_EDGE_ERROR, 0 },
};

/* step finish.failure, /executionGraph/steps/finish */
static kiln_next leaf_finish_failure(kiln_frame *f)
{
    kiln_value v2, v3, v11, v12, list[1];

    list[0] = f->error;
    if (kiln_base_concat(f->heap, &v2, list, 1) < 0)
        return KILN_ERROR;
    if (kiln_object_of(f->heap, &v3, 2, &text_error, &value_true, &text_error_2, &v2) < 0)
        return KILN_ERROR;
    if (kiln_object_of(f->heap, &v11, 7, &text_step_id, &text_finish, &text_step_name, &value_null,
                       &text_step_type, &text_Finish, &text_scope_id, &value_null,
                       &text_parent_scope_id, &value_null, &text_loop_indices, &array_empty,
                       &text_outputs, &v3)
        < 0)
        return KILN_ERROR;
    if (kiln_object_of(f->heap, &v12, 2, &text_subtype, &text_step_debug_end, &text_payload, &v11)
        < 0)
        return KILN_ERROR;
    kiln_tell(f, &v12);
    f->out = f->error;
    return KILN_FAIL;
}

/* step end, /executionGraph */
static kiln_next leaf_end(kiln_frame *f)
{
    kiln_value v1, v4;

    v1 = kiln_about(f, &text_check_output);
    if (kiln_truthy(&v1)) {
        if (kiln_scenario_accept(f->heap, &v4, &value_null, &object_properties_2, &object_head_2)
            < 0)
            return KILN_ERROR;
    }
    f->out = value_null;
    return KILN_FINISH;
}

static const kiln_step_kind kind_start = {
    .flags = KILN_STEP_HIDDEN,
    .wake = KILN_WAKE_START,
};

static const kiln_step_kind kind_follow = {
    .hard = 1,
    .flags = KILN_STEP_HIDDEN,
    .wake = KILN_WAKE_COUNT,
};

static const kiln_step_kind kind_follow_2 = {
    .policy = &policy_ask_pause,
    .hard = 1,
    .flags = KILN_STEP_JOURNAL | KILN_STEP_HIDDEN,
    .wake = KILN_WAKE_COUNT,
};

static const kiln_step_kind kind_utils_return_input = {
    .op = &kiln_op_utils_return_input,
    .blame = blame_Agent_utils_return_input,
    .hard = 2,
    .wake = KILN_WAKE_COUNT,
};

static const kiln_step_kind kind_any = {
    .flags = KILN_STEP_HIDDEN,
    .wake = KILN_WAKE_ANY,
};

static const kiln_step_kind kind_follow_3 = {
    .hard = 1,
    .wake = KILN_WAKE_COUNT,
};

static const kiln_step_kind kind_quiet = {
    .flags = KILN_STEP_HIDDEN,
    .wake = KILN_WAKE_QUIET,
};

static const kiln_step steps_root[9] = {
    { "begin", "/executionGraph", 3, 21, leaf_begin, &kind_start, .then = STEP_ASK_BREAKPOINT,
      .result = -1 },
    { "ask.breakpoint", "/executionGraph/steps/ask", 9, 14, leaf_ask_breakpoint, &kind_follow,
      .edges = edges_ask_breakpoint, .n_edges = 2, .result = -1 },
    { "ask.pause", "/executionGraph/steps/ask", 9, 14, leaf_ask_pause, &kind_follow_2,
      .edges = edges_ask_pause, .n_edges = 1, .result = -1 },
    { "ask", "/executionGraph/steps/ask", 9, 14, leaf_ask, &kind_utils_return_input,
      .edges = edges_ask, .n_edges = 2, .result = SLOT_STEPS_ASK },
    { "ask.done", "/executionGraph/steps/ask", 9, 14, leaf_ask_done, &kind_follow,
      .then = STEP_FINISH, .result = -1 },
    { "ask.failure", "/executionGraph/steps/ask", 9, 14, leaf_ask_failure, &kind_any,
      .result = -1 },
    { "finish", "/executionGraph/steps/finish", 16, 17, leaf_finish, &kind_follow_3,
      .edges = edges_finish, .n_edges = 1, .result = -1 },
    { "finish.failure", "/executionGraph/steps/finish", 16, 17, leaf_finish_failure, &kind_any,
      .result = -1 },
    { "end", "/executionGraph", 3, 21, leaf_end, &kind_quiet, .result = -1 },
};

static const kiln_slot_kind kind_last = {
    .rule = KILN_RULE_LAST,
};

static const kiln_slot slots_root[4] = {
    {
        .name = "input",
        .kind = &kind_last,
    },
    {
        .name = "steps.ask",
        .kind = &kind_last,
    },
    {
        .name = "steps.finish",
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
    .n_steps = 9,
    .n_slots = 4,
    .n_params = 1,
    .quiet = STEP_END,
    .flags = KILN_FLOW_DEAD | KILN_FLOW_ORDERED,
};

/* ---- the program ---- */

static const kiln_flow *const flows[1] = {
    &flow_root,
};

static const kiln_op *const ops[1] = {
    &kiln_op_utils_return_input,
};

static const char shape[352] = "5:track 8:scenario 1 1 1\n"
                               "18:utils.return-input 0\n"
                               "4:root 9 1 4 9 0\n"
                               "5:input\n"
                               "9:steps.ask\n"
                               "12:steps.finish\n"
                               "4:data\n"
                               "5:begin 0 0 16 e g0 t3\n"
                               "14:ask.breakpoint 1 1 16 h e2,1,1 e3,1,0\n"
                               "9:ask.pause 7 1 17 h p e g1 g2\n"
                               "3:ask 2 1 0 h2 o r1 e e5,2,0 g3\n"
                               "8:ask.done 0 1 16 h e6 g1\n"
                               "11:ask.failure 10 2 16\n"
                               "6:finish 9 1 0 h e7,2,0 g1\n"
                               "14:finish.failure 10 2 16\n"
                               "3:end 9 4 16\n";

const kiln_program kiln_program_track = {
    .magic = KILN_MAGIC,
    .abi = KILN_ABI,
    .hash = { 0x774a16badaecbcd3ULL, 0x170becfbbbcf0b29ULL },
    .name = "track",
    .dialect = "scenario",
    .flows = flows,
    .ops = ops,
    .n_flows = 1,
    .n_ops = 1,
    .flags = KILN_PROGRAM_SORTED,
    .n_shape = 351,
    .shape = shape,
};
