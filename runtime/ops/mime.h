/* mime.h: what a file's name promises about its content. */
#ifndef KILN_OPS_MIME_H
#define KILN_OPS_MIME_H

#include <stddef.h>

/* The type of content of a file with this name; "application/octet-stream" when the name tells
 * nothing. Static. */
const char *mime_type(const char *path, size_t n);

#endif
