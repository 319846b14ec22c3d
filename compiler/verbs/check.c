/* check.c: kiln check FILE...: every complaint about every file, in one go. */
#include <stdlib.h>

#include "verbs/verbs.h"

/* The complaints of all files as one list, for one summary and one JSON array. */
static void gather(struct diags *all, const struct diags *d)
{
    for (size_t i = 0; i < d->n; i++)
        all->at[all->n++] = d->at[i];
    all->errors += d->errors;
    all->warnings += d->warnings;
}

static struct diags gather_all(struct request *r, const struct compilation *c, size_t n)
{
    struct diags all = { .arena = &r->arena };
    size_t total = 0;

    for (size_t i = 0; i < n; i++)
        total += c[i].diags.n;
    all.at = diag_must_have(arena_alloc(&r->arena, (total + 1) * sizeof *all.at));
    for (size_t i = 0; i < n; i++)
        gather(&all, &c[i].diags);
    return all;
}

static unsigned count_steps(const struct plan *p)
{
    unsigned n = 0;

    for (unsigned i = 0; i < p->n_flows; i++)
        n += p->flows[i]->n_steps;
    return n;
}

/* A line for each file without an error, so that silence never means "nothing was looked at". */
static int put_good(struct request *r, const struct compilation *c, size_t n)
{
    struct text t = { 0 };
    int code;

    for (size_t i = 0; i < n; i++) {
        unsigned steps = c[i].diags.errors ? 0 : count_steps(c[i].plan);

        if (!c[i].diags.errors)
            text_printf(&t, "%s: %s workflow, %u step%s in the plan, no errors\n", c[i].source.path,
                        c[i].dialect->name, steps, steps == 1 ? "" : "s");
    }
    code = request_put(r, &t);
    text_fini(&t);
    return code;
}

static int report(struct request *r, const struct compilation *c, size_t n)
{
    struct diags all = gather_all(r, c, n);
    int code, is_json = r->options.format && *r->options.format == 'j';

    if (is_json) {
        diag_print(&all, stdout, DIAG_JSON, 0);
        return all.errors || (r->options.werror && all.warnings) ? KILN_EXIT_FAILED : KILN_EXIT_OK;
    }
    code = request_report(r, &all);
    return code == KILN_EXIT_OK ? put_good(r, c, n) : code;
}

int verb_check(struct request *r)
{
    size_t n = r->words.n;
    struct compilation *c;
    int code;

    if (!n)
        return request_complain(r, KILN_EXIT_USAGE, "which workflow? Say '%s check FILE...'",
                                r->name);
    code = request_load_ops(r);
    if (code == KILN_EXIT_OK)
        code = request_find_children(r);
    if (code != KILN_EXIT_OK)
        return code;
    c = diag_must_have(calloc(n, sizeof *c));
    for (size_t i = 0; i < n; i++)
        request_compile(r, &c[i], r->words.at[i], STAGE_PLAN);
    code = report(r, c, n);
    for (size_t i = 0; i < n; i++)
        compile_fini(&c[i]);
    free(c);
    return code;
}
