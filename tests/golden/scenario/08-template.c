
#if KILN_ABI != 3
#error "this text was generated for another runtime: compile the workflow again"
#endif

/* ---- what it calls ---- */

extern kiln_function1 kiln_scenario_data;
extern kiln_function3 kiln_scenario_accept;
extern kiln_function_n kiln_template_upper;
extern kiln_function_n kiln_template_text;
extern kiln_function_n kiln_template_each;
extern kiln_function_n kiln_template_get;
extern kiln_function_n kiln_template_turn;
extern kiln_function1 kiln_base_inc;
extern kiln_function_n kiln_template_joined;

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
      { KILN_STRING, KILN_STATIC, 0, 6, { .s = "string" } } },
};
static const kiln_member object_type_2_members[1] = {
    { { KILN_STRING, KILN_STATIC, 0, 4, { .s = "type" } },
      { KILN_STRING, KILN_STATIC, 0, 5, { .s = "array" } } },
};
static const kiln_member object_name_members[2] = {
    { { KILN_STRING, KILN_STATIC, 0, 4, { .s = "name" } },
      { KILN_OBJECT, KILN_STATIC, 0, 1, { .members = object_type_members } } },
    { { KILN_STRING, KILN_STATIC, 0, 4, { .s = "rows" } },
      { KILN_OBJECT, KILN_STATIC, 0, 1, { .members = object_type_2_members } } },
};
static const kiln_member object_properties_members[3] = {
    { { KILN_STRING, KILN_STATIC, 0, 10, { .s = "properties" } },
      { KILN_OBJECT, KILN_STATIC, 0, 2, { .members = object_name_members } } },
    { { KILN_STRING, KILN_STATIC, 0, 8, { .s = "required" } },
      { KILN_ARRAY, KILN_STATIC, 0, 0, { .items = 0 } } },
    { { KILN_STRING, KILN_STATIC, 0, 4, { .s = "type" } },
      { KILN_STRING, KILN_STATIC, 0, 6, { .s = "object" } } },
};
static const kiln_value object_properties = {
    KILN_OBJECT, KILN_STATIC, 0, 3, { .members = object_properties_members }
};
static const kiln_value text_Hi = { KILN_STRING, KILN_STATIC, 0, 3, { .s = "Hi " } };
static const kiln_value text_inline_1 = { KILN_STRING, KILN_STATIC, 0, 10, { .s = "__inline:1" } };
static const kiln_value text_x = { KILN_STRING, KILN_STATIC, 0, 2, { .s = "!!" } };
static const kiln_value text_n = { KILN_STRING, KILN_STATIC, 0, 1, { .s = "n" } };
static const kiln_value int_0 = { KILN_INT, KILN_STATIC, 0, 0, { .i = 0 } };
static const kiln_value text_index = { KILN_STRING, KILN_STATIC, 0, 5, { .s = "index" } };
static const kiln_value text_x_2 = { KILN_STRING, KILN_STATIC, 0, 1, { .s = ":" } };
static const kiln_value text_x_3 = { KILN_STRING, KILN_STATIC, 0, 1, { .s = " " } };
static const kiln_value text_x_4 = { KILN_STRING, KILN_STATIC, 0, 1, { .s = "-" } };
static const kiln_value text_name = { KILN_STRING, KILN_STATIC, 0, 4, { .s = "name" } };
static const kiln_value text_rows = { KILN_STRING, KILN_STATIC, 0, 4, { .s = "rows" } };
static const kiln_value text_greeting = { KILN_STRING, KILN_STATIC, 0, 8, { .s = "greeting" } };
static const kiln_value text_list = { KILN_STRING, KILN_STATIC, 0, 4, { .s = "list" } };
static const kiln_value value_null = { KILN_NULL, KILN_STATIC, 0, 0, { .i = 0 } };

/* ---- flow root ---- */

enum {
    SLOT_INPUT,
    SLOT_DATA,
};

enum {
    STEP_BEGIN,
    STEP_F,
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

/* step f, /steps/f */
static kiln_next leaf_f(kiln_frame *f)
{
    kiln_value v3, v4, v7, v10, v11, v12, v13, v16, v18, v19, v20, v22, v25, v29, v32, v33, v35,
        v36, v39, v40, list[5];

    v3 = kiln_get(&f->slots[SLOT_DATA], &text_name);
    list[0] = text_inline_1;
    list[1] = v3;
    if (kiln_template_upper(f->heap, &v4, list, 2) < 0)
        return KILN_ERROR;
    list[0] = text_inline_1;
    list[1] = text_Hi;
    list[2] = v4;
    list[3] = text_x;
    if (kiln_template_text(f->heap, &v7, list, 4) < 0)
        return KILN_ERROR;
    v10 = kiln_get(&f->slots[SLOT_DATA], &text_rows);
    list[0] = text_inline_1;
    list[1] = v10;
    if (kiln_template_each(f->heap, &v11, list, 2) < 0)
        return KILN_ERROR;
    if (kiln_array(f->heap, &v12, 0, 0) < 0)
        return KILN_ERROR;
    for (unsigned i0 = 0; v11.tag == KILN_ARRAY && i0 < v11.n; i0++) {
        v13 = v11.u.items[i0];
        list[0] = text_inline_1;
        list[1] = v13;
        list[2] = text_n;
        if (kiln_template_get(f->heap, &v16, list, 3) < 0)
            return KILN_ERROR;
        if (kiln_truthy(&v16)) {
            if (kiln_push(f->heap, &v12, &v13) < 0)
                return KILN_ERROR;
        }
    }
    if (kiln_truthy(&v12)) {
        v18 = int_0;
        if (kiln_array(f->heap, &v19, 0, 0) < 0)
            return KILN_ERROR;
        for (unsigned i1 = 0; v12.tag == KILN_ARRAY && i1 < v12.n; i1++) {
            v20 = v12.u.items[i1];
            v22 = v18;
            list[0] = text_inline_1;
            list[1] = v12;
            list[2] = v22;
            list[3] = int_0;
            list[4] = text_index;
            if (kiln_template_turn(f->heap, &v25, list, 5) < 0)
                return KILN_ERROR;
            list[0] = text_inline_1;
            list[1] = v20;
            list[2] = text_n;
            if (kiln_template_get(f->heap, &v29, list, 3) < 0)
                return KILN_ERROR;
            list[0] = text_inline_1;
            list[1] = v25;
            list[2] = text_x_2;
            list[3] = v29;
            list[4] = text_x_3;
            if (kiln_template_text(f->heap, &v32, list, 5) < 0)
                return KILN_ERROR;
            if (kiln_push(f->heap, &v19, &v32) < 0)
                return KILN_ERROR;
            kiln_base_inc(f->heap, &v33, &v18);
            v18 = v33;
        }
        list[0] = text_inline_1;
        list[1] = v19;
        if (kiln_template_joined(f->heap, &v35, list, 2) < 0)
            return KILN_ERROR;
        v36 = v35;
    } else {
        v36 = text_x_4;
    }
    list[0] = text_inline_1;
    list[1] = v36;
    if (kiln_template_text(f->heap, &v39, list, 2) < 0)
        return KILN_ERROR;
    if (kiln_object_of(f->heap, &v40, 2, &text_greeting, &v7, &text_list, &v39) < 0)
        return KILN_ERROR;
    f->out = v40;
    return KILN_FINISH;
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

static const kiln_step_kind kind_follow = {
    .hard = 1,
    .wake = KILN_WAKE_COUNT,
};

static const kiln_step_kind kind_quiet = {
    .flags = KILN_STEP_HIDDEN,
    .wake = KILN_WAKE_QUIET,
};

static const kiln_step steps_root[3] = {
    { "begin", "", 1, 1, leaf_begin, &kind_start, .then = STEP_F, .result = -1 },
    { "f", "/steps/f", 5, 10, leaf_f, &kind_follow, .result = -1 },
    { "end", "", 1, 1, leaf_end, &kind_quiet, .result = -1 },
};

static const kiln_slot_kind kind_last = {
    .rule = KILN_RULE_LAST,
};

static const kiln_slot slots_root[2] = {
    {
        .name = "input",
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
    .n_steps = 3,
    .n_slots = 2,
    .n_params = 1,
    .quiet = STEP_END,
    .flags = KILN_FLOW_ORDERED,
};

/* ---- the program ---- */

static const kiln_flow *const flows[1] = {
    &flow_root,
};

static const char shape[116] = "11:08-template 8:scenario 1 0 1\n"
                               "4:root 8 1 2 3 0\n"
                               "5:input\n"
                               "4:data\n"
                               "5:begin 0 0 16 e g0 t1\n"
                               "1:f 9 1 0 h g1\n"
                               "3:end 9 4 16\n";

const kiln_program kiln_program_x_08_template = {
    .magic = KILN_MAGIC,
    .abi = KILN_ABI,
    .hash = { 0x60b2b503a78b8fb0ULL, 0xa4e40da8d65f28f8ULL },
    .name = "08-template",
    .dialect = "scenario",
    .flows = flows,
    .n_flows = 1,
    .flags = KILN_PROGRAM_SORTED,
    .n_shape = 115,
    .shape = shape,
};
