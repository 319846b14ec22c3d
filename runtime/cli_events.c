/* cli_events.c: --track-events: what a program tells of its steps, a JSON line each.
 *
 * A program tells {subtype, payload} (scenario 1.13). Times are added here, so they are in no
 * value of the run. A step's end without a beginning, which is one whose inputs could not be made,
 * gets its beginning first.
 */
#include "cli.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>

#include "numeral.h"

/* Bytes of a payload's member, and items of a list or members of an object in it, that are shown.
 */
enum { LARGEST = 8 << 10, MOST_ITEMS = 50 };

static int open_events(struct cli *c)
{
    const char *to = c->options.track_events;
    long long fd = 2;

    if (!*to || (strlen(to) < 6 && !to[strspn(to, "0123456789")])) {
        numeral_integer(to, strlen(to), &fd);
        c->events.fd = (int)fd;
        return KILN_EXIT_OK;
    }
    c->events.fd = c->io->open(c->io->self, to, O_WRONLY | O_CREAT | O_APPEND, 0666);
    if (c->events.fd < 0)
        return cli_complain(c, KILN_EXIT_USAGE, "cannot write events to '%s': %s", to,
                            strerror(-c->events.fd));
    c->events.is_open = 1;
    return KILN_EXIT_OK;
}

static void close_events(struct cli *c)
{
    for (size_t i = 0; i < c->events.begun.n; i++)
        free(c->events.begun.at[i].key);
    list_fini(&c->events.begun);
    if (c->events.is_open)
        c->io->close(c->io->self, c->events.fd);
}

/* ---- a line -------------------------------------------------------------------------------- */

static int is_long(const kiln_value *v)
{
    if (v->tag != KILN_ARRAY && v->tag != KILN_OBJECT)
        return 0;
    for (unsigned i = 0; v->n <= MOST_ITEMS && i < v->n; i++)
        if (is_long(v->tag == KILN_ARRAY ? &v->u.items[i] : &v->u.members[i].value))
            return 1;
    return v->n > MOST_ITEMS;
}

static void put_short(struct text *t, const kiln_value *v);

static void put_items(struct text *t, const kiln_value *v)
{
    for (unsigned i = 0; i < v->n && i < MOST_ITEMS; i++) {
        text_puts(t, i ? "," : "");
        if (v->tag == KILN_OBJECT) {
            json_write(t, &v->u.members[i].key);
            text_putc(t, ':');
        }
        put_short(t, v->tag == KILN_ARRAY ? &v->u.items[i] : &v->u.members[i].value);
    }
}

/* Of what is long the first items, and a note of how many there are. */
static void put_short(struct text *t, const kiln_value *v)
{
    int is_array = v->tag == KILN_ARRAY;

    if (!is_long(v)) {
        json_write(t, v);
        return;
    }
    text_putc(t, is_array ? '[' : '{');
    put_items(t, v);
    if (v->n > MOST_ITEMS)
        text_printf(t, ",%s\"_truncated\":true,\"_original_items\":%u%s", is_array ? "{" : "", v->n,
                    is_array ? "}" : "");
    text_putc(t, is_array ? ']' : '}');
}

/* What is too large is shown by its beginning. */
static void put_member(struct text *t, const kiln_member *m)
{
    size_t from, size;
    kiln_value start;
    struct text whole = { 0 };

    json_write(t, &m->key);
    text_putc(t, ':');
    from = t->n;
    put_short(t, &m->value);
    size = t->n - from;
    if (t->failed || size <= LARGEST)
        return;
    text_put(&whole, t->s + from, LARGEST);
    while (whole.n && ((unsigned char)t->s[from + whole.n] & 0xc0) == 0x80)
        whole.n--;
    t->n = from;
    start = (kiln_value){ .tag = KILN_STRING, .n = (unsigned)whole.n, .u.s = text_cstr(&whole) };
    text_printf(t, "{\"_truncated\":true,\"_original_size\":%zu,\"_preview\":", size);
    json_write(t, &start);
    text_putc(t, '}');
    text_fini(&whole);
}

static void put_line(struct cli *c, const char *subtype, const kiln_value *payload, long long now,
                     long long since)
{
    struct text t = { 0 };

    text_puts(&t, "{\"subtype\":");
    cli_put_string(&t, subtype);
    text_puts(&t, ",\"payload\":{");
    for (unsigned i = 0; i < payload->n; i++) {
        put_member(&t, &payload->u.members[i]);
        text_putc(&t, ',');
    }
    if (since >= 0)
        text_printf(&t, "\"duration_ms\":%lld,", now > since ? now - since : 0);
    text_printf(&t, "\"timestamp_ms\":%lld}}\n", now);
    cli_put(c, c->events.fd, &t);
    text_fini(&t);
}

/* ---- beginnings and ends ------------------------------------------------------------------- */

/* What tells one pass through a step from every other; owned by the caller, NULL: no memory. */
static char *key_of(const kiln_value *payload)
{
    static const char *const parts[] = { "step_id", "scope_id", "loop_indices" };
    struct text t = { 0 };

    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        kiln_value v = value_member(payload, parts[i]);

        json_write(&t, &v);
    }
    text_cstr(&t);
    if (t.failed)
        text_fini(&t);
    return t.s;
}

static void begin(struct cli *c, char *key, long long now)
{
    struct begun b = { key, now };

    if (!key || list_push(&c->events.begun, b) < 0)
        free(key);
}

/* When it began, or -1. Most steps end that began last. */
static long long end(struct cli *c, const char *key)
{
    size_t i = c->events.begun.n;
    long long ms;

    while (i && key && strcmp(c->events.begun.at[i - 1].key, key) != 0)
        i--;
    if (!i || !key)
        return -1;
    ms = c->events.begun.at[i - 1].ms;
    free(c->events.begun.at[i - 1].key);
    c->events.begun.at[i - 1] = c->events.begun.at[--c->events.begun.n];
    return ms;
}

/* The head of an end's payload is a beginning without inputs. */
static void put_start(struct cli *c, const kiln_value *payload, long long now)
{
    kiln_value outputs = value_static("outputs"), inputs = value_static("inputs");
    kiln_value null = value_null(), absent = { 0 }, start = *payload;
    kiln_heap h;

    heap_init(&h, 1);
    if (value_with(&h, &start, &start, &outputs, &absent) == 0
        && value_with(&h, &start, &start, &inputs, &null) == 0)
        put_line(c, "step_debug_start", &start, now, -1);
    heap_fini(&h);
}

static void put_told(struct cli *c, const kiln_value *event)
{
    kiln_value subtype = value_member(event, "subtype"), payload = value_member(event, "payload");
    long long now = c->io->now_ms(c->io->self), since = -1;
    char *key = NULL, *name = subtype.tag == KILN_STRING ? strndup(subtype.u.s, subtype.n) : NULL;

    if (value_is(&subtype, "step_debug_start")) {
        begin(c, key_of(&payload), now);
    } else if (value_is(&subtype, "step_debug_end")) {
        key = key_of(&payload);
        since = end(c, key);
        if (since < 0)
            put_start(c, &payload, since = now);
        free(key);
    }
    if (name)
        put_line(c, name, &payload, now, since);
    c->events.n++;
    free(name);
}

static const struct cli_tracking tracking = { open_events, put_told, close_events };

const kiln_verb kiln_verb_track = {
    .shown.name = "track",
    .tracking = &tracking,
};
