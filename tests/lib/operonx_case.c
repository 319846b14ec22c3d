/* operonx_case.c: see operonx_case.h.
 */
#include "operonx_case.h"

#include <string.h>

#include "compile.h"
#include "kiln.h"
#include "operonx_ops.h"
#include "value.h"

static struct text answer, quoted;

/* A document may be written with single quotes, which C does not need to escape. */
static const char *with_quotes(const char *document)
{
    text_clear(&quoted);
    text_puts(&quoted, document);
    for (size_t i = 0; *document == '{' && document[1] == '\'' && i < quoted.n; i++)
        if (quoted.s[i] == '\'')
            quoted.s[i] = '"';
    return text_cstr(&quoted);
}

static void compile(struct compilation *c, const char *document, enum stage until)
{
    static const kiln_op *set[OPERONX_OPS_MOST];
    struct op_set ops = { set, operonx_ops_for("", set) };
    struct compile_options options = { .until = until, .dialect = "operonx", .verify = 1 };

    document = with_quotes(document);
    memset(c, 0, sizeof *c);
    text_clear(&answer);
    compile_text(c, "case.json", document, strlen(document), &ops, &options);
}

static void put_complaints(const struct compilation *c, int warnings)
{
    for (size_t i = 0; i < c->diags.n; i++) {
        const struct diag *d = &c->diags.at[i];

        if (warnings || d->severity == DIAG_ERROR)
            text_printf(&answer, "%s%s %s", answer.n ? "\n" : "", d->code, d->sentence);
    }
}

static void put_run(const kiln_program *program, const char *input)
{
    struct json_error error;
    kiln_options o = { 0 };
    kiln_value v;
    kiln_run *r;
    kiln_heap h;

    heap_init(&h, 0);
    if (json_read(&h, &v, input, strlen(input), &error) < 0)
        text_puts(&answer, "the input is not JSON");
    else if (kiln_run_new(program, &o, &r) == 0) {
        kiln_run_start(r, &v);
        kiln_run_drive(r);
        if (kiln_run_status(r) != KILN_COMPLETED)
            text_puts(&answer, "FAILED ");
        json_write(&answer, kiln_run_output(r));
        kiln_run_free(r);
    }
    heap_fini(&h);
}

const char *operonx_case_run(const char *document, const char *input)
{
    const kiln_program *program = NULL;
    struct build_jit *jit = NULL;
    static const kiln_op *set[OPERONX_OPS_MOST];
    size_t n = operonx_ops_for("", set);
    struct compilation c;

    compile(&c, document, STAGE_C);
    if (!c.diags.errors)
        build_tcc(c.c.s, c.c.n, c.symbol, set, n, &c.arena, &c.diags, &jit, &program);
    if (program)
        put_run(program, input);
    else
        put_complaints(&c, 0);
    if (jit)
        build_jit_free(jit);
    compile_fini(&c);
    return text_cstr(&answer);
}

const char *operonx_case_complaints(const char *document)
{
    struct compilation c;

    compile(&c, document, STAGE_PLAN);
    put_complaints(&c, 1);
    compile_fini(&c);
    return text_cstr(&answer);
}

const char *operonx_case_stage(const char *document, const char *stage)
{
    int model = !strcmp(stage, "model");
    struct compilation c;

    compile(&c, document, model ? STAGE_CHECK : STAGE_PLAN);
    if (c.diags.errors)
        put_complaints(&c, 0);
    else if (model)
        c.dialect->print(&c.unit, &answer);
    else
        plan_print(c.plan, &answer);
    compile_fini(&c);
    return text_cstr(&answer);
}
