/* build.c: kiln build FILE -o OUT: a native program. */
#include <string.h>

#include "cli_verbs.h"
#include "verbs/verbs.h"

/* The workflow's file name without its folder and ".json", or NULL when nothing was cut off: a
 * program must not land on the workflow itself. */
static const char *default_output(struct request *r, const char *path)
{
    const char *slash = strrchr(path, '/');
    const char *name = slash ? slash + 1 : path;
    size_t n = strlen(name);

    if (n <= 5 || strcmp(name + n - 5, ".json"))
        return NULL;
    return diag_must_have(arena_dup(&r->arena, name, n - 5));
}

/* ---- --verbs ---- */

#define NAME(name) #name,
static const char *const verb_names[] = { CLI_VERBS(NAME) };
#undef NAME
enum { N_NAMES = CLI_VERB_track }; /* that can be said */

static int complain_verb(struct request *r, const char *word)
{
    const char *near = diag_nearest(word, verb_names, N_NAMES);
    struct text t = { 0 };
    int code;

    for (unsigned i = 0; !near && i < N_NAMES; i++)
        text_printf(&t, "%s%s", i ? ", " : "there are ", verb_names[i]);
    if (near)
        text_printf(&t, "did you mean '%s'?", near);
    code =
        request_complain(r, KILN_EXIT_USAGE, "programs have no verb '%s'; %s", word, text_cstr(&t));
    text_fini(&t);
    return code;
}

/* "run,resume" as bits; all where the flag was not given; and `track` for a program that has
 * something to tell. KILN_EXIT_OK or the complaint's code. */
static int read_verbs(struct request *r, unsigned *ret)
{
    const char *at = r->options.verbs;

    *ret = at ? 0 : (1u << N_NAMES) - 1;
    if (r->options.program.track_events)
        *ret |= 1u << CLI_VERB_track;
    for (; at; at = *at ? at + 1 : NULL) {
        size_t n = strcspn(at, ",");
        const char *word = diag_must_have(arena_dup(&r->arena, at, n));
        unsigned i = 0;

        while (i < N_NAMES && strcmp(word, verb_names[i]))
            i++;
        if (i == N_NAMES)
            return complain_verb(r, word);
        *ret |= 1u << i;
        at += n;
    }
    return KILN_EXIT_OK;
}

/* ---- the verb ---- */

int verb_build(struct request *r)
{
    const struct options *o = &r->options;
    struct build_options options = { .cc = o->cc,
                                     .libc = o->libc,
                                     .level = o->level,
                                     .output = o->output,
                                     .op_files = o->ops.at,
                                     .n_op_files = (unsigned)o->ops.n,
                                     .keep = o->keep,
                                     .verbose = o->verbose };
    struct compilation c;
    int code = read_verbs(r, &options.verbs);

    if (code != KILN_EXIT_OK)
        return code;
    if (r->words.n && !options.output)
        options.output = default_output(r, r->words.at[0]);
    if (r->words.n && !options.output)
        return request_complain(r, KILN_EXIT_USAGE, "where to? Say '-o OUT'");
    code = request_compile_one(r, &c, STAGE_C);
    if (code == KILN_EXIT_OK) {
        struct diags d = { .arena = &c.arena, .source = &c.source };

        options.uses = request_uses(r, &c, &options.n_uses);
        build_cc(text_cstr(&c.c), c.c.n, c.symbol, &options, &c.arena, &d);
        code = request_report(r, &d);
    }
    compile_fini(&c);
    return code;
}
