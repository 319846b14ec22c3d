/* uphill.c: emit may not know the builders, and its fixed text belongs in templates/. */
#include "build/build.h"

void uphill_print(struct text *t)
{
    text_puts(t, "int main(void)\n");
    text_puts(t, "{\n");
    text_puts(t, "    return 0;\n");
    text_puts(t, "}\n");
}
