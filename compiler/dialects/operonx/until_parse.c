/* until_parse.c: the condition of a loop, read by recursive descent (clause 7.3): one function for
 * each strength of operators, the loosest last.
 */
#include <string.h>

#include "dialects/operonx/until.h"

enum { DEEPEST = 64, LONGEST = 4096 }; /* nesting and characters of a condition */

static struct ox_until *parse_unary(struct until_parse *p);

static struct ox_until *parse_power(struct until_parse *p)
{
    struct ox_until *e = until_atom(p);

    return until_accept(p, "**") ? until_call(p, "operonx.pow", e, parse_unary(p)) : e;
}

static struct ox_until *parse_unary(struct until_parse *p)
{
    struct ox_until *e;

    if (++p->depth > DEEPEST)
        until_scan_fail(&p->scan, "the condition is nested too deep");
    if (until_accept(p, "-"))
        e = until_call(p, "operonx.neg", parse_unary(p), NULL);
    else if (until_accept(p, "+"))
        e = until_call(p, "operonx.pos", parse_unary(p), NULL);
    else
        e = parse_power(p);
    p->depth--;
    return e;
}

static struct ox_until *parse_term(struct until_parse *p)
{
    struct ox_until *e = parse_unary(p);

    while (!p->scan.failed) {
        if (until_accept(p, "*"))
            e = until_call(p, "operonx.mul", e, parse_unary(p));
        else if (until_accept(p, "//"))
            e = until_call(p, "operonx.floordiv", e, parse_unary(p));
        else if (until_accept(p, "/"))
            e = until_call(p, "operonx.truediv", e, parse_unary(p));
        else if (until_accept(p, "%"))
            e = until_call(p, "operonx.mod", e, parse_unary(p));
        else
            break;
    }
    return e;
}

static struct ox_until *parse_sum(struct until_parse *p)
{
    struct ox_until *e = parse_term(p);

    while (!p->scan.failed) {
        if (until_accept(p, "+"))
            e = until_call(p, "operonx.add", e, parse_term(p));
        else if (until_accept(p, "-"))
            e = until_call(p, "operonx.sub", e, parse_term(p));
        else
            break;
    }
    return e;
}

/* ---- comparisons ---- */

/* The function of a comparison that stands next, or NULL. */
static const char *comparison(struct until_parse *p, int *ret_reversed, int *ret_negated)
{
    static const struct {
        const char *sign, *function;
    } rows[] = { { "==", "operonx.eq" }, { "!=", "operonx.ne" }, { ">=", "operonx.ge" },
                 { "<=", "operonx.le" }, { ">", "operonx.gt" },  { "<", "operonx.lt" } };

    *ret_reversed = *ret_negated = 0;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        if (until_accept(p, rows[i].sign))
            return rows[i].function;
    if (until_accept(p, "is")) {
        *ret_negated = until_accept(p, "not");
        return "operonx.same";
    }
    *ret_negated = until_accept(p, "not");
    *ret_reversed = 1;
    if (*ret_negated)
        until_expect(p, "in", "'not' must be followed by 'in' here");
    else if (!until_accept(p, "in"))
        return NULL;
    return "operonx.contains";
}

static struct ox_until *parse_comparison(struct until_parse *p)
{
    struct ox_until *e = parse_sum(p), *all = NULL;
    int reversed, negated;
    const char *function;

    while (!p->scan.failed && (function = comparison(p, &reversed, &negated))) {
        if (!all) {
            all = until_make(p, UNTIL_COMPARE);
            until_add(all, e);
        }
        e = parse_sum(p);
        e->comparison = function;
        e->reversed = reversed;
        e->negated = negated;
        until_add(all, e);
    }
    return all ? all : e;
}

static struct ox_until *parse_not(struct until_parse *p)
{
    struct ox_until *e;

    if (++p->depth > DEEPEST)
        until_scan_fail(&p->scan, "the condition is nested too deep");
    if (until_accept(p, "not"))
        e = until_call(p, "operonx.not", parse_not(p), NULL);
    else
        e = parse_comparison(p);
    p->depth--;
    return e;
}

static struct ox_until *parse_and(struct until_parse *p)
{
    struct ox_until *e = parse_not(p), *all = NULL;

    while (!p->scan.failed && until_accept(p, "and")) {
        if (!all) {
            all = until_make(p, UNTIL_AND);
            until_add(all, e);
        }
        until_add(all, parse_not(p));
    }
    return all ? all : e;
}

struct ox_until *until_parse_or(struct until_parse *p)
{
    struct ox_until *e, *all = NULL;

    if (++p->depth > DEEPEST)
        until_scan_fail(&p->scan, "the condition is nested too deep");
    e = parse_and(p);
    while (!p->scan.failed && until_accept(p, "or")) {
        if (!all) {
            all = until_make(p, UNTIL_OR);
            until_add(all, e);
        }
        until_add(all, parse_and(p));
    }
    p->depth--;
    return all ? all : e;
}

struct ox_until *operonx_parse_until(struct unit *u, const struct ox_graph *g,
                                     const struct node *node)
{
    struct until_parse p = { .scan = { .unit = u, .node = node, .text = node->u.s }, .graph = g };
    struct ox_until *e;

    if (!operonx_node_text(u, node))
        return NULL;
    if (node->n > LONGEST)
        until_scan_fail(&p.scan, "the condition is too long");
    until_scan_next(&p.scan);
    e = until_parse_or(&p);
    if (!p.scan.failed && p.scan.token != TOKEN_END)
        until_scan_fail(&p.scan, "the condition goes on where it should end");
    return p.scan.failed ? NULL : e;
}
