/* zone.h: time zones: how far the clocks of a place are ahead of UTC at a moment.
 *
 * A zone is UTC, a fixed offset, or a place of the IANA database, read from the compiled files that
 * systems carry (RFC 8536). The offset is that of the moment asked for, in summer and in winter.
 */
#ifndef KILN_OPS_ZONE_H
#define KILN_OPS_ZONE_H

#include <stddef.h>

enum { ZONE_FILE_MOST = 1 << 14 }; /* the largest of 2025 has 3,664 bytes */

/* The changes of a place's clocks, as its file has them. It points into itself: not to be copied.
 */
struct zone {
    int offset;                 /* of a zone without a file */
    const unsigned char *times; /* big-endian, rising; NULL for a zone without a file */
    const unsigned char *kinds; /* which type begins at each of them */
    const unsigned char *types; /* six bytes each, the first four the offset */
    const char *rule;           /* for the time after the last change; ends where it ends */
    unsigned n_times, n_types, width;
    unsigned char bytes[ZONE_FILE_MOST + 1];
};

enum zone_answer {
    ZONE_FOUND,
    ZONE_UNKNOWN,      /* no such name */
    ZONE_OUT_OF_RANGE, /* an offset of a day or more */
    ZONE_NO_DATABASE   /* the machine has no database to look it up in */
};

/* Finds a zone by its name: "" and "UTC" (any case), "Z", "+05:30", "-0800", "Europe/Berlin". The
 * database's folder is $ZONEINFO, $TZDIR or /usr/share/zoneinfo. */
enum zone_answer zone_find(const char *name, size_t n, struct zone *ret);
/* Reads z->bytes[0..n) as a compiled file. 0, or -1 when it is none. */
int zone_parse(struct zone *z, size_t n);

/* Seconds ahead of UTC at this second since 1970. */
int zone_offset(const struct zone *z, long long seconds);
/* The second since 1970 UTC at which the clocks of the zone show `local`: the first of two, and
 * where they jump over it as much later as they jump. */
long long zone_utc(const struct zone *z, long long local);

/* What a rule of POSIX's TZ ("CET-1CEST,M3.5.0,M10.5.0/3") says. 0, or -1 when it is no rule. */
int zone_rule_offset(const char *rule, long long seconds, int *ret);

#endif
