/* pattern.h: a regular expression as workflows write it, made into one for PCRE2 (scenario 4.5).
 *
 * Workflows have the syntax of Rust's regex library: no look-around, no back-references, classes
 * inside classes. Whatever PCRE2 would understand differently is written out here or refused, so
 * nothing of PCRE2's own language can be reached from a workflow.
 */
#ifndef KILN_OPS_TEXT_PATTERN_H
#define KILN_OPS_TEXT_PATTERN_H

#include "base/list.h"
#include "base/text.h"

/* A group with a name; the bytes are those of the pattern that was read. */
struct pattern_name {
    const char *s;
    size_t n;
    unsigned group;
};

struct pattern {
    struct text out; /* for PCRE2: UTF and UCP on; the flags of the pattern are in it */
    LIST(struct pattern_name) names;
    unsigned n_groups; /* without the whole match */

    /* What is wrong: a sentence (static) and the bytes of the pattern; NULL when nothing is. */
    const char *fault;
    size_t fault_at, fault_end;

    /* Reading. */
    const char *s;
    size_t n, at;
    unsigned depth;
    int extended; /* blanks and comments are no part of the pattern */
};

/* Reads a pattern, which must be UTF-8. 0, or -1 with what is wrong. Free it in both cases. */
int pattern_read(struct pattern *p, const char *s, size_t n);
void pattern_fini(struct pattern *p);
/* Appends what is wrong, with the place in the pattern, in the words of the reference. */
void pattern_put_fault(const struct pattern *p, struct text *t);

/* ---- between the files that read ---- */

/* Sets what is wrong from byte `from` to `to`, unless something is already. Returns -1. */
int pattern_fail(struct pattern *p, size_t from, size_t to, const char *sentence);
/* True when these bytes come next. */
int pattern_sees(const struct pattern *p, const char *bytes);
/* Goes past blanks and comments where they are no part of the pattern. */
void pattern_skip(struct pattern *p);
/* Reads the character at p->at. */
unsigned pattern_next(struct pattern *p);
/* Letters, digits and "_" of ASCII. */
int pattern_is_word(unsigned c);
/* Appends a character that stands for itself. */
void pattern_put_literal(struct text *t, unsigned c);

/* pattern_group.c: reads what "(?" begins, p->at behind it and the parenthesis at `from`. 0: a
 * group is open, 1: it was flags alone, -1. */
int pattern_open_special(struct pattern *p, size_t from);

/* What a backslash begins. */
enum pattern_escape { ESCAPE_FAULT = -1, ESCAPE_LITERAL, ESCAPE_CLASS, ESCAPE_ASSERTION };

/* pattern_escape.c: reads it, p->at behind the backslash. A literal is in *ret_c; a class was
 * appended to `t` as it stands between brackets, with *ret_negated when its opposite is meant; an
 * assertion was appended whole. */
enum pattern_escape pattern_read_escape(struct pattern *p, struct text *t, unsigned *ret_c,
                                        int *ret_negated);
/* pattern_class.c: reads a class, p->at behind its bracket, and appends what matches one of its
 * characters. 0 or -1. */
int pattern_read_class(struct pattern *p, struct text *t);

enum { PATTERN_DEEPEST = 200 };

#endif
