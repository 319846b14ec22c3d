/* strerror.c: what the system's errors mean, in static programs.
 *
 * Those that files, folders and memory can meet, in the words that programs of the host's libc have
 * for them; any other is told by its number. Musl knows all, and takes three times the room.
 */
#include <errno.h>
#include <stdint.h>
#include <string.h>

#define ERRORS(ERROR)                                                                              \
    ERROR(EPERM, "Operation not permitted")                                                        \
    ERROR(ENOENT, "No such file or directory")                                                     \
    ERROR(EINTR, "Interrupted system call")                                                        \
    ERROR(EIO, "Input/output error")                                                               \
    ERROR(ENXIO, "No such device or address")                                                      \
    ERROR(EBADF, "Bad file descriptor")                                                            \
    ERROR(EAGAIN, "Resource temporarily unavailable")                                              \
    ERROR(ENOMEM, "Cannot allocate memory")                                                        \
    ERROR(EACCES, "Permission denied")                                                             \
    ERROR(EBUSY, "Device or resource busy")                                                        \
    ERROR(EEXIST, "File exists")                                                                   \
    ERROR(EXDEV, "Invalid cross-device link")                                                      \
    ERROR(ENOTDIR, "Not a directory")                                                              \
    ERROR(EISDIR, "Is a directory")                                                                \
    ERROR(EINVAL, "Invalid argument")                                                              \
    ERROR(ENFILE, "Too many open files in system")                                                 \
    ERROR(EMFILE, "Too many open files")                                                           \
    ERROR(ETXTBSY, "Text file busy")                                                               \
    ERROR(EFBIG, "File too large")                                                                 \
    ERROR(ENOSPC, "No space left on device")                                                       \
    ERROR(EROFS, "Read-only file system")                                                          \
    ERROR(EMLINK, "Too many links")                                                                \
    ERROR(EPIPE, "Broken pipe")                                                                    \
    ERROR(ENAMETOOLONG, "File name too long")                                                      \
    ERROR(ENOTEMPTY, "Directory not empty")                                                        \
    ERROR(ELOOP, "Too many levels of symbolic links")                                              \
    ERROR(ENODATA, "No data available")                                                            \
    ERROR(EUCLEAN, "Structure needs cleaning")                                                     \
    ERROR(EOPNOTSUPP, "Operation not supported")                                                   \
    ERROR(ESTALE, "Stale file handle")                                                             \
    ERROR(EDQUOT, "Disk quota exceeded")

#define NUMBER(number, words) number,
#define WORDS(number, words) words "\0"
static const unsigned char numbers[] = { ERRORS(NUMBER) };
static const char all_words[] = ERRORS(WORDS); /* in the same order */

/* "error 4095", of a number that no table has. */
static char *put_number(char *end, unsigned n)
{
    *end = '\0';
    do
        *--end = (char)('0' + n % 10);
    while (n /= 10);
    return memcpy(end - 6, "error ", 6);
}

/* As the standard has it: what is given back for an unknown number may change with the next one. */
char *strerror(int error)
{
    static _Thread_local char other[6 + 11];
    const char *words = all_words;

    for (size_t i = 0; i < sizeof numbers; i++, words += strlen(words) + 1)
        if (numbers[i] == error)
            return (char *)(uintptr_t)words;
    return put_number(other + sizeof other - 1, (unsigned)error);
}
