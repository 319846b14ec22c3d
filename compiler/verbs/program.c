/* program.c: kiln run, resume, list, show...: a workflow as a program in this process.
 *
 * What a program built by `kiln build` does with these verbs happens here by the same code: the
 * command line is handed on to kiln_main. So both tiers answer alike.
 */
#include <stdlib.h>
#include <string.h>

#include "base/list.h"
#include "kiln.h"
#include "verbs/verbs.h"

int program_load(struct request *r, struct compilation *c, const kiln_op *const *ops,
                 struct build_jit **ret, const kiln_program **ret_program)
{
    struct diags d = { .arena = &c->arena };
    const char *text = text_cstr(&c->c);

    if (r->options.backend && !strcmp(r->options.backend, "cc"))
        build_so(text, c->c.n, c->symbol, ops, r->ops.n, r->options.level, &c->arena, &d, ret,
                 ret_program);
    else
        build_tcc(text, c->c.n, c->symbol, ops, r->ops.n, &c->arena, &d, ret, ret_program);
    return request_report(r, &d);
}

/* name, verb, the program's options, then the words behind the workflow's file. */
static int hand_on(struct request *r, const kiln_program *program)
{
    struct option_list argv = { 0 };
    int code, failed;

    failed = list_push(&argv, r->name) < 0 || list_push(&argv, r->verb) < 0;
    options_forward(r->table, &r->options, &r->arena, &argv);
    for (size_t i = 1; i < r->words.n; i++)
        failed |= list_push(&argv, r->words.at[i]) < 0;
    diag_must_have(failed ? NULL : r);
    code = kiln_main(program, (int)argv.n, (char **)argv.at);
    list_fini(&argv);
    return code;
}

int verb_program(struct request *r)
{
    const kiln_program *program;
    struct build_jit *jit = NULL;
    struct compilation c;
    int code = request_compile_one(r, &c, STAGE_C);

    if (code == KILN_EXIT_OK)
        code = program_load(r, &c, r->ops.at, &jit, &program);
    if (code == KILN_EXIT_OK)
        code = hand_on(r, program);
    if (jit)
        build_jit_free(jit);
    compile_fini(&c);
    return code;
}
