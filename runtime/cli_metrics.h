/* cli_metrics.h: what a worker tells of itself, for programs and for people. */
#ifndef KILN_CLI_METRICS_H
#define KILN_CLI_METRICS_H

#include "cli.h"
#include "worker.h"

/* The counters as Prometheus text (https://prometheus.io/docs/instrumenting/exposition_formats). */
void cli_put_metrics(struct text *t, const struct worker_counts *n);
/* The same into a file, which is there whole or as it was before. 0 or a negative errno. */
int cli_write_metrics(const struct cli *c, const char *path, const struct worker_counts *n);
/* One line for people. */
void cli_put_progress(struct text *t, const struct worker_counts *n);

#endif
