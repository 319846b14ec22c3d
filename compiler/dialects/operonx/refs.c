/* refs.c: refs: whose variable, and what is done to its value (clauses 3.2 and 5).
 */
#include "dialects/operonx/operonx.h"

static const char *const ref_fields[] = { "source",    "var",           "transforms",
                                          "is_output", "stream_policy", NULL };
static const char *const policy_fields[] = { "collect", "parallel", "parallel_max", NULL };
static const char *const nested_fields[] = { "__ref__", NULL };

static enum ox_policy parse_policy(struct unit *u, const struct node *ref)
{
    const struct node *policy = operonx_field_kind(u, ref, "stream_policy", NODE_OBJECT);
    const struct node *max = operonx_field_kind(u, policy, "parallel_max", NODE_INT);

    if (!policy)
        return OX_SEQUENTIAL;
    operonx_fields_known(u, policy, policy_fields, NULL);
    if (max && max->u.i < 0)
        diag_error(u->diags, max, "O005", "'parallel_max' may not be negative");
    if (operonx_field_bool(u, policy, "collect", 0))
        return OX_COLLECT;
    return operonx_field_bool(u, policy, "parallel", 0) ? OX_PARALLEL : OX_SEQUENTIAL;
}

static int parse_arg(struct unit *u, const struct node *n, struct ox_arg *ret)
{
    const struct node *nested = node_get(n, "__ref__");

    if (!nested) {
        operonx_node_constant(u, n);
        ret->literal = n;
        return 1;
    }
    operonx_fields_known(u, n, nested_fields, NULL);
    ret->ref = operonx_parse_ref(u, nested);
    return ret->ref != NULL;
}

/* The list of arguments has none for a unary transform and one for the others. */
static int parse_args(struct unit *u, const struct node *args, struct ox_transform *t)
{
    unsigned want = t->kind->shape != OX_UNARY;

    if (t->kind->shape == OX_UNSUPPORTED)
        return 1;
    if (args && args->kind != NODE_ARRAY) {
        diag_error(u->diags, args, "O010", "the arguments of '%s' must be an array, not %s",
                   t->kind->name, node_kind_name(args->kind));
        return 0;
    }
    if ((args ? args->n : 0) != want) {
        diag_error(u->diags, t->node, "O010", "'%s' takes %s", t->kind->name,
                   want ? "one argument" : "no arguments");
        return 0;
    }
    return !want || parse_arg(u, args->child, &t->arg);
}

static int parse_transform(struct unit *u, const struct node *n, struct ox_transform *t)
{
    const char *name;

    t->node = n;
    if (n->kind != NODE_ARRAY || !n->n || n->n > 2 || n->child->kind != NODE_STRING) {
        diag_error(u->diags, n, "O010", "a transform is written [name, [arguments]]");
        return 0;
    }
    name = operonx_node_text(u, n->child);
    t->kind = name ? operonx_transform(name) : NULL;
    if (t->kind)
        return parse_args(u, n->child->next, t);
    if (name) {
        const char *const *names = operonx_transform_names();
        struct diag *d = diag_error(u->diags, n->child, "O010", "unknown transform '%s'", name);
        size_t count = 0;

        while (names[count])
            count++;
        diag_suggest(u->diags, d, name, "transforms", names, count);
    }
    return 0;
}

static int parse_transforms(struct unit *u, struct ox_ref *r)
{
    const struct node *list = operonx_field_kind(u, r->node, "transforms", NODE_ARRAY);
    int good = 1;

    if (!list)
        return 1;
    r->transforms = operonx_alloc(u, list->n, sizeof *r->transforms);
    node_each(n, list)
    {
        good &= parse_transform(u, n, &r->transforms[r->n_transforms]);
        r->n_transforms++;
    }
    return good;
}

struct ox_ref *operonx_parse_ref(struct unit *u, const struct node *node)
{
    struct ox_ref *r = operonx_alloc(u, 1, sizeof *r);

    r->node = node;
    if (node->kind != NODE_OBJECT) {
        diag_error(u->diags, node, "O005", "a ref must be an object, not %s",
                   node_kind_name(node->kind));
        return NULL;
    }
    operonx_fields_known(u, node, ref_fields, NULL);
    operonx_field_bool(u, node, "is_output", 0);
    r->policy = parse_policy(u, node);
    r->source = operonx_field_text(u, node, "source");
    r->var = operonx_field_text(u, node, "var");
    if (!r->source || !r->var) {
        if (!operonx_field(node, "source") || !operonx_field(node, "var"))
            diag_error(u->diags, node, "O006", "a ref needs 'source' and 'var'");
        return NULL;
    }
    return parse_transforms(u, r) ? r : NULL;
}
