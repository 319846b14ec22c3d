/* calculate.c: arithmetic over named numbers (scenario 4.3).
 *
 * Names are replaced by the decimal text of their numbers, then blanks go, then what is left is
 * parsed by recursive descent. That order shows: with a = 10 and b = 2.5, "a b" is 102.5.
 */
#include <math.h>
#include <string.h>

#include "base/number.h"
#include "base/text.h"
#include "kiln_op.h"
#include "numeral.h"
#include "ops/input.h"
#include "value.h"

enum { MOST_NESTED = 200, MOST_PLACES = 15 };

struct parser {
    kiln_call *call;
    const char *s;
    size_t at, n;
    int nested;
};

static int fail(kiln_call *call, const char *what)
{
    return input_fail(call, "CAPABILITY_ERROR", "%s", what);
}

/* ---- names to numbers ---------------------------------------------------------------------- */

/* A number in plain decimal notation, without exponent and without ".0". */
static void put_plain(struct text *t, double d)
{
    char buf[NUMBER_SIZE];
    size_t n = number_write(d, buf), digits;
    const char *e = memchr(buf, 'e', n), *point = memchr(buf, '.', n);
    long long exponent = 0;
    size_t mantissa = e ? (size_t)(e - buf) : n;
    long long places = point && point < buf + mantissa ? buf + mantissa - point - 1 : 0;

    if (!e) {
        if (n > 2 && !memcmp(buf + n - 2, ".0", 2))
            n -= 2;
        text_put(t, buf, n);
        return;
    }
    numeral_integer(e + 1, n - mantissa - 1, &exponent);
    if (*buf == '-')
        text_putc(t, '-');
    if (exponent < 0)
        text_puts(t, "0.");
    for (long long i = exponent + 1; i < 0; i++)
        text_putc(t, '0');
    for (digits = *buf == '-'; digits < mantissa; digits++)
        if (buf[digits] != '.')
            text_putc(t, buf[digits]);
    for (long long i = places; exponent >= 0 && i < exponent; i++)
        text_putc(t, '0');
}

static int variable_number(const kiln_value *v, double *ret)
{
    if (v->tag == KILN_STRING)
        return numeral_double(v->u.s, v->n, ret);
    if (!value_is_number(v))
        return -1;
    *ret = value_number(v);
    return 0;
}

static int put_variable(kiln_call *call, struct text *t, const kiln_value *variables,
                        const char *name, size_t n)
{
    kiln_value key = { .tag = KILN_STRING, .n = (unsigned)n, .u.s = name };
    kiln_value v = kiln_get(variables, &key);
    double d;

    if (v.tag == KILN_ABSENT)
        return input_fail(call, "CAPABILITY_ERROR",
                          "Variable '%.*s' is not present in the variables map", (int)n, name);
    if (variable_number(&v, &d) < 0)
        return input_fail(call, "CAPABILITY_ERROR", "Variable '%.*s' is not a number", (int)n,
                          name);
    put_plain(t, d);
    return 0;
}

static int is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}

static int is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* The expression with numbers for names and without blanks. 0 or -1. */
static int put_expression(kiln_call *call, struct text *t, const kiln_value *expression,
                          const kiln_value *variables)
{
    const char *s = expression->u.s, *end = s + expression->n;

    while (s < end) {
        const char *start = s;

        if (is_letter(*s)) {
            while (s < end && (is_letter(*s) || is_digit(*s)))
                s++;
            if (put_variable(call, t, variables, start, (size_t)(s - start)) < 0)
                return -1;
        } else if (is_digit(*s) || (*s && strchr("+-*/%().", *s))) {
            text_putc(t, *s++);
        } else if (*s++ != ' ') {
            return fail(call, "The expression has a character that is not allowed");
        }
    }
    return 0;
}

/* ---- the grammar --------------------------------------------------------------------------- */

static int parse_sum(struct parser *p, double *ret);

static int peek(const struct parser *p)
{
    return p->at < p->n ? p->s[p->at] : 0;
}

static int parse_number(struct parser *p, double *ret)
{
    size_t start = p->at;

    while (is_digit((char)peek(p)) || peek(p) == '.')
        p->at++;
    if (p->at == start)
        return input_fail(p->call, "CAPABILITY_ERROR", "Expected number at position %zu", start);
    if (numeral_double(p->s + start, p->at - start, ret) < 0)
        return input_fail(p->call, "CAPABILITY_ERROR", "Invalid number at position %zu", start);
    return 0;
}

static int parse_group(struct parser *p, double *ret)
{
    if (++p->nested > MOST_NESTED)
        return fail(p->call, "The expression is nested too deeply");
    p->at++;
    if (parse_sum(p, ret) < 0)
        return -1;
    if (peek(p) != ')')
        return fail(p->call, "Mismatched parentheses");
    p->at++;
    p->nested--;
    return 0;
}

static int parse_factor(struct parser *p, double *ret)
{
    int sign = peek(p);

    if (sign == '+' || sign == '-')
        p->at++;
    if (p->at == p->n)
        return fail(p->call, "Unexpected end of expression");
    if ((peek(p) == '(' ? parse_group(p, ret) : parse_number(p, ret)) < 0)
        return -1;
    if (sign == '-')
        *ret = -*ret;
    return 0;
}

static int parse_product(struct parser *p, double *ret)
{
    double right;
    int op;

    if (parse_factor(p, ret) < 0)
        return -1;
    while ((op = peek(p)) == '*' || op == '/' || op == '%') {
        p->at++;
        if (parse_factor(p, &right) < 0)
            return -1;
        if (op == '/' && right == 0)
            return fail(p->call, "Division by zero");
        *ret = op == '*' ? *ret * right : op == '/' ? *ret / right : fmod(*ret, right);
    }
    return 0;
}

static int parse_sum(struct parser *p, double *ret)
{
    double right;
    int op;

    if (parse_product(p, ret) < 0)
        return -1;
    while ((op = peek(p)) == '+' || op == '-') {
        p->at++;
        if (parse_product(p, &right) < 0)
            return -1;
        *ret = op == '+' ? *ret + right : *ret - right;
    }
    return 0;
}

static int parse_all(kiln_call *call, const struct text *t, double *ret)
{
    struct parser p = { .call = call, .s = text_cstr(t), .n = t->n };

    if (parse_sum(&p, ret) < 0)
        return -1;
    if (p.at < p.n)
        return input_fail(call, "CAPABILITY_ERROR", "Unexpected character at position %zu", p.at);
    return 0;
}

/* ---- rounding ------------------------------------------------------------------------------ */

/* Half away from zero at so many places, when the input asks for it. */
static int round_result(kiln_call *call, double *d)
{
    unsigned long long places;
    kiln_value v = kiln_in(call, "decimal_places");
    double scale;
    int wanted;

    if (input_flag(call, "calculate", "enable_rounding", &wanted) < 0)
        return -1;
    if (!wanted || v.tag == KILN_ABSENT || v.tag == KILN_NULL)
        return 0;
    if (input_count(call, "calculate", "decimal_places", &places) < 0)
        return -1;
    if (places > MOST_PLACES)
        return fail(call, "decimal_places is at most 15");
    scale = pow(10, (double)places);
    *d = round(*d * scale) / scale;
    return 0;
}

KILN_OP(utils_calculate, "utils.calculate", KILN_PURE,
        "Evaluates an expression of + - * / % and parentheses over named numbers.",
        KILN_INPUTS({ "expression", "string", "The expression.", KILN_REQUIRED },
                    { "variables", "object", "Name -> number or numeric text.", KILN_REQUIRED },
                    { "enable_rounding", "boolean", "Round the result.", 0 },
                    { "decimal_places", "integer", "How many places, at most 15.", 0 }),
        KILN_OUTPUTS({ "value", "number", "The result; null when it is no number.", 0 }),
        KILN_FLAGS(KILN_OP_BARE | KILN_OP_CHECKS))
{
    kiln_value expression, variables;
    struct text t = { 0 };
    double d;
    int failed;

    if (input_text(call, "calculate", "expression", &expression) < 0
        || input_object(call, "calculate", "variables", &variables) < 0)
        return -1;
    failed = put_expression(call, &t, &expression, &variables) < 0 || parse_all(call, &t, &d) < 0
             || round_result(call, &d) < 0;
    text_fini(&t);
    if (failed)
        return -1;
    return kiln_out_value(call, isfinite(d) ? kiln_double(d) : kiln_null());
}
