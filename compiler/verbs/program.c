/* program.c: kiln run, resume, list, show, describe: a workflow as a program in this process.
 *
 * What a program built by `kiln build` does with these verbs happens here by the same code: the
 * command line is handed on to kiln_program_main. So both tiers answer alike.
 */
#include <stdlib.h>
#include <string.h>

#include "base/list.h"
#include "kiln.h"
#include "verbs/verbs.h"

static int load(struct command *k, struct compilation *c, struct build_jit **ret,
                const kiln_program **ret_program)
{
    struct diags d = { .arena = &c->arena };
    const char *text = text_cstr(&c->c);

    if (k->options.backend && !strcmp(k->options.backend, "cc"))
        build_so(text, c->c.n, c->symbol, k->ops.at, k->ops.n, k->options.level, &c->arena, &d, ret,
                 ret_program);
    else
        build_tcc(text, c->c.n, c->symbol, k->ops.at, k->ops.n, &c->arena, &d, ret, ret_program);
    return command_report(k, &d);
}

/* name, verb, the program's options, then the words behind the workflow's file. */
static int hand_on(struct command *k, const kiln_program *program)
{
    struct option_list argv = { 0 };
    int code, failed;

    failed = list_push(&argv, k->name) < 0 || list_push(&argv, k->verb) < 0;
    options_forward(k->table, &k->options, &k->arena, &argv);
    for (size_t i = 1; i < k->words.n; i++)
        failed |= list_push(&argv, k->words.at[i]) < 0;
    diag_must_have(failed ? NULL : k);
    code = kiln_program_main(program, (int)argv.n, (char **)argv.at);
    list_fini(&argv);
    return code;
}

int verb_program(struct command *k)
{
    const kiln_program *program;
    struct build_jit *jit = NULL;
    struct compilation c;
    int code = command_compile_one(k, &c, STAGE_C);

    if (code == KILN_EXIT_OK)
        code = load(k, &c, &jit, &program);
    if (code == KILN_EXIT_OK)
        code = hand_on(k, program);
    if (jit)
        build_jit_free(jit);
    compile_fini(&c);
    return code;
}
