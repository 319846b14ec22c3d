/* graphs.c: pregel graphs for tests. Ids are counted: "1f...0001", "1f...0002". */
#include "graphs.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "value.h"

static void put_json(struct text *t, const char *text)
{
    for (; *text; text++)
        text_putc(t, *text == '\'' ? '"' : *text);
}

static void build(struct graph *g)
{
    struct compilation *c = &g->compilation;
    struct op_set ops = { compile_builtin_ops, compile_n_builtin_ops };

    build_tcc(c->c.s, c->c.n, c->symbol, ops.at, ops.n, &c->arena, &c->diags, &g->jit, &g->program);
}

void graph_compile(struct graph *g, const char *text)
{
    struct op_set ops = { compile_builtin_ops, compile_n_builtin_ops };
    struct compile_options options = { .until = STAGE_C, .dialect = "pregel", .verify = 1 };
    struct text json = { 0 };
    int failed;

    memset(g, 0, sizeof *g);
    put_json(&json, text);
    failed = compile_text(&g->compilation, "graph", text_cstr(&json), json.n, &ops, &options);
    if (!failed)
        build(g);
    for (size_t i = 0; i < g->compilation.diags.n; i++)
        text_printf(&g->codes, "%s%s", i ? " " : "", g->compilation.diags.at[i].code);
    text_fini(&json);
}

static void next_id(void *ctx, int step, char ret[37])
{
    struct graph *g = ctx;

    snprintf(ret, 37, "1f000000-0000-6%03x-%04x-00000000abcd", ++g->ids & 0xfff,
             0x8000 | ((unsigned)step & 0x3fff));
}

static void listen(void *ctx, enum kiln_event kind, const kiln_step *step, const kiln_value *v)
{
    static const char *const names[] = { [KILN_EVENT_TASK] = "task",
                                         [KILN_EVENT_UPDATES] = "updates",
                                         [KILN_EVENT_RESULT] = "result",
                                         [KILN_EVENT_VALUES] = "values" };
    struct graph *g = ctx;

    (void)step;
    if (kind < KILN_EVENT_TASK)
        return;
    text_printf(&g->told, "%s ", names[kind]);
    json_write(&g->told, v);
    text_putc(&g->told, '\n');
}

static int start(struct graph *g)
{
    kiln_options options = {
        .trace = listen, .trace_ctx = g, .checkpoint_id = next_id, .checkpoint_ctx = g
    };

    return g->run ? 0 : kiln_run_new(g->program, &options, &g->run);
}

const char *graph_run(struct graph *g, const char *input)
{
    struct json_error error;
    struct text json = { 0 };
    kiln_value v;
    kiln_heap h;

    text_clear(&g->told);
    text_clear(&g->output);
    heap_init(&h, 0);
    put_json(&json, input);
    if (g->program && json_read(&h, &v, text_cstr(&json), json.n, &error) == 0 && start(g) == 0
        && kiln_run_start(g->run, &v) == 0 && kiln_run_drive(g->run) >= 0)
        json_write(&g->output, kiln_run_output(g->run));
    text_fini(&json);
    heap_fini(&h);
    return text_cstr(&g->output);
}

void graph_fini(struct graph *g)
{
    kiln_run_free(g->run);
    if (g->jit)
        build_jit_free(g->jit);
    compile_fini(&g->compilation);
    text_fini(&g->told);
    text_fini(&g->output);
    text_fini(&g->codes);
}
