/* check_types.c: references into what is known to have no such thing (scenario 2.7): outputs of
 * operations, steps, children and bodies, items and turns. What the schema of the input and
 * declared variables say has codes of its own (check_data.c, check_variables.c). */
#include "dialects/scenario/check.h"

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
