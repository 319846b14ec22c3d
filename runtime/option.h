/* option.h: command lines as tables.
 *
 * A verb is a row: its name, its options, what it says about itself. Parsing, help and "did you
 * mean" come from the rows, so they cannot disagree. An option names the member of a struct it
 * sets:
 *
 *     struct my { int quiet; const char *store; };
 *     static const struct option options[] = {
 *         { "quiet", 'q', OPTION_FLAG, offsetof(struct my, quiet), NULL, "say less" },
 *         { "store", 0, OPTION_TEXT, offsetof(struct my, store), "DIR", "remember runs in DIR" },
 *         { 0 }
 *     };
 */
#ifndef KILN_OPTION_H
#define KILN_OPTION_H

#include <stddef.h>

#include "base/text.h"

enum option_type {
    OPTION_FLAG,  /* int: set to 1 */
    OPTION_TEXT,  /* const char *: the last one given, borrowed from argv */
    OPTION_MAYBE, /* const char *: behind `=`, or "" without */
    OPTION_UINT,  /* unsigned: decimal */
    OPTION_LIST   /* struct option_list: every one given, in order */
};

struct option {
    const char *name;      /* without its dashes; NULL ends a table */
    char letter;           /* a short spelling, or 0 */
    unsigned char type;    /* enum option_type */
    unsigned short offset; /* of what it sets */
    const char *argument;  /* as help shows it; NULL for a flag */
    const char *help;      /* one sentence */
};

/* A growing list of words (base/list.h); the owner frees `at`. */
struct option_list {
    const char **at;
    size_t n, cap;
};

/* One verb of a command. */
struct option_verb {
    const char *name;      /* NULL ends a table */
    const char *arguments; /* what follows the options, as help shows it */
    const char *sentence;
    const struct option *options;
    const char *example; /* a line that works when pasted behind the program's name */
};

/* Reads argv[0 .. argc-1] by the table into `target`; words that are not options go to `rest`, as
 * does all behind "--" and a lone "-". 0, or -1 with a sentence in `why`. */
int option_parse(const struct option *table, int argc, char **argv, void *target,
                 struct option_list *rest, struct text *why);
/* Lines for a table, then for one verb, then for a whole command. */
void option_put_help(struct text *t, const struct option *table);
void option_put_verb_help(struct text *t, const char *program, const struct option_verb *verb);
void option_put_command_help(struct text *t, const char *program, const struct option_verb *verbs);
/* The verb with this name, or NULL with a sentence in `why`. */
const struct option_verb *option_find_verb(const struct option_verb *verbs, const char *name,
                                           struct text *why);

#endif
