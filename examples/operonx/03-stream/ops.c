/* ops.c: words. A generator gives an array, each item of it one yield. */
#include <kiln_op.h>
#include <string.h>

KILN_OP(split_words, "split_words", KILN_PURE, "Yields the words of a text.",
        KILN_INPUTS({ "text", "string", "The text.", KILN_REQUIRED }),
        KILN_OUTPUTS({ "word", "string", "A word.", 0 }), KILN_FLAGS(KILN_OP_GENERATOR))
{
    kiln_heap *h = kiln_call_heap(call);
    kiln_value words, pair[2], item;

    if (kiln_array(h, &words, 0, 0) < 0 || kiln_string(h, &pair[0], "word", 4) < 0)
        return -1;
    for (const char *at = kiln_in_text(call, "text"); *at;) {
        unsigned n = (unsigned)strcspn(at, " ");

        if (n
            && (kiln_string(h, &pair[1], at, n) < 0 || kiln_object(h, &item, pair, 1) < 0
                || kiln_push(h, &words, &item) < 0))
            return -1;
        at += n + (at[n] == ' ');
    }
    return kiln_out_value(call, words);
}

KILN_OP(measure, "measure", KILN_PURE, "The length of a word, times a weight.",
        KILN_INPUTS({ "word", "string", "The word.", KILN_REQUIRED },
                    { "weight", "integer", "The weight.", KILN_REQUIRED }),
        KILN_OUTPUTS({ "points", "integer", "The points.", 0 }))
{
    long long n = (long long)strlen(kiln_in_text(call, "word"));

    return kiln_out(call, "points", kiln_int(n * kiln_in_int(call, "weight")));
}

KILN_OP(weigh, "weigh", KILN_PURE, "The weight of a letter.",
        KILN_INPUTS({ "level", "integer", "How hard the game is.", KILN_REQUIRED }),
        KILN_OUTPUTS({ "weight", "integer", "The weight.", 0 }))
{
    return kiln_out(call, "weight", kiln_int(kiln_in_int(call, "level") * 10));
}

KILN_OP(add_up, "add_up", KILN_PURE, "Adds up numbers.",
        KILN_INPUTS({ "numbers", "array of integer", "The numbers.", KILN_REQUIRED }),
        KILN_OUTPUTS({ "sum", "integer", "Their sum.", 0 }))
{
    kiln_value numbers = kiln_in(call, "numbers");
    long long sum = 0;

    for (unsigned i = 0; i < numbers.n; i++)
        sum += numbers.u.items[i].u.i;
    return kiln_out(call, "sum", kiln_int(sum));
}
