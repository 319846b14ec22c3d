cat >own.c <<'END'
#include <kiln_op.h>

int unused;
END
kiln check --ops own.c ../cli/hello.json
