/* consts.c: constants as static tables, written when they are first used.
 *
 * A scalar is one line named after its value; an array or object is a table of its parts and one
 * line. Text that does not fit beside other things is an array of characters of its own.
 */
#include <stdint.h>
#include <string.h>

#include "emit/emitter.h"
#include "emit/layout.h"
#include "emit/literal.h"

/* Columns for a text in a row of a table, in a constant of its own, and for a name. */
enum { ROW_COLUMNS = 46, ALONE_COLUMNS = 50, TITLE_COLUMNS = 74 };

/* An array of characters of this name, over as many lines as it takes. */
static void put_chars(struct emitter *e, const char *name, const char *text, size_t n)
{
    struct text *out = &e->constants;
    const char *size = emit_number(e, (long long)n + 1);
    size_t at = 0, indent = strlen("static const char [] = ") + strlen(name) + strlen(size);

    text_printf(out, "static const char %s[%s] = ", name, size);
    do {
        if (at)
            text_printf(out, "\n%*s", (int)indent, "");
        at = literal_piece(out, text, n, at, LAYOUT_WIDTH - indent - 1);
    } while (at < n);
    text_puts(out, ";\n");
}

/* Text that needs nothing but quotes around it, as most. */
static const char *quote(struct emitter *e, const char *text, size_t n)
{
    char *quoted = arena_alloc(e->arena, n + sizeof "\"\"");

    if (!quoted)
        plan_memory_out();
    quoted[0] = quoted[n + 1] = '"';
    quoted[n + 2] = '\0';
    memcpy(quoted + 1, text, n);
    return quoted;
}

const char *emit_chars(struct emitter *e, const char *text, size_t n, size_t columns)
{
    struct text literal = { 0 };
    const char *name;

    if (n + 2 <= columns && literal_is_plain(text, n))
        return quote(e, text, n);
    if (literal_columns(text, n, columns) != (size_t)-1) {
        literal_piece(&literal, text, n, 0, columns);
        name = arena_dup(e->arena, literal.s, literal.n);
        text_fini(&literal);
        return name;
    }
    name = cname_make(&e->names, "chars_", text, n < 16 ? n : 16, 0);
    put_chars(e, name, text, n);
    return name;
}

const char *emit_title(struct emitter *e, const char *text)
{
    return emit_chars(e, text ? text : "", text ? strlen(text) : 0, TITLE_COLUMNS);
}

/* ---- names ---- */

static const char *name_prefix(const kiln_value *v)
{
    static const char *const prefixes[] = {
        [KILN_ABSENT] = "value_", [KILN_NULL] = "value_",  [KILN_BOOL] = "value_",
        [KILN_INT] = "int_",      [KILN_UINT] = "int_",    [KILN_DOUBLE] = "double_",
        [KILN_STRING] = "text_",  [KILN_ARRAY] = "array_", [KILN_OBJECT] = "object_",
    };

    return prefixes[v->tag];
}

/* "5", "minus 2.5": numbers as the mangling can take them. */
static void describe_number(struct text *out, const kiln_value *v)
{
    struct text payload = { 0 };

    literal_payload(&payload, v);
    if (strchr(text_cstr(&payload), '-'))
        text_puts(out, "minus ");
    text_put(out, payload.s + strlen(".i = "), strcspn(payload.s + strlen(".i = "), "UL"));
    text_fini(&payload);
}

static void describe(struct text *out, const kiln_value *v);

/* The items in their order, as far as the name can hold them. */
static void describe_items(struct text *out, const kiln_value *v)
{
    size_t from = out->n;

    for (unsigned i = 0; i < v->n && out->n - from < CNAME_LIMIT; i++) {
        text_putc(out, ' ');
        describe(out, &v->u.items[i]);
    }
}

/* What a person would call the value. An object is called by its first key. */
static void describe(struct text *out, const kiln_value *v)
{
    if (v->tag == KILN_STRING)
        text_put(out, v->u.s, v->n < CNAME_LIMIT ? v->n : CNAME_LIMIT);
    else if (v->tag == KILN_BOOL)
        text_puts(out, v->u.i ? "true" : "false");
    else if (v->tag >= KILN_INT && v->tag <= KILN_DOUBLE)
        describe_number(out, v);
    else if (v->tag == KILN_OBJECT && v->n)
        describe(out, &v->u.members[0].key);
    else if (v->tag == KILN_ARRAY)
        describe_items(out, v);
    else
        text_puts(out, v->tag == KILN_NULL ? "null" : "absent");
}

static const char *make_name(struct emitter *e, const kiln_value *v)
{
    struct text words = { 0 };
    const char *name;

    if (v->tag >= KILN_STRING && !v->n)
        text_puts(&words, "empty");
    else
        describe(&words, v);
    name = cname_make(&e->names, name_prefix(v), text_cstr(&words), words.n, 0);
    text_fini(&words);
    return name;
}

/* ---- initialisers ---- */

static const char *put_parts(struct emitter *e, const kiln_value *v, const char *name);

/* "{ KILN_INT, KILN_STATIC, 0, 0, { .i = 5 } }", in the arena. What it points to is written. A
 * constant of its own has a name, a part of another has none. */
static const char *initialiser(struct emitter *e, const kiln_value *v, const char *name)
{
    static const char *const tags[] = {
        [KILN_ABSENT] = "KILN_ABSENT", [KILN_NULL] = "KILN_NULL",   [KILN_BOOL] = "KILN_BOOL",
        [KILN_INT] = "KILN_INT",       [KILN_UINT] = "KILN_UINT",   [KILN_DOUBLE] = "KILN_DOUBLE",
        [KILN_STRING] = "KILN_STRING", [KILN_ARRAY] = "KILN_ARRAY", [KILN_OBJECT] = "KILN_OBJECT",
    };
    const char *field = "", *held;
    struct text payload = { 0 };

    if (v->tag == KILN_STRING) {
        field = ".s = ";
        held = emit_chars(e, v->u.s, v->n, name ? ALONE_COLUMNS : ROW_COLUMNS);
    } else if (v->tag >= KILN_ARRAY) {
        field = v->tag == KILN_ARRAY ? ".items = " : ".members = ";
        held = put_parts(e, v, name ? name : make_name(e, v));
    } else {
        literal_payload(&payload, v);
        held = text_cstr(&payload);
    }
    held = emit_join(e, "{ ", tags[v->tag], ", KILN_STATIC, 0, ",
                     emit_number(e, v->tag >= KILN_STRING ? v->n : 0), ", { ", field, held, " } }",
                     (char *)NULL);
    text_fini(&payload);
    return held;
}

static void put_member(struct text *rows, const char *key, const char *value)
{
    if (2 * LAYOUT_INDENT + strlen(key) + strlen(value) <= LAYOUT_WIDTH - 3)
        text_printf(rows, "    { %s, %s },\n", key, value);
    else
        text_printf(rows, "    { %s,\n      %s },\n", key, value);
}

static void collect_rows(struct emitter *e, const kiln_value *v, struct text *rows)
{
    for (unsigned i = 0; i < v->n; i++) {
        if (v->tag == KILN_ARRAY)
            text_printf(rows, "    %s,\n", initialiser(e, &v->u.items[i], NULL));
        else
            put_member(rows, initialiser(e, &v->u.members[i].key, NULL),
                       initialiser(e, &v->u.members[i].value, NULL));
    }
}

/* The table of a container's parts; what the parts point to is written before it. Its name, or 0
 * for an empty container. The name is taken like any other: [null, "items"] might have it, too. */
static const char *put_parts(struct emitter *e, const kiln_value *v, const char *name)
{
    const char *type = v->tag == KILN_ARRAY ? "kiln_value" : "kiln_member";
    const char *suffix = v->tag == KILN_ARRAY ? "items" : "members";
    struct text rows = { 0 };

    if (!v->n)
        return "0";
    collect_rows(e, v, &rows);
    name = cname_suffix(&e->names, name, suffix);
    text_printf(&e->constants, "static const %s %s[%u] = {\n%s};\n", type, name, v->n,
                text_cstr(&rows));
    text_fini(&rows);
    return name;
}

const char *emit_const(struct emitter *e, unsigned number)
{
    const kiln_value *v = &e->plan->consts[number];
    const char *name = e->const_names[number], *init;
    struct text *out = &e->constants;

    if (name)
        return name;
    e->const_names[number] = name = make_name(e, v);
    init = initialiser(e, v, name);
    text_puts(out, "static const kiln_value ");
    text_puts(out, name);
    if (strlen("static const kiln_value  = ;") + strlen(name) + strlen(init) <= LAYOUT_WIDTH) {
        text_puts(out, " = ");
        text_puts(out, init);
        text_puts(out, ";\n");
    } else {
        text_puts(out, " = {\n    ");
        text_put(out, init + 2, strlen(init) - 4); /* without its braces */
        text_puts(out, "\n};\n");
    }
    return name;
}

/* One for all steps that say the same: libtcc takes its time for every text. */
const char *emit_blame(struct emitter *e, const char *blame)
{
    const char *key = emit_join(e, "blame ", blame, (char *)NULL);
    char *name = map_get(&e->called, key, strlen(key));

    if (name)
        return name;
    name = (char *)(uintptr_t)cname_make(&e->names, "blame_", blame, strlen(blame), 0);
    put_chars(e, name, blame, strlen(blame));
    if (map_put(&e->called, key, strlen(key), name) < 0)
        plan_memory_out();
    return name;
}

const char *emit_policy(struct emitter *e, const struct plan_step *s)
{
    const char *late =
        s->late < 0 ? "0" : emit_join(e, "&", emit_const(e, (unsigned)s->late), (char *)NULL);
    const char *tries = emit_number(e, s->retry.tries);
    const char *delay = emit_number(e, (long long)s->retry.delay);
    const char *budget = emit_number(e, (long long)s->retry.budget);
    const char *timeout = emit_number(e, (long long)s->timeout);
    const char *all = emit_join(e, "{ { ", tries, ", ", delay, ", ", budget, " }, ", timeout, ", ",
                                late, " }", (char *)NULL);
    char *name = map_get(&e->called, all, strlen(all));

    if (name)
        return name;
    name = (char *)(uintptr_t)cname_make(&e->names, "policy_", s->id, strlen(s->id), 0);
    text_printf(&e->constants, "static const kiln_policy %s = %s;\n", name, all);
    if (map_put(&e->called, all, strlen(all), name) < 0)
        plan_memory_out();
    return name;
}
