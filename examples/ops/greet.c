/* greet.c: an operation of one's own. `--ops greet.c` is all it takes: KILN_OP says its name, what
 * calling it does to the world, its fields with their types, and what it does; the body follows.
 * Kiln checks workflows against these fields, and `kiln ops --ops greet.c greet` prints them.
 */
#include <kiln_op.h>

KILN_OP(greet, "greet", KILN_PURE, "Greets someone by name.",
        KILN_INPUTS({ "who", "string", "Who is greeted.", KILN_REQUIRED },
                    { "word", "string", "The word to do it with; Hello when absent.", 0 }),
        KILN_OUTPUTS({ "greeting", "string", "The words.", 0 }))
{
    const char *word = kiln_in_text(call, "word");

    return kiln_out_text(call, "greeting", "%s, %s!", *word ? word : "Hello",
                         kiln_in_text(call, "who"));
}
