/* scenario_validation.c: the codes the checks give, as sets, and documents that must compile.
 *
 * Codes of Kiln's own (E2xx, W2xx) are left out. Two differences are meant and in spec/scenario.md:
 * an Error step ends a workflow, so W003 is not said of it; what Kiln does not support is told
 * before anything else is checked.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "scenario.h"

enum { MOST_CODES = 64 };

struct codes {
    const char *at[MOST_CODES];
    unsigned n;
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

static void add_expected(kiln_heap *h, struct codes *c, const kiln_value *list)
{
    for (unsigned i = 0; list->tag == KILN_ARRAY && i < list->n; i++)
        add_code(c, arena_dup(&h->arena, list->u.items[i].u.s, list->u.items[i].n));
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

/* The codes of a document. 0, or -1 with *ret_why when it uses what is not supported. */
static int check_document(struct records *r, const kiln_value *document, struct codes *ret,
                          const char **ret_why)
{
    struct compile_options options = { .until = STAGE_CHECK, .dialect = "scenario" };
    struct compilation c;
    struct text t = { 0 };
    int unsupported = 0;

    json_write(&t, document);
    compile_text(&c, r->name, text_cstr(&t), t.n, r->c->ops, &options);
    for (size_t i = 0; i < c.diags.n; i++) {
        const struct diag *d = &c.diags.at[i];

        if (!strcmp(d->code, "K100")) {
            unsupported = 1;
            *ret_why = arena_dup(&r->heap->arena, d->sentence, strlen(d->sentence));
        } else if (d->code[1] != '2' || strcmp(d->code + 1, "027") <= 0) {
            add_code(ret, arena_dup(&r->heap->arena, d->code, strlen(d->code)));
        }
    }
    compile_fini(&c);
    text_fini(&t);
    return unsupported ? -1 : 0;
}

static int has_error_step(const kiln_value *v)
{
    kiln_value type = value_member(v, "stepType");

    if (value_is(&type, "Error"))
        return 1;
    for (unsigned i = 0; v->tag == KILN_OBJECT && i < v->n; i++)
        if (has_error_step(&v->u.members[i].value))
            return 1;
    for (unsigned i = 0; v->tag == KILN_ARRAY && i < v->n; i++)
        if (has_error_step(&v->u.items[i]))
            return 1;
    return 0;
}

static void drop_code(struct codes *c, const char *code)
{
    unsigned kept = 0;

    for (unsigned i = 0; i < c->n; i++)
        if (strcmp(c->at[i], code))
            c->at[kept++] = c->at[i];
    c->n = kept;
}

static void run_validation(struct records *r, const char *part, const kiln_value *record)
{
    kiln_value document = value_member(record, "workflow"), expect = value_member(record, "expect");
    kiln_value errors = value_member(&expect, "errors"),
               warnings = value_member(&expect, "warnings");
    struct codes expected = { .n = 0 }, got = { .n = 0 };
    const char *why = "", *a, *b;

    add_expected(r->heap, &expected, &errors);
    add_expected(r->heap, &expected, &warnings);
    if (check_document(r, &document, &got, &why) < 0) {
        records_count(r, CASE_UNSUPPORTED, part, NULL, why);
        return;
    }
    if (has_error_step(&document)) {
        drop_code(&expected, "W003");
        drop_code(&got, "W003");
    }
    a = codes_text(r->heap, &expected);
    b = codes_text(r->heap, &got);
    records_count(r, strcmp(a, b) ? CASE_FAILED : CASE_PASSED, part, a, b);
}

void scenario_validation(struct records *r, const kiln_value *list)
{
    for (unsigned i = 0; i < list->n; i++) {
        kiln_value name = value_member(&list->u.items[i], "name");
        char part[128];

        snprintf(part, sizeof part, "%u-%.*s", i, (int)name.n, name.u.s);
        run_validation(r, part, &list->u.items[i]);
    }
}

/* ---- documents that must compile --------------------------------------------------------------
 */

/* Refused first for an operation that nobody has: some documents name made-up ones. */
static int has_no_operation(const struct conformance_program *p)
{
    return p->complaint && (!strncmp(p->complaint, "E020", 4) || !strncmp(p->complaint, "E021", 4));
}

static void run_document(struct records *r, const char *part, const kiln_value *document)
{
    struct compile_options options = { .until = STAGE_C, .dialect = "scenario", .lenient = 1 };
    struct conformance_program p;
    struct text t = { 0 };
    enum verdict verdict;

    json_write(&t, document);
    conformance_compile(r->c, part, text_cstr(&t), t.n, NULL, &options, &p);
    verdict = p.program                               ? CASE_PASSED
              : p.unsupported || has_no_operation(&p) ? CASE_UNSUPPORTED
                                                      : CASE_FAILED;
    records_count(r, verdict, part, "it to compile", p.complaint);
    conformance_program_fini(&p);
    text_fini(&t);
}

void scenario_compiles(struct records *r, const kiln_value *list)
{
    for (unsigned i = 0; i < list->n; i++) {
        kiln_value name = value_member(&list->u.items[i], "name");
        kiln_value document = value_member(&list->u.items[i], "workflow");
        char part[128];

        snprintf(part, sizeof part, "%u-%.*s", i, (int)name.n, name.u.s);
        run_document(r, part, &document);
    }
}

void scenario_document(struct records *r, const kiln_value *document)
{
    run_document(r, "document", document);
}
