/* hot.h: what every step goes through is inlined, however often it is named, and what few go
 * through stays out of it. */
#ifndef KILN_HOT_H
#define KILN_HOT_H

/* In place of `static`. For functions that a call would cost as much as they do. */
#define HOT static inline __attribute__((always_inline))

/* In place of `static`. For functions that are called seldom, from those that are called all the
 * time: inlined they would cost these registers. */
#define COLD static __attribute__((noinline))

/* For conditions that seldom hold on the way of every step: the code behind them is put aside, and
 * that way runs straight. */
#define RARE(condition) __builtin_expect(!!(condition), 0)

#endif
