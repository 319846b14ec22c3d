/* values.h: values from JSON text and back, for tests that would rather read text. */
#ifndef VALUES_H
#define VALUES_H

#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "value.h"

/* The value a JSON text says, made in `h`; the test fails when it says none. */
static inline kiln_value values_from(kiln_heap *h, const char *json)
{
    struct json_error e = { 0 };
    kiln_value v = { 0 };

    ck_assert_msg(json_read(h, &v, json, strlen(json), &e) == 0, "%s at %zu: %s", json, e.at,
                  e.sentence);
    return v;
}

/* The test fails unless `v` is written as this text. */
static inline void values_check(const kiln_value *v, const char *json)
{
    struct text t = { 0 };

    json_write(&t, v);
    ck_assert(!t.failed);
    ck_assert_str_eq(text_cstr(&t), json);
    text_fini(&t);
}

#endif
