// SPDX-License-Identifier: GPL-3.0-or-later
// Many receives and sends with one system call (io_uring(7), Linux 5.7 or later).
#pragma once
#include <stdbool.h>
#include <stdint.h>

// One receive or send on a socket that does not wait.
struct candor_transfer {
    // The room for what is received, or what is to be sent; it stays as it is until the call is over.
    void *bytes;
    uint32_t count;
    int32_t socket;
    // As of recv(2) or send(2), with -errno in place of -1.
    int32_t result;
    bool is_sending;
};

// A ring shared with the kernel, for use by one thread at a time.
struct candor_ring;

// Opens a ring for up to `capacity` transfers at once, a power of two; NULL and errno when the
// kernel, or whoever limits what this process may call, does not let it.
struct candor_ring *candor_ring_open(uint32_t capacity);

// Closes a ring.
void candor_ring_close(struct candor_ring *ring);

// Does `count` transfers, at most the ring's capacity, in their order, and returns once each has its
// result. 0 on success; -1 and errno when the kernel stopped taking them: a transfer whose result is
// still `candor_transfer_untouched` has not been done then.
int candor_ring_transfer(
    struct candor_ring *ring, struct candor_transfer *transfers, uint32_t count);

// No result of any transfer.
static const int32_t candor_transfer_untouched = INT32_MIN;
