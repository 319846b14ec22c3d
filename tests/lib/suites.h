/* suites.h: what a test file offers: Suite *suite_<file>(void). */
#ifndef SUITES_H
#define SUITES_H

#include <check.h>

/* All suites, NULL-terminated; generated from the file names in tests/unit. */
extern Suite *(*const suites[])(void);

#endif
