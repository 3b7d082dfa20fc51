// SPDX-License-Identifier: GPL-3.0-or-later
// What Glibc's Swift module does not export: malloc_trim, epoll, accept4, eventfd, signalfd, files
// in memory and sending descriptors.
//
// _GNU_SOURCE stays out of this header: it gives fd_set another shape than Glibc's module has.
#pragma once
#include "Ring.h"
#include <malloc.h>
#include <semaphore.h>
#include <stdint.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/signalfd.h>
#include <sys/socket.h>
#include <sys/un.h>

// accept4(2) without the peer's address: the connection is nonblocking and closed on exec.
int candor_accept(int listener);

// Adds (`operation` EPOLL_CTL_ADD) or changes (EPOLL_CTL_MOD) what epoll reports about a
// descriptor; `data` comes back with each report.
static inline int candor_epoll_control(
    int epoll, int operation, int descriptor, uint32_t events, uint64_t data)
{
    struct epoll_event event = {.events = events, .data = {.u64 = data}};
    return epoll_ctl(epoll, operation, descriptor, &event);
}

// The process, the user and the group at the other end of a Unix socket, as they were when it
// connected (SO_PEERCRED); 0 on success.
int candor_peer(int socket, int32_t *process, uint32_t *user, uint32_t *group);

// The supplementary groups of that process (SO_PEERGROUPS): how many were written, at most
// `capacity`; -1 when there are more or the kernel does not say.
int candor_peer_groups(int socket, uint32_t *groups, int capacity);

// Has a thread (0: the calling one) run on one processor only; 0 on success.
int candor_pin_thread(int thread, int processor);

// A new empty file in memory that can be sealed; a descriptor, or -1.
int candor_memory_file(const char *name);

// Seals a file in memory: its content and length stay as they are from then on; 0 on success.
int candor_seal(int file);

// Whether a file is sealed so.
int candor_is_sealed(int file);

// Sends a datagram and, with it, a descriptor (SCM_RIGHTS); as sendmsg(2) otherwise.
ssize_t candor_send_descriptor(
    int socket, const struct sockaddr *address, socklen_t length, const void *bytes, size_t count,
    int descriptor);

// Waits so many milliseconds at most, whatever the clock on the wall does; 0 when there was one to take.
int candor_semaphore_wait(sem_t *semaphore, int milliseconds);
