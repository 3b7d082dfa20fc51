// SPDX-License-Identifier: GPL-3.0-or-later
//
// The dense inner loops of training, fold-in and top-K: the only C that computes.
//
// Every function is pure arithmetic on the caller's buffers: it allocates nothing, keeps no state and
// knows nothing of ratings. Shapes are row-major. `width` is always a positive multiple of 16, and a
// row is `width` numbers long. Buffers of one call never overlap. Alignment to 64 bytes makes them
// faster; none needs it.
//
// Bits: operations happen in an order that the source fixes, and a product that is added to something
// is fused with the addition. The best instruction set is chosen at run time and yet every processor
// that can fuse (x86-64 since 2013, arm64) returns the same bits; one that cannot rounds twice.
#pragma once

#include <stddef.h>
#include <stdint.h>

#include "CounterfactualKernels.h"
#include "Panels.h"
#include "SamplerKernels.h"
#include "SequenceKernels.h"

/// Copies rows `columns[0..<count]` of `table` (width floats each), each times its scale, to
/// `packed` (count × width) and adds Σ targets[k] · packed[k] to `right_side` (width).
void kernel_pack_f32(
    const float *restrict table, size_t width, const int32_t *restrict columns,
    const float *restrict scales, const float *restrict targets, size_t count,
    float *restrict packed, float *restrict right_side);

/// The same with the table's floats widened to double first.
void kernel_pack_f64(
    const float *restrict table, size_t width, const int32_t *restrict columns,
    const double *restrict scales, const double *restrict targets, size_t count,
    double *restrict packed, double *restrict right_side);

/// Adds packedᵀ·packed (packed: count × width) to the upper triangle of `matrix` (width × width).
///
/// What stands below the diagonal is left or overwritten with finite numbers.
void kernel_add_gram_f32(
    const float *restrict packed, size_t count, size_t width, float *restrict matrix);

/// The same, asking meanwhile for the rows of `table` (width floats each) that the first `count` of
/// `following` columns name: to the second-level cache, a line now and then, because many at once would
/// be waited for.
void kernel_add_gram_asking_f32(
    const float *restrict packed, size_t count, size_t width, float *restrict matrix,
    const float *restrict table, const int32_t *restrict columns, size_t following);

/// The same as kernel_add_gram_f32 in double.
void kernel_add_gram_f64(
    const double *restrict packed, size_t count, size_t width, double *restrict matrix);

/// Replaces a symmetric positive definite `matrix` (width × width, upper triangle read) by the upper
/// factor U of UᵀU = matrix, zeros below the diagonal.
///
/// A pivot that rounding left at or below 2⁻⁵⁰ of the largest diagonal element is raised to that, so
/// that solving stays finite; returns how many pivots were raised (0: none).
size_t kernel_factor_f64(double *restrict matrix, size_t width);

/// Replaces `vector` b (width) by the solution x of UᵀU x = b for a factor of `kernel_factor_f64`.
void kernel_solve_f64(const double *restrict factor, size_t width, double *restrict vector);

/// The dot product of `width` floats with `width` doubles, in double.
double kernel_dot_f64(const float *restrict row, const double *restrict vector, size_t width);

/// products[k] = `kernel_dot_f64` of row columns[k] of `table` (width floats each).
void kernel_dot_rows_f64(
    const float *restrict table, size_t width, const int32_t *restrict columns, size_t count,
    const double *restrict vector, double *restrict products);
