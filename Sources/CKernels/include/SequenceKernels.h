// SPDX-License-Identifier: GPL-3.0-or-later
//
// Noise that is alike in ratings given one after the other: the kernel of the rating head's
// sequence model.
//
// One user's ratings in the order of time, scaled by the root of the user's precision, are
// y_k = z_k·v + Σ_c s_ck + e_k with white noise e_k and up to two hidden components s_c, each an
// autoregression of order one. Filtering y and every column of Z by the same Kalman filter gives rows
// with independent unit noise (Kalman 1960; Harvey 1989, §3.4): the exact generalized least squares
// of the correlated ones.
#pragma once

#include <stddef.h>
#include <stdint.h>

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
