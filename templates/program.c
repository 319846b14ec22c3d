/* program.c: the shape of a generated file. As it stands it is the program of a workflow with one
 * step that answers a text; what is between the marks is replaced by the workflow's own.
 * templates/README.md tells the rules.
 */
/*[[ notice */
/* Workflow "sample" (scenario).
 * Written by Kiln: change the workflow, not this.
 */
/*]] notice */

/*[[ contract */
#include "kiln_program.h"
/*]] contract */

#if KILN_ABI != 3
#error "this text was generated for another runtime: compile the workflow again"
#endif

/*[[ calls */
/* ---- what it calls ---- */

extern kiln_function1 kiln_base_not;

/*]] calls */
/*[[ constants */
/* ---- constants ---- */

static const kiln_value text_hello = { KILN_STRING, KILN_STATIC, 0, 5, { .s = "hello" } };

/*]] constants */
/*[[ flows */
/* ---- flow "root" ---- */

enum {
    STEP_ANSWER,
};

/* step "answer", /steps/answer */
static kiln_next leaf_answer(kiln_frame *f)
{
    kiln_value v1;

    kiln_base_not(f->heap, &v1, &text_hello);
    f->out = v1;
    return KILN_FINISH;
}

static const kiln_step_kind kind_quiet = {
    .wake = KILN_WAKE_QUIET,
};

static const kiln_step steps_root[] = {
    { "answer", "/steps/answer", 1, 1, leaf_answer, &kind_quiet, .result = -1 },
};

static const kiln_flow flow_root = {
    .name = "root",
    .steps = steps_root,
    .n_steps = 1,
    .quiet = STEP_ANSWER,
};
/*]] flows */

/*[[ program */
/* ---- the program ---- */

static const kiln_flow *const flows[] = {
    &flow_root,
};

const kiln_program kiln_program_sample = {
    .magic = KILN_MAGIC,
    .abi = KILN_ABI,
    .hash = { 0x0ULL, 0x0ULL },
    .name = "sample",
    .dialect = "scenario",
    .flows = flows,
    .n_flows = 1,
};
/*]] program */
