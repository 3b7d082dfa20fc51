// SPDX-License-Identifier: GPL-3.0-or-later
#include "Dispatch.h"
#include "Lanes.h"
#include "SamplerKernels.h"

typedef int32_t lanes_i32 __attribute__((vector_size(64), aligned(4)));
typedef uint32_t lanes_u32 __attribute__((vector_size(64), aligned(4)));

INLINED uint64_t mixed(uint64_t z) {
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
    return z ^ (z >> 31);
}

/// −2 ln x for x in 2⁻²⁵ … 1, to about 2⁻²² of its size.
///
/// x = m · 2^e with m in √½ … √2; ln m by the odd series of 2·artanh(s), s = (m − 1)/(m + 1),
/// |s| ≤ 0.172: the first term left out is below 2⁻²⁶.
INLINED void minus_twice_logarithm(lanes_f32 *number) {
    // Which of two products the last sum fuses would be the compiler's choice.
#pragma clang fp contract(off)
    const lanes_f32 x = *number;
    // Adding 1 − √½ in units of the last place makes the exponent step at √½ instead of 1.
    const lanes_i32 bits = (lanes_i32)x - 0x3F3504F3;
    const lanes_i32 exponent = bits >> 23;
    const lanes_f32 mantissa = (lanes_f32)((bits & 0x007FFFFF) + 0x3F3504F3);
    const lanes_f32 s = (mantissa - 1) / (mantissa + 1);
    const lanes_f32 square = s * s;
    lanes_f32 sum = (lanes_f32){0} + 1.0f / 9;
    sum = sum * square + 1.0f / 7;
    sum = sum * square + 1.0f / 5;
    sum = sum * square + 1.0f / 3;
    sum = sum * square + 1.0f;
    *number = __builtin_convertvector(exponent, lanes_f32) * -1.38629436f - 4 * (s * sum);
}

DISPATCHED void kernel_normals_f32(uint64_t key, size_t count, float *restrict numbers) {
    for (size_t first = 0; first < count; first += 32) {
        uint32_t high[16], low[16];
        for (size_t lane = 0; lane < 16; lane++) {
            const uint64_t counter = (uint64_t)(first / 2 + lane) + 1;
            const uint64_t bits = mixed(key + counter * 0x9E3779B97F4A7C15u);
            high[lane] = (uint32_t)(bits >> 32);
            low[lane] = (uint32_t)bits;
        }
        lanes_u32 radii, angles;
        __builtin_memcpy(&radii, high, sizeof radii);
        __builtin_memcpy(&angles, low, sizeof angles);
        lanes_f32 radius =
            (__builtin_convertvector((lanes_i32)(radii >> 8), lanes_f32) + 0.5f) * 0x1p-24f;
        minus_twice_logarithm(&radius);
        for (size_t lane = 0; lane < 16; lane++)
            radius[lane] = radius[lane] > 0 ? radius[lane] : 0;
        radius = __builtin_elementwise_sqrt(radius);
        // The top two bits choose a quarter of the circle, 22 more an angle −π/4 … π/4 within it.
        const lanes_u32 quarter = angles >> 30;
        const lanes_f32 turn =
            (__builtin_convertvector((lanes_i32)((angles >> 8) & 0x3FFFFF), lanes_f32) + 0.5f)
                * 0x1p-22f
            - 0.5f;
        const lanes_f32 angle = turn * 1.57079633f;
        const lanes_f32 square = angle * angle;
        // Taylor series: the first terms left out are below 2⁻²⁵ at π/4.
        lanes_f32 sine = (lanes_f32){0} + 2.75573192e-6f;
        sine = sine * square - 1.98412698e-4f;
        sine = sine * square + 8.33333333e-3f;
        sine = sine * square - 1.66666667e-1f;
        sine = sine * square * angle + angle;
        lanes_f32 cosine = (lanes_f32){0} + 2.48015873e-5f;
        cosine = cosine * square - 1.38888889e-3f;
        cosine = cosine * square + 4.16666667e-2f;
        cosine = cosine * square - 0.5f;
        cosine = cosine * square + 1;
        const lanes_i32 odd = (lanes_i32)(quarter & 1) != 0;
        const lanes_i32 minus = (lanes_i32)(quarter & 2) != 0;
        const lanes_i32 sign = minus & (int32_t)0x80000000;
        // Quarter turns: (c, s), (−s, c), (−c, −s), (s, −c).
        const lanes_i32 x = (odd & ((lanes_i32)sine ^ (int32_t)0x80000000))
            | (~odd & (lanes_i32)cosine);
        const lanes_i32 y = (odd & (lanes_i32)cosine) | (~odd & (lanes_i32)sine);
        *(lanes_f32 *)(numbers + first) = radius * (lanes_f32)(x ^ sign);
        *(lanes_f32 *)(numbers + first + 16) = radius * (lanes_f32)(y ^ sign);
    }
}
