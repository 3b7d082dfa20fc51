// SPDX-License-Identifier: GPL-3.0-or-later
#include "CKernels.h"
#include "Dispatch.h"
#include "Lanes.h"

DISPATCHED void kernel_scores_f32(
    const float *restrict table, const float *restrict bases, size_t count, size_t width,
    const float *restrict vector, float *restrict scores) {
    for (size_t j = 0; j < count; j++) {
        const float *row = table + j * width;
        lanes_f32 sum = {0};
        for (size_t c = 0; c < width; c += 16)
            sum += *(const lanes_f32 *)(row + c) * *(const lanes_f32 *)(vector + c);
        half_f32 eight = __builtin_shufflevector(sum, sum, 0, 1, 2, 3, 4, 5, 6, 7)
            + __builtin_shufflevector(sum, sum, 8, 9, 10, 11, 12, 13, 14, 15);
        float part[8];
        __builtin_memcpy(part, &eight, sizeof part);
        scores[j] = bases[j]
            + (((part[0] + part[4]) + (part[2] + part[6]))
               + ((part[1] + part[5]) + (part[3] + part[7])));
    }
}

DISPATCHED double kernel_dot_f64(
    const float *restrict row, const double *restrict vector, size_t width) {
    lanes_f64 sum = {0};
    for (size_t c = 0; c < width; c += 8)
        sum += __builtin_convertvector(*(const half_f32 *)(row + c), lanes_f64)
            * *(const lanes_f64 *)(vector + c);
    double part[8];
    __builtin_memcpy(part, &sum, sizeof part);
    return ((part[0] + part[4]) + (part[2] + part[6])) + ((part[1] + part[5]) + (part[3] + part[7]));
}

/// Restores the heap order (smallest first) below `place`.
static void sift_down(float *heap, size_t count, size_t place) {
    const float value = heap[place];
    for (;;) {
        size_t child = 2 * place + 1;
        if (child >= count) break;
        if (child + 1 < count && heap[child + 1] < heap[child]) child++;
        if (!(heap[child] < value)) break;
        heap[place] = heap[child];
        place = child;
    }
    heap[place] = value;
}

DISPATCHED float kernel_kth_largest_f32(
    const float *restrict scores, size_t count, size_t k, float *restrict heap) {
    __builtin_memcpy(heap, scores, k * sizeof *heap);
    for (size_t place = k / 2; place-- > 0;) sift_down(heap, k, place);
    size_t j = k;
    while (j < count) {
        // Most blocks hold nothing above the threshold: find that out for 16 at once.
        if (count - j >= 16) {
            int above = 0;
            for (size_t lane = 0; lane < 16; lane++) above |= scores[j + lane] > heap[0];
            if (!above) {
                j += 16;
                continue;
            }
        }
        const size_t end = count - j >= 16 ? j + 16 : count;
        for (; j < end; j++)
            if (scores[j] > heap[0]) {
                heap[0] = scores[j];
                sift_down(heap, k, 0);
            }
    }
    return heap[0];
}

DISPATCHED size_t kernel_at_least_f32(
    const float *restrict scores, size_t count, float threshold, int32_t *restrict positions) {
    size_t found = 0;
    size_t j = 0;
    for (; j + 16 <= count; j += 16) {
        int any = 0;
        for (size_t lane = 0; lane < 16; lane++) any |= scores[j + lane] >= threshold;
        if (!any) continue;
        for (size_t lane = 0; lane < 16; lane++)
            if (scores[j + lane] >= threshold) positions[found++] = (int32_t)(j + lane);
    }
    for (; j < count; j++)
        if (scores[j] >= threshold) positions[found++] = (int32_t)j;
    return found;
}
