/* template_test.c: the tests of templates, `x is even`. None of them fails for a wrong type. */
#include "functions/template.h"

#include <math.h>
#include <string.h>

#include "base/letter.h"

#define TEST(name, expression)                                                                     \
    TEMPLATE_FN(name)                                                                              \
    {                                                                                              \
        __attribute__((unused)) const kiln_value *v = &argv[1];                                    \
                                                                                                   \
        *ret = value_bool(expression);                                                             \
        return 0;                                                                                  \
    }

/* The remainder by a whole number, or -1 when there is none. */
static long long rest(const kiln_value *v, const kiln_value *by)
{
    long long d = by->tag == KILN_INT ? by->u.i : 0;

    if (v->tag == KILN_DOUBLE && v->u.d == trunc(v->u.d) && fabs(v->u.d) < 9e18 && d)
        return d == -1 || !((long long)v->u.d % d) ? 0 : 1;
    if (v->tag == KILN_UINT && d > 0)
        return (long long)(v->u.w % (unsigned long long)d != 0);
    return v->tag != KILN_INT || !d ? -1 : d == -1 || !(v->u.i % d) ? 0 : 1;
}

/* Text that letters of the other case would change. */
static int is_case(const kiln_value *v, void (*put)(struct text *t, const char *s, size_t n))
{
    struct text t = { 0 };
    int same;

    if (v->tag != KILN_STRING)
        return 0;
    put(&t, v->u.s, v->n);
    same = t.n == v->n && !memcmp(text_cstr(&t), v->u.s, v->n);
    text_fini(&t);
    return same;
}

static int is_one_of(const kiln_value *v, const char *const *names)
{
    while (*names && !value_is(v, *names))
        names++;
    return *names != NULL;
}

static const kiln_value two = { .tag = KILN_INT, .u.i = 2 };

TEST(is_defined, v->tag != KILN_ABSENT)
TEST(is_undefined, v->tag == KILN_ABSENT)
TEST(is_none, v->tag == KILN_NULL)
TEST(is_boolean, v->tag == KILN_BOOL)
TEST(is_true, v->tag == KILN_BOOL && v->u.i)
TEST(is_false, v->tag == KILN_BOOL && !v->u.i)
TEST(is_number, value_is_number(v))
TEST(is_integer, v->tag == KILN_INT || v->tag == KILN_UINT)
TEST(is_float, v->tag == KILN_DOUBLE)
TEST(is_string, v->tag == KILN_STRING)
TEST(is_sequence, v->tag == KILN_ARRAY)
TEST(is_mapping, v->tag == KILN_OBJECT)
TEST(is_iterable, v->tag >= KILN_STRING)
TEST(is_even, rest(v, &two) == 0)
TEST(is_odd, rest(v, &two) == 1)
TEST(is_divisible, rest(v, &argv[2]) == 0)
TEST(is_lower, is_case(v, letter_put_lower))
TEST(is_upper, is_case(v, letter_put_upper))
TEST(is_same, v->tag == argv[2].tag && template_equal(v, &argv[2]))
TEST(is_safe, 0)

static const char *const filters[] = {
#define KIND_FILTER(name) name,
#define KIND_TEST(name)
#define KIND_FUNCTION(name)
#define KIND_OPERATOR(name)
#define HELPER(kind, name, function, parameters) KIND_##kind(name)
#include "functions/template_names.def"
#undef KIND_FILTER
#undef KIND_TEST
    NULL
};

static const char *const tests[] = {
#define KIND_FILTER(name)
#define KIND_TEST(name) name,
#include "functions/template_names.def"
#undef HELPER
    NULL
};

TEST(is_filter, is_one_of(v, filters))
TEST(is_test, is_one_of(v, tests))

static int affix(kiln_heap *h, kiln_value *ret, const kiln_value *argv, int at_end)
{
    const kiln_value *s = &argv[1], *part = &argv[2];

    if (s->tag != KILN_STRING || part->tag != KILN_STRING)
        return template_fail(h, argv, "invalid operation: value is not a string");
    *ret = value_bool(s->n >= part->n
                      && !memcmp(at_end ? s->u.s + s->n - part->n : s->u.s, part->u.s, part->n));
    return 0;
}

TEMPLATE_FN(is_starting)
{
    return affix(h, ret, argv, 0);
}

TEMPLATE_FN(is_ending)
{
    return affix(h, ret, argv, 1);
}
