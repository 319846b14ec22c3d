/* cli_describe.c: the verb that tells what the program is, from its tables alone. */
#include "cli.h"

static const char *effect_name(unsigned effect)
{
    static const char *const names[] = {
        [KILN_PURE] = "pure", [KILN_IDEMPOTENT] = "idempotent", [KILN_EFFECTFUL] = "effectful"
    };

    return effect <= KILN_EFFECTFUL ? names[effect] : "?";
}

/* All but the end of the list and `track`, which is the last: it is not for --verbs to say. */
static int is_told(const kiln_verb *verb)
{
    return verb && !verb->tracking;
}

/* ---- readable ---- */

static void put_fields(struct text *t, const char *title, const kiln_field *fields, unsigned n)
{
    for (unsigned i = 0; i < n; i++)
        text_printf(t, "    %-4s %s: %s%s  %s\n", title, fields[i].name, fields[i].type,
                    fields[i].flags & KILN_REQUIRED ? ", required" : "", fields[i].doc);
}

static void put_steps(struct text *t, const kiln_flow *flow)
{
    for (unsigned i = 0; i < flow->n_steps; i++) {
        const kiln_step *s = &flow->steps[i];

        if (s->kind->flags & KILN_STEP_HIDDEN)
            continue;
        text_printf(t, "  %-24s", s->id);
        if (s->kind->op)
            text_printf(t, " calls %s", s->kind->op->name);
        if (s->kind->flow)
            text_printf(t, " runs %s", s->kind->flow->name);
        text_printf(t, "  %s (line %u)\n", s->pointer, s->line);
    }
}

static void put_text(struct text *t, const struct cli *c)
{
    const kiln_program *p = c->program;

    text_printf(t, "program  %s\ndialect  %s\nhash     ", p->name, p->dialect);
    cli_put_hash(t, p->hash);
    text_puts(t, "\nverbs   ");
    for (const kiln_verb *const *v = c->verbs; is_told(*v); v++)
        text_printf(t, " %s", (*v)->shown.name);
    for (unsigned i = 0; i < p->n_flows; i++) {
        text_printf(t, "\n\nflow %s\n", p->flows[i]->name);
        put_steps(t, p->flows[i]);
        t->n -= t->n && t->s[t->n - 1] == '\n';
    }
    text_putc(t, '\n');
    for (unsigned i = 0; i < p->n_ops; i++) {
        const kiln_op *op = p->ops[i];

        text_printf(t, "\noperation %s (%s)  %s\n", op->name, effect_name(op->effect), op->doc);
        put_fields(t, "in", op->inputs, op->n_inputs);
        put_fields(t, "out", op->outputs, op->n_outputs);
    }
}

/* ---- for machines ---- */

static void put_step_json(struct text *t, const kiln_step *s)
{
    text_putc(t, '{');
    cli_put_member(t, "id", s->id);
    cli_put_member(t, "pointer", s->pointer);
    text_printf(t, ",\"line\":%u,\"column\":%u", s->line, s->column);
    cli_put_member(t, "operation", s->kind->op ? s->kind->op->name : NULL);
    cli_put_member(t, "flow", s->kind->flow ? s->kind->flow->name : NULL);
    text_putc(t, '}');
}

static void put_flow_json(struct text *t, const kiln_flow *flow)
{
    const char *comma = "";

    text_putc(t, '{');
    cli_put_member(t, "name", flow->name);
    text_puts(t, ",\"steps\":[");
    for (unsigned i = 0; i < flow->n_steps; i++) {
        if (flow->steps[i].kind->flags & KILN_STEP_HIDDEN)
            continue;
        text_puts(t, comma);
        put_step_json(t, &flow->steps[i]);
        comma = ",";
    }
    text_puts(t, "]}");
}

static void put_fields_json(struct text *t, const char *key, const kiln_field *fields, unsigned n)
{
    text_printf(t, ",\"%s\":[", key);
    for (unsigned i = 0; i < n; i++) {
        text_puts(t, i ? ",{" : "{");
        cli_put_member(t, "name", fields[i].name);
        cli_put_member(t, "type", fields[i].type);
        text_printf(t, ",\"required\":%s", fields[i].flags & KILN_REQUIRED ? "true" : "false");
        cli_put_member(t, "doc", fields[i].doc);
        text_putc(t, '}');
    }
    text_putc(t, ']');
}

static void put_op_json(struct text *t, const kiln_op *op)
{
    text_putc(t, '{');
    cli_put_member(t, "name", op->name);
    cli_put_member(t, "effect", effect_name(op->effect));
    cli_put_member(t, "doc", op->doc);
    put_fields_json(t, "inputs", op->inputs, op->n_inputs);
    put_fields_json(t, "outputs", op->outputs, op->n_outputs);
    text_putc(t, '}');
}

static void put_json(struct text *t, const struct cli *c)
{
    const kiln_program *p = c->program;

    text_putc(t, '{');
    cli_put_member(t, "name", p->name);
    cli_put_member(t, "dialect", p->dialect);
    text_puts(t, ",\"hash\":\"");
    cli_put_hash(t, p->hash);
    text_puts(t, "\",\"verbs\":[");
    for (const kiln_verb *const *v = c->verbs; is_told(*v); v++)
        text_printf(t, "%s\"%s\"", v > c->verbs ? "," : "", (*v)->shown.name);
    text_puts(t, "],\"flows\":[");
    for (unsigned i = 0; i < p->n_flows; i++) {
        text_puts(t, i ? "," : "");
        put_flow_json(t, p->flows[i]);
    }
    text_puts(t, "],\"operations\":[");
    for (unsigned i = 0; i < p->n_ops; i++) {
        text_puts(t, i ? "," : "");
        put_op_json(t, p->ops[i]);
    }
    text_puts(t, "]}\n");
}

static int do_describe(struct cli *c)
{
    struct text t = { 0 };
    int code;

    if (c->rest.n)
        return cli_complain(c, KILN_EXIT_USAGE, "what is '%s'? describe takes only --json",
                            c->rest.at[0]);
    if (c->options.json)
        put_json(&t, c);
    else
        put_text(&t, c);
    code = cli_put(c, 1, &t);
    text_fini(&t);
    return code;
}

static const struct option describe_options[] = CLI_TABLE(CLI_DESCRIBE);
const kiln_verb kiln_verb_describe = {
    { "describe", "", "Tells the steps and operations of this program.", describe_options,
      "describe --json" },
    .run = do_describe,
};
