/* children.h: the workflows that others may embed: which file answers an id and a version, and the
 * loading of those that are asked for. */
#ifndef CHILDREN_H
#define CHILDREN_H

#include "dialects/dialects.h"

struct compilation;

/* A workflow on offer. */
struct child_file {
    const char *id;
    long long version; /* from 1; 0: it answers every version no other file has */
    const char *path;
    const char *text; /* NULL: read the file */
    size_t n;
};

/* All that are on offer. Zero-initialised it is empty; grows in the arena. */
struct child_set {
    struct child_file *at;
    size_t n, cap;
};

/* Adds one; of two with the same id and version the first counts. */
void child_set_add(struct child_set *s, struct arena *a, const struct child_file *file);
/* Adds what `--child` was given: ID=FILE or ID@VERSION=FILE. 0, or -1 with a sentence. */
int child_set_add_word(struct child_set *s, struct arena *a, const char *word,
                       const char **ret_why);
/* Adds the files ID.json and ID@VERSION.json of a folder, in the order of their names. 0, or -1
 * with a sentence. */
int child_set_add_folder(struct child_set *s, struct arena *a, const char *folder,
                         const char **ret_why);
/* The file that answers: of a version or, for 0, the latest one. NULL when there is none. */
const struct child_file *child_set_find(const struct child_set *s, const char *id,
                                        long long version);

/* How deep workflows may be nested in each other. */
enum { CHILDREN_DEEPEST = 64 };

/* Reads, recognises and parses every child the workflow needs, each once, and ties the embeds to
 * them. */
void children_load(struct compilation *c, const struct child_set *set);
/* Checks each child, and the whole: E124 missing, E056 circles, E125 ids used twice, K003 too deep.
 * `own_id` is what children call the workflow by; NULL when that is not known: then no circle leads
 * through it and E125 is not looked for. */
void children_check(struct compilation *c, const struct child_set *set, const char *own_id);

#endif
