/* workflows.c: scenario workflows for tests. */
#include "workflows.h"

#include <check.h>
#include <string.h>

#include "value.h"

static void put_json(struct text *t, const char *text)
{
    for (; *text; text++)
        text_putc(t, *text == '\'' ? '"' : *text);
}

void workflow_offer(struct workflow *w, const struct offered *offered)
{
    memset(w, 0, sizeof *w);
    for (; offered->id; offered++) {
        struct child_file file = { .id = offered->id, .version = offered->version };
        struct text json = { 0 };

        put_json(&json, offered->text);
        file.n = json.n;
        file.text = arena_dup(&w->arena, text_cstr(&json), json.n);
        file.path = offered->id;
        child_set_add(&w->children, &w->arena, &file);
        text_fini(&json);
    }
}

void workflow_compile(struct workflow *w, const char *text, enum stage until, int legacy)
{
    memset(w, 0, sizeof *w);
    workflow_compile_offered(w, text, until, legacy);
}

static void build(struct workflow *w, const struct op_set *ops)
{
    struct compilation *c = &w->compilation;

    if (w->is_so)
        build_so(c->c.s, c->c.n, c->symbol, ops->at, ops->n, "0", &c->arena, &c->diags, &w->jit,
                 &w->program);
    else
        build_tcc(c->c.s, c->c.n, c->symbol, ops->at, ops->n, &c->arena, &c->diags, &w->jit,
                  &w->program);
}

/* The built-in operations, and the one of the test before them. */
static struct op_set all_ops(struct workflow *w)
{
    struct op_set all = { compile_builtin_ops, compile_n_builtin_ops };
    const kiln_op **at;

    if (!w->op)
        return all;
    ck_assert_ptr_nonnull(at = arena_alloc(&w->arena, (all.n + 1) * sizeof *at));
    at[0] = w->op;
    memcpy(at + 1, all.at, all.n * sizeof *at);
    return (struct op_set){ at, all.n + 1 };
}

void workflow_compile_offered(struct workflow *w, const char *text, enum stage until, int legacy)
{
    struct op_set ops = all_ops(w);
    struct compile_options options = { .until = until,
                                       .dialect = "scenario",
                                       .children = w->children.at ? &w->children : NULL,
                                       .id = w->children.at ? "own" : NULL,
                                       .legacy = legacy,
                                       .verify = 1 };
    struct compilation *c = &w->compilation;
    struct text json = { 0 };

    put_json(&json, text);
    if (compile_text(c, "workflow", text_cstr(&json), json.n, &ops, &options) == 0
        && until == STAGE_C)
        build(w, &ops);
    for (size_t i = 0; i < c->diags.n; i++)
        text_printf(&w->codes, "%s%s", i ? " " : "", c->diags.at[i].code);
    text_fini(&json);
}

static void listen(void *ctx, enum kiln_event kind, const kiln_step *step, const kiln_value *v)
{
    struct workflow *w = ctx;

    if (w->listen)
        w->listen(w->listen_ctx, kind, step, v);
    if (kind == KILN_EVENT_NOTE) {
        json_write(&w->notes, v);
        text_putc(&w->notes, '\n');
    }
    if (kind == KILN_EVENT_STEP && !(step->kind->flags & KILN_STEP_HIDDEN))
        text_printf(&w->steps, "%s%s", w->steps.n ? " " : "", step->id);
}

static void send(const struct workflow *w, kiln_run *r)
{
    struct json_error error;
    struct text json = { 0 };
    kiln_value v;
    kiln_heap h;

    heap_init(&h, 1);
    put_json(&json, w->answer);
    ck_assert_int_eq(json_read(&h, &v, text_cstr(&json), json.n, &error), 0);
    ck_assert_int_eq(kiln_run_signal(r, w->signal, &v), 0);
    text_fini(&json);
    heap_fini(&h);
}

/* Starts the run and drives it to its end. */
static void drive(struct workflow *w, const kiln_value *input)
{
    kiln_options options = {
        .id = "run", .io = w->io, .trace = listen, .trace_ctx = w, .about = w->about
    };
    kiln_run *r = NULL;

    ck_assert_int_eq(kiln_run_new(w->program, &options, &r), 0);
    if (w->signal)
        send(w, r);
    ck_assert_int_eq(kiln_run_start(r, input), 0);
    ck_assert_int_ge(kiln_run_drive(r), 0);
    if (kiln_run_status(r) == KILN_FAILED)
        text_puts(&w->output, "! ");
    json_write(&w->output, kiln_run_output(r));
    kiln_run_free(r);
}

const char *workflow_run(struct workflow *w, const char *input)
{
    struct json_error error;
    struct text json = { 0 };
    kiln_value v;
    kiln_heap h;

    text_clear(&w->output);
    text_clear(&w->notes);
    text_clear(&w->steps);
    heap_init(&h, 1);
    put_json(&json, input);
    ck_assert_msg(w->program != NULL, "refused: %s", text_cstr(&w->codes));
    ck_assert_int_eq(json_read(&h, &v, text_cstr(&json), json.n, &error), 0);
    drive(w, &v);
    text_fini(&json);
    heap_fini(&h);
    return text_cstr(&w->output);
}

void workflow_fini(struct workflow *w)
{
    if (w->jit)
        build_jit_free(w->jit);
    compile_fini(&w->compilation);
    arena_fini(&w->arena);
    text_fini(&w->codes);
    text_fini(&w->output);
    text_fini(&w->notes);
    text_fini(&w->steps);
}

void workflow_expect_codes(const char *text, const char *codes)
{
    struct workflow w;

    workflow_compile(&w, text, STAGE_PLAN, 0);
    ck_assert_msg(!strcmp(text_cstr(&w.codes), codes), "%s: got %s", text, text_cstr(&w.codes));
    workflow_fini(&w);
}

void workflow_expect(const char *text, const char *input, const char *output)
{
    struct workflow w;

    workflow_compile(&w, text, STAGE_C, 1);
    ck_assert_str_eq(workflow_run(&w, input), output);
    workflow_fini(&w);
}

void workflow_expect_offered_codes(const struct offered *offered, const char *text,
                                   const char *codes)
{
    struct workflow w;

    workflow_offer(&w, offered);
    workflow_compile_offered(&w, text, STAGE_PLAN, 0);
    ck_assert_msg(!strcmp(text_cstr(&w.codes), codes), "%s: got %s", text, text_cstr(&w.codes));
    workflow_fini(&w);
}

void workflow_expect_offered(const struct offered *offered, const char *text, const char *input,
                             const char *output)
{
    struct workflow w;

    workflow_offer(&w, offered);
    workflow_compile_offered(&w, text, STAGE_C, 1);
    ck_assert_str_eq(workflow_run(&w, input), output);
    workflow_fini(&w);
}
