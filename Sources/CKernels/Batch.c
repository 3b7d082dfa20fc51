// SPDX-License-Identifier: GPL-3.0-or-later
#include "Dispatch.h"
#include "Lanes.h"
#include "SamplerKernels.h"

#define SCALAR float
#define LANES lanes_f32
#define COUNT 16
#define NAMED(x) x##_f32
#define SMALLEST 0x1p-100f
#include "Batch.h"

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
#undef SMALLEST

#define SCALAR double
#define LANES lanes_f64
#define COUNT 8
#define NAMED(x) x##_f64
#define SMALLEST 0x1p-900
#include "Batch.h"
