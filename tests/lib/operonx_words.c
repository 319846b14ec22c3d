/* operonx_words.c: see operonx_words.h.
 */
#include "operonx_words.h"

#include <string.h>

struct case_list case_list_new(kiln_call *call)
{
    struct case_list l = { .h = kiln_call_heap(call) };

    l.failed = kiln_array(l.h, &l.all, NULL, 0) < 0;
    return l;
}

void case_list_add(struct case_list *l, kiln_value v)
{
    l->failed |= kiln_push(l->h, &l->all, &v) < 0;
}

void case_list_frame(struct case_list *l, const char *a, kiln_value x, const char *b, kiln_value y)
{
    kiln_value pairs[4], frame;

    l->failed |= kiln_string(l->h, &pairs[0], a, (unsigned)strlen(a)) < 0;
    pairs[1] = x;
    if (b)
        l->failed |= kiln_string(l->h, &pairs[2], b, (unsigned)strlen(b)) < 0;
    pairs[3] = y;
    if (!l->failed && kiln_object(l->h, &frame, pairs, b ? 2 : 1) == 0)
        case_list_add(l, frame);
}

int case_list_give(kiln_call *call, struct case_list *l)
{
    return l->failed ? -1 : kiln_out_value(call, l->all);
}

const char *case_next_word(const char **text, unsigned *ret_n)
{
    const char *from = *text + strspn(*text, " \t\r\n");

    *ret_n = (unsigned)strcspn(from, " \t\r\n");
    *text = from + *ret_n;
    return *ret_n ? from : NULL;
}

unsigned case_characters(const char *s, size_t n)
{
    unsigned count = 0;

    while (n--)
        count += (*s++ & 0xc0) != 0x80;
    return count;
}
