/* diag.h: complaints as data, and their printing.
 *
 * A stage goes on after a complaint and reports all it finds; the pipeline stops after the stage.
 */
#ifndef DIAG_H
#define DIAG_H

#include <stddef.h>
#include <stdio.h>

#include "base/arena.h"

struct source;
struct node;

enum diag_severity { DIAG_ERROR, DIAG_WARNING };

struct diag {
    enum diag_severity severity;
    const char *code;     /* stable: "E001", "S002", "P010", "O003", "K001" */
    const char *sentence; /* one sentence, no full stop needed */
    const char *hint;     /* NULL, or what to do about it */
    const char *pointer;  /* JSON pointer, NULL when there is no node */
    size_t at, end;       /* bytes of the source; at == end == (size_t)-1 when there is no place */
    const struct source *source; /* NULL when the complaint is about no file */
};

/* The complaints of one compilation, in the order they were made. */
struct diags {
    struct arena *arena;
    struct diag *at;
    size_t n, cap;
    unsigned errors, warnings;
    const struct source *source; /* what places refer to from now on */
};

/* Adds a complaint about a node (its value). The result may be given a hint. Never NULL. */
struct diag *diag_error(struct diags *d, const struct node *at, const char *code,
                        const char *format, ...) __attribute__((format(printf, 4, 5)));
struct diag *diag_warning(struct diags *d, const struct node *at, const char *code,
                          const char *format, ...) __attribute__((format(printf, 4, 5)));
/* Adds an error about the key of a member instead of its value. */
struct diag *diag_error_key(struct diags *d, const struct node *at, const char *code,
                            const char *format, ...) __attribute__((format(printf, 4, 5)));
/* Adds an error at bytes of the text, for stages that have no nodes yet. */
struct diag *diag_error_at(struct diags *d, size_t at, size_t end, const char *code,
                           const char *format, ...) __attribute__((format(printf, 5, 6)));
/* "<feature> is not supported yet" at a node, code K100. */
struct diag *diag_unsupported(struct diags *d, const struct node *at, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
/* Adds a complaint about no place in any file: an operation's file, a compiler that is missing. */
struct diag *diag_error_plain(struct diags *d, const char *code, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
/* Says what to do about a complaint; before the next one is added. */
void diag_hint(struct diags *d, struct diag *to, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* The nearest of `n` candidates by case-insensitive Levenshtein distance, accepted when it is at
 * most len/2 + 2 (scenario 2.1), or NULL. */
const char *diag_nearest(const char *word, const char *const *candidates, size_t n);
/* Hints "did you mean 'x'?" when something is near, else lists up to twelve candidates after
 * `label` ("known steps"). */
void diag_suggest(struct diags *d, struct diag *to, const char *word, const char *label,
                  const char *const *candidates, size_t n);

/* `p`, unless it is NULL: then memory is out and the compiler ends with a message. */
void *diag_must_have(void *p);

enum diag_format { DIAG_TEXT, DIAG_JSON };

enum { DIAG_MOST = 50 }; /* complaints printed as text; the rest are only counted */

/* Prints all complaints, in the order of their places, and a line that counts them. Colour only
 * when asked. JSON is one array of objects {severity, code, message, hint, file, line, column,
 * endLine, endColumn, pointer}; what is not known is null, columns count characters from 1. */
void diag_print(const struct diags *d, FILE *to, enum diag_format format, int colour);

#endif
