/* scenario_catalog.c: the operations that the reference's validator was given, as Kiln's own are
 * declared. They are only checked against, so none has a body. */
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "scenario.h"

static const char *text_of(kiln_heap *h, const kiln_value *object, const char *key)
{
    kiln_value v = value_member(object, key);

    return v.tag == KILN_STRING ? arena_dup(&h->arena, v.u.s, v.n) : "";
}

static int is_true(const kiln_value *object, const char *key)
{
    kiln_value v = value_member(object, key);

    return v.tag == KILN_BOOL && v.u.i;
}

/* The words of an `enum`. */
static const char *const *words_of(kiln_heap *h, const kiln_value *list)
{
    const char **words = arena_zalloc(&h->arena, (list->n + 1) * sizeof *words);

    for (unsigned i = 0; i < list->n; i++)
        words[i] = records_plain(h, &list->u.items[i]);
    return words;
}

static void add_inputs(kiln_heap *h, kiln_op *op, const kiln_value *list)
{
    kiln_field *fields = arena_zalloc(&h->arena, (list->n + 1) * sizeof *fields);
    kiln_words *words = arena_zalloc(&h->arena, (list->n + 1) * sizeof *words);
    unsigned n_words = 0;

    for (unsigned i = 0; list->tag == KILN_ARRAY && i < list->n; i++) {
        const kiln_value *input = &list->u.items[i];
        kiln_value some = value_member(input, "enum");
        kiln_field *f = &fields[op->n_inputs++];

        f->name = text_of(h, input, "name");
        f->type = text_of(h, input, "type");
        f->doc = text_of(h, input, "description");
        f->flags = is_true(input, "required") ? KILN_REQUIRED : 0;
        if (some.tag == KILN_ARRAY)
            words[n_words++] = (kiln_words){ f->name, words_of(h, &some) };
    }
    op->inputs = fields;
    op->words = words;
}

/* The reference asks for a connection wherever an agent takes one, but not of `http`. */
static const kiln_op *make_op(kiln_heap *h, const kiln_value *agent, const kiln_value *capability)
{
    kiln_op *op = arena_zalloc(&h->arena, sizeof *op);
    const char *family = text_of(h, agent, "id");
    kiln_value inputs = value_member(capability, "inputs");

    op->name = arena_printf(&h->arena, "%s.%s", family, text_of(h, capability, "id"));
    op->symbol = op->name;
    op->doc = text_of(h, capability, "description");
    if (is_true(agent, "supportsConnections"))
        op->flags = strcmp(family, "http") ? KILN_OP_CONNECTS : KILN_OP_MAY_CONNECT;
    add_inputs(h, op, &inputs);
    return op;
}

static struct op_set make_ops(kiln_heap *h, const kiln_value *agents)
{
    const kiln_op **all;
    struct op_set ops;
    size_t n = 0;

    for (unsigned i = 0; i < agents->n; i++)
        n += value_member(&agents->u.items[i], "capabilities").n;
    all = arena_alloc(&h->arena, (n + 1) * sizeof *all);
    ops = (struct op_set){ all, 0 };
    for (unsigned i = 0; i < agents->n; i++) {
        kiln_value list = value_member(&agents->u.items[i], "capabilities");

        for (unsigned c = 0; c < list.n; c++)
            all[ops.n++] = make_op(h, &agents->u.items[i], &list.u.items[c]);
    }
    return ops;
}

struct op_set records_catalog(struct records *r, const kiln_value *name)
{
    static const char usual[] = "support/agent_catalog.json";
    const char *file = name->tag == KILN_STRING ? records_plain(r->heap, name) : usual;
    int n = (int)strlen(r->path);
    kiln_value agents;
    char path[4096];

    if (!strcmp(file, "empty"))
        return (struct op_set){ 0 };
    while (n > 0) {
        while (n > 0 && r->path[n - 1] != '/')
            n--;
        snprintf(path, sizeof path, "%.*s%s", n, r->path, file);
        if (n > 0 && access(path, R_OK) == 0 && conformance_read(r->heap, path, &agents) == 0
            && agents.tag == KILN_ARRAY)
            return make_ops(r->heap, &agents);
        n--;
    }
    return *r->c->ops;
}
