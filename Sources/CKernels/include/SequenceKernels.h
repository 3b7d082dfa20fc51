// SPDX-License-Identifier: GPL-3.0-or-later
//
// Noise that is alike in ratings given one after the other: the kernels of the rating head's
// sequence model, in float for training and in double for serving.
//
// One user's ratings in the order of time, scaled by the root of the user's precision, are
// y_k = z_k·v + Σ_c s_ck + e_k with white noise e_k of variance noises[column k] and up to two hidden
// components s_c, each an autoregression of order one with stationary variance variances[c]: from
// one rating to the next it decays by steps[c], or by breaks[c] where `is_break` says so. Filtering y
// and every column of Z by the same Kalman filter gives rows with independent unit noise (Kalman
// 1960; Harvey 1989, §3.4): the exact generalized least squares of the correlated ones.
#pragma once

#include <stddef.h>
#include <stdint.h>

/// The components of a sequence in single precision.
typedef struct {
    /// 0, 1 or 2.
    size_t count;
    float variances[2];
    float steps[2];
    float breaks[2];
    float halves[2];
} kernel_sequence_f32;

/// Whitens ratings and their designs, and adds them to a user's normal equations.
///
/// Entry k has column columns[k] of `table` (rows of `width`), noise noises[column]
/// and target root · targets[k]. Packed row k (`packed`: room for 64 rows) is root · the
/// whitened design. Adds Σ packed packedᵀ to the upper triangle of `matrix`, Σ target · packed to
/// `right_side`, and returns Σ whitened target². `states` is room for 2 · width. `gains` (3 · count)
/// gets for each entry the two components' filter gains and the reciprocal variance of its surprise.
float kernel_sequence_equations_f32(
    const kernel_sequence_f32 *sequence, const float *restrict table, size_t width,
    const int32_t *restrict columns, const float *restrict targets,
    const uint8_t *restrict gaps, size_t count, const float *restrict noises, float root,
    float *restrict packed, float *restrict states, float *restrict matrix,
    float *restrict right_side, float *restrict gains);

/// Whitens a stretch of ratings and their designs by a filter whose gains are known, in double.
///
/// Entry k has column columns[k] of `table` (count × width), decays and gains of two components (2 ·
/// count each) and scale scales[k]. Packed row k is root · scales[k] · the surprise of its design;
/// targets[k] becomes root · scales[k] · its own surprise. Adds Σ target · packed to `right_side`.
/// `states` (2 · width + 2) is zero before the first stretch of a sequence and carries over.
void kernel_whiten_f64(
    const float *restrict table, size_t width, const int32_t *restrict columns, size_t count,
    const double *restrict decays, const double *restrict gains, const double *restrict scales,
    double root, double *restrict targets, double *restrict packed, double *restrict states,
    double *restrict right_side);

/// Draws Σ_c s_c of every entry given its residual y − z·v, by the simulation smoother of Durbin &
/// Koopman (2002).
///
/// `values` (count) holds the residuals, scaled by the root of the user's precision, and gets the
/// draws. `gains` is what the equations left; `normals` (3 · count) are standard normal numbers, or
/// zeros for the mean; `surprises` is room for 3 · count.
void kernel_sequence_draw_f32(
    const kernel_sequence_f32 *sequence, const int32_t *restrict columns,
    const uint8_t *restrict gaps, size_t count, const float *restrict noises,
    const float *restrict gains, const float *restrict normals, float *restrict surprises,
    float *restrict values);

/// targets[k] = (values[k] − mean) · scale − offsets[columns[k]].
void kernel_targets_f32(
    const float *restrict values, const int32_t *restrict columns, size_t count, float mean,
    float scale, const float *restrict offsets, float *restrict targets);

/// residuals[k] = root · (targets[k] − row columns[k] of `table` · vector).
void kernel_residuals_f32(
    const float *restrict table, size_t width, const int32_t *restrict columns, size_t count,
    const float *restrict vector, float root, const float *restrict targets,
    float *restrict residuals);
