/* filter.c: `transform` operations that keep some items of an array (scenario 4.4). */
#include <stdlib.h>
#include <string.h>

#include "base/map.h"
#include "base/utf8.h"
#include "ops/input.h"
#include "ops/transform/dotted.h"
#include "value.h"

static int is_zero(const kiln_value *v)
{
    return value_is_number(v) && value_number(v) == 0;
}

static int is_blank(const kiln_value *v)
{
    const char *s = v->u.s;
    size_t n = v->n;

    if (v->tag != KILN_STRING)
        return 0;
    utf8_trim(&s, &n);
    return !n;
}

/* Gives {items, count, removed_count}: every operation here that filters ends so. */
static int out_kept(kiln_call *call, const kiln_value *kept, unsigned before)
{
    kiln_out(call, "count", kiln_int(kept->n));
    kiln_out(call, "removed_count", kiln_int(before - kept->n));
    return kiln_out(call, "items", *kept);
}

#define KEPT_OUTPUTS                                                                               \
    KILN_OUTPUTS({ "items", "array", "The items kept, in order.", 0 },                             \
                 { "count", "integer", "How many were kept.", 0 },                                 \
                 { "removed_count", "integer", "How many were not.", 0 })

/* ---- filter-non-values ---------------------------------------------------------------------- */

/* What counts as no value. */
struct unwanted {
    int empty, null, blank, zero;
};

static int input_unwanted(kiln_call *call, struct unwanted *ret)
{
    const char *name = "filter-non-values";

    return input_flag_or(call, name, "filter_empty_strings", 0, &ret->empty) < 0
                   || input_flag_or(call, name, "filter_null_values", 0, &ret->null) < 0
                   || input_flag_or(call, name, "filter_blank_strings", 0, &ret->blank) < 0
                   || input_flag_or(call, name, "filter_zero_values", 0, &ret->zero) < 0
               ? -1
               : 0;
}

static int is_unwanted(const struct unwanted *u, const kiln_value *v)
{
    return (u->null && v->tag == KILN_NULL) || (u->empty && v->tag == KILN_STRING && !v->n)
           || (u->blank && is_blank(v)) || (u->zero && (is_zero(v) || value_is(v, "0")));
}

KILN_OP(transform_filter_non_values, "transform.filter-non-values", KILN_PURE,
        "The items of an array without those that hold no value, as the flags say.",
        KILN_INPUTS({ "value", "array", "The items.", KILN_REQUIRED },
                    { "property_path", "string", "Where in an item to look; else the item.", 0 },
                    { "filter_empty_strings", "boolean", "Leave out \"\" (false).", 0 },
                    { "filter_null_values", "boolean", "Leave out null (false).", 0 },
                    { "filter_blank_strings", "boolean", "Leave out text of blanks (false).", 0 },
                    { "filter_zero_values", "boolean", "Leave out 0 and \"0\" (false).", 0 }),
        KEPT_OUTPUTS, KILN_FLAGS(KILN_OP_CHECKS))
{
    kiln_heap *h = kiln_call_heap(call);
    kiln_value items, path, kept;
    struct unwanted u;

    if (input_array(call, "filter-non-values", "value", &items) < 0
        || input_optional_text(call, "filter-non-values", "property_path", &path) < 0
        || input_unwanted(call, &u) < 0 || kiln_array(h, &kept, NULL, 0) < 0)
        return -1;
    for (unsigned i = 0; i < items.n; i++) {
        kiln_value v = dotted_part(&items.u.items[i], &path);

        if (!is_unwanted(&u, &v) && kiln_push(h, &kept, &items.u.items[i]) < 0)
            return -1;
    }
    return out_kept(call, &kept, items.n);
}

/* ---- select-first, coalesce ----------------------------------------------------------------- */

KILN_OP(transform_select_first, "transform.select-first", KILN_PURE,
        "The first item that is not null, blank text, 0 or false; else null.",
        KILN_INPUTS({ "value", "array", "The items.", 0 }),
        KILN_OUTPUTS({ "value", "any", "The item.", 0 }), KILN_FLAGS(KILN_OP_BARE))
{
    kiln_value items = kiln_in(call, "value");

    if (items.tag <= KILN_NULL)
        return kiln_out_value(call, kiln_null());
    if (input_array(call, "select-first", "value", &items) < 0)
        return -1;
    for (unsigned i = 0; i < items.n; i++) {
        const kiln_value *v = &items.u.items[i];

        if (v->tag != KILN_NULL && !is_blank(v) && !is_zero(v)
            && (v->tag != KILN_BOOL || kiln_truthy(v)))
            return kiln_out_value(call, *v);
    }
    return kiln_out_value(call, kiln_null());
}

KILN_OP(transform_coalesce, "transform.coalesce", KILN_PURE, "The first item that is not null.",
        KILN_INPUTS({ "values", "array", "The items.", KILN_REQUIRED },
                    { "treat_empty_string_as_null", "boolean", "Pass over \"\" (false).", 0 },
                    { "treat_zero_as_null", "boolean", "Pass over 0 (false).", 0 }),
        KILN_OUTPUTS({ "value", "any", "The item, or null.", 0 }),
        KILN_FLAGS(KILN_OP_BARE | KILN_OP_CHECKS))
{
    int empty, zero;
    kiln_value items;

    if (input_array(call, "coalesce", "values", &items) < 0
        || input_flag_or(call, "coalesce", "treat_empty_string_as_null", 0, &empty) < 0
        || input_flag_or(call, "coalesce", "treat_zero_as_null", 0, &zero) < 0)
        return -1;
    for (unsigned i = 0; i < items.n; i++) {
        const kiln_value *v = &items.u.items[i];

        if (v->tag != KILN_NULL && !(empty && v->tag == KILN_STRING && !v->n)
            && !(zero && is_zero(v)))
            return kiln_out_value(call, *v);
    }
    return kiln_out_value(call, kiln_null());
}

/* ---- filter ---------------------------------------------------------------------------------- */

enum condition { INCLUDES, EXCLUDES, STARTS_WITH, ENDS_WITH, CONTAINS };

static const char *const condition_words[] = { "INCLUDES",  "EXCLUDES", "STARTS_WITH",
                                               "ENDS_WITH", "CONTAINS", NULL };

/* What an item is held against. Texts are also in `texts`: lists of names grow long. */
struct wanted {
    kiln_value values; /* an array */
    struct map texts;
    enum condition condition;
};

static int index_texts(struct wanted *w)
{
    for (unsigned i = 0; i < w->values.n; i++) {
        const kiln_value *v = &w->values.u.items[i];

        if (v->tag == KILN_STRING && map_put(&w->texts, v->u.s, v->n, (void *)v) < 0)
            return -1;
    }
    return 0;
}

static int is_among(const struct wanted *w, const kiln_value *v)
{
    if (v->tag == KILN_STRING)
        return map_get(&w->texts, v->u.s, v->n) != NULL;
    for (unsigned i = 0; i < w->values.n; i++)
        if (value_equal(v, &w->values.u.items[i]))
            return 1;
    return 0;
}

/* An array is included when any of its items is; null never is. */
static int is_included(const struct wanted *w, const kiln_value *v)
{
    if (v->tag != KILN_ARRAY)
        return v->tag != KILN_NULL && is_among(w, v);
    for (unsigned i = 0; i < v->n; i++)
        if (is_among(w, &v->u.items[i]))
            return 1;
    return 0;
}

static int text_holds(enum condition condition, const kiln_value *v, const kiln_value *part)
{
    if (v->tag != KILN_STRING || part->tag != KILN_STRING || part->n > v->n)
        return 0;
    if (condition == STARTS_WITH)
        return !part->n || !memcmp(v->u.s, part->u.s, part->n);
    if (condition == ENDS_WITH)
        return !part->n || !memcmp(v->u.s + v->n - part->n, part->u.s, part->n);
    return !part->n || memmem(v->u.s, v->n, part->u.s, part->n) != NULL;
}

static int is_wanted(const struct wanted *w, const kiln_value *v)
{
    if (w->condition <= EXCLUDES)
        return is_included(w, v) == (w->condition == INCLUDES);
    for (unsigned i = 0; i < w->values.n; i++)
        if (text_holds(w->condition, v, &w->values.u.items[i]))
            return 1;
    return 0;
}

/* A missing list of items is an empty one, a single value to match a list of one. */
static int input_lists(kiln_call *call, kiln_value *ret_items, struct wanted *w)
{
    kiln_heap *h = kiln_call_heap(call);
    kiln_value items = kiln_in(call, "value"), match;
    int condition;

    if ((items.tag <= KILN_NULL ? kiln_array(h, &items, NULL, 0)
                                : input_array(call, "filter", "value", &items))
            < 0
        || input_any(call, "filter", "match_values", &match) < 0
        || input_choice(call, "filter", "match_condition", condition_words, -1, &condition) < 0)
        return -1;
    if (match.tag != KILN_ARRAY && kiln_array(h, &match, &match, 1) < 0)
        return -1;
    *ret_items = items;
    w->values = match;
    w->condition = (enum condition)condition;
    return 0;
}

static int keep_wanted(kiln_call *call, const struct wanted *w, const kiln_value *items,
                       const kiln_value *path)
{
    kiln_heap *h = kiln_call_heap(call);
    int whole = value_is(path, "$");
    kiln_value kept;

    if (kiln_array(h, &kept, NULL, 0) < 0)
        return -1;
    for (unsigned i = 0; i < items->n; i++) {
        const kiln_value *item = &items->u.items[i];
        kiln_value v = whole ? *item : dotted_part(item, path);

        if (is_wanted(w, &v) && kiln_push(h, &kept, item) < 0)
            return -1;
    }
    return out_kept(call, &kept, items->n);
}

KILN_OP(transform_filter, "transform.filter", KILN_PURE,
        "The items of an array whose property matches any of some values.",
        KILN_INPUTS({ "value", "array", "The items; none when left out.", 0 },
                    { "property_path", "string", "Where in an item to look; \"\", \"$\": the item.",
                      KILN_REQUIRED },
                    { "match_values", "any", "The values, or one.", KILN_REQUIRED | KILN_NULLABLE },
                    { "match_condition", "string",
                      "INCLUDES, EXCLUDES, STARTS_WITH, ENDS_WITH or CONTAINS.", KILN_REQUIRED }),
        KEPT_OUTPUTS, KILN_WORDS({ "match_condition", condition_words }),
        KILN_FLAGS(KILN_OP_CHECKS))
{
    struct wanted w = { 0 };
    kiln_value items, path;
    int result;

    if (input_text(call, "filter", "property_path", &path) < 0 || input_lists(call, &items, &w) < 0)
        return -1;
    result = index_texts(&w) < 0 ? kiln_fail(call, "out of memory")
                                 : keep_wanted(call, &w, &items, &path);
    map_fini(&w.texts);
    return result;
}
