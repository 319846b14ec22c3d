/* build.c: kiln build FILE -o OUT: a native program. */
#include <string.h>

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
    int code;

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
