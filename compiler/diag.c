/* diag.c: making complaints.
 *
 * A complaint is kept as data with the bytes it is about; lines and columns are worked out when it
 * is printed. The list grows in the arena by copying, so an old copy is never a dangling one.
 */
#include "diag.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "exit.h"
#include "source.h"

static const size_t nowhere = (size_t)-1;

void *diag_must_have(void *p)
{
    if (!p) {
        fputs("kiln: out of memory\n", stderr);
        exit(KILN_EXIT_BROKEN);
    }
    return p;
}

static struct diag *add(struct diags *d)
{
    if (d->n == d->cap) {
        size_t cap = d->cap ? 2 * d->cap : 8;
        struct diag *more = diag_must_have(arena_alloc(d->arena, cap * sizeof *more));

        if (d->n)
            memcpy(more, d->at, d->n * sizeof *more);
        d->at = more;
        d->cap = cap;
    }
    d->at[d->n] = (struct diag){ .at = nowhere, .end = nowhere };
    return &d->at[d->n++];
}

static const char *format_text(struct diags *d, const char *format, va_list ap)
{
    struct text t = { 0 };
    char *s;

    text_vprintf(&t, format, ap);
    s = t.failed ? NULL : arena_dup(d->arena, text_cstr(&t), t.n);
    text_fini(&t);
    return diag_must_have(s);
}

static struct diag *add_text(struct diags *d, enum diag_severity severity, const char *code,
                             const char *format, va_list ap)
{
    struct diag *x = add(d);

    x->severity = severity;
    x->code = code;
    x->sentence = format_text(d, format, ap);
    if (severity == DIAG_ERROR)
        d->errors++;
    else
        d->warnings++;
    return x;
}

static void set_node(struct diags *d, struct diag *x, const struct node *at)
{
    if (!at)
        return;
    x->source = d->source;
    x->pointer = node_pointer(d->arena, at);
    x->at = at->at;
    x->end = at->end;
}

struct diag *diag_error(struct diags *d, const struct node *at, const char *code,
                        const char *format, ...)
{
    struct diag *x;
    va_list ap;

    va_start(ap, format);
    x = add_text(d, DIAG_ERROR, code, format, ap);
    va_end(ap);
    set_node(d, x, at);
    return x;
}

struct diag *diag_warning(struct diags *d, const struct node *at, const char *code,
                          const char *format, ...)
{
    struct diag *x;
    va_list ap;

    va_start(ap, format);
    x = add_text(d, DIAG_WARNING, code, format, ap);
    va_end(ap);
    set_node(d, x, at);
    return x;
}

struct diag *diag_error_key(struct diags *d, const struct node *at, const char *code,
                            const char *format, ...)
{
    struct diag *x;
    va_list ap;

    va_start(ap, format);
    x = add_text(d, DIAG_ERROR, code, format, ap);
    va_end(ap);
    set_node(d, x, at);
    if (at && at->key) {
        x->at = at->key_at;
        x->end = at->key_end;
    }
    return x;
}

struct diag *diag_error_at(struct diags *d, size_t at, size_t end, const char *code,
                           const char *format, ...)
{
    struct diag *x;
    va_list ap;

    va_start(ap, format);
    x = add_text(d, DIAG_ERROR, code, format, ap);
    va_end(ap);
    x->source = d->source;
    x->at = at;
    x->end = end;
    return x;
}

struct diag *diag_error_plain(struct diags *d, const char *code, const char *format, ...)
{
    struct diag *x;
    va_list ap;

    va_start(ap, format);
    x = add_text(d, DIAG_ERROR, code, format, ap);
    va_end(ap);
    return x;
}

struct diag *diag_unsupported(struct diags *d, const struct node *at, const char *format, ...)
{
    const char *feature;
    va_list ap;

    va_start(ap, format);
    feature = format_text(d, format, ap);
    va_end(ap);
    return diag_error(d, at, "K100", "%s is not supported yet", feature);
}

void diag_hint(struct diags *d, struct diag *to, const char *format, ...)
{
    va_list ap;

    va_start(ap, format);
    to->hint = format_text(d, format, ap);
    va_end(ap);
}
