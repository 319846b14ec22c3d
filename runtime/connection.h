/* connection.h: connections as calls see them.
 *
 * What goes through a program is the name of a connection; its values are the owner's of the run
 * (kiln.h) and are handed to the operation alone. On the way back they are struck out, so that
 * neither a result nor an error can carry one to the journal, an event or a message.
 */
#ifndef KILN_CONNECTION_H
#define KILN_CONNECTION_H

#include "call.h"

/* Before a call: 0, or -1 with the call failed because the connection it needs is not known. */
int connection_check(kiln_call *call);
/* After a call that asked for its connection: *v without its texts. 0, or -1 when memory is out. */
int connection_strike(kiln_call *call, kiln_value *v);

#endif
