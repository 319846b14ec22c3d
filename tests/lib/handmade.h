/* handmade.h: programs written by hand for tests of the loop: what generated code would be, reduced
 * to the scheduling. Each leaf leaves a mark, so that the order of the steps can be read. */
#ifndef HANDMADE_H
#define HANDMADE_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "run.h"
#include "suites.h"

#define EDGE(target, k, l)                                                                         \
    {                                                                                              \
        .to = (target), .label = (l), .kind = KILN_EDGE_##k                                        \
    }
/* The kind of a step: wake rule and any further members. */
#define KIND(...) KIND_OF(__VA_ARGS__, .soft = 0)
#define KIND_OF(w, ...)                                                                            \
    .kind = &(const kiln_step_kind)                                                                \
    {                                                                                              \
        .wake = KILN_WAKE_##w, __VA_ARGS__                                                         \
    }
/* id, leaf, kind, and any further members. */
#define STEP(...) STEP_OF(__VA_ARGS__, .node = 0)
#define STEP_OF(id_, leaf, ...)                                                                    \
    {                                                                                              \
        .id = id_, .pointer = "", .run = leaf, .result = -1, __VA_ARGS__                           \
    }
#define SLOT(title)                                                                                \
    {                                                                                              \
        .name = title, .kind = &(const kiln_slot_kind)                                             \
        {                                                                                          \
            .rule = KILN_RULE_LAST                                                                 \
        }                                                                                          \
    }
#define EDGES(array) .edges = (array), .n_edges = sizeof(array) / sizeof *(array)

static char marks[4096]; /* of the last drive */

static inline void mark(const char *s)
{
    strncat(marks, s, sizeof marks - strlen(marks) - 1);
}

static inline kiln_run *drive(const kiln_program *p, const kiln_value *input)
{
    kiln_options o = { .io = &kiln_io_posix };
    kiln_run *r;

    *marks = '\0';
    ck_assert_int_eq(kiln_run_new(p, &o, &r), 0);
    ck_assert_int_eq(kiln_run_start(r, input), 0);
    ck_assert_int_ge(kiln_run_drive(r), 0);
    return r;
}

static inline void expect(kiln_run *r, enum kiln_status status, const char *output)
{
    struct text t = { 0 };

    json_write(&t, kiln_run_output(r));
    ck_assert_int_eq(kiln_run_status(r), status);
    ck_assert_str_eq(text_cstr(&t), output);
    text_fini(&t);
    kiln_run_free(r);
}

/* id, name, tables of steps and slots, and any further members. */
#define FLOW(id, title, table, cells, ...)                                                         \
    static const kiln_flow id = { .name = title,                                                   \
                                  .steps = table,                                                  \
                                  .slots = cells,                                                  \
                                  .n_steps = sizeof(table) / sizeof *(table),                      \
                                  .n_slots = sizeof(cells) / sizeof *(cells),                      \
                                  __VA_ARGS__ }
/* id and the flows, the root first. */
#define PROGRAM(id, ...)                                                                           \
    static const kiln_flow *const id##_flows[] = { __VA_ARGS__ };                                  \
    static const kiln_program id = { .magic = KILN_MAGIC,                                          \
                                     .abi = KILN_ABI,                                              \
                                     .name = #id,                                                  \
                                     .dialect = "test",                                            \
                                     .flows = id##_flows,                                          \
                                     .n_flows = sizeof id##_flows / sizeof *id##_flows }

/* ---- leaves ---- */

static inline kiln_next leaf_a(kiln_frame *f)
{
    (void)f;
    mark("a");
    return KILN_GO;
}

static inline kiln_next leaf_b(kiln_frame *f)
{
    (void)f;
    mark("b");
    return KILN_GO;
}

static inline kiln_next leaf_c(kiln_frame *f)
{
    (void)f;
    mark("c");
    return KILN_GO;
}

static inline kiln_next leaf_quiet(kiln_frame *f)
{
    mark("q");
    f->out = f->error.tag ? f->error : value_null();
    return f->error.tag ? KILN_FAIL : KILN_FINISH;
}

static inline kiln_next leaf_pick(kiln_frame *f)
{
    mark("?");
    f->pick = kiln_truthy(&f->slots[0]) ? 1 : 0;
    return KILN_PICK;
}

static inline kiln_next leaf_fail(kiln_frame *f)
{
    mark("!");
    f->out = value_static("broken");
    return KILN_FAIL;
}

static inline kiln_next leaf_finish_input(kiln_frame *f)
{
    mark("f");
    f->out = f->slots[0];
    return KILN_FINISH;
}

static inline kiln_next leaf_finish_result(kiln_frame *f)
{
    f->out = f->slots[1];
    return KILN_FINISH;
}

#endif
