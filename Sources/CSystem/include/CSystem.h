// SPDX-License-Identifier: GPL-3.0-or-later
// What Glibc's Swift module does not export: epoll, accept4, eventfd and signalfd.
//
// _GNU_SOURCE stays out of this header: it gives fd_set another shape than Glibc's module has.
#pragma once
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
