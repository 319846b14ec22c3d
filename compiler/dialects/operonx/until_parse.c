/* until_parse.c: the condition of a loop, read by recursive descent (clause 7.3).
 *
 * Names are the outputs of the graph, known at compile time; so a misspelt one is a complaint and
 * not a loop that never ends.
 */
#include <string.h>

#include "dialects/operonx/until.h"

enum { DEEPEST = 64, LONGEST = 4096 }; /* nesting and characters of a condition */

struct until_parse {
    struct until_scan scan;
    const struct ox_graph *graph;
    unsigned depth;
};

static struct ox_until *parse_or(struct until_parse *p);
static struct ox_until *parse_unary(struct until_parse *p);

static struct ox_until *make(struct until_parse *p, enum ox_until_kind kind)
{
    struct ox_until *e = operonx_alloc(p->scan.unit, 1, sizeof *e);

    e->kind = kind;
    return e;
}

static void add(struct ox_until *e, struct ox_until *operand)
{
    if (e->last)
        e->last->next = operand;
    else
        e->first = operand;
    e->last = operand;
    e->n++;
}

static struct ox_until *call(struct until_parse *p, const char *function, struct ox_until *a,
                             struct ox_until *b)
{
    struct ox_until *e = make(p, UNTIL_CALL);

    e->function = function;
    add(e, a);
    if (b)
        add(e, b);
    return e;
}

static int accept(struct until_parse *p, const char *word)
{
    if (!until_scan_is(&p->scan, word))
        return 0;
    until_scan_next(&p->scan);
    return 1;
}

static void expect(struct until_parse *p, const char *word, const char *sentence)
{
    if (!accept(p, word))
        until_scan_fail(&p->scan, sentence);
}

/* ---- atoms ---- */

static struct ox_until *literal(struct until_parse *p, kiln_value v)
{
    struct ox_until *e = make(p, UNTIL_LITERAL);

    e->literal = v;
    return e;
}

static void unknown_name(struct until_parse *p, const char *name)
{
    const struct ox_params *outputs = &p->graph->self->outputs;
    struct unit *u = p->scan.unit;
    const char **names = operonx_alloc(u, outputs->n, sizeof *names);
    struct diag *d;

    if (p->scan.failed)
        return;
    d = diag_error(u->diags, p->scan.node, "O012", "'%s' is no output of '%s'", name,
                   p->graph->self->full_name);
    for (unsigned i = 0; i < outputs->n; i++)
        names[i] = outputs->at[i].name;
    diag_suggest(u->diags, d, name, "outputs", names, outputs->n);
    p->scan.failed = 1;
}

static struct ox_until *parse_name(struct until_parse *p)
{
    const char *word = operonx_printf(p->scan.unit, "%s", p->scan.word);
    struct ox_until *e;

    until_scan_next(&p->scan);
    if (!strcmp(word, "True") || !strcmp(word, "true"))
        return literal(p, value_bool(1));
    if (!strcmp(word, "False") || !strcmp(word, "false"))
        return literal(p, value_bool(0));
    if (!strcmp(word, "None") || !strcmp(word, "null"))
        return literal(p, value_null());
    if (!operonx_param(&p->graph->self->outputs, word) && !operonx_graph_pushes(p->graph, word))
        unknown_name(p, word);
    e = make(p, UNTIL_NAME);
    e->name = word;
    return e;
}

static struct ox_until *parse_list(struct until_parse *p)
{
    struct ox_until *e = make(p, UNTIL_LIST);

    until_scan_next(&p->scan);
    if (accept(p, "]"))
        return e;
    do
        add(e, parse_or(p));
    while (accept(p, ","));
    expect(p, "]", "a list needs ']' behind its items");
    return e;
}

static struct ox_until *parse_atom(struct until_parse *p)
{
    struct ox_until *e;

    switch (p->scan.token) {
    case TOKEN_NUMBER:
    case TOKEN_STRING:
        e = literal(p, p->scan.literal);
        until_scan_next(&p->scan);
        return e;
    case TOKEN_NAME:
        return parse_name(p);
    default:
        break;
    }
    if (until_scan_is(&p->scan, "["))
        return parse_list(p);
    if (accept(p, "(")) {
        e = parse_or(p);
        expect(p, ")", "a '(' has no ')'");
        return e;
    }
    until_scan_fail(&p->scan, "a value is missing");
    return make(p, UNTIL_LITERAL);
}

/* ---- operators, from the tightest ---- */

static struct ox_until *parse_member(struct until_parse *p, struct ox_until *e)
{
    if (p->scan.token != TOKEN_NAME) {
        until_scan_fail(&p->scan, "a name is missing behind '.'");
        return e;
    }
    e = call(p, "operonx.getattr", e,
             literal(p, value_static(operonx_printf(p->scan.unit, "%s", p->scan.word))));
    until_scan_next(&p->scan);
    return e;
}

static struct ox_until *parse_postfix(struct until_parse *p)
{
    struct ox_until *e = parse_atom(p);

    while (!p->scan.failed) {
        if (accept(p, "[")) {
            e = call(p, "operonx.getitem", e, parse_or(p));
            expect(p, "]", "a '[' has no ']'");
        } else if (accept(p, ".")) {
            e = parse_member(p, e);
        } else {
            if (until_scan_is(&p->scan, "("))
                until_scan_fail(&p->scan, "a condition cannot call anything");
            return e;
        }
    }
    return e;
}

static struct ox_until *parse_power(struct until_parse *p)
{
    struct ox_until *e = parse_postfix(p);

    return accept(p, "**") ? call(p, "operonx.pow", e, parse_unary(p)) : e;
}

static struct ox_until *parse_unary(struct until_parse *p)
{
    struct ox_until *e;

    if (++p->depth > DEEPEST)
        until_scan_fail(&p->scan, "the condition is nested too deep");
    if (accept(p, "-"))
        e = call(p, "operonx.neg", parse_unary(p), NULL);
    else if (accept(p, "+"))
        e = call(p, "operonx.pos", parse_unary(p), NULL);
    else
        e = parse_power(p);
    p->depth--;
    return e;
}

static struct ox_until *parse_term(struct until_parse *p)
{
    struct ox_until *e = parse_unary(p);

    while (!p->scan.failed) {
        if (accept(p, "*"))
            e = call(p, "operonx.mul", e, parse_unary(p));
        else if (accept(p, "//"))
            e = call(p, "operonx.floordiv", e, parse_unary(p));
        else if (accept(p, "/"))
            e = call(p, "operonx.truediv", e, parse_unary(p));
        else if (accept(p, "%"))
            e = call(p, "operonx.mod", e, parse_unary(p));
        else
            break;
    }
    return e;
}

static struct ox_until *parse_sum(struct until_parse *p)
{
    struct ox_until *e = parse_term(p);

    while (!p->scan.failed) {
        if (accept(p, "+"))
            e = call(p, "operonx.add", e, parse_term(p));
        else if (accept(p, "-"))
            e = call(p, "operonx.sub", e, parse_term(p));
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
        if (accept(p, rows[i].sign))
            return rows[i].function;
    if (accept(p, "is")) {
        *ret_negated = accept(p, "not");
        return "operonx.same";
    }
    *ret_negated = accept(p, "not");
    *ret_reversed = 1;
    if (*ret_negated)
        expect(p, "in", "'not' must be followed by 'in' here");
    else if (!accept(p, "in"))
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
            all = make(p, UNTIL_COMPARE);
            add(all, e);
        }
        e = parse_sum(p);
        e->comparison = function;
        e->reversed = reversed;
        e->negated = negated;
        add(all, e);
    }
    return all ? all : e;
}

static struct ox_until *parse_not(struct until_parse *p)
{
    struct ox_until *e;

    if (++p->depth > DEEPEST)
        until_scan_fail(&p->scan, "the condition is nested too deep");
    if (accept(p, "not"))
        e = call(p, "operonx.not", parse_not(p), NULL);
    else
        e = parse_comparison(p);
    p->depth--;
    return e;
}

static struct ox_until *parse_and(struct until_parse *p)
{
    struct ox_until *e = parse_not(p), *all = NULL;

    while (!p->scan.failed && accept(p, "and")) {
        if (!all) {
            all = make(p, UNTIL_AND);
            add(all, e);
        }
        add(all, parse_not(p));
    }
    return all ? all : e;
}

static struct ox_until *parse_or(struct until_parse *p)
{
    struct ox_until *e, *all = NULL;

    if (++p->depth > DEEPEST)
        until_scan_fail(&p->scan, "the condition is nested too deep");
    e = parse_and(p);
    while (!p->scan.failed && accept(p, "or")) {
        if (!all) {
            all = make(p, UNTIL_OR);
            add(all, e);
        }
        add(all, parse_and(p));
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
    e = parse_or(&p);
    if (!p.scan.failed && p.scan.token != TOKEN_END)
        until_scan_fail(&p.scan, "the condition goes on where it should end");
    return p.scan.failed ? NULL : e;
}
