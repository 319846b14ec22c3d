/* tcc.c: C text -> a program in this process, through libtcc.
 *
 * With -nostdlib libtcc opens no file at all: every name the text may use is given to it, so a
 * program can call exports.h, the pure functions and its operations, and nothing else.
 */
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "build/jit.h"
#include "build/tcc.h"

#ifndef KILN_NO_TCC

#include <libtcc.h>

/* libtcc takes addresses of functions as data; wherever it runs both look the same. */
union address {
    void (*function)(void);
    const void *data;
};

static void hear(void *heard, const char *message)
{
    struct text *t = heard;

    if (t->n)
        text_putc(t, '\n');
    text_puts(t, message);
}

static TCCState *make(const char *options, struct text *heard)
{
    TCCState *s = tcc_new();

    if (!s)
        return NULL;
    tcc_set_error_func(s, heard, hear);
    tcc_set_options(s, options);
    tcc_set_output_type(s, TCC_OUTPUT_MEMORY);
    for (size_t i = 0; i < build_n_exports; i++) {
        union address a = { .function = build_exports[i].address };

        tcc_add_symbol(s, build_exports[i].name, a.data);
    }
    tcc_add_symbol(s, "kiln_supersteps", &kiln_supersteps); /* the names that are data */
    tcc_add_symbol(s, "kiln_streams", &kiln_streams);
    return s;
}

/* libtcc wants the names as they are in C. */
static void add_ops(TCCState *s, const kiln_op *const *ops, size_t n)
{
    struct text name = { 0 };

    for (size_t i = 0; i < n; i++) {
        text_clear(&name);
        text_printf(&name, "kiln_op_%s", ops[i]->symbol);
        tcc_add_symbol(s, text_cstr(&name), ops[i]);
    }
    text_fini(&name);
}

static const kiln_program *compile(TCCState *s, const char *c, const char *symbol)
{
    struct text name = { 0 };
    const kiln_program *program = NULL;

    text_printf(&name, "kiln_program_%s", symbol);
    if (tcc_compile_string(s, c) == 0 && tcc_relocate(s, TCC_RELOCATE_AUTO) == 0)
        program = tcc_get_symbol(s, text_cstr(&name));
    text_fini(&name);
    return program;
}

static int load(TCCState *s, const char *c, const char *symbol, struct text *heard, struct diags *d,
                const kiln_program **ret)
{
    const kiln_program *program = compile(s, c, symbol);

    if (!program) {
        diag_error(d, NULL, "B010", "libtcc refused the generated C: %s",
                   heard->n ? text_cstr(heard) : "no program in it");
        return -1;
    }
    if (build_check_program(program, d) < 0)
        return -1;
    *ret = program;
    return 0;
}

int build_tcc(const char *c, size_t n, const char *symbol, const kiln_op *const *ops, size_t n_ops,
              struct arena *a, struct diags *d, struct build_jit **ret,
              const kiln_program **ret_program)
{
    struct text heard = { 0 };
    struct build_jit *j = calloc(1, sizeof *j);
    int failed;

    (void)a;
    (void)n;
    if (!j || !(j->tcc = make("-nostdlib -nostdinc", &heard))) {
        free(j);
        diag_error(d, NULL, "B010", "libtcc could not start");
        return -1;
    }
    add_ops(j->tcc, ops, n_ops);
    failed = load(j->tcc, c, symbol, &heard, d, ret_program) < 0;
    tcc_set_error_func(j->tcc, NULL, NULL);
    text_fini(&heard);
    if (failed)
        build_jit_free(j);
    else
        *ret = j;
    return failed ? -1 : 0;
}

/* ---- operations ---- */

static void *compile_files(TCCState *s, const char *const *files, unsigned n, const char *include,
                           const char *text)
{
    tcc_add_include_path(s, include);
    tcc_define_symbol(s, "_GNU_SOURCE", "1");
    for (unsigned i = 0; i < n; i++)
        if (tcc_add_file(s, files[i]) < 0)
            return NULL;
    if (tcc_compile_string(s, text) < 0 || tcc_relocate(s, TCC_RELOCATE_AUTO) < 0)
        return NULL;
    return tcc_get_symbol(s, "kiln_ops_entries");
}

void *build_tcc_files(const char *const *files, unsigned n, const char *include, const char *text,
                      struct arena *a, struct TCCState **ret, const char **ret_said)
{
    struct text heard = { 0 };
    TCCState *s = make("", &heard);
    void *entries = s ? compile_files(s, files, n, include, text) : NULL;

    if (entries) {
        tcc_set_error_func(s, NULL, NULL);
        *ret = s;
    } else {
        *ret_said = diag_must_have(arena_dup(a, text_cstr(&heard), heard.n));
        build_tcc_drop(s);
    }
    text_fini(&heard);
    return entries;
}

void build_tcc_drop(struct TCCState *s)
{
    if (s)
        tcc_delete(s);
}

#else

int build_tcc(const char *c, size_t n, const char *symbol, const kiln_op *const *ops, size_t n_ops,
              struct arena *a, struct diags *d, struct build_jit **ret,
              const kiln_program **ret_program)
{
    struct diag *x = diag_error(d, NULL, "B011", "this Kiln was built without libtcc");

    (void)c, (void)n, (void)symbol, (void)ops, (void)n_ops, (void)a, (void)ret, (void)ret_program;
    diag_hint(d, x, "use `kiln build`, or build Kiln with the package libtcc-dev");
    return -1;
}

void *build_tcc_files(const char *const *files, unsigned n, const char *include, const char *text,
                      struct arena *a, struct TCCState **ret, const char **ret_said)
{
    (void)files, (void)n, (void)include, (void)text, (void)a, (void)ret;
    *ret_said = "this Kiln was built without libtcc";
    return NULL;
}

void build_tcc_drop(struct TCCState *s)
{
    (void)s;
}

#endif
