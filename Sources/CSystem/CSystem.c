// SPDX-License-Identifier: GPL-3.0-or-later
#define _GNU_SOURCE
#include "CSystem.h"

#include <sched.h>

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
