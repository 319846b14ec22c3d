/* order.h: a command line of a compiled program, "order", in a world of its own.
 *
 * Between order_begin and order_end, which make a fixture, each call leaves what it printed in
 * `order_world`.
 */
#ifndef ORDER_H
#define ORDER_H

#include <check.h>
#include <string.h>

#include "cli.h"
#include "test/io_sim.h"
#include "two_effects.h"

extern struct io_sim *order_world;

void order_begin(void);
void order_end(void);
/* The exit code of "order" with the words of `line` (blanks part them), as `program` or as
 * two_effects; forgets what it printed before. */
int order_call_with(const kiln_program *program, const char *line);
int order_call(const char *line);

#define order_said(words) ck_assert_str_eq(text_cstr(&order_world->out), words)
#define order_said_part(words)                                                                     \
    ck_assert_msg(strstr(text_cstr(&order_world->out), words), "stdout: %s",                       \
                  text_cstr(&order_world->out))
#define order_complained(words)                                                                    \
    ck_assert_msg(strstr(text_cstr(&order_world->err), words), "stderr: %s",                       \
                  text_cstr(&order_world->err))

#endif
