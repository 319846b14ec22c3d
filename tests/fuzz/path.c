/* path.c: any bytes as a reference's path. Its parts lie in the text, one behind the other, none
 * empty; a path written with its parts in brackets is taken apart into the same; and following one
 * through a value ends in a value or in an error with words, never elsewhere. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "dialects/scenario/model.h"
#include "functions/functions.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void must(int holds)
{
    if (!holds)
        abort();
}

static void check_parts(const struct path *p, const char *text)
{
    const char *end = text;

    for (unsigned i = 0; i < p->n; i++) {
        must(p->at[i].n > 0 && p->at[i].s >= end);
        end = p->at[i].s + p->at[i].n;
    }
    must(end <= text + strlen(text));
}

/* Quotes keep blanks; what has a closing bracket in it cannot be written so. */
static void check_brackets(struct arena *a, const struct path *p)
{
    struct text t = { 0 };
    struct path again;

    for (unsigned i = 0; i < p->n; i++) {
        if (memchr(p->at[i].s, ']', p->at[i].n)) {
            text_fini(&t);
            return;
        }
        text_puts(&t, "['");
        text_put(&t, p->at[i].s, p->at[i].n);
        text_puts(&t, "']");
    }
    again = path_split(a, text_cstr(&t));
    must(again.n == p->n);
    for (unsigned i = 0; i < p->n; i++)
        must(again.at[i].n == p->at[i].n && !memcmp(again.at[i].s, p->at[i].s, p->at[i].n));
    text_fini(&t);
}

/* [0, part, part...] through a value with arrays and objects in it. */
static void check_following(const struct path *p)
{
    static const char value[] = "{\"a\":[1,{\"b\":[[2.5]]},null],\"\":{\"a.b\":true},\"0\":\"x\"}";
    struct json_error error;
    kiln_value v, path, part, ret;
    kiln_heap h;

    heap_init(&h, 1);
    part = value_int(0);
    must(json_read(&h, &v, value, strlen(value), &error) == 0
         && kiln_array(&h, &path, &part, 1) == 0);
    for (unsigned i = 0; i < p->n; i++)
        if (value_string(&h, &part, p->at[i].s, p->at[i].n) < 0 || kiln_push(&h, &path, &part) < 0)
            abort();
    h.error.tag = KILN_ABSENT;
    if (kiln_scenario_path(&h, &ret, &v, &path) < 0)
        must(h.error.tag == KILN_STRING);
    else
        must(ret.tag != KILN_ABSENT);
    must(kiln_scenario_seek(&h, &ret, &v, &path) == 0);
    heap_fini(&h);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena a = { 0 };
    char *text = strndup((const char *)data, size);
    struct path p = path_split(&a, text), dots = path_split_dots(&a, text);

    check_parts(&p, text);
    check_brackets(&a, &p);
    check_following(&p);
    must(dots.n >= 1);
    arena_fini(&a);
    free(text);
    return 0;
}
