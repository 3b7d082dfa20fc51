// SPDX-License-Identifier: GPL-3.0-or-later
#define _GNU_SOURCE
#include "Ring.h"

#include <errno.h>
#include <linux/io_uring.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

struct candor_ring {
    int descriptor;
    // What the kernel shares: both queues in one mapping, the submissions in another.
    char *queues;
    size_t queues_size;
    struct io_uring_sqe *submissions;
    size_t submissions_size;
    // In the mapping.
    uint32_t *submission_tail, *submission_head, *submission_slots, submission_mask;
    uint32_t *completion_head, *completion_tail, completion_mask;
    struct io_uring_cqe *completions;
};

static int enter(struct candor_ring *ring, uint32_t submitted, uint32_t awaited)
{
    return (int)syscall(
        __NR_io_uring_enter, ring->descriptor, submitted, awaited, IORING_ENTER_GETEVENTS, NULL, 0);
}

void candor_ring_close(struct candor_ring *ring)
{
    if (ring->queues != MAP_FAILED)
        munmap(ring->queues, ring->queues_size);
    if (ring->submissions != MAP_FAILED)
        munmap(ring->submissions, ring->submissions_size);
    close(ring->descriptor);
    free(ring);
}

// Maps the queues of a ring that the kernel has made.
static int map_queues(struct candor_ring *ring, const struct io_uring_params *made)
{
    size_t submission_end = made->sq_off.array + made->sq_entries * sizeof(uint32_t);
    size_t completion_end = made->cq_off.cqes + made->cq_entries * sizeof(struct io_uring_cqe);
    ring->queues_size = submission_end > completion_end ? submission_end : completion_end;
    ring->submissions_size = made->sq_entries * sizeof(struct io_uring_sqe);
    ring->submissions = MAP_FAILED;
    ring->queues = mmap(
        NULL, ring->queues_size, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_POPULATE,
        ring->descriptor, IORING_OFF_SQ_RING);
    if (ring->queues == MAP_FAILED)
        return -1;
    ring->submissions = mmap(
        NULL, ring->submissions_size, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_POPULATE,
        ring->descriptor, IORING_OFF_SQES);
    if (ring->submissions == MAP_FAILED)
        return -1;
    ring->submission_head = (uint32_t *)(ring->queues + made->sq_off.head);
    ring->submission_tail = (uint32_t *)(ring->queues + made->sq_off.tail);
    ring->submission_slots = (uint32_t *)(ring->queues + made->sq_off.array);
    ring->submission_mask = made->sq_entries - 1;
    ring->completion_head = (uint32_t *)(ring->queues + made->cq_off.head);
    ring->completion_tail = (uint32_t *)(ring->queues + made->cq_off.tail);
    ring->completion_mask = made->cq_entries - 1;
    ring->completions = (struct io_uring_cqe *)(ring->queues + made->cq_off.cqes);
    return 0;
}

struct candor_ring *candor_ring_open(uint32_t capacity)
{
    struct io_uring_params made = {0};
    int descriptor = (int)syscall(__NR_io_uring_setup, capacity, &made);
    if (descriptor < 0)
        return NULL;
    struct candor_ring *ring = calloc(1, sizeof *ring);
    // Kernels without this cannot receive and send; all that have it map both queues in one piece.
    if (ring == NULL || !(made.features & IORING_FEAT_FAST_POLL)) {
        free(ring);
        close(descriptor);
        errno = ring == NULL ? ENOMEM : ENOSYS;
        return NULL;
    }
    ring->descriptor = descriptor;
    if (map_queues(ring, &made) != 0) {
        int reason = errno;
        candor_ring_close(ring);
        errno = reason;
        return NULL;
    }
    return ring;
}

// Puts transfers in the queue of submissions, whose numbers they come back with.
static void put(
    struct candor_ring *ring, const struct candor_transfer *transfers, uint32_t count)
{
    uint32_t tail = *ring->submission_tail;
    for (uint32_t index = 0; index < count; index++, tail++) {
        uint32_t slot = tail & ring->submission_mask;
        const struct candor_transfer *transfer = &transfers[index];
        ring->submissions[slot] = (struct io_uring_sqe){
            .opcode = transfer->is_sending ? IORING_OP_SEND : IORING_OP_RECV,
            .fd = transfer->socket,
            .addr = (uint64_t)(uintptr_t)transfer->bytes,
            .len = transfer->count,
            .msg_flags = MSG_DONTWAIT | (transfer->is_sending ? MSG_NOSIGNAL : 0),
            .user_data = index,
        };
        ring->submission_slots[slot] = slot;
    }
    __atomic_store_n(ring->submission_tail, tail, __ATOMIC_RELEASE);
}

// Gives transfers the results that have come, and returns how many those were.
static uint32_t take(struct candor_ring *ring, struct candor_transfer *transfers)
{
    uint32_t head = *ring->completion_head;
    uint32_t tail = __atomic_load_n(ring->completion_tail, __ATOMIC_ACQUIRE);
    uint32_t count = tail - head;
    for (; head != tail; head++) {
        const struct io_uring_cqe *completion = &ring->completions[head & ring->completion_mask];
        transfers[completion->user_data].result = completion->res;
    }
    __atomic_store_n(ring->completion_head, head, __ATOMIC_RELEASE);
    return count;
}

int candor_ring_transfer(
    struct candor_ring *ring, struct candor_transfer *transfers, uint32_t count)
{
    for (uint32_t index = 0; index < count; index++)
        transfers[index].result = candor_transfer_untouched;
    put(ring, transfers, count);
    uint32_t begun = 0, ended = 0;
    while (ended < count) {
        int entered = enter(ring, count - begun, count - ended);
        int reason = entered < 0 ? errno : 0;
        if (entered > 0)
            begun += (uint32_t)entered;
        ended += take(ring, transfers);
        if (reason != 0 && reason != EINTR) {
            // What the kernel has not looked at is taken back; what it has begun has ended, as no
            // transfer waits.
            uint32_t head = __atomic_load_n(ring->submission_head, __ATOMIC_ACQUIRE);
            __atomic_store_n(ring->submission_tail, head, __ATOMIC_RELEASE);
            errno = reason;
            return -1;
        }
    }
    return 0;
}
