/* command.c: what the verbs share: operations, compiling, complaints. */
#include "verbs/verbs.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/list.h"

int command_complain(const struct command *k, enum kiln_exit code, const char *format, ...)
{
    va_list ap;

    fprintf(stderr, "%s: ", k->name);
    va_start(ap, format);
    vfprintf(stderr, format, ap);
    va_end(ap);
    fputc('\n', stderr);
    return code;
}

int command_has_colour(const struct command *k)
{
    const char *when = k->options.color, *none = getenv("NO_COLOR"), *term = getenv("TERM");

    if (when && strcmp(when, "auto"))
        return !strcmp(when, "always");
    return isatty(STDERR_FILENO) && !(none && *none) && term && strcmp(term, "dumb");
}

int command_report(const struct command *k, const struct diags *d)
{
    if (d->n)
        diag_print(d, stderr, DIAG_TEXT, command_has_colour(k));
    return d->errors || (k->options.strict && d->warnings) ? KILN_EXIT_FAILED : KILN_EXIT_OK;
}

int command_put(const struct command *k, const struct text *t)
{
    if (t->failed || fwrite(text_cstr(t), 1, t->n, stdout) != t->n || fflush(stdout))
        return command_complain(k, KILN_EXIT_BROKEN, "the output could not be written");
    return KILN_EXIT_OK;
}

/* ---- operations ---------------------------------------------------------------------------- */

/* The built-in ones first; a name may be given once. */
static void join_ops(struct command *k, const kiln_op *const *user, size_t n, struct diags *d)
{
    const kiln_op **all =
        diag_must_have(arena_alloc(&k->arena, (compile_n_builtin_ops + n + 1) * sizeof *all));

    k->ops = (struct op_set){ all, 0 };
    for (size_t i = 0; i < compile_n_builtin_ops; i++)
        all[k->ops.n++] = compile_builtin_ops[i];
    for (size_t i = 0; i < n; i++) {
        if (op_set_find(&k->ops, user[i]->name, strlen(user[i]->name)))
            diag_error_plain(d, "K002", "there are two operations '%s'", user[i]->name);
        all[k->ops.n++] = user[i];
    }
}

int command_load_ops(struct command *k)
{
    const struct option_list *files = &k->options.ops;
    struct diags d = { .arena = &k->arena };
    const kiln_op *const *user = NULL;
    size_t n = 0;

    if (files->n)
        build_ops_load(files->at, (unsigned)files->n, &k->arena, &d, &k->user, &user, &n);
    if (!d.errors)
        join_ops(k, user, n, &d);
    return command_report(k, &d);
}

/* ---- compiling ----------------------------------------------------------------------------- */

int command_compile(struct command *k, struct compilation *c, const char *path, enum stage until)
{
    const struct options *o = &k->options;
    struct compile_options options = { .until = until,
                                       .dialect = o->dialect,
                                       .graph = o->graph,
                                       .dump_after = o->dump_after,
                                       .time = o->time,
                                       .strict = o->strict,
                                       .verify = o->verify };

#ifdef KILN_VERIFY
    options.verify = 1;
#endif
    return compile_file(c, path, &k->ops, &options);
}

int command_compile_one(struct command *k, struct compilation *c, enum stage until)
{
    int code;

    memset(c, 0, sizeof *c);
    if (!k->words.n)
        return command_complain(k, KILN_EXIT_USAGE, "which workflow? Say '%s %s FILE'", k->name,
                                k->verb);
    code = command_load_ops(k);
    if (code != KILN_EXIT_OK)
        return code;
    command_compile(k, c, k->words.at[0], until);
    return command_report(k, &c->diags);
}

void command_fini(struct command *k)
{
    if (k->user)
        build_ops_free(k->user);
    list_fini(&k->words);
    list_fini(&k->options.ops);
    arena_fini(&k->arena);
}
