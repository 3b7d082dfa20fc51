// SPDX-License-Identifier: GPL-3.0-or-later
//
// Run-time choice of the instruction set. Clones are resolved before ThreadSanitizer has started,
// which crashes it, so they are off there.
#pragma once

#if defined(__has_feature)
#if __has_feature(thread_sanitizer)
#define KERNELS_UNDER_THREAD_SANITIZER 1
#endif
#endif

#if defined(__x86_64__) && defined(__linux__) && !defined(KERNELS_UNDER_THREAD_SANITIZER)
#define DISPATCHED \
    __attribute__((target_clones("arch=x86-64-v4", "arch=x86-64-v3", "default")))
#else
#define DISPATCHED
#endif

#define INLINED static inline __attribute__((always_inline))
