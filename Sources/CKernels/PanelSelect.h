// SPDX-License-Identifier: GPL-3.0-or-later
//
// The selection over panels, included once for each instruction set with
//   NAMED(x)  the name x with the set's suffix
//   TARGET    the attribute that switches the set on
//   VECTOR    a register of 32-bit sums, PARTS of which hold a panel's 16
//   GROUP     how many queries share one pass over a panel
//   ZERO()    a VECTOR of zeros
//   PAIR(b)   two neighbouring integers of a query's vector, in every lane
//   MULTIPLY_ADD(sum, row, part, pair)  sum + the pair products of the part's lanes of `row`
//   HITS(sums, scale, bases, threshold, scores)  writes the 16 scores, a bit for each ≥ threshold

/// Scores one panel for `count` queries, a constant where it is called, and takes what it finds.
TARGET INLINED void NAMED(panel)(
    const struct kernel_panels *panels, size_t panel, struct kernel_query *queries,
    const size_t count) {
    VECTOR sums[GROUP][PARTS];
#pragma clang loop unroll(full)
    for (size_t q = 0; q < count; q++)
#pragma clang loop unroll(full)
        for (size_t part = 0; part < PARTS; part++) sums[q][part] = ZERO();
    const int16_t *row = panels->rows + panel * panels->pair_count * 32;
    for (size_t p = 0; p < panels->pair_count; p++, row += 32)
#pragma clang loop unroll(full)
        for (size_t q = 0; q < count; q++) {
            int32_t both;
            __builtin_memcpy(&both, queries[q].vector + 2 * p, sizeof both);
            const VECTOR pair = PAIR(both);
#pragma clang loop unroll(full)
            for (size_t part = 0; part < PARTS; part++)
                sums[q][part] = MULTIPLY_ADD(sums[q][part], row, part, pair);
        }
#pragma clang loop unroll(full)
    for (size_t q = 0; q < count; q++) {
        float scores[16];
        unsigned hits = HITS(
            sums[q], queries[q].scale, panels->bases + 16 * panel, queries[q].threshold, scores);
        hits &= ~(unsigned)queries[q].excluded[panel];
        if (hits) take(queries + q, scores, panel, hits);
    }
}

TARGET static void NAMED(select)(
    const struct kernel_panels *panels, struct kernel_query *queries, size_t count) {
    for (size_t panel = 0; panel < panels->panel_count; panel++) {
        if (ended(panels, panel, queries, count)) return;
        size_t q = 0;
        for (; q + GROUP <= count; q += GROUP) NAMED(panel)(panels, panel, queries + q, GROUP);
        for (; q < count; q++) NAMED(panel)(panels, panel, queries + q, 1);
    }
}

#undef NAMED
#undef TARGET
#undef VECTOR
#undef PARTS
#undef GROUP
#undef ZERO
#undef PAIR
#undef MULTIPLY_ADD
#undef HITS
