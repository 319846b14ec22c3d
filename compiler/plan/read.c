/* read.c: plan text -> plan, the mirror of print.c.
 *
 * Flow headers are read first, so that a step may run a flow that stands further down. What the
 * text means is verify.c's to judge; here it must only be well formed, whoever wrote it.
 */
#include "plan/reader.h"

static int read_rule(struct reader *r, struct plan_slot *slot)
{
    static const char *const rules[] = { [KILN_RULE_LAST] = "last",
                                         [KILN_RULE_APPEND] = "append",
                                         [KILN_RULE_FOLD] = "fold",
                                         [KILN_RULE_BARRIER] = "barrier" };
    int rule = scan_choice(&r->scan, rules, COUNT(rules));
    unsigned names;

    if (rule < 0)
        return scan_fail(&r->scan, "a slot's rule is missing");
    slot->rule = (enum kiln_rule)rule;
    if (slot->rule == KILN_RULE_FOLD)
        return reader_read_function(r, &slot->fold);
    if (slot->rule == KILN_RULE_BARRIER) {
        if (reader_read_const(r, &names) < 0)
            return -1;
        slot->names = (int)names;
    }
    return 0;
}

static int read_slot(struct reader *r)
{
    static const char *const flags[] = { "once",   "guard",  "spread", "private",
                                         "output", "result", "left" };
    struct plan_flow *f = r->flow;
    struct plan_slot *slot;
    const char *name;
    unsigned number, initial;

    if (scan_number(&r->scan, "s", &number) < 0 || scan_text(&r->scan, &name) < 0)
        return -1;
    if (number != f->n_slots || f->n_steps)
        return scan_fail(&r->scan, "slots stand before steps and are numbered from s0");
    if (!scan_word(&r->scan, "param"))
        plan_slot_add(f, name, KILN_RULE_LAST, 0);
    else if (f->n_params == f->n_slots)
        plan_param_add(f, name);
    else
        return scan_fail(&r->scan, "parameters stand before other slots");
    slot = &f->slots[number];
    if (number >= f->n_params && read_rule(r, slot) < 0)
        return -1;
    slot->flags = reader_read_flags(r, flags, COUNT(flags));
    if (scan_word(&r->scan, "initial")) {
        if (reader_read_const(r, &initial) < 0)
            return -1;
        slot->initial = (int)initial;
    }
    return 0;
}

static int read_flow(struct reader *r)
{
    static const char *const flags[] = { "dead", "superstep", "soft-errors", "ordered" };
    struct plan_flow *up = NULL, *f;
    const char *name, *above;

    if (scan_text(&r->scan, &name) < 0)
        return -1;
    if (plan_flow_find(r->p, name))
        return scan_fail(&r->scan, "there is a flow \"%s\" already", name);
    if (scan_word(&r->scan, "up")) {
        if (scan_text(&r->scan, &above) < 0)
            return -1;
        up = plan_flow_find(r->p, above);
        if (!up)
            return scan_fail(&r->scan, "no flow \"%s\" stands before this one", above);
    }
    f = plan_flow_add(r->p, name, up, reader_read_flags(r, flags, COUNT(flags)));
    if (scan_word(&r->scan, "limit"))
        return scan_number(&r->scan, "", &f->limit);
    return 0;
}

static int read_plan(struct reader *r)
{
    const char *name = "", *dialect = "";
    unsigned flags;

    if (!scan_line(&r->scan) || !scan_word(&r->scan, "plan"))
        return scan_fail(&r->scan, "a plan begins with 'plan \"name\" dialect \"name\"'");
    if (scan_text(&r->scan, &name) < 0)
        return -1;
    if (!scan_word(&r->scan, "dialect"))
        return scan_fail(&r->scan, "'dialect' is missing");
    if (scan_text(&r->scan, &dialect) < 0)
        return -1;
    flags = scan_word(&r->scan, "sorted") ? KILN_PROGRAM_SORTED : 0;
    r->p = plan_new(r->scan.arena, name, dialect, flags);
    r->p->fleeting = scan_word(&r->scan, "fleeting");
    return scan_stop(&r->scan);
}

static int read_headers(struct reader *r)
{
    while (scan_line(&r->scan))
        if (scan_word(&r->scan, "flow") && (read_flow(r) < 0 || scan_stop(&r->scan) < 0))
            return -1;
    return 0;
}

static int read_line(struct reader *r)
{
    static const char *const edges[] = { [KILN_EDGE_NEXT] = "next",
                                         [KILN_EDGE_CASE] = "case",
                                         [KILN_EDGE_ERROR] = "error",
                                         [KILN_EDGE_ORDER] = "order" };
    int edge;

    if (!r->flow)
        return scan_fail(&r->scan, "a flow is missing");
    if (scan_word(&r->scan, "slot"))
        return read_slot(r);
    if (scan_word(&r->scan, "step"))
        return reader_read_step(r);
    if (!r->step)
        return scan_fail(&r->scan, "a step is missing");
    edge = scan_choice(&r->scan, edges, COUNT(edges));
    return edge >= 0 ? reader_read_edge(r, (enum kiln_edge_kind)edge) : reader_read_op(r);
}

static int read_flows(struct reader *r)
{
    unsigned next = 0;

    while (scan_line(&r->scan)) {
        if (scan_word(&r->scan, "flow")) {
            if (r->flow && reader_connect_edges(r) < 0)
                return -1;
            r->flow = r->p->flows[next++];
            continue;
        }
        if (read_line(r) < 0 || scan_stop(&r->scan) < 0)
            return -1;
    }
    if (!r->flow)
        return scan_fail(&r->scan, "a plan has at least one flow");
    return reader_connect_edges(r);
}

struct plan *plan_read(struct arena *a, const char *text, size_t n,
                       const kiln_op *(*find_op)(void *ctx, const char *name), void *ctx,
                       const char **ret_message)
{
    struct reader r = { .find_op = find_op, .ctx = ctx };
    char *copy = arena_dup(a, text, n);
    struct scan body;

    if (!copy)
        plan_memory_out();
    scan_init(&r.scan, a, copy, n);
    if (read_plan(&r) == 0) {
        body = r.scan;
        if (read_headers(&r) == 0) {
            r.scan = body;
            if (read_flows(&r) == 0)
                return r.p;
        }
    }
    plan_fini(r.p);
    *ret_message = r.scan.message;
    return NULL;
}
