// SPDX-License-Identifier: GPL-3.0-or-later
//
// What the processor can do at most, measured: the bounds that kernels are compared with.
#pragma once

#include <stddef.h>
#include <stdint.h>

/// Fused multiply-adds of floats, as many at once as the processor can: in chains that do not wait
/// for each other, without reading memory. Returns how many were done; `sum` keeps them from being
/// optimised away.
double peak_multiply_adds(size_t rounds, float factor, float *sum);

/// The sum of `count` numbers: a plain read of memory in its order.
uint64_t peak_read(const uint64_t *numbers, size_t count);
