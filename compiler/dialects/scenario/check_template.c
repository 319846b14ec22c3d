/* check_template.c: templates that cannot be read, and calls in them that can only fail. */
#include "dialects/scenario/check.h"

#include <string.h>

#include "dialects/scenario/template.h"

/* The names of one kind of helper, for a suggestion. */
static size_t names_of(struct unit *u, int kind, const char ***ret)
{
    size_t n, found = 0;
    const struct template_helper *all = template_helpers(&n);

    *ret = diag_must_have(arena_alloc(u->arena, n * sizeof **ret));
    for (size_t i = 0; i < n; i++)
        if (all[i].kind == kind)
            (*ret)[found++] = all[i].name;
    return found;
}

static void check_missing(struct check *k, const struct value_template *t,
                          const struct template_node *n, struct diag *d)
{
    static const char *const labels[] = { "", "filters", "tests", "functions" };
    const char *word = diag_must_have(arena_dup(k->u->arena, t->text->u.s + n->at, n->end - n->at));
    const char **names;
    size_t count = names_of(k->u, n->missing - 1, &names);

    diag_suggest(k->u->diags, d, word, labels[n->missing - 1], names, count);
}

static void check_call(struct check *k, const struct step *s, const struct value_template *t,
                       const struct template_node *n)
{
    const struct node *at = template_place(k->u, t, n->at, n->end);
    int is_method = n->kind == TEMPLATE_CALL;
    const kiln_value *said = is_method ? &n->args[1]->value : &n->value;
    struct diag *d =
        check_doubt(k, at, "E011", "step '%s': the template fails here: %s%.*s", s->id,
                    is_method ? "values have no method " : "", (int)said->n, said->u.s);

    if (is_method)
        diag_hint(k->u->diags, d, "filters do such work: `x | %.*s`", (int)said->n, said->u.s);
    else if (n->missing)
        check_missing(k, t, n, d);
}

void check_template(struct check *k, const struct step *s, const struct value *v)
{
    const struct value_template *t = v->template;

    if (t->error.sentence)
        check_doubt(k, template_place(k->u, t, t->error.at, t->error.end), "E011",
                    "step '%s': Template syntax error: %s", s->id, t->error.sentence);
    for (unsigned i = 0; i < t->n_wrong; i++)
        check_call(k, s, t, t->wrong[i]);
}
