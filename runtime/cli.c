/* cli.c: what all verbs share: words to the user, the input, the store. */
#include "cli.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>

#include "base/civil.h"

enum { INPUT_MAX = 64 << 20, READ_SIZE = 64 << 10 };

/* ---- words ---- */

int cli_put(struct cli *c, int fd, struct text *t)
{
    ssize_t put = t->failed ? -ENOMEM : c->io->write(c->io->self, fd, t->s, t->n);

    text_clear(t);
    if (put < 0 && fd == 1)
        cli_complain(c, KILN_EXIT_BROKEN, "cannot write the output: %s", strerror((int)-put));
    return put < 0 ? KILN_EXIT_BROKEN : KILN_EXIT_OK;
}

int cli_complain(struct cli *c, enum kiln_exit code, const char *format, ...)
{
    struct text t = { 0 };
    va_list ap;

    text_printf(&t, "%s: ", c->name);
    va_start(ap, format);
    text_vprintf(&t, format, ap);
    va_end(ap);
    text_putc(&t, '\n');
    cli_put(c, 2, &t);
    text_fini(&t);
    return code;
}

void cli_put_string(struct text *t, const char *s)
{
    kiln_value v = value_static(s);

    json_write(t, &v);
}

void cli_put_member(struct text *t, const char *key, const char *s)
{
    text_printf(t, t->n && t->s[t->n - 1] == '{' ? "\"%s\":" : ",\"%s\":", key);
    if (s)
        cli_put_string(t, s);
    else
        text_puts(t, "null");
}

void cli_put_hash(struct text *t, const unsigned long long hash[2])
{
    text_printf(t, "%016llx%016llx", hash[0], hash[1]);
}

void cli_put_time(struct text *t, long long ms)
{
    struct civil c = civil_at((struct moment){ ms / 1000, 0 }, 0);

    if (ms < 0 || !civil_is_known(ms / 1000))
        text_printf(t, "%lld ms", ms);
    else
        text_printf(t, "%04lld-%02d-%02d %02d:%02d:%02d.%03d", c.year, c.month, c.day, c.hour,
                    c.minute, c.second, (int)(ms % 1000));
}

int cli_read_span(const char *s, long long *ret_ms)
{
    static const char units[] = "smhd";
    static const long long ms[] = { 1000, 60000, 3600000, 86400000 };
    const char *from = s, *unit;
    long long n = 0;

    for (; *s >= '0' && *s <= '9' && n < 1000000000; s++)
        n = 10 * n + *s - '0';
    unit = s > from && *s && !s[1] ? strchr(units, *s) : NULL;
    if (!unit)
        return -1;
    *ret_ms = n * ms[unit - units];
    return 0;
}

enum kiln_exit cli_exit_of(int code)
{
    switch (code) {
    case -ESTALE:
        return KILN_EXIT_PROGRAM;
    case -ENOENT:
        return KILN_EXIT_NO_RUN;
    case -EEXIST:
    case -EINVAL:
        return KILN_EXIT_USAGE;
    case -ENOMEM:
        return KILN_EXIT_BROKEN;
    default:
        return KILN_EXIT_STORE;
    }
}

/* ---- the input ---- */

static int read_stream(struct cli *c, int fd, struct text *ret)
{
    char buf[READ_SIZE];
    ssize_t got;

    while ((got = c->io->read(c->io->self, fd, buf, sizeof buf)) > 0) {
        if (ret->n + (size_t)got > INPUT_MAX)
            return -EFBIG;
        text_put(ret, buf, (size_t)got);
        if (ret->failed)
            return -ENOMEM;
    }
    return (int)got;
}

static int read_file(struct cli *c, const char *path, struct text *ret)
{
    int fd = c->io->open(c->io->self, path, O_RDONLY, 0), failed;

    if (fd < 0)
        return fd;
    failed = read_stream(c, fd, ret);
    c->io->close(c->io->self, fd);
    return failed;
}

int cli_read_file(struct cli *c, const char *path, struct text *ret)
{
    int failed = read_file(c, path, ret);

    if (failed)
        return cli_complain(c, KILN_EXIT_INPUT, "cannot read '%s': %s", path, strerror(-failed));
    return KILN_EXIT_OK;
}

static int load_input(struct cli *c, const char *input, struct text *ret)
{
    int failed = 0;

    if (!strcmp(input, "-"))
        failed = read_stream(c, 0, ret);
    else if (*input == '@')
        failed = read_file(c, input + 1, ret);
    else
        text_puts(ret, input);
    if (failed == -EFBIG)
        return cli_complain(c, KILN_EXIT_INPUT, "the input is larger than %d MiB", INPUT_MAX >> 20);
    if (failed)
        return cli_complain(c, KILN_EXIT_INPUT, "cannot read the input '%s': %s", input,
                            strerror(-failed));
    return ret->failed ? cli_complain(c, KILN_EXIT_BROKEN, "out of memory") : KILN_EXIT_OK;
}

/* Columns are characters from 1: bytes that begin one. */
static int complain_json(struct cli *c, const struct text *t, const struct json_error *e)
{
    unsigned line = 1, column = 1;

    for (size_t i = 0; i < e->at && i < t->n; i++) {
        if (t->s[i] == '\n') {
            line++;
            column = 1;
        } else {
            column += ((unsigned char)t->s[i] & 0xc0) != 0x80;
        }
    }
    return cli_complain(c, KILN_EXIT_INPUT,
                        "the input is not JSON: %s (line %u, column %u, byte %zu)", e->sentence,
                        line, column, e->at);
}

int cli_read_input(struct cli *c, const char *input, kiln_heap *h, kiln_value *ret)
{
    struct text t = { 0 };
    struct json_error error;
    int code = load_input(c, input ? input : "{}", &t);

    if (code == KILN_EXIT_OK && json_read(h, ret, text_cstr(&t), t.n, &error) < 0)
        code = complain_json(c, &t, &error);
    text_fini(&t);
    return code;
}

/* ---- about the run ---- */

/* What the environment says; absent when it says nothing. */
static kiln_value variable(struct cli *c, const char *name)
{
    const char *text = getenv(name);
    kiln_value v = { 0 };

    if (text)
        value_string(&c->heap, &v, text, strlen(text));
    return v;
}

static int find_about(struct cli *c)
{
    const char *mode = getenv("DEBUG_MODE");
    int debug = c->options.debug || (mode && !strcmp(mode, "true"));
    kiln_value pairs[] = { value_static("check-output"), value_bool(c->options.check_output),
                           value_static("debug"),        value_bool(debug),
                           value_static("tenant"),       variable(c, "TENANT_ID"),
                           value_static("workflow"),     variable(c, "WORKFLOW_ID") };

    if (kiln_object(&c->heap, &c->about, pairs, sizeof pairs / sizeof *pairs / 2) < 0)
        return cli_complain(c, KILN_EXIT_BROKEN, "out of memory");
    return KILN_EXIT_OK;
}

/* The policy of this name, enum kiln_doubt; -1 when there is none. */
static int doubt_of(const char *name)
{
    static const char *const names[] = {
        [KILN_DOUBT_RETRY] = "retry", [KILN_DOUBT_FAIL] = "fail", [KILN_DOUBT_ASK] = "ask"
    };

    for (int i = 0; name && i <= KILN_DOUBT_ASK; i++)
        if (!strcmp(name, names[i]))
            return i;
    return name ? -1 : KILN_DOUBT_RETRY;
}

static int check_doubt(struct cli *c)
{
    if (doubt_of(c->options.in_doubt) >= 0)
        return KILN_EXIT_OK;
    return cli_complain(c, KILN_EXIT_USAGE, "--in-doubt is retry, fail or ask, not '%s'",
                        c->options.in_doubt);
}

static int open_events(struct cli *c)
{
    const struct cli_tracking *tracking = cli_find_tracking(c);

    return tracking ? tracking->open(c) : KILN_EXIT_OK;
}

int cli_prepare(struct cli *c)
{
    int (*const parts[])(struct cli *) = { check_doubt, cli_check_signals,    cli_check_stream,
                                           find_about,  cli_find_connections, open_events };
    int code = KILN_EXIT_OK;

    for (size_t i = 0; i < sizeof parts / sizeof *parts && code == KILN_EXIT_OK; i++)
        code = parts[i](c);
    return code;
}

kiln_options cli_run_options(struct cli *c, struct store *s, const char *id)
{
    return (kiln_options){ .io = c->io,
                           .store = s,
                           .id = id,
                           .trace = cli_trace,
                           .trace_ctx = c,
                           .wanted = cli_wanted(c),
                           .about = &c->about,
                           .connections = &c->connections,
                           .in_doubt = (enum kiln_doubt)doubt_of(c->options.in_doubt) };
}

/* ---- the store ---- */

/* How long --retain keeps ended runs; for ever when nothing is said. */
static int check_retain(struct cli *c, long long *ret)
{
    *ret = -1;
    if (!c->options.retain || cli_read_span(c->options.retain, ret) == 0)
        return KILN_EXIT_OK;
    return cli_complain(c, KILN_EXIT_USAGE, "--retain is a time as 90s, 15m, 2h or 30d, not '%s'",
                        c->options.retain);
}

/* A store that another program writes is no reason to complain when `may_be_busy`. */
static int open_store(struct cli *c, unsigned flags, int may_be_busy, struct store **ret)
{
    struct text why = { 0 };
    long long retain;
    int failed, code;

    if (!c->options.store || !*c->options.store)
        return cli_complain(c, KILN_EXIT_USAGE, "which store? Say '--store DIR'");
    code = check_retain(c, &retain);
    if (code != KILN_EXIT_OK)
        return code;
    failed = store_open(c->io, c->options.store, flags, ret, &why);
    if (!failed)
        (*ret)->retain = retain;
    else if (failed != -EWOULDBLOCK || !may_be_busy)
        code = cli_complain(c, KILN_EXIT_STORE, "%s", why.n ? why.s : strerror(-failed));
    text_fini(&why);
    return code;
}

int cli_open_store(struct cli *c, unsigned flags, struct store **ret)
{
    return open_store(c, flags, 0, ret);
}

int cli_open_free_store(struct cli *c, struct store **ret)
{
    *ret = NULL;
    return open_store(c, 0, 1, ret);
}
