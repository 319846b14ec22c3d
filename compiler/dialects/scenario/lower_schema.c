/* lower_schema.c: the schemas a workflow holds its input and output against (scenario 1.5, 2.5).
 *
 * Whatever way a schema is written, the program carries one form of it, a constant: {type,
 * properties, required, items, enum}. So the check itself knows one language only.
 */
#include "dialects/scenario/lower.h"

#include <string.h>

static void put(struct plan *plan, kiln_value *object, const char *key, kiln_value v)
{
    kiln_value name = value_static(key);

    if (value_with(&plan->heap, object, object, &name, &v) < 0)
        plan_memory_out();
}

static kiln_value key_of(struct plan *plan, const struct node *n)
{
    kiln_value key;

    if (value_string(&plan->heap, &key, n->key, n->key_n) < 0)
        plan_memory_out();
    return key;
}

static kiln_value literal(struct plan *plan, const struct node *n)
{
    kiln_value v;

    if (node_value(&plan->heap, &v, n) < 0)
        plan_memory_out();
    return v;
}

static kiln_value empty(struct plan *plan, int is_array)
{
    kiln_value v;

    if ((is_array ? kiln_array : kiln_object)(&plan->heap, &v, NULL, 0) < 0)
        plan_memory_out();
    return v;
}

/* A schema in the words of JSON Schema is taken as it is. */
static int is_json_schema(const struct node *schema)
{
    const struct node *properties = node_get(schema, "properties"), *type;

    type = node_get(schema, "type");
    return properties && properties->kind == NODE_OBJECT && !(type && type->kind == NODE_OBJECT);
}

/* ---- fields -------------------------------------------------------------------------------- */

/* Of a field only its type and that of its items count (scenario 2.5). */
static kiln_value field_schema(struct plan *plan, const struct node *field)
{
    const struct node *type = node_get(field, "type"), *items = node_get(field, "items");
    kiln_value schema = empty(plan, 0);

    if (node_text(type))
        put(plan, &schema, "type",
            strcmp(node_text(type), "file") ? literal(plan, type) : value_static("object"));
    if (items && items->kind == NODE_OBJECT)
        put(plan, &schema, "items", field_schema(plan, items));
    return schema;
}

static int is_required(const struct node *field)
{
    const struct node *required = node_get(field, "required");

    return required && required->kind == NODE_BOOL && required->u.truth;
}

static kiln_value fields_schema(struct plan *plan, const struct node *fields)
{
    kiln_value schema = empty(plan, 0), required = empty(plan, 1), properties = empty(plan, 0);

    node_each(n, fields)
    {
        kiln_value key = key_of(plan, n), field = field_schema(plan, n);

        if (value_with(&plan->heap, &properties, &properties, &key, &field) < 0
            || (is_required(n) && kiln_push(&plan->heap, &required, &key) < 0))
            plan_memory_out();
    }
    put(plan, &schema, "type", value_static("object"));
    put(plan, &schema, "properties", properties);
    put(plan, &schema, "required", required);
    return schema;
}

/* The value, unless it breaks the schema; `words` say how (scenario.accept). */
static int accept(struct plan_step *s, int reg, const struct node *schema, const char *const *words)
{
    struct plan *plan = s->flow->plan;
    kiln_value all = is_json_schema(schema) ? literal(plan, schema) : fields_schema(plan, schema);

    return plan_reg_call3(s, "scenario.accept", reg, plan_reg_const(s, &all),
                          lower_texts(s, words));
}

/* ---- defaults ------------------------------------------------------------------------------ */

static kiln_value defaults(struct plan *plan, const struct node *schema)
{
    kiln_value all = empty(plan, 0);

    node_each(n, is_json_schema(schema) ? node_get(schema, "properties") : schema)
    {
        const struct node *otherwise = node_get(n, "default");
        kiln_value key = key_of(plan, n), v;

        if (!otherwise || otherwise->kind == NODE_NULL)
            continue;
        v = literal(plan, otherwise);
        if (value_with(&plan->heap, &all, &all, &key, &v) < 0)
            plan_memory_out();
    }
    return all;
}

/* ---- what the ends of a flow ask for -------------------------------------------------------- */

int lower_has_defaults(const struct scope *sc)
{
    const struct node *schema = sc->graph->input_schema;

    return schema && defaults(sc->l->plan, schema).n;
}

int lower_defaults(struct scope *sc, struct plan_step *s, int data)
{
    kiln_value all = defaults(sc->l->plan, sc->graph->input_schema);

    return all.n ? plan_reg_call2(s, "scenario.defaults", data, plan_reg_const(s, &all)) : data;
}

int lower_accept_input(struct scope *sc, struct plan_step *s, int data)
{
    static const char *const words[] = { "head", "Input validation failed: ", "root", "data",
                                         NULL };

    return accept(s, lower_defaults(sc, s, data), sc->graph->input_schema, words);
}

int lower_accept_answer(struct scope *sc, const struct step *st, struct plan_step *s, int answer)
{
    return accept(
        s, answer, st->response_schema,
        (const char *[]){ "code", "WAIT_RESPONSE_INVALID", "head",
                          diag_must_have(arena_printf(
                              sc->l->unit->arena,
                              "WaitForSignal step '%s': response validation failed: ", st->id)),
                          "root", "response", NULL });
}

void lower_accept_output(struct scope *sc, struct plan_step *s, int output)
{
    static const char *const words[] = { "head", "Output validation failed: ", "root", "output",
                                         NULL };

    if (!sc->graph->output_schema)
        return;
    plan_if(s, plan_reg_about(s, "check-output"));
    accept(s, output, sc->graph->output_schema, words);
    plan_end(s);
}
