/* retry.c: the policy of another try: exponential back-off, and a budget for rate limits.
 *
 * The delay before try n is delay * 2^(n-2), at most the budget. A rate limit costs no try but the
 * time waited for it, up to the budget in all.
 */
#include "retry.h"

#include <string.h>

/* What an error says of itself. */
struct said {
    int permanent, limited;
    unsigned long long after; /* milliseconds; 0: nothing */
};

static int has_word(const kiln_value *text, const char *word)
{
    size_t n = strlen(word);

    for (size_t i = 0; text->tag == KILN_STRING && i + n <= text->n; i++)
        if (!memcmp(text->u.s + i, word, n))
            return 1;
    return 0;
}

static struct said read_object(const kiln_value *object)
{
    kiln_value category = value_member(object, "category");
    kiln_value code = value_member(object, "code");
    kiln_value after = value_member(object, "retryAfterMs");
    struct said said = { .permanent = has_word(&category, "permanent"),
                         .limited = has_word(&code, "RATE_LIMITED") };

    if (after.tag == KILN_INT && after.u.i > 0)
        said.after = (unsigned long long)after.u.i;
    return said;
}

/* The text of a failed step has its object behind other words: it begins at the first brace. */
static struct said read_error(const kiln_value *error)
{
    const char *brace =
        error->tag == KILN_STRING && error->n ? memchr(error->u.s, '{', error->n) : NULL;
    kiln_value object = *error;
    struct said said = { 0 };
    struct json_error bad;
    kiln_heap h;

    heap_init(&h, 0);
    if (!brace || json_read(&h, &object, brace, error->n - (size_t)(brace - error->u.s), &bad) == 0)
        said = read_object(&object);
    heap_fini(&h);
    return said;
}

static unsigned long long least(unsigned long long a, unsigned long long b)
{
    return a < b ? a : b;
}

static unsigned long long back_off(const kiln_retry *retry, unsigned failures)
{
    unsigned long long ms = retry->delay;

    while (failures-- && ms < retry->budget)
        ms *= 2;
    return ms;
}

int retry_after(const kiln_retry *retry, const kiln_value *error, struct retry_state *state,
                unsigned long long *ret_ms)
{
    struct said said = read_error(error);
    unsigned long long ms = said.after ? said.after : retry->delay;

    if (said.limited) {
        if (ms > retry->budget - state->waited)
            return 0;
        state->waited += ms;
        *ret_ms = ms;
        return 1;
    }
    if (said.permanent || state->failures == retry->tries)
        return 0;
    *ret_ms = least(said.after ? said.after : back_off(retry, state->failures), retry->budget);
    state->failures++;
    return 1;
}
