/* zone.c: finding a zone and asking it. Its file is a sorted list of changes, searched by halves;
 * what comes after the last one is a rule (zone_rule.c). */
#include "ops/datetime/zone.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

#include "base/text.h"
#include "base/civil.h"

enum { NAME_MOST = 64, HEADER = 44 };

static long long big_endian(const unsigned char *s, unsigned width)
{
    unsigned long long w = s[0] & 0x80 ? ~0ULL : 0;

    for (unsigned i = 0; i < width; i++)
        w = w << 8 | s[i];
    return (long long)w;
}

/* ---- a file ---------------------------------------------------------------------------------- */

/* The counts in a header, in the order they stand there. */
enum { UTC_FLAGS, STANDARD_FLAGS, LEAPS, TIMES, TYPES, NAMES, COUNTS };

/* The block behind a header at `at`: its end, or 0 when it does not fit. */
static size_t parse_block(struct zone *z, size_t n, size_t at, unsigned width)
{
    unsigned count[COUNTS];
    size_t size;

    if (n - at < HEADER || memcmp(z->bytes + at, "TZif", 4) != 0)
        return 0;
    for (int i = 0; i < COUNTS; i++) {
        long long c = big_endian(z->bytes + at + 20 + 4 * i, 4);

        if (c < 0 || c > ZONE_FILE_MOST)
            return 0;
        count[i] = (unsigned)c;
    }
    at += HEADER;
    size = (size_t)count[TIMES] * (width + 1) + (size_t)count[TYPES] * 6 + count[NAMES]
           + (size_t)count[LEAPS] * (width + 4) + count[STANDARD_FLAGS] + count[UTC_FLAGS];
    if (size > n - at || !count[TYPES] || count[LEAPS])
        return 0;
    z->n_times = count[TIMES];
    z->n_types = count[TYPES];
    z->width = width;
    z->times = z->bytes + at;
    z->kinds = z->times + (size_t)count[TIMES] * width;
    z->types = z->kinds + count[TIMES];
    return at + size;
}

int zone_parse(struct zone *z, size_t n)
{
    size_t end = parse_block(z, n, 0, 4);

    z->bytes[n] = 0;
    z->rule = NULL;
    if (end && z->bytes[4] >= '2') { /* the same again, with years beyond 2038 */
        end = parse_block(z, n, end, 8);
        if (end && end < n && z->bytes[end] == '\n')
            z->rule = (const char *)z->bytes + end + 1;
    }
    for (unsigned i = 0; end && i < z->n_times; i++)
        if (z->kinds[i] >= z->n_types)
            return -1;
    return end ? 0 : -1;
}

/* Reads the file of a place. 0 or -1. */
static int read_place(const char *path, struct zone *ret)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    size_t n = 0;
    ssize_t got;

    if (fd < 0)
        return -1;
    do {
        got = read(fd, ret->bytes + n, ZONE_FILE_MOST - n);
        n += got > 0 ? (size_t)got : 0;
    } while (got > 0 || (got < 0 && errno == EINTR));
    close(fd);
    return got < 0 ? -1 : zone_parse(ret, n);
}

/* ---- a name ---------------------------------------------------------------------------------- */

/* Places are named in letters, digits and / _ + -, and so cannot lead out of the database. */
static int is_place(const char *s, size_t n)
{
    if (!n || n > NAME_MOST || *s == '/' || !strncmp(s, "right/", 6))
        return 0;
    for (size_t i = 0; i < n; i++)
        if (!memchr("/_+-", s[i], 4) && !((s[i] | 32) >= 'a' && (s[i] | 32) <= 'z')
            && !(s[i] >= '0' && s[i] <= '9'))
            return 0;
    return 1;
}

static enum zone_answer find_place(const char *name, size_t n, struct zone *ret)
{
    const char *folder = getenv("ZONEINFO");
    struct text path = { 0 };
    enum zone_answer answer;

    if (!folder || !*folder)
        folder = getenv("TZDIR");
    if (!folder || !*folder)
        folder = "/usr/share/zoneinfo";
    text_printf(&path, "%s/%.*s", folder, (int)n, name);
    if (read_place(text_cstr(&path), ret) == 0)
        answer = ZONE_FOUND;
    else
        answer = access(folder, R_OK) == 0 ? ZONE_UNKNOWN : ZONE_NO_DATABASE;
    text_fini(&path);
    return answer;
}

static int two_digits(const char *s)
{
    return s[0] >= '0' && s[0] <= '9' && s[1] >= '0' && s[1] <= '9' ? (s[0] - '0') * 10 + s[1] - '0'
                                                                    : -1;
}

/* +hh:mm or +hhmm. */
static enum zone_answer find_offset(const char *s, size_t n, struct zone *ret)
{
    int colon = n == 6 && s[3] == ':', hours, minutes;

    if (n != 5 && !colon)
        return ZONE_UNKNOWN;
    hours = two_digits(s + 1);
    minutes = two_digits(s + 3 + colon);
    if (hours < 0 || minutes < 0)
        return ZONE_UNKNOWN;
    if (hours > 23 || minutes > 59)
        return ZONE_OUT_OF_RANGE;
    ret->times = NULL;
    ret->offset = (hours * 3600 + minutes * 60) * (*s == '-' ? -1 : 1);
    return ZONE_FOUND;
}

enum zone_answer zone_find(const char *name, size_t n, struct zone *ret)
{
    if (!n || (n == 1 && (*name | 32) == 'z') || (n == 3 && !strncasecmp(name, "UTC", 3))) {
        ret->times = NULL;
        ret->offset = 0;
        return ZONE_FOUND;
    }
    if (*name == '+' || *name == '-')
        return find_offset(name, n, ret);
    return is_place(name, n) ? find_place(name, n, ret) : ZONE_UNKNOWN;
}

/* ---- a moment -------------------------------------------------------------------------------- */

static long long change_at(const struct zone *z, unsigned i)
{
    return big_endian(z->times + (size_t)i * z->width, z->width);
}

int zone_offset(const struct zone *z, long long seconds)
{
    unsigned low = 0, high = z->n_times;
    int offset;

    if (!z->times)
        return z->offset;
    while (low < high) { /* how many changes were before */
        unsigned mid = low + (high - low) / 2;

        if (change_at(z, mid) <= seconds)
            low = mid + 1;
        else
            high = mid;
    }
    if (low == z->n_times && z->rule && zone_rule_offset(z->rule, seconds, &offset) == 0)
        return offset;
    offset = (int)big_endian(z->types + (low ? z->kinds[low - 1] * 6 : 0), 4);
    return offset > -CIVIL_DAY && offset < CIVIL_DAY ? offset : 0;
}

long long zone_utc(const struct zone *z, long long local)
{
    int before = zone_offset(z, local - CIVIL_DAY), after = zone_offset(z, local + CIVIL_DAY);

    if (zone_offset(z, local - before) != before && zone_offset(z, local - after) == after)
        return local - after;
    return local - before;
}
