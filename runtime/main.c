/* main.c: the command line of every compiled program: a list of verbs (cli_verbs.h). */
#include "cli.h"

#include <stdlib.h>
#include <string.h>

#define ROW(name) &kiln_verb_##name,
static const kiln_verb *const all_verbs[] = { CLI_VERBS(ROW) NULL };
#undef ROW

/* ---- which verbs there are ---- */

const kiln_verb *cli_find_verb(const struct cli *c, const char *name)
{
    for (const kiln_verb *const *v = c->verbs; *v; v++)
        if (!strcmp((*v)->shown.name, name))
            return *v;
    return NULL;
}

const struct cli_tracking *cli_find_tracking(const struct cli *c)
{
    const kiln_verb *track = c->options.track_events ? cli_find_verb(c, "track") : NULL;

    return track ? track->tracking : NULL;
}

/* A verb that other programs have. */
static int is_verb(const char *name)
{
#define NAME(name) #name,
    static const char *const names[] = { CLI_VERBS(NAME) };
#undef NAME

    for (size_t i = 0; i < CLI_VERB_migrate; i++)
        if (!strcmp(names[i], name))
            return 1;
    return 0;
}

static int complain_without(struct cli *c, const char *flag, const char *name)
{
    return cli_complain(c, KILN_EXIT_USAGE,
                        "%s%sthis program was built without '%s' (kiln build --verbs)", flag,
                        *flag ? ": " : "", name);
}

/* What the option cannot do without: the name of a verb, or NULL. */
static const char *need_of(const struct option *o)
{
    if (!strcmp(o->name, "migrate"))
        return o->name;
    return !strcmp(o->name, "at") || !strcmp(o->name, "before") ? "fork" : NULL;
}

/* Whether all that was asked for is there: KILN_EXIT_OK or the complaint's code. */
static int check_options(struct cli *c)
{
    if (c->options.migrate && !cli_find_verb(c, "migrate"))
        return complain_without(c, "--migrate", "migrate");
    if ((c->options.at || c->options.before) && !cli_find_verb(c, "fork"))
        return complain_without(c, c->options.at ? "--at" : "--before", "fork");
    return KILN_EXIT_OK;
}

/* ---- help ---- */

/* Of the verb's options those that can be used. */
static void put_verb_help(struct cli *c, struct text *t, const struct option_verb *verb)
{
    enum { MOST = 32 };
    struct option options[MOST] = { { 0 } }, *end = options;
    struct option_verb shown = *verb;

    for (const struct option *o = verb->options; o->name && end < options + MOST - 1; o++)
        if (!need_of(o) || cli_find_verb(c, need_of(o)))
            *end++ = *o;
    shown.options = options;
    option_put_verb_help(t, c->name, &shown);
}

static int put_help(struct cli *c, const struct option_verb *verbs, const struct option_verb *verb)
{
#define EXIT(name, code, sentence) { code, sentence },
    static const struct {
        int code;
        const char *sentence;
    } exits[] = { KILN_EXITS(EXIT) };
#undef EXIT
    struct text t = { 0 };
    int code;

    if (verb) {
        put_verb_help(c, &t, verb);
    } else {
        option_put_command_help(&t, c->name, verbs);
        text_puts(&t, "\nexit codes:\n");
        for (size_t i = 0; i < sizeof exits / sizeof *exits; i++)
            text_printf(&t, " %2d  %s\n", exits[i].code, exits[i].sentence);
    }
    code = cli_put(c, 1, &t);
    text_fini(&t);
    return code;
}

static int put_version(struct cli *c)
{
    struct text t = { 0 };
    int code;

    text_printf(&t, "%s (%s) ", c->program->name, c->program->dialect);
    cli_put_hash(&t, c->program->hash);
    text_printf(&t, ", kiln ABI %d\n", KILN_ABI);
    code = cli_put(c, 1, &t);
    text_fini(&t);
    return code;
}

/* ---- a call ---- */

/* Also says so when nothing was told, as by a program made without events. */
static void close_events(struct cli *c)
{
    const struct cli_tracking *tracking = cli_find_tracking(c);

    if (tracking)
        tracking->close(c);
    if (c->options.track_events && !c->events.n && !c->options.help && !c->options.quiet)
        cli_complain(c, KILN_EXIT_OK,
                     "no events were told: the program must be made with --track-events");
}

static int run_verb(struct cli *c, const struct option_verb *verb, int argc, char **argv)
{
    struct text why = { 0 };
    int code;

    if (option_parse(verb->options, argc, argv, &c->options, &c->rest, &why) < 0)
        code = cli_complain(c, KILN_EXIT_USAGE, "%s ('%s %s --help' lists the options)",
                            text_cstr(&why), c->name, verb->name);
    else if (c->options.help)
        code = put_help(c, NULL, verb);
    else if ((code = check_options(c)) == KILN_EXIT_OK)
        code = cli_find_verb(c, verb->name)->run(c);
    close_events(c);
    cli_free_mail(c);
    list_fini(&c->rest);
    list_fini(&c->options.signal);
    heap_fini(&c->heap);
    text_fini(&why);
    return code;
}

static int choose_verb(struct cli *c, const struct option_verb *verbs, int argc, char **argv)
{
    const struct option_verb *verb;
    struct text why = { 0 };
    int code;

    if (argc < 2)
        return cli_complain(c, KILN_EXIT_USAGE, "which verb? '%s --help' lists them", c->name);
    if (!strcmp(argv[1], "--help") || !strcmp(argv[1], "-h") || !strcmp(argv[1], "help"))
        return put_help(c, verbs, NULL);
    if (!strcmp(argv[1], "--version"))
        return put_version(c);
    verb = option_find_verb(verbs, argv[1], &why);
    if (verb)
        code = run_verb(c, verb, argc - 2, argv + 2);
    else if (is_verb(argv[1]))
        code = complain_without(c, "", argv[1]);
    else
        code = cli_complain(c, KILN_EXIT_USAGE, "%s ('%s --help' lists the verbs)", text_cstr(&why),
                            c->name);
    text_fini(&why);
    return code;
}

int cli_main_with(const kiln_program *program, const kiln_verb *const *verbs,
                  const struct kiln_io *io, int argc, char **argv)
{
    struct cli c = {
        .program = program, .verbs = verbs, .io = io, .name = argc ? argv[0] : program->name
    };
    struct option_verb shown[CLI_N_VERBS + 1] = { { 0 } }, *end = shown;

    for (; *verbs && end < shown + CLI_N_VERBS; verbs++)
        if ((*verbs)->run)
            *end++ = (*verbs)->shown;
    return choose_verb(&c, shown, argc, argv);
}

int cli_main(const kiln_program *program, const struct kiln_io *io, int argc, char **argv)
{
    return cli_main_with(program, all_verbs, io, argc, argv);
}

int kiln_main_with(const kiln_program *program, const kiln_verb *const *verbs, int argc,
                   char **argv)
{
    return cli_main_with(program, verbs, &kiln_io_posix, argc, argv);
}

int kiln_main(const kiln_program *program, int argc, char **argv)
{
    return cli_main_with(program, all_verbs, &kiln_io_posix, argc, argv);
}
