/* cli_connections.c: the connections a run may use: the JSON file of --connections, else the JSON
 * text of the environment's KILN_CONNECTIONS. Read once at the start, and never shown: complaints
 * tell where they are wrong, not what stands there. */
#include "cli.h"

#include <stdlib.h>

#include "value.h"

static int complain(struct cli *c, const char *why)
{
    const char *path = c->options.connections;

    return cli_complain(c, KILN_EXIT_INPUT, "the connections of %s %s",
                        path ? path : "KILN_CONNECTIONS", why);
}

static int check(struct cli *c)
{
    const kiln_value *all = &c->connections;

    if (all->tag != KILN_OBJECT)
        return complain(c, "must be an object: {\"ID\": {...}}");
    for (unsigned i = 0; i < all->n; i++)
        if (all->u.members[i].value.tag != KILN_OBJECT)
            return complain(c, "must be objects by their ids: {\"ID\": {...}}");
    return KILN_EXIT_OK;
}

int cli_find_connections(struct cli *c)
{
    const char *text = getenv("KILN_CONNECTIONS");
    struct json_error error;
    struct text t = { 0 };
    int code = KILN_EXIT_OK;

    if (!c->options.connections && (!text || !*text))
        return KILN_EXIT_OK;
    if (c->options.connections)
        code = cli_read_file(c, c->options.connections, &t);
    else
        text_puts(&t, text);
    if (code == KILN_EXIT_OK
        && json_read(&c->heap, &c->connections, text_cstr(&t), t.n, &error) < 0)
        code = complain(c, "are not JSON");
    text_fini(&t);
    return code == KILN_EXIT_OK ? check(c) : code;
}
