/* about.c: what a program learns of its own run, and what it tells whoever listens.
 *
 * Both go past the slots: who the run is comes from its owner, and telling changes nothing of it.
 */
#include "run.h"

kiln_value kiln_about(const kiln_frame *f, const kiln_value *name)
{
    kiln_run *r = ((const struct frame *)f)->run;

    if (value_is(name, "id"))
        return value_static(kiln_run_id(r));
    return r->options.about ? kiln_get(r->options.about, name) : (kiln_value){ 0 };
}

void kiln_tell(const kiln_frame *f, const kiln_value *v)
{
    kiln_run *r = ((const struct frame *)f)->run;

    if (!r->retries)
        run_trace(r, KILN_EVENT_TOLD, NULL, v);
}
