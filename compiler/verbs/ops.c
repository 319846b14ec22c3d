/* ops.c: kiln ops [NAME]: the operations a workflow may call, with their fields. */
#include <string.h>

#include "value.h"
#include "verbs/verbs.h"

const char *verb_effect(const kiln_op *op)
{
    static const char *const names[] = { "pure", "idempotent", "effectful" };

    return names[op->effect];
}

/* ---- text ---------------------------------------------------------------------------------- */

static void put_list(struct text *t, const struct op_set *ops)
{
    int widest = 0;

    for (size_t i = 0; i < ops->n; i++)
        if ((int)strlen(ops->at[i]->name) > widest)
            widest = (int)strlen(ops->at[i]->name);
    for (size_t i = 0; i < ops->n; i++)
        text_printf(t, "%-*s  %-10s  %s\n", widest, ops->at[i]->name, verb_effect(ops->at[i]),
                    ops->at[i]->doc);
}

static void put_fields(struct text *t, const char *title, const kiln_field *f, unsigned n)
{
    if (n)
        text_printf(t, "\n%s:\n", title);
    for (unsigned i = 0; i < n; i++)
        text_printf(t, "  %-20s %s%s%s%s\n  %-20s %s\n", f[i].name, f[i].type,
                    f[i].flags & KILN_REQUIRED ? ", required" : "",
                    f[i].flags & KILN_NULLABLE ? ", may be null" : "",
                    f[i].flags & KILN_PLACE ? ", a place outside" : "", "", f[i].doc);
}

static void put_one(struct text *t, const kiln_op *op)
{
    text_printf(t, "%s (%s%s)\n  %s\n", op->name, verb_effect(op),
                op->flags & KILN_OP_GENERATOR ? ", generator" : "", op->doc);
    put_fields(t, "inputs", op->inputs, op->n_inputs);
    put_fields(t, op->flags & KILN_OP_BARE ? "output (the bare value)" : "outputs", op->outputs,
               op->n_outputs);
    for (const kiln_words *w = op->words; w && w->field; w++) {
        text_printf(t, "\n'%s' is one of", w->field);
        for (size_t i = 0; w->words[i]; i++)
            text_printf(t, "%s %s", i ? "," : "", w->words[i]);
        text_putc(t, '\n');
    }
    if (op->needs)
        text_printf(t, "\nlibraries: %s\n", op->needs);
}

/* ---- JSON ---------------------------------------------------------------------------------- */

void verb_put_string(struct text *t, const char *before, const char *s)
{
    kiln_value v = value_static(s);

    text_puts(t, before);
    json_write(t, &v);
}

static void put_json_fields(struct text *t, const char *key, const kiln_field *f, unsigned n)
{
    text_printf(t, ",\"%s\":[", key);
    for (unsigned i = 0; i < n; i++) {
        verb_put_string(t, i ? ",{\"name\":" : "{\"name\":", f[i].name);
        verb_put_string(t, ",\"type\":", f[i].type);
        verb_put_string(t, ",\"doc\":", f[i].doc);
        text_printf(t, ",\"required\":%s,\"nullable\":%s,\"place\":%s}",
                    f[i].flags & KILN_REQUIRED ? "true" : "false",
                    f[i].flags & KILN_NULLABLE ? "true" : "false",
                    f[i].flags & KILN_PLACE ? "true" : "false");
    }
    text_putc(t, ']');
}

static void put_json_words(struct text *t, const kiln_words *words)
{
    text_puts(t, ",\"words\":{");
    for (const kiln_words *w = words; w && w->field; w++) {
        verb_put_string(t, w == words ? "" : ",", w->field);
        text_puts(t, ":[");
        for (size_t i = 0; w->words[i]; i++)
            verb_put_string(t, i ? "," : "", w->words[i]);
        text_putc(t, ']');
    }
    text_putc(t, '}');
}

static void put_json(struct text *t, const kiln_op *op)
{
    verb_put_string(t, "{\"name\":", op->name);
    verb_put_string(t, ",\"effect\":", verb_effect(op));
    verb_put_string(t, ",\"doc\":", op->doc);
    text_printf(t, ",\"generator\":%s", op->flags & KILN_OP_GENERATOR ? "true" : "false");
    verb_put_string(t, ",\"needs\":", op->needs ? op->needs : "");
    verb_put_string(t, ",\"connection\":",
                    op->flags & KILN_OP_CONNECTS      ? "needed"
                    : op->flags & KILN_OP_MAY_CONNECT ? "taken"
                                                      : "none");
    put_json_words(t, op->words);
    put_json_fields(t, "inputs", op->inputs, op->n_inputs);
    put_json_fields(t, "outputs", op->outputs, op->n_outputs);
    text_putc(t, '}');
}

static void put_json_list(struct text *t, const struct op_set *ops)
{
    text_putc(t, '[');
    for (size_t i = 0; i < ops->n; i++) {
        text_puts(t, i ? ",\n " : "");
        put_json(t, ops->at[i]);
    }
    text_puts(t, "]\n");
}

/* ---- the verb ------------------------------------------------------------------------------ */

static int unknown(struct request *r, const char *name)
{
    const char **names = diag_must_have(arena_alloc(&r->arena, (r->ops.n + 1) * sizeof *names));
    const char *near;

    for (size_t i = 0; i < r->ops.n; i++)
        names[i] = r->ops.at[i]->name;
    near = diag_nearest(name, names, r->ops.n);
    return request_complain(r, KILN_EXIT_USAGE, "there is no operation '%s'%s%s%s", name,
                            near ? "; did you mean '" : "", near ? near : "", near ? "'?" : "");
}

int verb_ops(struct request *r)
{
    const char *name = r->words.n ? r->words.at[0] : NULL;
    int code = request_load_ops(r);
    struct text t = { 0 };
    const kiln_op *op;

    if (code != KILN_EXIT_OK)
        return code;
    op = name ? op_set_find(&r->ops, name, strlen(name)) : NULL;
    if (name && !op)
        return unknown(r, name);
    if (r->options.program.json && op) {
        put_json(&t, op);
        text_putc(&t, '\n');
    } else if (r->options.program.json) {
        put_json_list(&t, &r->ops);
    } else if (op) {
        put_one(&t, op);
    } else {
        put_list(&t, &r->ops);
    }
    code = request_put(r, &t);
    text_fini(&t);
    return code;
}
