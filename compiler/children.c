/* children.c: the workflows a workflow embeds (scenario 1.7.6).
 *
 * Each document is a unit of its own with its own source, so its complaints name its own file. All
 * are gathered before any is checked: a list that grows while it is walked, so nesting costs no
 * stack; the walk that looks for circles stops at CHILDREN_DEEPEST.
 */
#include "children.h"

#include <stdlib.h>
#include <string.h>

#include "compile.h"

/* ---- loading ------------------------------------------------------------------------------- */

static void read_child(struct compilation *c, struct child *child, const struct child_file *file)
{
    struct unit *u = &child->unit;
    int failed = file->text ? source_parse(&child->source, file->path, file->text, file->n,
                                           &c->arena, &c->diags)
                            : source_load(&child->source, file->path, &c->arena, &c->diags);

    *u = c->unit;
    u->source = &child->source;
    u->graph = NULL;
    u->model = NULL;
    u->embeds = u->last_embed = NULL;
    u->input_schema = NULL;
    u->flow_name =
        !file->version
            ? file->id
            : diag_must_have(arena_printf(&c->arena, "%s@%lld", file->id, file->version));
    if (failed < 0)
        return;
    child->dialect = dialects_choose(child->source.root, NULL, &c->diags);
    if (child->dialect)
        child->dialect->parse(u);
}

/* The child of a file; the first who asks has it read. */
static struct child *child_of(struct compilation *c, const struct child_file *file)
{
    struct child **last = &c->children, *child;

    for (; *last; last = &(*last)->next)
        if ((*last)->version == file->version && !strcmp((*last)->id, file->id))
            return *last;
    child = diag_must_have(arena_zalloc(&c->arena, sizeof *child));
    child->id = file->id;
    child->version = file->version;
    *last = child;
    read_child(c, child, file);
    return child;
}

static void tie(struct compilation *c, const struct child_set *set, struct unit *u)
{
    for (struct embed *e = u->embeds; e; e = e->next) {
        const struct child_file *file =
            e->version >= 0 ? child_set_find(set, e->id, e->version) : NULL;

        if (file)
            e->child = child_of(c, file);
    }
}

void children_load(struct compilation *c, const struct child_set *set)
{
    tie(c, set, &c->unit);
    for (struct child *child = c->children; child; child = child->next)
        tie(c, set, &child->unit);
    c->diags.source = &c->source;
}

/* ---- the whole ----------------------------------------------------------------------------- */

/* The checks under way. */
struct closure {
    struct compilation *c;
    const struct child_set *set;
    const char *own_id;
    const struct embed *way[CHILDREN_DEEPEST + 1]; /* from the workflow to where we are */
    unsigned depth;
    int is_closed; /* a circle or too much depth was told */
};

static void put_child(struct text *t, const struct child *child)
{
    text_printf(t, child->version ? "'%s' (version %lld)" : "'%s'", child->id, child->version);
}

/* E056: where the way comes back to `to`; NULL is the workflow itself. */
static void complain_circle(struct closure *k, const struct embed *e, const struct child *to)
{
    struct text t = { 0 };
    unsigned i = 0;

    while (to && i < k->depth && k->way[i]->child != to)
        i++;
    if (!to)
        text_printf(&t, "'%s' -> ", k->own_id);
    for (; i < k->depth; i++) {
        put_child(&t, k->way[i]->child);
        text_puts(&t, " -> ");
    }
    if (to)
        put_child(&t, to);
    else
        text_printf(&t, "'%s'", k->own_id);
    diag_hint(&k->c->diags,
              diag_error(&k->c->diags, e->at, "E056", "workflows embed each other in a circle: %s",
                         text_cstr(&t)),
              "take out step '%s', which closes it", e->step);
    text_fini(&t);
    k->is_closed = 1;
}

static unsigned measure(struct closure *k, const struct unit *u);

/* How deep the nesting goes at an embed. */
static unsigned measure_embed(struct closure *k, const struct embed *e)
{
    struct child *child = e->child;

    if (!child) {
        if (k->own_id && e->version >= 0 && !strcmp(e->id, k->own_id))
            complain_circle(k, e, NULL);
        return 0;
    }
    if (child->is_open) {
        complain_circle(k, e, child);
        return 0;
    }
    if (child->height || k->is_closed)
        return child->height;
    if (k->depth == CHILDREN_DEEPEST)
        return 1;
    k->way[k->depth++] = e;
    child->is_open = 1;
    k->c->diags.source = &child->source;
    child->height = measure(k, &child->unit) + 1;
    child->is_open = 0;
    k->depth--;
    return child->height;
}

static unsigned measure(struct closure *k, const struct unit *u)
{
    unsigned deepest = 0;

    for (const struct embed *e = u->embeds; e; e = e->next) {
        unsigned height = measure_embed(k, e);

        k->c->diags.source = u->source;
        if (height > deepest)
            deepest = height;
        if (k->depth + height > CHILDREN_DEEPEST && !k->is_closed) {
            diag_error(&k->c->diags, e->at, "K003", "workflows are nested more than %d deep",
                       CHILDREN_DEEPEST);
            k->is_closed = 1;
        }
    }
    return deepest;
}

/* Its other versions, or the nearest id. */
static void suggest(const struct closure *k, struct diag *d, const struct embed *e)
{
    const char **ids = diag_must_have(arena_alloc(&k->c->arena, (k->set->n + 1) * sizeof *ids));
    struct text versions = { 0 };

    for (size_t i = 0; i < k->set->n; i++) {
        ids[i] = k->set->at[i].id;
        if (!strcmp(ids[i], e->id))
            text_printf(&versions, "%s%lld", versions.n ? ", " : "", k->set->at[i].version);
    }
    if (!k->set->n)
        diag_hint(&k->c->diags, d, "say '--child %s=FILE' or '--child-dir DIR'", e->id);
    else if (versions.n)
        diag_hint(&k->c->diags, d, "it is there in version %s", text_cstr(&versions));
    else
        diag_suggest(&k->c->diags, d, e->id, "there are", ids, k->set->n);
    text_fini(&versions);
}

/* E124: a workflow that nobody offers. */
static void check_missing(const struct closure *k, const struct unit *u)
{
    for (const struct embed *e = u->embeds; e; e = e->next) {
        if (e->child || e->version < 0 || (k->own_id && !strcmp(e->id, k->own_id)))
            continue;
        suggest(k,
                diag_error(&k->c->diags, e->at, "E124",
                           e->version ? "step '%s' embeds the workflow '%s' (version %lld), which "
                                        "was not found"
                                      : "step '%s' embeds the workflow '%s', which was not found",
                           e->step, e->id, e->version),
                e);
    }
}

/* ---- ids ------------------------------------------------------------------------------------ */

struct place {
    const struct embed *embed;
    const struct unit *unit;
    size_t number;
};

static int compare_places(const void *a, const void *b)
{
    const struct place *x = a, *y = b;
    int order = strcmp(x->embed->step, y->embed->step);

    return order ? order : (x->number > y->number) - (x->number < y->number);
}

static int is_same(const struct place *a, const struct place *b)
{
    return !strcmp(a->embed->step, b->embed->step);
}

static size_t add_places(struct place *at, size_t n, const struct unit *u)
{
    for (const struct embed *e = u->embeds; e; e = e->next, n++)
        if (at)
            at[n] = (struct place){ e, u, n };
    return n;
}

static size_t gather(const struct compilation *c, struct place *at)
{
    size_t n = add_places(at, 0, &c->unit);

    for (const struct child *child = c->children; child; child = child->next)
        n = add_places(at, n, &child->unit);
    return n;
}

/* E125: the original tells embedding steps apart by their ids alone. */
static void check_ids(struct compilation *c)
{
    size_t n = gather(c, NULL);
    struct place *at = diag_must_have(arena_alloc(&c->arena, (n + 1) * sizeof *at));

    gather(c, at);
    qsort(at, n, sizeof *at, compare_places);
    for (size_t i = 1; i < n; i++) {
        if (!is_same(&at[i - 1], &at[i]) || (i > 1 && is_same(&at[i - 2], &at[i])))
            continue;
        c->diags.source = at[i].unit->source;
        (c->unit.legacy ? diag_warning : diag_error)(
            &c->diags, at[i].embed->at, "E125",
            "two steps that embed workflows are called '%s', here and in %s", at[i].embed->step,
            at[i - 1].unit->source->path);
    }
}

void children_check(struct compilation *c, const struct child_set *set, const char *own_id)
{
    struct closure k = { .c = c, .set = set, .own_id = own_id };

    for (struct child *child = c->children; child; child = child->next) {
        c->diags.source = &child->source;
        child->dialect->check(&child->unit);
        check_missing(&k, &child->unit);
    }
    c->diags.source = &c->source;
    check_missing(&k, &c->unit);
    measure(&k, &c->unit);
    if (own_id)
        check_ids(c);
    c->diags.source = &c->source;
}
