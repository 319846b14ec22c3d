/* loops.c: the flow that drives the body of a loop (clause 7).
 *
 * The body runs first and the condition is asked behind it. What goes from turn to turn is one
 * object: the inputs of the graph with its outputs laid over them.
 */
#include <string.h>

#include "dialects/operonx/operonx.h"

struct loop {
    struct unit *unit;
    struct ox_graph *graph;
    struct plan_flow *flow;
    int is_root;
    unsigned state, turn, answer, first, last;
};

static void add_slots(struct loop *l)
{
    struct plan *p = l->flow->plan;
    kiln_value zero = value_int(0);

    l->state = plan_slot_add(l->flow, "state", KILN_RULE_LAST, KILN_SLOT_PRIVATE);
    l->turn = plan_slot_add(l->flow, "turn", KILN_RULE_LAST, KILN_SLOT_PRIVATE);
    l->flow->slots[l->turn].initial = (int)plan_const(p, &zero);
    l->answer = plan_slot_add(l->flow, "answer", KILN_RULE_LAST, KILN_SLOT_PRIVATE);
    if (l->is_root) {
        l->first = plan_slot_add(l->flow, "first", KILN_RULE_LAST, KILN_SLOT_PRIVATE);
        l->last = plan_slot_add(l->flow, "last", KILN_RULE_LAST, KILN_SLOT_PRIVATE);
    }
}

static struct plan_step *add_step(struct loop *l, const char *part, enum kiln_wake wake)
{
    const struct ox_op *self = l->graph->self;
    struct plan_step *s =
        plan_step_add(l->flow, operonx_printf(l->unit, "%s.%s", self->name, part), wake);

    s->pointer = node_pointer(l->unit->arena, self->node);
    source_position(l->unit->source, self->node->at, &s->line, &s->column);
    return s;
}

/* What the graph itself has for variables, where the input has nothing. -1 when there is none. */
static int own_values(struct loop *l, struct plan_step *at, int input)
{
    const struct ox_op *self = l->graph->self;
    unsigned most = self->inputs.n + self->outputs.n, n = 0;
    unsigned *keys = operonx_alloc(l->unit, most, sizeof *keys);
    int *values = operonx_alloc(l->unit, most, sizeof *values);

    for (unsigned i = 0; i < most; i++) {
        int is_output = i >= self->inputs.n;
        const char *name =
            is_output ? self->outputs.at[i - self->inputs.n].name : self->inputs.at[i].name;
        const struct node *own = operonx_cells_own(l->graph, name);

        if (!own || (is_output && operonx_param(&self->inputs, name)))
            continue;
        keys[n] = plan_const_text(l->flow->plan, name, strlen(name));
        values[n++] =
            plan_reg_call2(at, "base.default", plan_reg_get(at, input, name, strlen(name)),
                           operonx_read_const(at, own));
    }
    return n ? plan_reg_object(at, keys, values, n) : -1;
}

/* What the turn begins with. */
static int state(struct loop *l, struct plan_step *at)
{
    int input = plan_reg_slot(at, 0, 0), own = own_values(l, at, input);

    if (own >= 0)
        input = plan_reg_call2(at, "operonx.merge", input, own);
    return plan_reg_call2(at, "base.default", plan_reg_slot(at, 0, l->state), input);
}

static struct plan_step *add_turn(struct loop *l, struct plan_flow *body)
{
    struct plan_step *s = add_step(l, "turn", KILN_WAKE_START);
    int input = state(l, s);

    plan_set(s, 0, l->state, input);
    plan_child(s, body, &input, 1, plan_reg_slot(s, 0, l->turn), (int)l->answer);
    return s;
}

/* The first turn shows all that was pushed, the last one its outputs (clause 7.4). */
static void keep_frames(struct loop *l, struct plan_step *s, int outputs, int turn)
{
    plan_if(s, turn);
    plan_set(s, 0, l->last, outputs);
    plan_else(s);
    plan_set(s, 0, l->first, plan_reg_at(s, plan_reg_slot(s, 0, l->answer), 1));
    plan_end(s);
}

static void add_until(struct loop *l, struct plan_step *turn_step)
{
    struct plan_step *s = add_step(l, "until", KILN_WAKE_ANY);
    kiln_value cap = value_int(l->graph->max_turns), no = value_bool(0);
    int answer = plan_reg_slot(s, 0, l->answer);
    int outputs = l->is_root ? plan_reg_at(s, answer, 0) : answer;
    int turn = plan_reg_slot(s, 0, l->turn);
    int now = plan_reg_call2(s, "operonx.merge", plan_reg_slot(s, 0, l->state), outputs);
    int next = plan_reg_call1(s, "base.inc", turn);
    int stop;

    plan_set(s, 0, l->state, now);
    plan_set(s, 0, l->turn, next);
    if (l->is_root)
        keep_frames(l, s, outputs, turn);
    stop = l->graph->until ? operonx_lower_until(s, l->graph->until, now) : plan_reg_const(s, &no);
    plan_test(s, plan_reg_call2(s, "base.or", stop,
                                plan_reg_call1(s, "base.not",
                                               plan_reg_call2(s, "base.less", next,
                                                              plan_reg_const(s, &cap)))));
    plan_edge_add(turn_step, KILN_EDGE_NEXT, 0, 0, s);
    plan_edge_add(s, KILN_EDGE_CASE, 0, 0, turn_step);
}

/* For each output: what the first turn pushed, then what the last turn left. */
static int grouped(struct loop *l, struct plan_step *s)
{
    const struct ox_graph *g = l->graph;
    unsigned *keys = operonx_alloc(l->unit, g->n_cells, sizeof *keys);
    int *values = operonx_alloc(l->unit, g->n_cells, sizeof *values);
    int first = plan_reg_slot(s, 0, l->first), last = plan_reg_slot(s, 0, l->last);

    for (unsigned i = 0; i < g->n_cells; i++) {
        const char *name = g->cells[i].name;
        size_t n = strlen(name);

        keys[i] = plan_const_text(l->flow->plan, name, n);
        values[i] = plan_reg_call2(s, "operonx.frames", plan_reg_get(s, first, name, n),
                                   plan_reg_get(s, last, name, n));
    }
    return plan_reg_object(s, keys, values, g->n_cells);
}

void operonx_lower_loop(struct unit *u, struct ox_graph *g, struct plan_flow *driver,
                        struct plan_flow *body, int is_root)
{
    struct loop l = { .unit = u, .graph = g, .flow = driver, .is_root = is_root };
    struct plan_step *quiet;

    add_slots(&l);
    add_until(&l, add_turn(&l, body));
    quiet = add_step(&l, "done", KILN_WAKE_QUIET);
    plan_finish(quiet, is_root ? grouped(&l, quiet) : plan_reg_slot(quiet, 0, l.state));
}
