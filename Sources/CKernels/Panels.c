// SPDX-License-Identifier: GPL-3.0-or-later
#include "CKernels.h"
#include "Dispatch.h"

#pragma clang fp contract(off)

INLINED int32_t low_half(int32_t pair) {
    int16_t halves[2];
    __builtin_memcpy(halves, &pair, sizeof halves);
    return halves[0];
}

INLINED int32_t high_half(int32_t pair) {
    int16_t halves[2];
    __builtin_memcpy(halves, &pair, sizeof halves);
    return halves[1];
}

/// Restores the heap order (smallest first) below `place`.
static void sift_down(float *heap, size_t count, size_t place) {
    const float value = heap[place];
    for (;;) {
        size_t child = 2 * place + 1;
        if (child >= count) break;
        if (child + 1 < count && heap[child + 1] < heap[child]) child++;
        if (!(heap[child] < value)) break;
        heap[place] = heap[child];
        place = child;
    }
    heap[place] = value;
}

/// Takes the panel's slots that `hits` names as candidates, and raises the threshold.
static void take(struct kernel_query *query, const float *scores, size_t panel, unsigned hits) {
    for (; hits; hits &= hits - 1) {
        const int lane = __builtin_ctz(hits);
        const float score = scores[lane];
        if (!(score >= query->threshold)) continue;
        query->slots[query->found] = (int32_t)(16 * panel + (size_t)lane);
        query->scores[query->found++] = score;
        if (query->found < query->wanted) {
            query->heap[query->found - 1] = score;
            continue;
        }
        if (query->found == query->wanted) {
            query->heap[query->found - 1] = score;
            for (size_t place = query->wanted / 2; place-- > 0;)
                sift_down(query->heap, query->wanted, place);
        } else if (score > query->heap[0]) {
            query->heap[0] = score;
            sift_down(query->heap, query->wanted, 0);
        }
        query->threshold = query->heap[0] - query->margin;
    }
}

static void begin(struct kernel_query *queries, size_t count) {
    for (size_t q = 0; q < count; q++) {
        queries[q].found = 0;
        queries[q].threshold = -__builtin_inff();
    }
}

/// Drops the candidates that the final threshold shows to be none.
static void finish(struct kernel_query *queries, size_t count) {
    for (size_t q = 0; q < count; q++) {
        struct kernel_query *query = queries + q;
        size_t kept = 0;
        for (size_t k = 0; k < query->found; k++)
            if (query->scores[k] >= query->threshold) {
                query->slots[kept] = query->slots[k];
                query->scores[kept++] = query->scores[k];
            }
        query->found = kept;
    }
}

/// Whether no query can find anything in this panel or after it.
static int ended(
    const struct kernel_panels *panels, size_t panel, const struct kernel_query *queries,
    size_t count) {
    for (size_t q = 0; q < count; q++)
        if (!(panels->base_bounds[panel] + panels->norm_bounds[panel] * queries[q].norm
              < queries[q].threshold))
            return 0;
    return 1;
}

INLINED unsigned hits_plain(
    const int32_t *sums, float scale, const float *bases, float threshold, float *scores) {
    unsigned hits = 0;
    for (unsigned lane = 0; lane < 16; lane++) {
        scores[lane] = scale * (float)sums[lane] + bases[lane];
        hits |= (unsigned)(scores[lane] >= threshold) << lane;
    }
    return hits;
}

#define NAMED(x) x##_plain
#define TARGET
#define VECTOR int32_t
#define PARTS 16
#define GROUP 1
#define ZERO() 0
#define PAIR(both) both
#define MULTIPLY_ADD(sum, row, part, pair) \
    ((sum) + (row)[2 * (part)] * low_half(pair) + (row)[2 * (part) + 1] * high_half(pair))
#define HITS hits_plain
#include "PanelSelect.h"

#if defined(__x86_64__)
#include <immintrin.h>

__attribute__((target("sse2"))) INLINED unsigned hits_sse2(
    const __m128i *sums, float scale, const float *bases, float threshold, float *scores) {
    unsigned hits = 0;
    for (int part = 0; part < 4; part++) {
        const __m128 product = _mm_mul_ps(_mm_set1_ps(scale), _mm_cvtepi32_ps(sums[part]));
        const __m128 score = _mm_add_ps(product, _mm_loadu_ps(bases + 4 * part));
        _mm_storeu_ps(scores + 4 * part, score);
        hits |= (unsigned)_mm_movemask_ps(_mm_cmpge_ps(score, _mm_set1_ps(threshold)))
            << 4 * part;
    }
    return hits;
}

#define NAMED(x) x##_sse2
#define TARGET __attribute__((target("sse2")))
#define VECTOR __m128i
#define PARTS 4
#define GROUP 2
#define ZERO() _mm_setzero_si128()
#define PAIR(both) _mm_set1_epi32(both)
#define MULTIPLY_ADD(sum, row, part, pair) \
    _mm_add_epi32(sum, _mm_madd_epi16(_mm_loadu_si128((const __m128i *)(row) + (part)), pair))
#define HITS hits_sse2
#include "PanelSelect.h"

__attribute__((target("avx2"))) INLINED unsigned hits_avx2(
    const __m256i *sums, float scale, const float *bases, float threshold, float *scores) {
    unsigned hits = 0;
    for (int part = 0; part < 2; part++) {
        const __m256 product = _mm256_mul_ps(_mm256_set1_ps(scale), _mm256_cvtepi32_ps(sums[part]));
        const __m256 score = _mm256_add_ps(product, _mm256_loadu_ps(bases + 8 * part));
        _mm256_storeu_ps(scores + 8 * part, score);
        const __m256 above = _mm256_cmp_ps(score, _mm256_set1_ps(threshold), _CMP_GE_OQ);
        hits |= (unsigned)_mm256_movemask_ps(above) << 8 * part;
    }
    return hits;
}

#define NAMED(x) x##_avx2
#define TARGET __attribute__((target("avx2")))
#define VECTOR __m256i
#define PARTS 2
#define GROUP 4
#define ZERO() _mm256_setzero_si256()
#define PAIR(both) _mm256_set1_epi32(both)
#define MULTIPLY_ADD(sum, row, part, pair) \
    _mm256_add_epi32( \
        sum, _mm256_madd_epi16(_mm256_loadu_si256((const __m256i *)(row) + (part)), pair))
#define HITS hits_avx2
#include "PanelSelect.h"

__attribute__((target("avx512f,avx512bw"))) INLINED unsigned hits_avx512(
    const __m512i *sums, float scale, const float *bases, float threshold, float *scores) {
    const __m512 product = _mm512_mul_ps(_mm512_set1_ps(scale), _mm512_cvtepi32_ps(sums[0]));
    const __m512 score = _mm512_add_ps(product, _mm512_loadu_ps(bases));
    _mm512_storeu_ps(scores, score);
    return _mm512_cmp_ps_mask(score, _mm512_set1_ps(threshold), _CMP_GE_OQ);
}

#define NAMED(x) x##_avx512
#define TARGET __attribute__((target("avx512f,avx512bw")))
#define VECTOR __m512i
#define PARTS 1
#define GROUP 8
#define ZERO() _mm512_setzero_si512()
#define PAIR(both) _mm512_set1_epi32(both)
#define MULTIPLY_ADD(sum, row, part, pair) \
    _mm512_add_epi32( \
        sum, _mm512_madd_epi16(_mm512_loadu_si512((const __m512i *)(row) + (part)), pair))
#define HITS hits_avx512
#include "PanelSelect.h"
#endif

enum kernel_instructions kernel_best_instructions(void) {
#if defined(__x86_64__)
    if (__builtin_cpu_supports("avx512bw")) return kernel_avx512;
    if (__builtin_cpu_supports("avx2")) return kernel_avx2;
    return kernel_sse2;
#else
    return kernel_plain;
#endif
}

void kernel_select(
    const struct kernel_panels *panels, struct kernel_query *queries, size_t query_count,
    enum kernel_instructions instructions) {
    begin(queries, query_count);
    switch (instructions) {
#if defined(__x86_64__)
    case kernel_sse2: select_sse2(panels, queries, query_count); break;
    case kernel_avx2: select_avx2(panels, queries, query_count); break;
    case kernel_avx512: select_avx512(panels, queries, query_count); break;
#endif
    default: select_plain(panels, queries, query_count); break;
    }
    finish(queries, query_count);
}
