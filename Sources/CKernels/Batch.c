// SPDX-License-Identifier: GPL-3.0-or-later
#include "Dispatch.h"
#include "Lanes.h"
#include "SamplerKernels.h"

#define SCALAR float
#define LANES lanes_f32
#define COUNT 16
#define NAMED(x) x##_f32
#define PIVOT_FLOOR 0x1p-22f
#define SMALLEST 0x1p-100f
#include "Batch.h"

/// Exchanges the off-diagonal blocks of HALF × HALF elements in a block of COUNT vectors of TYPE.
#define EXCHANGE(TYPE, COUNT, HALF, FIRST, SECOND) \
    _Pragma("clang loop unroll(full)") for (size_t i = 0; i < COUNT; i++) { \
        if (i & HALF) continue; \
        const TYPE upper = block[i], lower = block[i + HALF]; \
        block[i] = __builtin_shufflevector(upper, lower, UNPACKED FIRST); \
        block[i + HALF] = __builtin_shufflevector(upper, lower, UNPACKED SECOND); \
    }
#define UNPACKED(...) __VA_ARGS__

/// Exchanges rows and columns of a block of 16 × 16: blocks of 8 × 8 in it, then of 4, 2 and 1.
INLINED void transpose_f32(lanes_f32 *block) {
    EXCHANGE(
        lanes_f32, 16, 8, (0, 1, 2, 3, 4, 5, 6, 7, 16, 17, 18, 19, 20, 21, 22, 23),
        (8, 9, 10, 11, 12, 13, 14, 15, 24, 25, 26, 27, 28, 29, 30, 31))
    EXCHANGE(
        lanes_f32, 16, 4, (0, 1, 2, 3, 16, 17, 18, 19, 8, 9, 10, 11, 24, 25, 26, 27),
        (4, 5, 6, 7, 20, 21, 22, 23, 12, 13, 14, 15, 28, 29, 30, 31))
    EXCHANGE(
        lanes_f32, 16, 2, (0, 1, 16, 17, 4, 5, 20, 21, 8, 9, 24, 25, 12, 13, 28, 29),
        (2, 3, 18, 19, 6, 7, 22, 23, 10, 11, 26, 27, 14, 15, 30, 31))
    EXCHANGE(
        lanes_f32, 16, 1, (0, 16, 2, 18, 4, 20, 6, 22, 8, 24, 10, 26, 12, 28, 14, 30),
        (1, 17, 3, 19, 5, 21, 7, 23, 9, 25, 11, 27, 13, 29, 15, 31))
}

DISPATCHED void kernel_batch_load_f32(
    const float *restrict sums, const float *restrict right_sides, const float *restrict weights,
    const float *restrict precision, size_t width, float *restrict matrices,
    float *restrict vectors) {
    const lanes_f32 weight = *(const lanes_f32 *)weights;
    lanes_f32 block[16];
    for (size_t i = 0; i < width; i++) {
        lanes_f32 *row = (lanes_f32 *)matrices + row_start_f32(width, i) - i;
        for (size_t first = i / 16 * 16; first < width; first += 16) {
            for (size_t s = 0; s < 16; s++)
                block[s] = *(const lanes_f32 *)(sums + (s * width + i) * width + first);
            transpose_f32(block);
            for (size_t c = first < i ? i - first : 0; c < 16; c++)
                row[first + c] = precision[i * width + first + c] + weight * block[c];
        }
    }
    for (size_t first = 0; first < width; first += 16) {
        for (size_t s = 0; s < 16; s++)
            block[s] = *(const lanes_f32 *)(right_sides + s * width + first);
        transpose_f32(block);
        for (size_t c = 0; c < 16; c++)
            ((lanes_f32 *)vectors)[first + c] = weight * block[c];
    }
}

DISPATCHED void kernel_batch_join_f32(
    const float *restrict rows, size_t width, float *restrict vectors) {
    for (size_t first = 0; first < width; first += 16) {
        lanes_f32 block[16];
        for (size_t s = 0; s < 16; s++) block[s] = *(const lanes_f32 *)(rows + s * width + first);
        transpose_f32(block);
        for (size_t c = 0; c < 16; c++) ((lanes_f32 *)vectors)[first + c] = block[c];
    }
}

DISPATCHED void kernel_batch_part_f32(
    const float *restrict vectors, size_t width, float *restrict rows) {
    for (size_t first = 0; first < width; first += 16) {
        lanes_f32 block[16];
        for (size_t c = 0; c < 16; c++) block[c] = ((const lanes_f32 *)vectors)[first + c];
        transpose_f32(block);
        for (size_t s = 0; s < 16; s++) *(lanes_f32 *)(rows + s * width + first) = block[s];
    }
}

/// products = matrix · vectors for one symmetric matrix, and form = vectorsᵀ · products, lane by lane.
INLINED void quadratic_form(
    const float *matrix, const lanes_f32 *vectors, size_t width, lanes_f32 *products,
    lanes_f32 *form) {
    lanes_f32 total = {0};
    for (size_t i = 0; i < width; i += 4) {
        lanes_f32 sum[4] = {0};
        for (size_t j = 0; j < width; j++)
            for (size_t a = 0; a < 4; a++) sum[a] += matrix[j * width + i + a] * vectors[j];
        for (size_t a = 0; a < 4; a++) {
            products[i + a] = sum[a];
            total += sum[a] * vectors[i + a];
        }
    }
    *form = total;
}

DISPATCHED void kernel_batch_draw_f32(
    float *restrict matrices, const float *restrict precision, const float *restrict means,
    const float *restrict noise, size_t width, float *restrict vectors,
    float *restrict expected, float *restrict residuals, float *restrict scratch) {
    lanes_f32 *vector = (lanes_f32 *)vectors;
    lanes_f32 *products = (lanes_f32 *)scratch;
    lanes_f32 *deviation = products + width;
    float *inverses = scratch + 2 * width * batch_lanes_f32;
    const lanes_f32 *mean = (const lanes_f32 *)means;
    const lanes_f32 *normal = (const lanes_f32 *)noise;
    lanes_f32 prior_form, drawn_form;
    quadratic_form(precision, mean, width, products, &prior_form);
    for (size_t i = 0; i < width; i++) vector[i] += products[i];
    kernel_batch_factor_f32(matrices, width, inverses);
    kernel_batch_forward_f32(matrices, inverses, width, vectors);
    // With y = U⁻ᵀ(b + Λp) and v = U⁻¹(y + ξ):
    // Σ(t − z·v)² = Σt² + |ξ|² − |y|² + pᵀΛp − (v − p)ᵀΛ(v − p).
    if (expected) {
        for (size_t i = 0; i < width; i++) ((lanes_f32 *)expected)[i] = vector[i];
        kernel_batch_backward_f32(matrices, inverses, width, expected);
    }
    lanes_f32 rest = {0};
    for (size_t i = 0; i < width; i++) {
        rest += normal[i] * normal[i];
        rest -= vector[i] * vector[i];
        vector[i] += normal[i];
    }
    kernel_batch_backward_f32(matrices, inverses, width, vectors);
    for (size_t i = 0; i < width; i++) deviation[i] = vector[i] - mean[i];
    quadratic_form(precision, deviation, width, products, &drawn_form);
    lanes_f32 residual = *(lanes_f32 *)residuals + rest + (prior_form - drawn_form);
    for (size_t lane = 0; lane < batch_lanes_f32; lane++)
        residuals[lane] = residual[lane] > 0 ? residual[lane] : 0;
}

#undef SCALAR
#undef LANES
#undef COUNT
#undef NAMED
#undef PIVOT_FLOOR
#undef SMALLEST

#define SCALAR double
#define LANES lanes_f64
#define COUNT 8
#define NAMED(x) x##_f64
#define PIVOT_FLOOR 0x1p-50
#define SMALLEST 0x1p-900
#include "Batch.h"

/// Exchanges rows and columns of a block of 8 × 8: blocks of 4 × 4 in it, then of 2 and 1.
INLINED void transpose_f64(lanes_f64 *block) {
    EXCHANGE(lanes_f64, 8, 4, (0, 1, 2, 3, 8, 9, 10, 11), (4, 5, 6, 7, 12, 13, 14, 15))
    EXCHANGE(lanes_f64, 8, 2, (0, 1, 8, 9, 4, 5, 12, 13), (2, 3, 10, 11, 6, 7, 14, 15))
    EXCHANGE(lanes_f64, 8, 1, (0, 8, 2, 10, 4, 12, 6, 14), (1, 9, 3, 11, 5, 13, 7, 15))
}

DISPATCHED void kernel_batch_gather_f64(
    const double *restrict systems, size_t width, double *restrict matrices) {
    lanes_f64 block[8];
    for (size_t i = 0; i < width; i++) {
        lanes_f64 *row = (lanes_f64 *)matrices + row_start_f64(width, i) - i;
        for (size_t first = i / 8 * 8; first < width; first += 8) {
            for (size_t s = 0; s < 8; s++)
                block[s] = *(const lanes_f64 *)(systems + (s * width + i) * width + first);
            transpose_f64(block);
            for (size_t c = first < i ? i - first : 0; c < 8; c++) row[first + c] = block[c];
        }
    }
}
