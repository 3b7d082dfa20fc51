// SPDX-License-Identifier: GPL-3.0-or-later
// A library for LD_PRELOAD that makes calls of the program it is loaded into fail, ends it at a
// chosen call, and moves its wall clock, as a file tells that may change at any time.
//
// The file that CANDOR_FAULTS names holds lines `WORD TEXT NUMBER`, which concern the calls create
// (an open that makes a file if there is none), write, fsync, rename, remove, mkdir and truncate on a
// path with TEXT in it (`TEXT$`: at its end). fsync stands for fdatasync too, write for pwrite, remove
// for unlink and rmdir. WORD is
//
//   one of these calls  it fails with the errno NUMBER
//   kill                the process dies just before the NUMBER-th of them since its start
//   tear                the same, but if that is a write, half of it is done first
//   hold                each waits until the line is gone
//   trace               each is noted
//
// A line `clock SECONDS` is added to the wall clock, and to nothing else. What failed, was held or
// traced, or was not done because of a kill is appended to the file with `.log` after its name, a line
// `CALL PATH` each.
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

// The file's text, read by system calls so that nothing here is caught by itself.
static ssize_t rules(char *text, size_t size) {
    const char *path = getenv("CANDOR_FAULTS");
    if (!path) return -1;
    int descriptor = (int)syscall(SYS_openat, AT_FDCWD, path, O_RDONLY | O_CLOEXEC, 0);
    if (descriptor < 0) return -1;
    ssize_t count = syscall(SYS_read, descriptor, text, size - 1);
    syscall(SYS_close, descriptor);
    if (count >= 0) text[count] = 0;
    return count;
}

static void note(const char *call, const char *path) {
    char name[PATH_MAX], line[PATH_MAX + 32];
    snprintf(name, sizeof name, "%s.log", getenv("CANDOR_FAULTS"));
    int descriptor = (int)syscall(
        SYS_openat, AT_FDCWD, name, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
    if (descriptor < 0) return;
    int length = snprintf(line, sizeof line, "%s %s\n", call, path);
    syscall(SYS_write, descriptor, line, (size_t)length);
    syscall(SYS_close, descriptor);
}

// Whether the path has the text in it, or, where the text ends with a dollar, at its end.
static int concerns(char *part, const char *path) {
    size_t length = strlen(part), whole = strlen(path);
    if (part[length - 1] != '$') return strstr(path, part) != NULL;
    length -= 1;
    return length <= whole && strncmp(path + whole - length, part, length) == 0;
}

static _Noreturn void die(void) {
    syscall(SYS_kill, getpid(), SIGKILL);
    for (;;) pause();
}

// Whether calls on this path have to wait.
static int holds(const char *path) {
    char text[1024], part[256], *line;
    if (rules(text, sizeof text) <= 0 || !(line = strstr(text, "hold "))) return 0;
    return sscanf(line, "hold %255s", part) == 1 && concerns(part, path);
}

enum fate { MADE, TORN, REFUSED };

// What one rule makes of a call that it concerns; sets errno for one that is refused.
static enum fate rule(const char *word, int number, const char *call, const char *path) {
    static atomic_int count;
    int tears = strcmp(word, "tear") == 0;
    if (strcmp(word, "trace") == 0) note(call, path);
    if (strcmp(word, "hold") == 0) {
        note(call, path);
        while (holds(path)) usleep(1000);
    }
    if ((tears || strcmp(word, "kill") == 0) && atomic_fetch_add(&count, 1) + 1 == number) {
        note(call, path);
        if (tears && strcmp(call, "write") == 0) return TORN;
        die();
    }
    if (strcmp(word, call) != 0) return MADE;
    note(call, path);
    errno = number;
    return REFUSED;
}

// What becomes of this call on this path; sets errno for one that is refused.
static enum fate fate(const char *call, const char *path) {
    char text[1024], *rest = NULL;
    int saved = errno;
    if (rules(text, sizeof text) <= 0) text[0] = 0;
    for (char *line = strtok_r(text, "\n", &rest); line; line = strtok_r(NULL, "\n", &rest)) {
        char word[16], part[256];
        int number;
        if (sscanf(line, "%15s %255s %d", word, part, &number) != 3) continue;
        if (!concerns(part, path)) continue;
        enum fate found = rule(word, number, call, path);
        if (found != MADE) return found;
    }
    errno = saved;
    return MADE;
}

static enum fate descriptor_fate(const char *call, int descriptor) {
    char link[64], path[PATH_MAX];
    int saved = errno;
    snprintf(link, sizeof link, "/proc/self/fd/%d", descriptor);
    ssize_t length = readlink(link, path, sizeof path - 1);
    errno = saved;
    if (length < 0) return MADE;
    path[length] = 0;
    return path[0] == '/' ? fate(call, path) : MADE;
}

#define REAL(name) __typeof__(&name) real = (__typeof__(&name))dlsym(RTLD_NEXT, #name)

#define WRITING(descriptor, bytes, count, ...)                                \
    switch (descriptor > 2 ? descriptor_fate("write", descriptor) : MADE) {   \
    case REFUSED: return -1;                                                  \
    case TORN: real(descriptor, bytes, count / 2, ##__VA_ARGS__); die();      \
    default: return real(descriptor, bytes, count, ##__VA_ARGS__);            \
    }

ssize_t write(int descriptor, const void *bytes, size_t count) {
    REAL(write);
    WRITING(descriptor, bytes, count)
}

ssize_t pwrite(int descriptor, const void *bytes, size_t count, off_t offset) {
    REAL(pwrite);
    WRITING(descriptor, bytes, count, offset)
}

ssize_t pwrite64(int descriptor, const void *bytes, size_t count, off64_t offset) {
    REAL(pwrite64);
    WRITING(descriptor, bytes, count, offset)
}

int fsync(int descriptor) {
    REAL(fsync);
    return descriptor_fate("fsync", descriptor) == MADE ? real(descriptor) : -1;
}

int fdatasync(int descriptor) {
    REAL(fdatasync);
    return descriptor_fate("fsync", descriptor) == MADE ? real(descriptor) : -1;
}

int ftruncate(int descriptor, off_t length) {
    REAL(ftruncate);
    return descriptor_fate("truncate", descriptor) == MADE ? real(descriptor, length) : -1;
}

int ftruncate64(int descriptor, off64_t length) {
    REAL(ftruncate64);
    return descriptor_fate("truncate", descriptor) == MADE ? real(descriptor, length) : -1;
}

int rename(const char *source, const char *target) {
    REAL(rename);
    return fate("rename", target) == MADE ? real(source, target) : -1;
}

int unlink(const char *path) {
    REAL(unlink);
    return fate("remove", path) == MADE ? real(path) : -1;
}

int rmdir(const char *path) {
    REAL(rmdir);
    return fate("remove", path) == MADE ? real(path) : -1;
}

int mkdir(const char *path, mode_t mode) {
    REAL(mkdir);
    return fate("mkdir", path) == MADE ? real(path, mode) : -1;
}

#define OPENING(path, flags)                                     \
    va_list rest;                                                \
    va_start(rest, flags);                                       \
    mode_t mode = flags & O_CREAT ? va_arg(rest, mode_t) : 0;    \
    va_end(rest);                                                \
    if (flags & O_CREAT && fate("create", path) != MADE) return -1; \
    return real(path, flags, mode);

int open(const char *path, int flags, ...) {
    REAL(open);
    OPENING(path, flags)
}

int open64(const char *path, int flags, ...) {
    REAL(open64);
    OPENING(path, flags)
}

static time_t shift(void) {
    char text[1024], *line;
    int saved = errno;
    long seconds = 0;
    if (rules(text, sizeof text) > 0 && (line = strstr(text, "clock "))) {
        sscanf(line, "clock %ld", &seconds);
    }
    errno = saved;
    return seconds;
}

int clock_gettime(clockid_t clock, struct timespec *moment) {
    int result = (int)syscall(SYS_clock_gettime, clock, moment);
    if (result == 0 && (clock == CLOCK_REALTIME || clock == CLOCK_REALTIME_COARSE)) {
        moment->tv_sec += shift();
    }
    return result;
}

time_t time(time_t *place) {
    struct timespec moment;
    clock_gettime(CLOCK_REALTIME_COARSE, &moment);
    if (place) *place = moment.tv_sec;
    return moment.tv_sec;
}

int gettimeofday(struct timeval *moment, void *zone) {
    struct timespec now;
    (void)zone;
    clock_gettime(CLOCK_REALTIME, &now);
    moment->tv_sec = now.tv_sec;
    moment->tv_usec = now.tv_nsec / 1000;
    return 0;
}
