/* lower_connection.c: connections (scenario 1.7.9, 1.7.15). All that goes through a program is
 * which connection is meant; an operation asks the run for its values (kiln_op.h, kiln_connection),
 * so they are never where values are kept or told. */
#include "dialects/scenario/lower.h"

/* {connection_id, integration_id, parameters: {}}, as references see a connection. */
static int handle(struct plan_step *s, int id, const char *integration)
{
    struct plan *plan = s->flow->plan;
    unsigned keys[] = { plan_const_text(plan, "connection_id", 13),
                        plan_const_text(plan, "integration_id", 14),
                        plan_const_text(plan, "parameters", 10) };
    int regs[] = { id, plan_reg_text(s, integration), plan_reg_object(s, NULL, NULL, 0) };

    return plan_reg_object(s, keys, regs, 3);
}

struct plan_step *lower_connection(struct scope *sc, const struct step *st, struct plan_step *s)
{
    int outputs = sc->slots[st->number].outputs;

    if (outputs >= 0)
        plan_set(s, 0, (unsigned)outputs,
                 handle(s, plan_reg_text(s, st->connection_id), st->integration));
    return s;
}

int lower_connected(struct scope *sc, const struct step *st, struct plan_step *s, int input)
{
    struct plan *plan = sc->l->plan;
    unsigned keys[] = { plan_const_text(plan, "_connection", 11),
                        plan_const_text(plan, "connection_id", 13) };
    int id;

    if (!st->connection_id && !st->connection)
        return input;
    id = st->connection ? lower_value(sc, s, st->connection) : plan_reg_text(s, st->connection_id);
    return plan_reg_call2(s, "scenario.overlay", input,
                          plan_reg_object(s, keys, (int[]){ handle(s, id, ""), id }, 2));
}
