/* sideways.c: a dialect may not know another. */
#include "dialects/pregel/pregel.h"
