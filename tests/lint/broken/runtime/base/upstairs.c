/* upstairs.c: base stands on the C library alone. */
#include "value.h"
