/* mime.c: a short table of extensions. */
#include "ops/mime.h"

#include <string.h>
#include <strings.h>

static const struct {
    const char *extension, *type;
} types[] = {
#define MIME(extension, type) { extension, type },
#include "ops/mime.def"
#undef MIME
};

const char *mime_type(const char *path, size_t n)
{
    const char *dot = memrchr(path, '.', n);
    size_t length = dot ? n - (size_t)(dot + 1 - path) : 0;

    for (size_t i = 0; i < sizeof types / sizeof *types; i++)
        if (length == strlen(types[i].extension)
            && !strncasecmp(dot + 1, types[i].extension, length))
            return types[i].type;
    return "application/octet-stream";
}
