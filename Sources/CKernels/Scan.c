// SPDX-License-Identifier: GPL-3.0-or-later
#include "CKernels.h"
#include "Dispatch.h"
#include "Lanes.h"

INLINED double dot(const float *restrict row, const double *restrict vector, size_t width) {
    lanes_f64 sum = {0};
    for (size_t c = 0; c < width; c += 8)
        sum += __builtin_convertvector(*(const half_f32 *)(row + c), lanes_f64)
            * *(const lanes_f64 *)(vector + c);
    double part[8];
    __builtin_memcpy(part, &sum, sizeof part);
    return ((part[0] + part[4]) + (part[2] + part[6])) + ((part[1] + part[5]) + (part[3] + part[7]));
}

DISPATCHED double kernel_dot_f64(
    const float *restrict row, const double *restrict vector, size_t width) {
    return dot(row, vector, width);
}

DISPATCHED void kernel_dot_rows_f64(
    const float *restrict table, size_t width, const int32_t *restrict columns, size_t count,
    const double *restrict vector, double *restrict products) {
    for (size_t k = 0; k < count; k++)
        products[k] = dot(table + (size_t)columns[k] * width, vector, width);
}
