/* branches.c: what only branches have: cases, a default, candidates (clause 4.3).
 */
#include <string.h>

#include "dialects/operonx/operonx.h"

static void parse_case(struct unit *u, const struct node *n, struct ox_case *c)
{
    static const char *const fields[] = { "condition", "target", NULL };
    const struct node *condition;

    c->node = n;
    if (n->kind != NODE_OBJECT) {
        diag_error(u->diags, n, "O005", "a case must be an object, not %s",
                   node_kind_name(n->kind));
        return;
    }
    operonx_fields_known(u, n, fields, NULL);
    condition = operonx_field_kind(u, n, "condition", NODE_OBJECT);
    c->condition = condition ? operonx_parse_ref(u, condition) : NULL;
    c->target = operonx_field_text(u, n, "target");
    if (!operonx_field(n, "condition") || !operonx_field(n, "target"))
        diag_error(u->diags, n, "O006", "a case needs 'condition' and 'target'");
}

void operonx_parse_branch(struct unit *u, struct ox_op *o)
{
    const struct node *cases = operonx_field_kind(u, o->node, "cases", NODE_ARRAY);
    const struct node *candidates = operonx_field_kind(u, o->node, "candidates", NODE_ARRAY);

    o->cases = operonx_alloc(u, cases ? cases->n : 0, sizeof *o->cases);
    node_each(n, cases)
    {
        parse_case(u, n, &o->cases[o->n_cases++]);
    }
    o->otherwise = operonx_field_text(u, o->node, "default");
    node_each(n, candidates)
    {
        operonx_node_text(u, n);
    }
}
