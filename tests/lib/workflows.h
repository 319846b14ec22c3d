/* workflows.h: scenario workflows for tests: compiled from text, run in this process, and what they
 * told. Texts use ' for " so that they read well in C.
 */
#ifndef WORKFLOWS_H
#define WORKFLOWS_H

#include "compile.h"
#include "kiln.h"

/* Parts of workflow texts. */
#define REF(path) "{'valueType':'reference','value':'" path "'}"
#define LIT(value) "{'valueType':'immediate','value':" value "}"
#define EDGE(a, b) "{'fromStep':'" a "','toStep':'" b "'}"
#define LABEL(a, b, label) "{'fromStep':'" a "','toStep':'" b "','label':'" label "'}"
#define ECHO(id, value)                                                                            \
    "'" id "':{'stepType':'Agent','agentId':'utils','capabilityId':'return-input','inputMapping':" \
    "{'value':" value "}}"
#define CALC(id, expression)                                                                       \
    "'" id "':{'stepType':'Agent','agentId':'utils','capabilityId':'calculate','inputMapping':{"   \
    "'expression':" LIT("'" expression "'") ",'variables':" LIT("{}") "}}"
#define FINISH(id, mapping) "'" id "':{'stepType':'Finish','inputMapping':{" mapping "}}"
#define GRAPH(entry, steps, edges)                                                                 \
    "{'entryPoint':'" entry "','steps':{" steps "},'executionPlan':[" edges "]}"

/* A workflow that others may embed, for workflow_offer. */
struct offered {
    const char *id;
    long long version;
    const char *text;
};

/* A step that runs `id`, and a workflow of one such step. */
#define EMBED(step, id, version, mapping)                                                          \
    "'" step "':{'stepType':'EmbedWorkflow','childWorkflowId':'" id "','childVersion':" version    \
    ",'inputMapping':{" mapping "}}"
#define RUNS(id, version, mapping)                                                                 \
    GRAPH("c_" id,                                                                                 \
          EMBED("c_" id, id, version, mapping) "," FINISH("f",                                     \
                                                          "'o':" REF("steps.c_" id ".outputs")),   \
          EDGE("c_" id, "f"))
/* A workflow that gives its own data back. */
#define GIVES(what) GRAPH("f", FINISH("f", "'outputs':" what), "")

struct workflow {
    struct compilation compilation;
    struct child_set children; /* NULL `at`: not known */
    struct arena arena;        /* of the children on offer */
    struct build_jit *jit;
    const kiln_program *program; /* NULL: it was refused */
    const kiln_op *op;           /* one more than the built-in ones, or NULL */
    const struct kiln_io *io;    /* of a run; NULL: the system's */
    int is_so;                   /* through the system's C compiler, not through libtcc */
    const char *signal;          /* to which a signal comes before the run begins, or NULL */
    const char *answer;          /* what it brings: JSON text */
    const kiln_value *about;     /* kiln_options.about of a run, or NULL */
    kiln_trace *listen;          /* hears the run as well, or NULL */
    void *listen_ctx;
    struct text codes;  /* of the complaints: "E001 W003" */
    struct text output; /* of the last run; "! " and the error when it failed */
    struct text notes;  /* log lines of the last run, one a line */
    struct text steps;  /* the author's steps in the order they began: "a b c" */
};

/* Offers workflows to be embedded, up to one without an id; before workflow_compile_offered. */
void workflow_offer(struct workflow *w, const struct offered *offered);
/* The same as workflow_compile with what was offered and what else is set in `w`, all zero at
 * first; children call the workflow "own". */
void workflow_compile_offered(struct workflow *w, const char *text, enum stage until, int legacy);
/* Compiles a workflow as far as `until`. Always call workflow_fini. */
void workflow_compile(struct workflow *w, const char *text, enum stage until, int legacy);
/* Runs it once on an input (JSON text); the output, kept until the next run. */
const char *workflow_run(struct workflow *w, const char *input);
void workflow_fini(struct workflow *w);

/* The test fails unless checking the text gives exactly these codes, in order of their making. */
void workflow_expect_codes(const char *text, const char *codes);
/* The test fails unless the workflow gives this output for the input. */
void workflow_expect(const char *text, const char *input, const char *output);
/* The same with workflows that it may embed. */
void workflow_expect_offered_codes(const struct offered *offered, const char *text,
                                   const char *codes);
void workflow_expect_offered(const struct offered *offered, const char *text, const char *input,
                             const char *output);

#endif
