// SPDX-License-Identifier: GPL-3.0-or-later
#include "CPeak.h"

#pragma clang fp contract(fast)

// Two units of four cycles need eight chains; twelve still fit the registers of every width.
enum { CHAINS = 12 };

#define DEFINE_CHAINS(NAME, BYTES, ATTRIBUTE)                                        \
    typedef float NAME##_lanes __attribute__((vector_size(BYTES)));                  \
    ATTRIBUTE static double NAME(size_t rounds, float factor, float *sum) {          \
        const NAME##_lanes factors = factor - (NAME##_lanes){0};                     \
        NAME##_lanes chains[CHAINS];                                                 \
        for (int c = 0; c < CHAINS; c++) chains[c] = factors + (float)c;             \
        for (size_t round = 0; round < rounds; round++) {                            \
            _Pragma("clang loop unroll(full)")                                       \
            for (int c = 0; c < CHAINS; c++)                                         \
                chains[c] = chains[c] * factors + factors;                           \
        }                                                                            \
        float total = 0;                                                             \
        for (int c = 0; c < CHAINS; c++)                                             \
            for (size_t lane = 0; lane < BYTES / sizeof(float); lane++)              \
                total += chains[c][lane];                                            \
        *sum = total;                                                                \
        return (double)rounds * CHAINS * (BYTES / sizeof(float));                    \
    }

#if defined(__x86_64__)
DEFINE_CHAINS(widest, 64, __attribute__((target("arch=x86-64-v4"))))
DEFINE_CHAINS(wide, 32, __attribute__((target("arch=x86-64-v3"))))
#endif
DEFINE_CHAINS(plain, 16, )

double peak_multiply_adds(size_t rounds, float factor, float *sum) {
#if defined(__x86_64__)
    if (__builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512vl"))
        return widest(rounds, factor, sum);
    if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma"))
        return wide(rounds, factor, sum);
#endif
    return plain(rounds, factor, sum);
}

typedef uint64_t words __attribute__((vector_size(64), aligned(8)));

uint64_t peak_read(const uint64_t *numbers, size_t count) {
    // Four vectors at a time: memory, not the addition, is what limits the loop.
    words sums[4] = {{0}};
    size_t place = 0;
    for (; place + 32 <= count; place += 32)
        for (size_t k = 0; k < 4; k++) sums[k] += *(const words *)(numbers + place + 8 * k);
    uint64_t sum = 0;
    for (; place < count; place++) sum += numbers[place];
    const words all = sums[0] + sums[1] + sums[2] + sums[3];
    for (size_t lane = 0; lane < 8; lane++) sum += all[lane];
    return sum;
}
