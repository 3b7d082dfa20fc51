// SPDX-License-Identifier: GPL-3.0-or-later
#define _GNU_SOURCE
#include "CSystem.h"

#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <string.h>
#include <sys/mman.h>
#include <time.h>

int candor_accept(int listener)
{
    return accept4(listener, 0, 0, SOCK_NONBLOCK | SOCK_CLOEXEC);
}

int candor_peer(int socket, int32_t *process, uint32_t *user, uint32_t *group)
{
    struct ucred peer;
    socklen_t size = sizeof peer;
    int outcome = getsockopt(socket, SOL_SOCKET, SO_PEERCRED, &peer, &size);
    if (outcome == 0) {
        *process = peer.pid;
        *user = peer.uid;
        *group = peer.gid;
    }
    return outcome;
}

int candor_peer_groups(int socket, uint32_t *groups, int capacity)
{
    socklen_t size = (socklen_t)capacity * sizeof *groups;
    if (getsockopt(socket, SOL_SOCKET, SO_PEERGROUPS, groups, &size) != 0)
        return -1;
    return (int)(size / sizeof *groups);
}

int candor_pin_thread(int thread, int processor)
{
    cpu_set_t processors;
    CPU_ZERO(&processors);
    CPU_SET(processor, &processors);
    return sched_setaffinity(thread, sizeof processors, &processors);
}

int candor_memory_file(const char *name)
{
    return memfd_create(name, MFD_CLOEXEC | MFD_ALLOW_SEALING);
}

static const int seals = F_SEAL_WRITE | F_SEAL_GROW | F_SEAL_SHRINK | F_SEAL_SEAL;

int candor_seal(int file)
{
    return fcntl(file, F_ADD_SEALS, seals);
}

int candor_is_sealed(int file)
{
    int found = fcntl(file, F_GET_SEALS);
    return found >= 0 && (found & seals) == seals;
}

ssize_t candor_send_descriptor(
    int socket, const struct sockaddr *address, socklen_t length, const void *bytes, size_t count,
    int descriptor)
{
    struct iovec part = {.iov_base = (void *)bytes, .iov_len = count};
    union {
        struct cmsghdr header;
        char space[CMSG_SPACE(sizeof descriptor)];
    } control = {0};
    struct msghdr message = {
        .msg_name = (void *)address,
        .msg_namelen = length,
        .msg_iov = &part,
        .msg_iovlen = 1,
        .msg_control = control.space,
        .msg_controllen = sizeof control.space,
    };
    struct cmsghdr *header = CMSG_FIRSTHDR(&message);
    header->cmsg_level = SOL_SOCKET;
    header->cmsg_type = SCM_RIGHTS;
    header->cmsg_len = CMSG_LEN(sizeof descriptor);
    memcpy(CMSG_DATA(header), &descriptor, sizeof descriptor);
    return sendmsg(socket, &message, MSG_NOSIGNAL);
}

int candor_semaphore_wait(sem_t *semaphore, int milliseconds)
{
    struct timespec end;
    clock_gettime(CLOCK_MONOTONIC, &end);
    end.tv_sec += milliseconds / 1000;
    end.tv_nsec += milliseconds % 1000 * 1000000L;
    if (end.tv_nsec >= 1000000000L) {
        end.tv_nsec -= 1000000000L;
        end.tv_sec += 1;
    }
    int outcome;
    do {
        outcome = sem_clockwait(semaphore, CLOCK_MONOTONIC, &end);
    } while (outcome != 0 && errno == EINTR);
    return outcome;
}
