/* request.c: what the verbs share: operations, compiling, complaints. */
#include "verbs/verbs.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/list.h"

int request_complain(const struct request *r, enum kiln_exit code, const char *format, ...)
{
    va_list ap;

    fprintf(stderr, "%s: ", r->name);
    va_start(ap, format);
    vfprintf(stderr, format, ap);
    va_end(ap);
    fputc('\n', stderr);
    return code;
}

int request_has_colour(const struct request *r)
{
    const char *when = r->options.color, *none = getenv("NO_COLOR"), *term = getenv("TERM");

    if (when && strcmp(when, "auto"))
        return !strcmp(when, "always");
    return isatty(STDERR_FILENO) && !(none && *none) && term && strcmp(term, "dumb");
}

int request_report(const struct request *r, const struct diags *d)
{
    if (d->n)
        diag_print(d, stderr, DIAG_TEXT, request_has_colour(r));
    return d->errors || (r->options.werror && d->warnings) ? KILN_EXIT_FAILED : KILN_EXIT_OK;
}

int request_put(const struct request *r, const struct text *t)
{
    if (t->failed || fwrite(text_cstr(t), 1, t->n, stdout) != t->n || fflush(stdout))
        return request_complain(r, KILN_EXIT_BROKEN, "the output could not be written");
    return KILN_EXIT_OK;
}

/* ---- operations ---------------------------------------------------------------------------- */

/* Every operation has a C name of its own too: an executable links them all by it. */
static int has_symbol(const struct op_set *ops, const char *symbol)
{
    for (size_t i = 0; i < ops->n; i++)
        if (strcmp(ops->at[i]->symbol, symbol) == 0)
            return 1;
    return 0;
}

/* The built-in ones first; a name may be given once. */
static void join_ops(struct request *r, const kiln_op *const *user, size_t n, struct diags *d)
{
    const kiln_op **all =
        diag_must_have(arena_alloc(&r->arena, (compile_n_builtin_ops + n + 1) * sizeof *all));

    r->ops = (struct op_set){ all, 0 };
    for (size_t i = 0; i < compile_n_builtin_ops; i++)
        all[r->ops.n++] = compile_builtin_ops[i];
    for (size_t i = 0; i < n; i++) {
        if (op_set_find(&r->ops, user[i]->name, strlen(user[i]->name)))
            diag_error_plain(d, "K002", "there are two operations '%s'", user[i]->name);
        else if (has_symbol(&r->ops, user[i]->symbol))
            diag_error_plain(d, "B023", "operation '%s' has the C name '%s' of another one",
                             user[i]->name, user[i]->symbol);
        all[r->ops.n++] = user[i];
    }
}

int request_load_ops(struct request *r)
{
    const struct option_list *files = &r->options.ops;
    struct diags d = { .arena = &r->arena };
    const kiln_op *const *user = NULL;
    size_t n = 0;

    if (files->n)
        build_ops_load(files->at, (unsigned)files->n, &r->arena, &d, &r->user, &user, &n);
    if (!d.errors)
        join_ops(r, user, n, &d);
    return request_report(r, &d);
}

/* ---- children ------------------------------------------------------------------------------ */

int request_find_children(struct request *r)
{
    const struct option_list *files = &r->options.child, *folders = &r->options.child_dir;
    const char *why = NULL;

    for (size_t i = 0; i < files->n; i++)
        if (child_set_add_word(&r->children, &r->arena, files->at[i], &why) < 0)
            return request_complain(r, KILN_EXIT_USAGE, "%s", why);
    for (size_t i = 0; i < folders->n; i++)
        if (child_set_add_folder(&r->children, &r->arena, folders->at[i], &why) < 0)
            return request_complain(r, KILN_EXIT_USAGE, "%s", why);
    return KILN_EXIT_OK;
}

/* "orders/refund@2.json" -> "refund": what others call the workflow by. */
static const char *own_id(struct request *r, const char *path)
{
    const char *slash = strrchr(path, '/'), *name = slash ? slash + 1 : path;
    size_t n = strcspn(name, "@");

    if (!name[n] && n > 5 && !strcmp(name + n - 5, ".json"))
        n -= 5;
    return diag_must_have(arena_dup(&r->arena, name, n));
}

/* ---- compiling ----------------------------------------------------------------------------- */

int request_compile(struct request *r, struct compilation *c, const char *path, enum stage until)
{
    const struct options *o = &r->options;
    struct compile_options options = { .until = until,
                                       .dialect = o->dialect,
                                       .graph = o->graph,
                                       .children = &r->children,
                                       .id = own_id(r, path),
                                       .dump_after = o->dump_after,
                                       .time = o->time,
                                       .legacy = o->legacy,
                                       .track = o->program.track_events != NULL,
                                       .verify = o->verify };

#ifdef KILN_VERIFY
    options.verify = 1;
#endif
    return compile_file(c, path, &r->ops, &options);
}

int request_compile_one(struct request *r, struct compilation *c, enum stage until)
{
    int code;

    memset(c, 0, sizeof *c);
    if (!r->words.n)
        return request_complain(r, KILN_EXIT_USAGE, "which workflow? Say '%s %s FILE'", r->name,
                                r->verb);
    code = request_load_ops(r);
    if (code == KILN_EXIT_OK)
        code = request_find_children(r);
    if (code != KILN_EXIT_OK)
        return code;
    request_compile(r, c, r->words.at[0], until);
    return request_report(r, &c->diags);
}

void request_fini(struct request *r)
{
    if (r->user)
        build_ops_free(r->user);
    list_fini(&r->words);
    list_fini(&r->options.ops);
    list_fini(&r->options.program.signal);
    list_fini(&r->options.child);
    list_fini(&r->options.child_dir);
    arena_fini(&r->arena);
}
