/* order.c: see order.h. */
#include "order.h"

#include <stdlib.h>

struct io_sim *order_world;

void order_begin(void)
{
    order_world = io_sim_new(1);
}

void order_end(void)
{
    io_sim_free(order_world);
    text_fini(&two_effects_world);
}

int order_call_with(const kiln_program *program, const char *line)
{
    char *copy = strdup(line), *argv[16] = { "order" };
    int argc = 1, code;

    for (char *word = strtok(copy, " "); word; word = strtok(NULL, " "))
        argv[argc++] = word;
    text_clear(&order_world->out);
    text_clear(&order_world->err);
    code = cli_main(program, &order_world->io, argc, argv);
    free(copy);
    return code;
}

int order_call(const char *line)
{
    return order_call_with(&two_effects, line);
}
