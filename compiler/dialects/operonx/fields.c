/* fields.c: typed members of an object.
 *
 * The format is strict (clause 1.4): a field that is not known is a mistake, and null is the same
 * as leaving a field out.
 */
#include <string.h>

#include "dialects/operonx/operonx.h"

const struct node *operonx_field(const struct node *object, const char *key)
{
    const struct node *n = node_get(object, key);

    return n && n->kind != NODE_NULL ? n : NULL;
}

static const char *wanted(enum node_kind kind)
{
    return kind == NODE_BOOL ? "true or false" : node_kind_name(kind);
}

const struct node *operonx_field_kind(struct unit *u, const struct node *object, const char *key,
                                      enum node_kind kind)
{
    const struct node *n = operonx_field(object, key);

    if (!n || n->kind == kind)
        return n;
    diag_error(u->diags, n, "O005", "'%s' must be %s, not %s", key, wanted(kind),
               node_kind_name(n->kind));
    return NULL;
}

int operonx_field_bool(struct unit *u, const struct node *object, const char *key, int otherwise)
{
    const struct node *n = operonx_field_kind(u, object, key, NODE_BOOL);

    return n ? n->u.truth : otherwise;
}

static unsigned depth_of(const struct node *n)
{
    unsigned deepest = 0;

    node_each(c, n)
    {
        unsigned d = depth_of(c) + 1;

        deepest = d > deepest ? d : deepest;
    }
    return deepest;
}

void operonx_node_constant(struct unit *u, const struct node *n)
{
    if (n && depth_of(n) > JSON_DEPTH)
        diag_error(u->diags, n, "O009", "a constant may be nested %d deep at most", JSON_DEPTH);
}

const char *operonx_node_text(struct unit *u, const struct node *n)
{
    if (n->kind != NODE_STRING) {
        diag_error(u->diags, n, "O005", "a name must be a string, not %s", node_kind_name(n->kind));
        return NULL;
    }
    if (strlen(n->u.s) == n->n)
        return n->u.s;
    diag_error(u->diags, n, "O005", "a name may not hold a NUL character");
    return NULL;
}

const char *operonx_field_text(struct unit *u, const struct node *object, const char *key)
{
    const struct node *n = operonx_field_kind(u, object, key, NODE_STRING);

    return n ? operonx_node_text(u, n) : NULL;
}

static int is_listed(const char *word, size_t n, const char *const *list)
{
    for (; list && *list; list++)
        if (strlen(*list) == n && !memcmp(*list, word, n))
            return 1;
    return 0;
}

static size_t join(const char **all, size_t n, const char *const *list)
{
    for (; list && *list && n < 64; list++)
        all[n++] = *list;
    return n;
}

void operonx_fields_known(struct unit *u, const struct node *object, const char *const *known,
                          const char *const *more)
{
    const char *all[64];
    size_t n = join(all, join(all, 0, known), more);

    node_each(c, object)
    {
        struct diag *d;

        if (is_listed(c->key, c->key_n, known) || is_listed(c->key, c->key_n, more))
            continue;
        d = diag_error_key(u->diags, c, "O004", "unknown field '%s'", c->key);
        diag_suggest(u->diags, d, c->key, "known fields", all, n);
    }
}
