/* params.c: `inputs` and `outputs`: where a value comes from, or where it goes (clause 3.1).
 */
#include <string.h>

#include "dialects/operonx/operonx.h"

static const char *const param_fields[] = {
    "default", "required", "ref", "scratch", "literal", NULL
};
static const char *const scratch_fields[] = { "key", NULL };

static const char *parse_scratch(struct unit *u, const struct node *param)
{
    const struct node *scratch = operonx_field_kind(u, param, "scratch", NODE_OBJECT);

    if (!scratch)
        return NULL;
    operonx_fields_known(u, scratch, scratch_fields, NULL);
    if (!operonx_field(scratch, "key"))
        diag_error(u->diags, scratch, "O006", "'scratch' needs a 'key'");
    return operonx_field_text(u, scratch, "key");
}

static void parse_param(struct unit *u, const struct node *n, struct ox_param *p)
{
    const struct node *ref;

    p->name = n->key;
    p->node = n;
    if (strlen(n->key) != n->key_n)
        diag_error_key(u->diags, n, "O005", "a name may not hold a NUL character");
    if (n->kind != NODE_OBJECT) {
        diag_error(u->diags, n, "O005", "'%s' must be an object, not %s", n->key,
                   node_kind_name(n->kind));
        return;
    }
    operonx_fields_known(u, n, param_fields, NULL);
    ref = operonx_field_kind(u, n, "ref", NODE_OBJECT);
    p->ref = ref ? operonx_parse_ref(u, ref) : NULL;
    p->scratch = parse_scratch(u, n);
    p->literal = operonx_field(n, "literal");
    p->fallback = operonx_field(n, "default");
    operonx_node_constant(u, p->literal);
    operonx_node_constant(u, p->fallback);
    p->required = operonx_field_bool(u, n, "required", 0);
}

void operonx_parse_params(struct unit *u, const struct node *op, const char *key,
                          struct ox_params *ret)
{
    const struct node *list = operonx_field_kind(u, op, key, NODE_OBJECT);

    ret->node = list;
    ret->at = operonx_alloc(u, list ? list->n : 0, sizeof *ret->at);
    node_each(n, list)
    {
        parse_param(u, n, &ret->at[ret->n++]);
    }
}

const struct ox_param *operonx_param(const struct ox_params *params, const char *name)
{
    const struct node *n = node_get(params->node, name);

    return n ? &params->at[n->index] : NULL;
}
