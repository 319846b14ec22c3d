/* machine.h: many runs in one store, on a machine that crashes, all by one seed.
 *
 * A program made at random has a worker; somebody starts runs of it, signals, pauses and cancels
 * them; the disk fails and the power goes, all by chance that repeats. Time stands still while
 * there is anything to do, and while a run is paused, so each run sees the times it would have seen
 * alone: then it must also do what it does alone, which is what the reference interpreter says.
 */
#ifndef MACHINE_H
#define MACHINE_H

/* What one machine has seen. */
struct machine_report {
    unsigned runs, cancelled, crashes, faults, drops, segments;
};

/* Lives through one seed to the end of all runs, and adds up what it was. The test fails, and says
 * what to type to see it again, when a run does not end as it should or does anything twice that it
 * knows it has done. */
void machine_try(unsigned seed, struct machine_report *report);

#endif
