// SPDX-License-Identifier: GPL-3.0-or-later
//
// 64-byte vectors for both precisions, and halves of them. The compiler maps them to whatever registers a clone has; the
// order of operations stays the one written, and a product that is added to something is fused with
// the addition wherever the processor can.
#pragma once

#pragma clang fp contract(fast)

typedef float lanes_f32 __attribute__((vector_size(64), aligned(4)));
typedef double lanes_f64 __attribute__((vector_size(64), aligned(8)));
typedef float half_f32 __attribute__((vector_size(32), aligned(4)));
typedef double half_f64 __attribute__((vector_size(32), aligned(8)));
