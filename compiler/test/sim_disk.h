/* sim_disk.h: the files of a simulated world (io_sim.h): as programs see them, as the disk has
 * them, and the changes between the two that no sync has made durable yet.
 */
#ifndef SIM_DISK_H
#define SIM_DISK_H

#include "io_sim.h"

struct sim_change;

struct io_sim_file {
    char *path;
    int is_dir;
    int is_named;   /* its folder was synced after it was made */
    int is_gone;    /* lost in a crash, or removed for good */
    int is_removed; /* its folder has not been synced since */
    char *old;      /* its name until then, when it has a new one, or NULL */
    int locked;     /* by this descriptor, or 0 */
    struct text live, disk;
    struct sim_change *changes;
    size_t n_changes, cap_changes;
};

struct io_sim_file *sim_disk_find(struct io_sim *sim, const char *path);
struct io_sim_file *sim_disk_add(struct io_sim *sim, const char *path, int is_dir);
/* Another name, which nobody else may have; no name at all; both until the folder is synced. */
void sim_disk_rename(struct io_sim_file *f, const char *path);
void sim_disk_remove(struct io_sim_file *f);
/* Names in the folder are durable from here on. */
void sim_disk_sync_names(struct io_sim *sim, const char *folder);
/* Whether there is a folder this path can stand in. */
int sim_disk_has_folder(struct io_sim *sim, const char *path);
/* 1 when `path` stands directly in the folder. */
int sim_disk_is_in(const char *path, const char *folder);
/* Writes `n` bytes at `at`, or sets the size to `n` when bytes is NULL; not synced. */
void sim_disk_change(struct io_sim_file *f, size_t at, const void *bytes, size_t n);
/* What is not synced becomes durable; or, as kernels do it when that fails, is taken for durable
 * and is not. */
void sim_disk_sync(struct io_sim_file *f, int failed);
/* What is left of everything after a crash. */
void sim_disk_settle(struct io_sim *sim, enum io_sim_loss loss);
void sim_disk_free(struct io_sim *sim);

#endif
