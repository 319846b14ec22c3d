/* check_inputs.c: what an Agent step gives its operation against what the operation declares. */
#include "dialects/scenario/check.h"

#include <string.h>

#include "dialects/shared/fit.h"

static size_t first_part(const char *key)
{
    return strcspn(key, ".");
}

static const kiln_field *field(const kiln_op *op, const char *key)
{
    for (unsigned i = 0; i < op->n_inputs; i++)
        if (strlen(op->inputs[i].name) == first_part(key)
            && !strncmp(op->inputs[i].name, key, first_part(key)))
            return &op->inputs[i];
    return NULL;
}

/* E022. The connection comes from elsewhere (check_connection.c). */
static void check_required(struct check *k, const struct step *s)
{
    for (unsigned i = 0; i < s->op->n_inputs; i++) {
        const kiln_field *f = &s->op->inputs[i];
        int given = !(f->flags & KILN_REQUIRED) || !strcmp(f->name, "_connection");

        for (unsigned m = 0; m < s->mapping.n && !given; m++)
            given = field(s->op, s->mapping.at[m].key) == f;
        if (!given)
            diag_hint(k->u->diags,
                      check_doubt(k, s->node, "E022", "step '%s': '%s' needs the input '%s'", s->id,
                                  s->op->name, f->name),
                      "%s (%s)", f->doc, f->type);
    }
}

/* A literal fits the declared type; types this table does not know take anything. */
static int fits(const struct node *n, const char *type)
{
    if (!n || n->kind == NODE_NULL)
        return 1;
    if (!strcmp(type, "string"))
        return n->kind == NODE_STRING;
    if (!strcmp(type, "integer"))
        return n->kind == NODE_INT || n->kind == NODE_UINT;
    if (!strcmp(type, "number"))
        return n->kind == NODE_INT || n->kind == NODE_UINT || n->kind == NODE_DOUBLE;
    if (!strcmp(type, "boolean"))
        return n->kind == NODE_BOOL;
    if (!strncmp(type, "array", 5))
        return n->kind == NODE_ARRAY;
    return strcmp(type, "object") || n->kind == NODE_OBJECT;
}

/* E024 */
static void check_word(struct check *k, const struct step *s, const struct entry *e,
                       const kiln_field *f)
{
    const char *word = node_text(e->value->literal);
    const kiln_words *w = s->op->words;
    size_t n = 0;

    while (w && w->field && strcmp(w->field, f->name))
        w++;
    if (!w || !w->field || !word)
        return;
    for (; w->words[n]; n++)
        if (!strcmp(w->words[n], word))
            return;
    diag_suggest(k->u->diags,
                 check_doubt(k, e->node, "E024", "input '%s' of '%s' takes no '%s'", f->name,
                             s->op->name, word),
                 word, "it takes", w->words, n);
}

/* W213 */
static void check_kind(struct check *k, struct step *s, const struct entry *e, const kiln_field *f)
{
    const struct type_place at = { .graph = k->g, .step = s };
    struct type type = *types_value(k->typing, &at, e->value);
    struct text t = { 0 };

    if (fit_input(&type, f->type))
        return;
    type.kinds &= ~(unsigned)TYPE_NULL;
    type_put(&t, &type);
    diag_warning(k->u->diags, e->node, "W213",
                 "step '%s': input '%s' of '%s' is of type %s, and this is %s", s->id, e->key,
                 s->op->name, f->type, text_cstr(&t));
    text_fini(&t);
}

/* ---- one by one ------------------------------------------------------------------------------ */

static void complain_unknown(struct check *k, const struct step *s, const struct entry *e)
{
    const char **names =
        diag_must_have(arena_alloc(k->u->arena, (s->op->n_inputs + 1) * sizeof *names));

    for (unsigned i = 0; i < s->op->n_inputs; i++)
        names[i] = s->op->inputs[i].name;
    diag_suggest(
        k->u->diags,
        diag_warning(k->u->diags, e->node, "W020", "'%s' has no input '%s'", s->op->name, e->key),
        e->key, "its inputs", names, s->op->n_inputs);
}

static void check_input(struct check *k, struct step *s, const struct entry *e)
{
    const kiln_field *f = field(s->op, e->key);
    int is_literal = e->value->kind == VALUE_IMMEDIATE && !e->value->text;

    if (!f && *e->key != '_')
        complain_unknown(k, s, e);
    if (!f || e->key[first_part(e->key)])
        return;
    if (!is_literal)
        check_kind(k, s, e, f);
    else if (fits(e->value->literal, f->type))
        check_word(k, s, e, f);
    else
        check_doubt(k, e->node, "E023", "input '%s' of '%s' is of type %s, this is %s", e->key,
                    s->op->name, f->type, node_kind_name(e->value->literal->kind));
}

void check_inputs(struct check *k, struct step *s)
{
    int is_store = !strcmp(check_agent_name(k->u, s), "object-model");

    check_required(k, s);
    for (unsigned i = 0; i < s->mapping.n; i++) {
        const struct entry *e = &s->mapping.at[i];

        check_input(k, s, e);
        if (is_store && !strcmp(e->key, "condition"))
            check_query(k, s, e->node);
    }
}
