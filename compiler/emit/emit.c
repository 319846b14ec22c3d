/* emit.c: a plan becomes the text of one C file.
 *
 * The parts of the file grow side by side (emitter.h) and are put in the places that
 * templates/program.c has for them. How each operation looks is in templates/forms.c.
 */
#include "emit/emit.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "embedded.h"
#include "emit/emitter.h"
#include "emit/literal.h"

enum { MOST_HOLES = 8, COMMENT_COLUMNS = 70 };

/* A template and the code that fills it do not fit: Kiln was built wrong. */
static void must_fill(int failed, const char *wrong)
{
    if (!failed)
        return;
    fprintf(stderr, "kiln: broken template: %s\n", wrong);
    abort();
}

void emit_form(struct emitter *e, struct text *out, unsigned depth, const char *form, ...)
{
    struct fill values[MOST_HOLES];
    const char *wrong = "", *name;
    size_t n = 0;
    va_list ap;

    va_start(ap, form);
    while ((name = va_arg(ap, const char *)) != NULL) {
        assert(n < MOST_HOLES);
        values[n++] = (struct fill){ name, va_arg(ap, const char *) };
    }
    va_end(ap);
    must_fill(fill_form(&e->forms, out, depth, form, values, n, &wrong) < 0, wrong);
}

const char *emit_join(struct emitter *e, const char *first, ...)
{
    const char *joined;
    va_list ap;

    va_start(ap, first);
    joined = arena_vjoin(e->arena, first, ap);
    va_end(ap);
    if (!joined)
        plan_memory_out();
    return joined;
}

const char *emit_number(struct emitter *e, long long number)
{
    char digits[24], *at = digits + sizeof digits - 1;
    unsigned long long left =
        number < 0 ? 0 - (unsigned long long)number : (unsigned long long)number;

    *at = '\0';
    do
        *--at = (char)('0' + left % 10);
    while (left /= 10);
    return emit_join(e, number < 0 ? "-" : "", at, (char *)NULL);
}

static void remember(struct map *m, const char *key, const char *value)
{
    if (map_put(m, key, strlen(key), (void *)value) < 0)
        plan_memory_out();
}

const char *emit_function(struct emitter *e, const struct plan_function *function)
{
    static const char types[] = { '1', '2', '3' };
    const char *symbol = function->symbol;

    if (!map_get(&e->called, symbol, strlen(symbol))) {
        remember(&e->called, symbol, symbol);
        if (function->arity < 0)
            text_printf(&e->calls, "extern kiln_function_n %s;\n", symbol);
        else
            text_printf(&e->calls, "extern kiln_function%c %s;\n", types[function->arity - 1],
                        symbol);
    }
    return symbol;
}

const char *emit_operation(struct emitter *e, const kiln_op *op)
{
    const char *name = map_get(&e->ops, op->symbol, strlen(op->symbol));

    if (!name) {
        name = emit_join(e, "kiln_op_", op->symbol, (char *)NULL);
        remember(&e->ops, op->symbol, name);
        text_printf(&e->calls, "extern const kiln_op %s;\n", name);
    }
    return name;
}

const struct flow_names *emit_flow_names(const struct emitter *e, const struct plan_flow *flow)
{
    return &e->flow_names[flow->number];
}

const char *emit_symbol(const struct plan *p)
{
    return cname_plain(p->arena, p->name, strlen(p->name));
}

struct text *emit_aside(struct emitter *e)
{
    e->flows.failed |= e->aside.failed;
    text_clear(&e->aside);
    return &e->aside;
}

/* ---- the parts ---- */

/* Flows may run flows that stand further down. */
static void declare_flows(struct emitter *e)
{
    for (unsigned i = 1; i < e->plan->n_flows; i++)
        text_printf(&e->flows, "static const kiln_flow flow_%s;\n", e->flow_names[i].tail);
    if (e->plan->n_flows > 1)
        text_putc(&e->flows, '\n');
}

static void put_flows(struct emitter *e)
{
    unsigned most = 0;

    for (unsigned i = 0; i < e->plan->n_flows; i++)
        if (e->plan->flows[i]->n_slots > most)
            most = e->plan->flows[i]->n_slots;
    e->written = plan_alloc(e->plan->flows[0]->plan, most * sizeof *e->written);
    declare_flows(e);
    for (unsigned i = 0; i < e->plan->n_flows; i++) {
        if (i)
            text_putc(&e->flows, '\n');
        emit_flow(e, e->plan->flows[i]);
    }
}

/* A part under its heading; nothing when the part is empty. In the arena. */
static const char *headed(struct emitter *e, const char *heading, const struct text *part)
{
    if (!part->n)
        return "";
    return emit_join(e, "/* ---- ", heading, " ---- */\n\n", part->s, "\n", (char *)NULL);
}

static void put_notice(const struct plan *p, struct text *out)
{
    text_puts(out, "/* Workflow \"");
    literal_comment(out, p->name, strlen(p->name), COMMENT_COLUMNS);
    text_printf(out, "\" (%s).\n * Written by Kiln: change the workflow, not this.\n */\n",
                p->dialect);
}

static void put_file(struct emitter *e, struct text *out)
{
    const char *calls = headed(e, "what it calls", &e->calls);
    const char *constants = headed(e, "constants", &e->constants);
    struct text notice = { 0 };
    const char *wrong = "";

    put_notice(e->plan, &notice);
    const struct fill parts[] = {
        { "notice", text_cstr(&notice) },
        { "contract", embedded_kiln_program_h },
        { "calls", calls },
        { "constants", constants },
        { "flows", text_cstr(&e->flows) },
        { "program", text_cstr(&e->program) },
    };
    int failed = fill_template(out, e->arena, embedded_program_c, parts,
                               sizeof parts / sizeof *parts, &wrong);

    must_fill(failed < 0, wrong);
    text_fini(&notice);
}

static void fini(struct emitter *e)
{
    text_fini(&e->calls);
    text_fini(&e->constants);
    text_fini(&e->flows);
    text_fini(&e->program);
    text_fini(&e->aside);
    text_fini(&e->leaf);
    map_fini(&e->called);
    map_fini(&e->ops);
    map_fini(&e->kinds);
    fill_fini(&e->forms);
    cname_fini(&e->names);
}

void emit_program(const struct plan *p, struct text *out)
{
    struct emitter e = { .plan = p, .arena = p->arena, .names = { .arena = p->arena } };
    const char *wrong = "";

    must_fill(fill_read_forms(&e.forms, p->arena, embedded_forms_c, &wrong) < 0, wrong);
    e.const_names = plan_alloc(p->flows[0]->plan, p->n_consts * sizeof *e.const_names);
    emit_make_names(&e);
    put_flows(&e);
    emit_description(&e);
    put_file(&e, out);
    if (e.calls.failed || e.constants.failed || e.flows.failed || e.program.failed || e.aside.failed
        || out->failed)
        plan_memory_out();
    fini(&e);
}
