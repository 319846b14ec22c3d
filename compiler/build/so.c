/* so.c: C text -> a program in this process, through the system's compiler and dlopen. */
#include <dlfcn.h>
#include <stdlib.h>

#include "build/jit.h"
#include "build/tcc.h"

void build_jit_free(struct build_jit *j)
{
    if (!j)
        return;
    if (j->tcc)
        build_tcc_drop(j->tcc);
    if (j->so)
        dlclose(j->so);
    free(j);
}
