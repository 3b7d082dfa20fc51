// SPDX-License-Identifier: GPL-3.0-or-later
// A library for LD_PRELOAD that makes calls of the program it is loaded into fail, and moves its
// wall clock, as a file tells that may change at any time.
//
// The file that CANDOR_FAULTS names holds lines `CALL TEXT ERRNO`, the calls write, fsync and
// rename: one that concerns a path with TEXT in it (`TEXT$`: at its end) fails with ERRNO. fsync stands for fdatasync too,
// write for pwrite. A line `clock SECONDS` is added to the wall clock, and to nothing else. What
// failed is appended to the file with `.log` after its name, a line `CALL PATH` each.
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
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

// Whether this call on this path is to fail; sets errno.
static int fails(const char *call, const char *path) {
    char text[1024], *rest = NULL;
    int saved = errno;
    if (rules(text, sizeof text) <= 0) {
        errno = saved;
        return 0;
    }
    for (char *line = strtok_r(text, "\n", &rest); line; line = strtok_r(NULL, "\n", &rest)) {
        char which[16], part[256];
        int code;
        if (sscanf(line, "%15s %255s %d", which, part, &code) != 3) continue;
        if (strcmp(which, call) != 0 || !concerns(part, path)) continue;
        note(call, path);
        errno = code;
        return 1;
    }
    errno = saved;
    return 0;
}

static int descriptor_fails(const char *call, int descriptor) {
    char link[64], path[PATH_MAX];
    int saved = errno;
    snprintf(link, sizeof link, "/proc/self/fd/%d", descriptor);
    ssize_t length = readlink(link, path, sizeof path - 1);
    errno = saved;
    if (length < 0) return 0;
    path[length] = 0;
    return path[0] == '/' && fails(call, path);
}

#define REAL(name) __typeof__(&name) real = (__typeof__(&name))dlsym(RTLD_NEXT, #name)

ssize_t write(int descriptor, const void *bytes, size_t count) {
    REAL(write);
    return descriptor > 2 && descriptor_fails("write", descriptor) ? -1
                                                                   : real(descriptor, bytes, count);
}

ssize_t pwrite(int descriptor, const void *bytes, size_t count, off_t offset) {
    REAL(pwrite);
    return descriptor_fails("write", descriptor) ? -1 : real(descriptor, bytes, count, offset);
}

ssize_t pwrite64(int descriptor, const void *bytes, size_t count, off64_t offset) {
    REAL(pwrite64);
    return descriptor_fails("write", descriptor) ? -1 : real(descriptor, bytes, count, offset);
}

int fsync(int descriptor) {
    REAL(fsync);
    return descriptor_fails("fsync", descriptor) ? -1 : real(descriptor);
}

int fdatasync(int descriptor) {
    REAL(fdatasync);
    return descriptor_fails("fsync", descriptor) ? -1 : real(descriptor);
}

int rename(const char *source, const char *target) {
    REAL(rename);
    return fails("rename", target) ? -1 : real(source, target);
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
