/* main.c: the command line of kiln: a table of verbs. The work is in verbs/, the way of the data in
 * compile.c. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "verbs/verbs.h"
#include "version.h"

#define FIRST "examples/scenario/01-hello/workflow.json"

static const struct option_verb verbs[] = {
    { "check", "FILE...", "Tells everything that is wrong with workflows.", options_check,
      "check " FIRST },
    { "run", "FILE", "Compiles a workflow in this process and runs it.", options_run,
      "run " FIRST " --input @examples/scenario/01-hello/input.json" },
    { "build", "FILE", "Makes a native program of a workflow.", options_build,
      "build " FIRST " -o hello" },
    { "emit", "FILE", "Prints a workflow as one of the stages sees it.", options_emit,
      "emit " FIRST " --stage plan" },
    { "ops", "[NAME]", "Tells the operations a workflow may call.", options_ops,
      "ops utils.calculate" },
    { "deps", "FILE", "Tells what a workflow needs: children, operations, places, libraries.",
      options_survey, "deps " FIRST },
    { "effects", "FILE", "Tells which steps touch the world, and what of them is remembered.",
      options_survey, "effects " FIRST },
    { "diff", "OLD NEW", "Tells from where a run can go on under another version of its workflow.",
      options_diff, "diff " FIRST " " FIRST },
    { "test", "FILE", "Runs a workflow in a simulated world, and crashes it there.", options_test,
      "test " FIRST " --input @examples/scenario/01-hello/input.json --crash-everywhere" },
    { "resume", "FILE [ID]", "Takes a run up where it was; what was done is not done again.",
      options_resume, "resume " FIRST " --all --store runs" },
    { "start", "FILE", "Asks for a run, prints its id, and leaves it to a worker.", options_start,
      "start " FIRST " --input @examples/scenario/01-hello/input.json --store runs --key hello" },
    { "worker", "FILE", "Works on all runs of a store, until it is told to end.", options_worker,
      "worker " FIRST " --store runs --exit-when-idle" },
    { "signal", "FILE ID NAME [JSON]", "Sends a signal to a run.", options_signal,
      "signal " FIRST " first approve --store runs" },
    { "cancel", "FILE ID", "Ends a run.", options_send, "cancel " FIRST " first --store runs" },
    { "pause", "FILE ID", "Keeps a run from going on until it is resumed.", options_send,
      "pause " FIRST " first --store runs" },
    { "list", "FILE", "Names the runs of a store.", options_list, "list " FIRST " --store runs" },
    { "show", "FILE ID", "Tells what a run has done so far.", options_show,
      "show " FIRST " first --store runs" },
    { "fork", "FILE ID", "Makes a new run that goes on where another one was.", options_fork,
      "fork " FIRST " first --at 1 --store runs" },
    { "store", "VERB DIR", "Looks after what remembers runs: list, verify, repair.", options_store,
      "store verify runs" },
    { "describe", "FILE", "Tells the steps and operations of a program.", options_describe,
      "describe " FIRST " --json" },
    { 0 },
};

/* In the order of `verbs`. */
static int (*const functions[])(struct request *) = {
    verb_check,   verb_program, verb_build,   verb_emit,    verb_ops,
    verb_deps,    verb_effects, verb_diff,    verb_test,    verb_program,
    verb_program, verb_program, verb_program, verb_program, verb_program,
    verb_program, verb_program, verb_program, verb_store,   verb_program
};

static int put_help(const struct request *r, const struct option_verb *verb)
{
    struct text t = { 0 };
    int code;

    if (verb) {
        option_put_verb_help(&t, r->name, verb);
    } else {
        text_puts(&t, "kiln makes native programs of workflow JSON.\n\n");
        option_put_command_help(&t, r->name, verbs);
        text_puts(&t, "\nexit codes:\n");
#define EXIT(name, code, sentence) text_printf(&t, " %2d  %s\n", code, sentence);
        KILN_EXITS(EXIT)
#undef EXIT
    }
    code = request_put(r, &t);
    text_fini(&t);
    return code;
}

static int put_version(const struct request *r)
{
    struct text t = { 0 };
    int code;

    text_printf(&t, "kiln %s (program ABI %d)\n", KILN_VERSION, KILN_ABI);
    code = request_put(r, &t);
    text_fini(&t);
    return code;
}

/* The stage or pass of --dump-after must be one. */
static int check_dump(const struct options *o, struct text *why)
{
    const char **names, *near;
    size_t n;
    int known = !o->dump_after;

    names = compile_dump_names(&n);
    for (size_t i = 0; !known && i < n; i++)
        known = !strcmp(names[i], o->dump_after);
    if (!known) {
        near = diag_nearest(o->dump_after, names, n);
        text_printf(why, "there is no stage or pass '%s'; ", o->dump_after);
        if (near)
            text_printf(why, "did you mean '%s'?", near);
        for (size_t i = 0; !near && i < n; i++)
            text_printf(why, "%s%s", i ? ", " : "there are ", names[i]);
    }
    free(names);
    return known ? 0 : -1;
}

static int run_verb(struct request *r, const struct option_verb *verb, int argc, char **argv)
{
    struct text why = { 0 };
    int code;

    r->verb = verb->name;
    r->table = verb->options;
    if (option_parse(verb->options, argc, argv, &r->options, &r->words, &why) < 0
        || options_verify(&r->options, &why) < 0 || check_dump(&r->options, &why) < 0)
        code = request_complain(r, KILN_EXIT_USAGE, "%s ('%s %s --help' lists the options)",
                                text_cstr(&why), r->name, verb->name);
    else if (r->options.help)
        code = put_help(r, verb);
    else
        code = functions[verb - verbs](r);
    text_fini(&why);
    return code;
}

int main(int argc, char **argv)
{
    struct request r = { .name = "kiln" };
    const struct option_verb *verb;
    struct text why = { 0 };
    int code;

    if (argc < 2)
        return request_complain(&r, KILN_EXIT_USAGE, "which verb? 'kiln --help' lists them");
    if (!strcmp(argv[1], "--help") || !strcmp(argv[1], "-h") || !strcmp(argv[1], "help"))
        return put_help(&r, NULL);
    if (!strcmp(argv[1], "--version"))
        return put_version(&r);
    verb = option_find_verb(verbs, argv[1], &why);
    if (verb)
        code = run_verb(&r, verb, argc - 2, argv + 2);
    else
        code = request_complain(&r, KILN_EXIT_USAGE, "%s ('kiln --help' lists the verbs)",
                                text_cstr(&why));
    text_fini(&why);
    request_fini(&r);
    return code;
}
