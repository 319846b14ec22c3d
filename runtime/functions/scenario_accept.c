/* scenario_accept.c: the input and the output of a workflow, and the answers it awaits, held
 * against a schema (scenario 2.5).
 *
 * The compiler brings every schema into one form, so this is the checking of JSON Schema's own
 * words, as far as the reference goes: null is of no type here, and what is not known passes. All
 * complaints go into one sentence.
 */
#include "functions/scenario.h"

#include <string.h>

/* Complaints so far, and where the value at hand stands. */
struct refusal {
    struct text all, path;
    const kiln_value *head; /* {head, root, code} */
    unsigned n;
};

enum { MOST_TOLD = 100 };

static void refuse(struct refusal *r, const char *what, const kiln_value *word)
{
    kiln_value root = value_member(r->head, "root");

    if (r->n++ >= MOST_TOLD)
        return;
    text_puts(&r->all, r->n > 1 ? "; " : "");
    text_printf(&r->all, "%.*s %s%.*s", r->path.n ? (int)r->path.n : (int)root.n,
                r->path.n ? r->path.s : root.u.s, what, (int)word->n, word->u.s);
}

/* Makes the path one key longer; answers how long it was. */
static size_t go_into(struct refusal *r, const kiln_value *key)
{
    size_t n = r->path.n;

    text_puts(&r->path, n ? "." : "");
    text_put(&r->path, key->u.s, key->n);
    return n;
}

static int is_listed(const kiln_value *v, const kiln_value *list)
{
    for (unsigned i = 0; i < list->n; i++)
        if (value_equal(v, &list->u.items[i]))
            return 1;
    return 0;
}

static void hold(struct refusal *r, const kiln_value *v, const kiln_value *schema);

static void hold_required(struct refusal *r, const kiln_value *v, const kiln_value *required)
{
    kiln_value nothing = value_static("");

    for (unsigned i = 0; required->tag == KILN_ARRAY && i < required->n; i++) {
        const kiln_value *key = &required->u.items[i];
        size_t n;

        if (key->tag != KILN_STRING || kiln_get(v, key).tag != KILN_ABSENT)
            continue;
        n = go_into(r, key);
        refuse(r, "is required", &nothing);
        r->path.n = n;
    }
}

static void hold_members(struct refusal *r, const kiln_value *v, const kiln_value *properties)
{
    for (unsigned i = 0; properties->tag == KILN_OBJECT && i < properties->n; i++) {
        const kiln_member *m = &properties->u.members[i];
        kiln_value found = kiln_get(v, &m->key);
        size_t n;

        if (found.tag == KILN_ABSENT)
            continue;
        n = go_into(r, &m->key);
        hold(r, &found, &m->value);
        r->path.n = n;
    }
}

static void hold_items(struct refusal *r, const kiln_value *v, const kiln_value *items)
{
    size_t n = r->path.n;

    for (unsigned i = 0; items->tag == KILN_OBJECT && i < v->n; i++) {
        text_printf(&r->path, "[%u]", i);
        hold(r, &v->u.items[i], items);
        r->path.n = n;
    }
}

static void hold(struct refusal *r, const kiln_value *v, const kiln_value *schema)
{
    kiln_value type = value_member(schema, "type"), choice = value_member(schema, "enum");
    kiln_value inside, nothing = value_static("");

    if (choice.tag == KILN_ARRAY && !is_listed(v, &choice))
        refuse(r, "must be one of the allowed values", &nothing);
    if (type.tag == KILN_STRING && !scenario_has_type(v, &type)) {
        refuse(r, "must be a ", &type);
        return;
    }
    if (v->tag == KILN_OBJECT) {
        inside = value_member(schema, "required");
        hold_required(r, v, &inside);
        inside = value_member(schema, "properties");
        hold_members(r, v, &inside);
    } else if (v->tag == KILN_ARRAY) {
        inside = value_member(schema, "items");
        hold_items(r, v, &inside);
    }
}

/* The complaints as a text, or as an error object when there is a code for it. */
static int fail(kiln_heap *h, const struct refusal *r)
{
    kiln_value head = value_member(r->head, "head"), error;
    kiln_value pairs[8] = { value_static("category"), value_static("permanent"),
                            value_static("code"),     value_member(r->head, "code"),
                            value_static("message"),  value_null(),
                            value_static("severity"), value_static("error") };

    if (value_textf(h, &pairs[5], "%.*s%s", (int)head.n, head.u.s, text_cstr(&r->all)) < 0)
        return -1;
    if (pairs[3].tag == KILN_ABSENT)
        return heap_fail_value(h, pairs[5]);
    return kiln_object(h, &error, pairs, 4) < 0 ? -1 : heap_fail_value(h, error);
}

/* `b` is a schema {type, properties, required, items, enum}, `c` {head: how the error begins, root:
 * what the value itself is called, code: of the error, if it is to be an object}. */
int kiln_scenario_accept(kiln_heap *h, kiln_value *ret, const kiln_value *a, const kiln_value *b,
                         const kiln_value *c)
{
    struct refusal r = { .head = c };
    int rc = 0;

    hold(&r, a, b);
    if (r.n > MOST_TOLD)
        text_printf(&r.all, "; and %u more", r.n - MOST_TOLD);
    if (r.n)
        rc = fail(h, &r);
    text_fini(&r.all);
    text_fini(&r.path);
    if (rc == 0)
        *ret = *a;
    return rc;
}

int kiln_scenario_defaults(kiln_heap *h, kiln_value *ret, const kiln_value *a, const kiln_value *b)
{
    kiln_value all = *a;

    for (unsigned i = 0; a->tag == KILN_OBJECT && i < b->n; i++) {
        const kiln_member *m = &b->u.members[i];

        if (kiln_get(a, &m->key).tag == KILN_ABSENT
            && value_with(h, &all, &all, &m->key, &m->value) < 0)
            return -1;
    }
    *ret = all;
    return 0;
}
