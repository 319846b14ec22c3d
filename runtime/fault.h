/* fault.h: error values that have a type: {"type": "KeyError", "message": "'x'"}. */
#ifndef KILN_FAULT_H
#define KILN_FAULT_H

#include "value.h"

/* Leaves such a value as the heap's error. `type` is static text. Returns -1. */
int fault_raise(kiln_heap *h, const char *type, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

#endif
