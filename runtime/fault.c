/* fault.c: error values that have a type. */
#include "fault.h"

int fault_raise(kiln_heap *h, const char *type, const char *format, ...)
{
    kiln_value pairs[4] = { value_static("type"), value_static(type), value_static("message") };
    struct text message = { 0 };
    kiln_value error;
    va_list ap;

    va_start(ap, format);
    text_vprintf(&message, format, ap);
    va_end(ap);
    h->error = value_static("out of memory");
    if (!message.failed && value_string(h, &pairs[3], text_cstr(&message), message.n) == 0
        && kiln_object(h, &error, pairs, 2) == 0)
        h->error = error;
    text_fini(&message);
    return -1;
}
