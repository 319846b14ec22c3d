/* scan.h: the words of a plan text, one line at a time. Behind the door of this room: read.c's own.
 *
 * Every function that answers -1 has left a message with the line number; the first one stays.
 */
#ifndef PLAN_SCAN_H
#define PLAN_SCAN_H

#include "base/arena.h"
#include "value.h"

struct scan {
    struct arena *arena;
    const char *at;      /* in the current line */
    const char *next;    /* the line after it */
    const char *end;     /* where the text's NUL stands */
    unsigned line;       /* from 1 */
    const char *message; /* NULL, or what is wrong */
};

/* Stands before the first line of a NUL-terminated text of `n` bytes that outlives the scan. */
void scan_init(struct scan *s, struct arena *a, const char *text, size_t n);
/* Goes to the next line that holds something. 0 when there is none. */
int scan_line(struct scan *s);
/* Leaves the complaint "line N: ..." unless there is one; -1. */
int scan_fail(struct scan *s, const char *format, ...) __attribute__((format(printf, 2, 3)));
/* Takes this word, or this mark, if it stands next: 1 or 0. */
int scan_word(struct scan *s, const char *word);
int scan_mark(struct scan *s, const char *mark);
/* Which of `n` words stands next (taken), or -1 without a complaint. NULL entries never match. */
int scan_choice(struct scan *s, const char *const *words, unsigned n);
/* The next bare word: letters, digits and `._-`; in the arena. 0 or -1. */
int scan_name(struct scan *s, const char **ret);
/* A JSON string without NUL bytes, in the arena. 0 or -1. */
int scan_text(struct scan *s, const char **ret);
/* A JSON value made in `h`. 0 or -1. */
int scan_value(struct scan *s, kiln_heap *h, kiln_value *ret);
/* A number behind a prefix ("s12", "%3", "^1", or "" for none). 0 or -1. */
int scan_number(struct scan *s, const char *prefix, unsigned *ret);
int scan_integer(struct scan *s, long long *ret);
/* Nothing may follow in this line. 0 or -1. */
int scan_stop(struct scan *s);
/* Something stands next that begins with this character. */
int scan_sees(struct scan *s, char c);

#endif
