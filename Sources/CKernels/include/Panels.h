// SPDX-License-Identifier: GPL-3.0-or-later
//
// Top-K selection over a catalogue in panels of 16 items.
//
// Items stand in slots, 16 to a panel. A panel holds its items' design vectors as 16-bit integers, two
// columns of all 16 items after the other: element 32·p + 2·lane + c of a panel is column 2p + c of
// the item in that lane, so that one multiply-and-add of pairs serves all 16. Sums are exact in 32 bits
// as long as the Euclidean norms of an item's and of a query's integers are at most 2¹⁵ each: no
// partial sum exceeds their product (Cauchy–Schwarz). So every instruction set returns the same bits.
#pragma once

#include <stddef.h>
#include <stdint.h>

/// What the selection knows of a catalogue.
struct kernel_panels {
    /// panel_count × pair_count × 32 integers; alignment to 64 bytes makes it faster.
    const int16_t *rows;
    /// Per slot: what is added to the product.
    const float *bases;
    /// Per panel: no item in it or after it has a larger base.
    const float *base_bounds;
    /// Per panel: no item in it or after it has a longer design vector.
    const float *norm_bounds;
    size_t panel_count;
    /// Half the number of columns, rounded up, at least 1.
    size_t pair_count;
};

/// One user's selection: what is looked for, room for what is found, and the running state.
struct kernel_query {
    /// The user's vector, 2 · pair_count integers.
    const int16_t *vector;
    /// Per panel, a bit for each slot that must not be found; bits of empty slots are set.
    const uint16_t *excluded;
    /// What one unit of the integer product is worth.
    float scale;
    /// The norm of the user's vector in the units of `norm_bounds`.
    float norm;
    /// How far below the k-th score so far a slot may score and still be a candidate, ≥ 0.
    float margin;
    /// k ≥ 1; the query has at least so many slots that are not excluded.
    size_t wanted;
    /// Room for k floats.
    float *heap;
    /// Room for the candidates: slots and their scores, as many as there are slots.
    int32_t *slots;
    float *scores;
    /// Set by the selection: the number of candidates.
    size_t found;
    /// Set by the selection: the k-th largest score less the margin.
    float threshold;
};

/// The instruction sets that the selection is written for.
enum kernel_instructions {
    kernel_plain = 0,
    kernel_sse2 = 1,
    kernel_avx2 = 2,
    kernel_avx512 = 3,
};

/// The best instruction set of this processor.
enum kernel_instructions kernel_best_instructions(void);

/// For each query, finds the slots that score at least k-th − margin and leaves them in slot order,
/// where a slot's score is scale · (integers of its row · vector) + base, in float, and k-th the
/// k-th largest score of all slots that are not excluded.
///
/// Scores must be finite. Panels whose bounds show that they hold no candidate, base_bound +
/// norm_bound · norm < threshold, are not read once all queries agree on that.
/// O(panels · pairs · queries).
void kernel_select(
    const struct kernel_panels *panels, struct kernel_query *queries, size_t query_count,
    enum kernel_instructions instructions);
