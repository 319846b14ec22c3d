/* check_types.c: references into what is known to have no such thing (scenario 2.7): outputs of
 * operations, steps, children and bodies, items and turns. What the schema of the input and
 * declared variables say has codes of its own (check_data.c, check_variables.c). */
#include "dialects/scenario/check.h"

#include "dialects/scenario/template.h"

/* W210, with the reason: what stands before the part that leads nowhere. */
static struct diag *complain(struct check *k, const struct step *s, const struct value *v,
                             const struct type_path *way)
{
    const char *before = path_text(k->u->arena, &v->path, way->at);
    const char *part = check_part(k, &v->path.at[way->at]);
    struct text what = { 0 };
    struct diag *d;

    if (way->way != TYPE_NO_FIELD) {
        text_puts(&what, "is ");
        type_put(&what, way->type);
        text_puts(&what, " and ");
    }
    d = diag_warning(k->u->diags, v->node, "W210",
                     "step '%s': '%s' leads nowhere: '%s' %shas no '%s'", s->id, v->path.text,
                     before, text_cstr(&what), part);
    text_fini(&what);
    return d;
}

void check_path_type(struct check *k, struct step *s, const struct value *v, int in_condition)
{
    const struct type_place at = { k->g, s, in_condition };
    const struct type_path way = types_path(k->typing, &at, &v->path);
    const char **names;
    struct diag *d;
    unsigned n;

    if (way.way == TYPE_INSIDE)
        return;
    d = complain(k, s, v, &way);
    if (k->u->diags->n > 4 * DIAG_MOST)
        return; /* nobody reads these hints */
    names = type_names(&k->typing->maker, way.type, &n);
    if (way.way == TYPE_NO_NAME)
        diag_hint(k->u->diags, d, "items have positions, as in '%s[0]'",
                  path_text(k->u->arena, &v->path, way.at));
    else if (way.way == TYPE_NO_FIELD)
        diag_suggest(k->u->diags, d, check_part(k, &v->path.at[way.at]), "it has", names, n);
}

/* Whatever goes through something goes through a list whose items are alike. An object has keys to
 * go through instead. */
static int goes_through_lists(struct check *k, const struct type_place *at, const struct path *p)
{
    for (unsigned i = 0; i < p->n; i++) {
        struct path list = { .text = p->text, .at = p->at, .n = i };
        struct type_path way;

        if (p->at[i].s != template_item)
            continue;
        way = types_path(k->typing, at, &list);
        if (way.way != TYPE_INSIDE || way.type->literal
            || (way.type->kinds & ~(unsigned)TYPE_NULL) != TYPE_ARRAY)
            return 0;
    }
    return 1;
}

void check_bound_names(struct check *k, struct step *s, const struct value *v, int in_condition)
{
    const struct type_place at = { k->g, s, in_condition };
    const struct value_template *t = v->template;

    for (unsigned i = 0; i < t->n_inner; i++)
        if (goes_through_lists(k, &at, &t->inner[i].value->path))
            check_path_type(k, s, t->inner[i].value, in_condition);
}
