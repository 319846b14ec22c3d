/* scenario_codes.c: the codes the checks give a document, as sets.
 *
 * Codes of Kiln's own (E2xx, W2xx) are left out. One difference is meant and in spec/scenario.md 2:
 * an Error step ends a workflow, so W003 is not said of it.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "scenario.h"

enum { MOST_CODES = 64 };

struct codes {
    const char *at[MOST_CODES];
    unsigned n;
    const char *unsupported; /* the sentence of a K100, or NULL */
    int unreadable;          /* a field is missing or of the wrong type */
};

static int has_code(const struct codes *c, const char *code)
{
    for (unsigned i = 0; i < c->n; i++)
        if (!strcmp(c->at[i], code))
            return 1;
    return 0;
}

static void add_code(struct codes *c, const char *code)
{
    if (!has_code(c, code) && c->n < MOST_CODES)
        c->at[c->n++] = code;
}

static void drop_code(struct codes *c, const char *code)
{
    unsigned kept = 0;

    for (unsigned i = 0; i < c->n; i++)
        if (strcmp(c->at[i], code))
            c->at[kept++] = c->at[i];
    c->n = kept;
}

static void add_stated(kiln_heap *h, struct codes *c, const kiln_value *stated, const char *member)
{
    kiln_value list = value_member(stated, member);

    for (unsigned i = 0; list.tag == KILN_ARRAY && i < list.n; i++)
        if (list.u.items[i].tag == KILN_STRING)
            add_code(c, arena_dup(&h->arena, list.u.items[i].u.s, list.u.items[i].n));
}

static int compare(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static const char *codes_text(kiln_heap *h, struct codes *c)
{
    struct text t = { 0 };
    char *s;

    qsort(c->at, c->n, sizeof *c->at, compare);
    for (unsigned i = 0; i < c->n; i++)
        text_printf(&t, "%s%s", i ? " " : "", c->at[i]);
    s = arena_dup(&h->arena, text_cstr(&t), t.n);
    text_fini(&t);
    return s;
}

/* ---- what Kiln says -------------------------------------------------------------------------- */

static void add_complaint(kiln_heap *h, struct codes *c, const struct diag *d)
{
    if (!strcmp(d->code, "K100"))
        c->unsupported = arena_dup(&h->arena, d->sentence, strlen(d->sentence));
    else if (d->code[1] != '2' || strcmp(d->code + 1, "027") <= 0)
        add_code(c, arena_dup(&h->arena, d->code, strlen(d->code)));
    else
        c->unreadable |= d->severity == DIAG_ERROR;
}

struct child_set records_children(struct records *r, const kiln_value *list)
{
    struct arena *a = &r->heap->arena;
    struct child_set set = { 0 };

    for (unsigned i = 0; (list->tag == KILN_ARRAY || list->tag == KILN_OBJECT) && i < list->n;
         i++) {
        int listed = list->tag == KILN_ARRAY;
        const kiln_value *one = listed ? &list->u.items[i] : &list->u.members[i].value;
        kiln_value id = listed ? value_member(one, "workflowId") : list->u.members[i].key;
        kiln_value graph = listed ? value_member(one, "graph") : *one;
        kiln_value version = value_member(one, "version");
        struct child_file file = { .id = arena_dup(a, id.u.s, id.n),
                                   .version = listed && version.tag == KILN_INT ? version.u.i : 1,
                                   .text = conformance_text(r->heap, &graph) };

        file.path = file.id;
        file.n = strlen(file.text);
        child_set_add(&set, a, &file);
    }
    return set;
}

static struct codes check_document(struct records *r, const kiln_value *document,
                                   const struct surroundings *among)
{
    struct compile_options options = { .until = STAGE_CHECK,
                                       .dialect = "scenario",
                                       .children = among->children.n ? &among->children : NULL,
                                       .id = among->id };
    struct codes codes = { .n = 0 };
    struct compilation c;
    struct text t = { 0 };

    json_write(&t, document);
    compile_text(&c, r->name, text_cstr(&t), t.n, &among->ops, &options);
    for (size_t i = 0; i < c.diags.n; i++)
        add_complaint(r->heap, &codes, &c.diags.at[i]);
    compile_fini(&c);
    text_fini(&t);
    return codes;
}

/* ---- judging --------------------------------------------------------------------------------- */

/* Some step of this type, or, with `quoted`, the step "'id'" of this type, in the graph or below.
 */
static int has_step(const kiln_value *v, const char *type, const char *quoted)
{
    kiln_value of_type = value_member(v, "stepType"), id = value_member(v, "id");
    int same =
        !quoted
        || (id.tag == KILN_STRING && !memcmp(quoted + 1, id.u.s, id.n) && quoted[1 + id.n] == '\'');

    if (value_is(&of_type, type) && same)
        return 1;
    for (unsigned i = 0; v->tag == KILN_OBJECT && i < v->n; i++)
        if (has_step(&v->u.members[i].value, type, quoted))
            return 1;
    for (unsigned i = 0; v->tag == KILN_ARRAY && i < v->n; i++)
        if (has_step(&v->u.items[i], type, quoted))
            return 1;
    return 0;
}

/* Whether the stated W003 may be about Error steps alone: its messages name the steps it is said
 * of; without messages the document must have an Error step. */
static int is_said_of_errors(kiln_heap *h, const kiln_value *document, const kiln_value *stated)
{
    kiln_value messages = value_member(stated, "messages");

    for (unsigned i = 0; messages.tag == KILN_ARRAY && i < messages.n; i++) {
        const kiln_value *m = &messages.u.items[i];
        const char *text = m->tag == KILN_STRING ? arena_dup(&h->arena, m->u.s, m->n) : "";
        const char *quote = strchr(text, '\'');

        if (!strncmp(text, "[W003]", 6) && (!quote || !has_step(document, "Error", quote)))
            return 0;
    }
    return has_step(document, "Error", NULL);
}

/* A document the reference cannot read. Kiln takes older words and warns of unknown fields: what it
 * takes although the reference does not is no case. */
static void judge_unreadable(struct records *r, const char *part, const struct codes *got)
{
    if (got->unreadable && !got->unsupported)
        records_count(r, CASE_PASSED, part, NULL, NULL);
    else
        records_count(r, CASE_UNSUPPORTED, part, NULL,
                      got->unsupported ? got->unsupported : "Kiln reads more than the reference");
}

void records_judge_codes(struct records *r, const char *part, const kiln_value *document,
                         const kiln_value *stated, const struct surroundings *among)
{
    kiln_value parses = value_member(stated, "parses");
    struct codes expected = { .n = 0 };
    struct codes got = check_document(r, document, among);
    const char *a, *b;

    if (parses.tag == KILN_BOOL && !parses.u.i) {
        judge_unreadable(r, part, &got);
        return;
    }
    add_stated(r->heap, &expected, stated, "errors");
    add_stated(r->heap, &expected, stated, "warnings");
    if (!has_code(&got, "W003") && is_said_of_errors(r->heap, document, stated))
        drop_code(&expected, "W003");
    a = codes_text(r->heap, &expected);
    b = codes_text(r->heap, &got);
    if (strcmp(a, b) && got.unsupported)
        records_count(r, CASE_UNSUPPORTED, part, NULL, got.unsupported);
    else
        records_count(r, strcmp(a, b) ? CASE_FAILED : CASE_PASSED, part, a, b);
}
