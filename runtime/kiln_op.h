/* kiln_op.h: the contract for operations, built-in and the user's own.
 *
 * An operation is what a step calls: a name, an effect class, the fields it takes and gives, one
 * sentence, and a function. KILN_OP in any C file that is compiled in makes it known; there is no
 * registration call.
 *
 *     #include <kiln_op.h>
 *
 *     KILN_OP(greet, "greet", KILN_PURE, "Greets someone by name.",
 *             KILN_INPUTS({ "who", "string", "Who is greeted.", KILN_REQUIRED }),
 *             KILN_OUTPUTS({ "greeting", "string", "The words.", 0 }))
 *     {
 *         const char *who = kiln_in_text(call, "who");
 *
 *         return kiln_out_text(call, "greeting", "Hello, %s!", who);
 *     }
 *
 * Memory: everything an operation makes through `call` lives in the run's heap and is never freed
 * by the operation.
 */
#ifndef KILN_OP_H
#define KILN_OP_H

#include "kiln_program.h"

/* What calling it does to the world, and so what a crash means for it. */
typedef enum kiln_effect {
    KILN_PURE,       /* the same input gives the same output: never journalled, recomputed */
    KILN_IDEMPOTENT, /* journalled; calling it twice with one key does no harm */
    KILN_EFFECTFUL   /* journalled; calling it twice may do harm */
} kiln_effect;

enum kiln_field_flags {
    KILN_REQUIRED = 1, /* must be given and not null */
    KILN_NULLABLE = 2, /* a required field that may be null */
    KILN_PLACE = 4     /* names what the operation reaches outside: a path, an address with :// */
};

/* One field of an operation's input or output. Types: any, string, integer, number, boolean, array,
 * object, and `array of T`. */
typedef struct kiln_field {
    const char *name;
    const char *type;
    const char *doc;
    unsigned flags; /* enum kiln_field_flags */
} kiln_field;

enum kiln_op_flags {
    KILN_OP_GENERATOR = 1, /* its result is an array, each item one yield */
    KILN_OP_BARE = 2,      /* its result is the value of the first output field, not an object */
    KILN_OP_CHECKS = 4,    /* its body refuses required inputs that are missing, in its own words */
    KILN_OP_CONNECTS = 8,  /* it uses a connection, which a step must name (scenario 1.7.15) */
    KILN_OP_MAY_CONNECT = 16 /* it uses a connection when a step names one */
};

/* The only words a string input takes. */
typedef struct kiln_words {
    const char *field;        /* NULL ends a list */
    const char *const *words; /* NULL-terminated */
} kiln_words;

/* One call of an operation. Opaque; used through the functions below. */
typedef struct kiln_call kiln_call;

/* The function of an operation: 0 when a result was given, -1 when kiln_fail was called. */
typedef int kiln_op_run(kiln_call *call);

struct kiln_op {
    const char *name;   /* "family.operation" for the built-in ones */
    const char *symbol; /* its C name: the object is kiln_op_<symbol> */
    const char *doc;
    const kiln_field *inputs, *outputs;
    unsigned n_inputs, n_outputs;
    unsigned effect; /* kiln_effect */
    unsigned flags;  /* enum kiln_op_flags */
    kiln_op_run *run;
    const char *needs;       /* libraries, as the linker knows them: "minizip z"; NULL: none */
    const kiln_words *words; /* of inputs that take only some; NULL: none does */
};

/* The field lists of KILN_OP; leave one out where there are no fields. */
#define KILN_INPUTS(...)                                                                           \
    .inputs = (const kiln_field[]){ __VA_ARGS__ },                                                 \
    .n_inputs = sizeof((const kiln_field[]){ __VA_ARGS__ }) / sizeof(kiln_field)
#define KILN_OUTPUTS(...)                                                                          \
    .outputs = (const kiln_field[]){ __VA_ARGS__ },                                                \
    .n_outputs = sizeof((const kiln_field[]){ __VA_ARGS__ }) / sizeof(kiln_field)
#define KILN_FLAGS(f) .flags = (f)
/* KILN_WORDS({ "mode", mode_words }): a workflow that says another word is refused. */
#define KILN_WORDS(...)                                                                            \
    .words = (const kiln_words[])                                                                  \
    {                                                                                              \
        __VA_ARGS__,                                                                               \
        {                                                                                          \
            NULL, NULL                                                                             \
        }                                                                                          \
    }
/* The libraries its body calls. A program is linked with those of the operations it uses. */
#define KILN_NEEDS(libraries) .needs = (libraries)

/* Defines an operation: its C name, its name in workflows, effect and sentence, then KILN_INPUTS,
 * KILN_OUTPUTS, KILN_FLAGS, KILN_WORDS and KILN_NEEDS as needed; the body follows and sees `call`.
 * (`__attribute` without its last underscores: to compilers other than gcc and clang, glibc's
 * headers define the other away.) */
#define KILN_OP(cname, opname, opeffect, opdoc, ...)                                               \
    static int cname##_run(kiln_call *call);                                                       \
    extern const kiln_op kiln_op_##cname;                                                          \
    const kiln_op kiln_op_##cname = { .name = opname,                                              \
                                      .symbol = #cname,                                            \
                                      .doc = opdoc,                                                \
                                      .effect = opeffect,                                          \
                                      .run = cname##_run,                                          \
                                      __VA_ARGS__ };                                               \
    static const kiln_op *const cname##_entry __attribute((section("kiln_ops"), used)) =           \
        &kiln_op_##cname;                                                                          \
    static int cname##_run(kiln_call *call)

/* ---- what a body may call ----------------------------------------------------------------- */

/* The whole input, an object. */
const kiln_value *kiln_input(kiln_call *call);
/* One input field, or the absent value. */
kiln_value kiln_in(kiln_call *call, const char *field);
/* An input field as NUL-terminated text ("" when absent or not a string). Lives with the call. */
const char *kiln_in_text(kiln_call *call, const char *field);
/* An input field as an integer (0 when absent or not a number; doubles are truncated). */
long long kiln_in_int(kiln_call *call, const char *field);
/* An input field as a double (0.0 when absent or not a number). */
double kiln_in_number(kiln_call *call, const char *field);
/* An input field as truth (kiln_truthy). */
int kiln_in_bool(kiln_call *call, const char *field);

/* Where to make values; pass it to kiln_array, kiln_object and the makers below. */
kiln_heap *kiln_call_heap(kiln_call *call);
/* A key that is the same each time this very effect is tried, and different for every other: for
 * services that take an idempotency key. NUL-terminated, printable, lives with the call. */
const char *kiln_call_key(kiln_call *call);

/* Makers. Strings are copied into the heap; -1 when memory is out. A format, here and below, is
 * printf's without %a, %n, %p, long doubles, wide characters and the flag #. */
kiln_value kiln_null(void);
kiln_value kiln_bool(int truth);
kiln_value kiln_int(long long i);
kiln_value kiln_double(double d);
int kiln_string(kiln_heap *h, kiln_value *ret, const char *bytes, unsigned n);
int kiln_textf(kiln_heap *h, kiln_value *ret, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* Give the result: one field of it, or the whole value. All return 0, or -1 when memory is out, so
 * a body may end with `return kiln_out(...)`. */
int kiln_out(kiln_call *call, const char *field, kiln_value v);
int kiln_out_text(kiln_call *call, const char *field, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
int kiln_out_value(kiln_call *call, kiln_value whole);

/* Fails the call with text, or with any error value. Returns -1. */
int kiln_fail(kiln_call *call, const char *format, ...) __attribute__((format(printf, 2, 3)));
int kiln_fail_value(kiln_call *call, kiln_value error);

/* The values of the connection the step names: an object; or the absent value. For operations that
 * are KILN_OP_CONNECTS or KILN_OP_MAY_CONNECT. They are the operation's alone: texts of four bytes
 * and more are struck out of what it gives back. */
kiln_value kiln_connection(kiln_call *call);
/* One of them as NUL-terminated text ("" when it is no string). Lives with the call. */
const char *kiln_connection_text(kiln_call *call, const char *field);
/* The run's scratch space (operonx 10): the value under `key`, or null; and its setting. */
kiln_value kiln_scratch_get(kiln_call *call, const char *key);
int kiln_scratch_set(kiln_call *call, const char *key, kiln_value v);

/* The result this call gives is there in `ms` milliseconds of the run's own clock; until then other
 * steps go on. */
void kiln_later(kiln_call *call, unsigned long long ms);
/* Blocks this run for `ms` milliseconds of the run's own clock. */
int kiln_sleep(kiln_call *call, unsigned long long ms);
/* The wall clock in milliseconds since 1970, and 64 random bits, from the run's own sources. */
long long kiln_now(kiln_call *call);
unsigned long long kiln_random(kiln_call *call);

#endif
