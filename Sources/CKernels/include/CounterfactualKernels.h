// SPDX-License-Identifier: GPL-3.0-or-later
//
// The inner loops of counterfactuals; see CKernels.h for what holds of every kernel.
#pragma once

#include <stddef.h>

/// For one rating a, bounds[b] = √Σ over blocks of reach_ab² for first ≤ b < stride: what a and b do
/// only together is no longer.
///
/// `effects` holds five planes of blocks × stride: leverage h, its root, the residual's magnitude e,
/// pull p and reach r. In a block, with c = √h_a √h_b, p_ab = √h_a p_b and d = 1 − h_a − h_b,
/// reach_ab · d = r_a (e_a c²/(1 − h_a) + c e_b + (1 − h_b) p_ab + c p_ba) and the same with a and b
/// exchanged; infinite where d is not positive.
void kernel_together_bounds_f64(
    const double *restrict effects, size_t blocks, size_t stride, size_t a, size_t first,
    double *restrict bounds);

/// product (width) = Σ vector[i] · row i of `matrix` (width × width).
void kernel_sum_scaled_rows_f64(
    const double *restrict matrix, size_t width, const double *restrict vector,
    double *restrict product);
