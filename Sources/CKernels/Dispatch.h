// SPDX-License-Identifier: GPL-3.0-or-later
//
// Run-time choice of the instruction set.
//
// DISPATCHED makes a function that the loader resolves once. Clones are resolved before
// ThreadSanitizer has started, which crashes it, so they are off there. TILED is for the few
// functions whose best register tile differs between instruction sets: they are compiled once for
// each with a tile of its own and chosen by a test of two bits at each call.
#pragma once

#if defined(__has_feature)
#if __has_feature(thread_sanitizer)
#define KERNELS_UNDER_THREAD_SANITIZER 1
#endif
#endif

#if defined(__x86_64__) && defined(__linux__) && !defined(KERNELS_UNDER_THREAD_SANITIZER)
#define DISPATCHED \
    __attribute__((target_clones("arch=x86-64-v4", "arch=x86-64-v3", "default")))
#define TARGET_V4 __attribute__((target("arch=x86-64-v4")))
#define TARGET_V3 __attribute__((target("arch=x86-64-v3")))
#define HAS_TARGETS 1
#define HAS_V4 __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512vl")
#define HAS_V3 __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma")
#else
#define DISPATCHED
#define HAS_TARGETS 0
#endif

#define INLINED static inline __attribute__((always_inline))
