/* ops.c: prices. */
#include <kiln_op.h>

KILN_OP(sum_items, "sum_items", KILN_PURE, "Adds up the prices of items.",
        KILN_INPUTS({ "items", "array of object", "Each with a price and a count.", KILN_REQUIRED },
                    { "currency", "string", "What to print behind the sum.", 0 }),
        KILN_OUTPUTS({ "net", "number", "The sum.", 0 },
                     { "currency", "string", "The currency.", 0 }))
{
    kiln_value items = kiln_in(call, "items");
    double net = 0;

    for (unsigned i = 0; i < items.n; i++) {
        kiln_value price = kiln_get(&items.u.items[i],
                                    &(kiln_value){ .tag = KILN_STRING, .n = 5, .u.s = "price" });

        net += price.tag == KILN_INT ? (double)price.u.i : price.u.d;
    }
    kiln_out(call, "currency", kiln_in(call, "currency"));
    return kiln_out(call, "net", kiln_double(net));
}

KILN_OP(print_price, "print_price", KILN_PURE, "A price as people write it.",
        KILN_INPUTS({ "amount", "number", "How much.", KILN_REQUIRED },
                    { "currency", "string", "Of what.", KILN_REQUIRED }),
        KILN_OUTPUTS({ "text", "string", "The price.", 0 }))
{
    return kiln_out_text(call, "text", "%.2f %s", kiln_in_number(call, "amount"),
                         kiln_in_text(call, "currency"));
}
