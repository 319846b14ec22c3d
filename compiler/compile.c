/* compile.c: the pipeline. Read this first: `stages` is the whole way of the data from workflow
 * JSON to C text, each stage in one function that calls one door.
 *
 * A stage runs to its end and reports all it finds; the pipeline stops behind the first stage that
 * made an error. Between stages there is only "stop here?", "dump?" and "time".
 */
#include "compile.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "emit/emit.h"
#include "passes/passes.h"

/* A compilation under way: what was asked and where the text comes from. */
struct job {
    struct compilation *c;
    const struct compile_options *options;
    const char *path;
    const char *text; /* NULL: read the file */
    size_t n;
};

/* ---- the stages ---------------------------------------------------------------------------- */

static void source(const struct job *j)
{
    struct compilation *c = j->c;

    if (j->text)
        source_parse(&c->source, j->path, j->text, j->n, &c->arena, &c->diags);
    else
        source_load(&c->source, j->path, &c->arena, &c->diags);
}

static void dialect(const struct job *j)
{
    j->c->dialect = dialects_choose(j->c->source.root, j->options->dialect, &j->c->diags);
}

static void parse(const struct job *j)
{
    j->c->dialect->parse(&j->c->unit);
}

static void children(const struct job *j)
{
    if (j->options->children)
        children_load(j->c, j->options->children);
}

static void check(const struct job *j)
{
    j->c->dialect->check(&j->c->unit);
    if (j->options->children)
        children_check(j->c, j->options->children, j->options->id);
}

static void lower(const struct job *j)
{
    j->c->dialect->lower(&j->c->unit);
    j->c->plan = j->c->unit.plan;
}

static void dump_pass(void *ctx, const char *pass, const struct plan *p);

static void passes_all(const struct job *j)
{
    const char *wrong = passes_run(j->c->plan, j->options->verify, dump_pass, (void *)j);

    if (wrong)
        diag_error_plain(&j->c->diags, "K001", "this is a fault of Kiln, not of the workflow: %s",
                         wrong);
}

static void emit(const struct job *j)
{
    emit_program(j->c->plan, &j->c->c);
    j->c->symbol = emit_symbol(j->c->plan);
}

/* ---- what they leave, as text -------------------------------------------------------------- */

static void print_model(const struct compilation *c, struct text *out)
{
    c->dialect->print(&c->unit, out);
}

static void print_plan(const struct compilation *c, struct text *out)
{
    plan_print(c->plan, out);
}

static void print_c(const struct compilation *c, struct text *out)
{
    text_put(out, text_cstr(&c->c), c->c.n);
}

/* ---- the pipeline -------------------------------------------------------------------------- */

static const struct {
    const char *name;
    enum stage part_of; /* left out when the compilation stops before this */
    void (*run)(const struct job *j);
    void (*print)(const struct compilation *c, struct text *out);
} stages[] = {
    { "source", STAGE_MODEL, source, NULL },          /* text -> nodes with places */
    { "dialect", STAGE_MODEL, dialect, NULL },        /* nodes -> which dialect */
    { "parse", STAGE_MODEL, parse, print_model },     /* nodes -> the dialect's model */
    { "children", STAGE_CHECK, children, NULL },      /* the workflows it embeds, parsed */
    { "check", STAGE_CHECK, check, NULL },            /* model -> complaints */
    { "lower", STAGE_PLAN, lower, print_plan },       /* model -> plan */
    { "passes", STAGE_PLAN, passes_all, print_plan }, /* plan -> a better plan */
    { "emit", STAGE_C, emit, print_c },               /* plan -> C text */
};

enum { N_STAGES = sizeof stages / sizeof *stages };

static int is_dumped(const struct job *j, const char *name)
{
    return j->options->dump_after && !strcmp(j->options->dump_after, name);
}

static void write_dump(const char *name, struct text *t)
{
    fprintf(stderr, "--- after %s\n%s", name, text_cstr(t));
    text_fini(t);
}

static void dump_pass(void *ctx, const char *pass, const struct plan *p)
{
    struct text t = { 0 };

    if (!is_dumped(ctx, pass))
        return;
    plan_print(p, &t);
    write_dump(pass, &t);
}

static void dump_stage(const struct job *j, unsigned i)
{
    struct text t = { 0 };

    if (!stages[i].print || !is_dumped(j, stages[i].name))
        return;
    stages[i].print(j->c, &t);
    write_dump(stages[i].name, &t);
}

static double now_ms(void)
{
    struct timespec t;

    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

static int run_stages(const struct job *j)
{
    const struct compilation *c = j->c;

    for (unsigned i = 0; i < N_STAGES && stages[i].part_of <= j->options->until; i++) {
        double start = now_ms();

        stages[i].run(j);
        if (j->options->time)
            fprintf(stderr, "%-8s %9.3f ms\n", stages[i].name, now_ms() - start);
        if (c->diags.errors)
            return -1;
        dump_stage(j, i);
    }
    return 0;
}

static void begin(struct compilation *c, const struct op_set *ops,
                  const struct compile_options *options)
{
    memset(c, 0, sizeof *c);
    c->diags.arena = &c->arena;
    c->unit = (struct unit){ .arena = &c->arena,
                             .diags = &c->diags,
                             .source = &c->source,
                             .ops = ops,
                             .graph = options->graph,
                             .flow_name = "root",
                             .legacy = options->legacy,
                             .track = options->track };
}

int compile_file(struct compilation *c, const char *path, const struct op_set *ops,
                 const struct compile_options *options)
{
    struct job j = { c, options, path, NULL, 0 };

    begin(c, ops, options);
    return run_stages(&j);
}

int compile_text(struct compilation *c, const char *path, const char *text, size_t n,
                 const struct op_set *ops, const struct compile_options *options)
{
    struct job j = { c, options, path, text, n };

    begin(c, ops, options);
    return run_stages(&j);
}

void compile_fini(struct compilation *c)
{
    if (c->unit.plan)
        plan_fini(c->unit.plan);
    text_fini(&c->c);
    arena_fini(&c->arena);
}

const char **compile_dump_names(size_t *ret_n)
{
    size_t n = 0, n_passes = 0;
    const char **names;

    while (passes[n_passes].name)
        n_passes++;
    names = diag_must_have(malloc((N_STAGES + n_passes) * sizeof *names));
    for (unsigned i = 0; i < N_STAGES; i++)
        if (stages[i].print)
            names[n++] = stages[i].name;
    for (size_t i = 0; i < n_passes; i++)
        names[n++] = passes[i].name;
    *ret_n = n;
    return names;
}
