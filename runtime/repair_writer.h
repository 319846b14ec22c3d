/* repair_writer.h: a repair under way, for repair.c and repair_files.c. */
#ifndef KILN_REPAIR_WRITER_H
#define KILN_REPAIR_WRITER_H

#include "repair.h"

#define REPAIR_PREFIX "repair-" /* of new segments, until they count */

/* The new segments. */
struct repair_writer {
    struct survey *survey;
    struct repair *result;
    int drop;
    struct text bytes;           /* of the segment under way */
    struct segment segment;      /* its head */
    unsigned long long sequence; /* of the next record */
    size_t at;                   /* of survey->runs: the next run to be written comes no earlier */
    LIST(char *) left;           /* files of an earlier repair; in the survey's arena */
    struct text *why;
};

/* Says in w->why that something failed, when `code` is not 0. Returns `code`. */
int repair_fail(struct repair_writer *w, int code, const char *what, const char *name);

/* All of these return 0, or a negative errno with a sentence in w->why. */

/* Makes a file in the folder of the store, whole and synced. */
int repair_write_file(struct repair_writer *w, const char *name, const struct text *bytes);
/* Syncs a folder within that of the store; "": the store's own. */
int repair_sync_folder(struct repair_writer *w, const char *name);
/* Copies all segment files to a new folder, w->result->aside. */
int repair_copy_all(struct repair_writer *w);
/* Files that do not belong here go, or those a reader would stumble over: there is a copy of each.
 */
int repair_remove_strangers(struct repair_writer *w);
int repair_remove_headless(struct repair_writer *w);
/* What an earlier repair began goes. */
int repair_remove_left(struct repair_writer *w);
/* Messages that nobody can read are put aside as a worker does it. */
int repair_refuse_messages(struct repair_writer *w);

#endif
