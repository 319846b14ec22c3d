/* cli_signal.c: signals from the command line: --signal NAME=JSON. */
#include "cli.h"

#include <errno.h>
#include <string.h>

int cli_check_signals(struct cli *c)
{
    for (size_t i = 0; i < c->options.signal.n; i++) {
        const char *word = c->options.signal.at[i], *equals = strchr(word, '=');

        if (!equals || equals == word)
            return cli_complain(c, KILN_EXIT_USAGE, "a signal is NAME=JSON, not '%s'", word);
    }
    return KILN_EXIT_OK;
}

/* JSON when it is some, else the text itself (scenario 1.7.13). */
static int read_payload(kiln_heap *h, const char *text, kiln_value *ret)
{
    struct json_error error;

    if (json_read(h, ret, text, strlen(text), &error) == 0)
        return 0;
    return value_string(h, ret, text, strlen(text));
}

int cli_read_signal(kiln_heap *h, const char *word, const char **ret_name, kiln_value *ret_payload)
{
    const char *equals = strchr(word, '=');

    *ret_name = arena_dup(&h->arena, word, (size_t)(equals - word));
    return *ret_name ? read_payload(h, equals + 1, ret_payload) : -1;
}

static int give(struct cli *c, kiln_run *r, const char *word)
{
    const char *name;
    kiln_value payload;
    kiln_heap h;
    int failed;

    heap_init(&h, !!(c->program->flags & KILN_PROGRAM_SORTED));
    failed = cli_read_signal(&h, word, &name, &payload) < 0 ? -ENOMEM
                                                            : kiln_run_signal(r, name, &payload);
    heap_fini(&h);
    return failed;
}

int cli_give_signals(struct cli *c, kiln_run *r)
{
    int failed = 0;

    for (size_t i = 0; i < c->options.signal.n && !failed; i++)
        failed = give(c, r, c->options.signal.at[i]);
    return failed;
}
