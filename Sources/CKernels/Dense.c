// SPDX-License-Identifier: GPL-3.0-or-later
#include "CKernels.h"
#include "Dispatch.h"
#include "Lanes.h"

#define SCALAR float
#define LANES lanes_f32
#define FLOATS lanes_f32
#define COUNT 16
#define NAMED(x) x##_f32
#define PIVOT_FLOOR 0x1p-22f
#define SMALLEST 0x1p-100f
#include "Dense.h"

#define SCALAR double
#define LANES lanes_f64
#define FLOATS half_f32
#define COUNT 8
#define NAMED(x) x##_f64
#define PIVOT_FLOOR 0x1p-50
#define SMALLEST 0x1p-900
#include "Dense.h"
