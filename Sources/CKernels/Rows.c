// SPDX-License-Identifier: GPL-3.0-or-later
#include "CKernels.h"
#include "Dispatch.h"
#include "Lanes.h"
#include "SamplerKernels.h"

/// What targets are made of; see kernel_row_sums_f32. Through the entries themselves sums of 16 columns
/// took 7% longer.
typedef struct {
    const float *offsets;
    const uint8_t *codes;
    const float *values;
    /// Columns from this one on are not there to be asked for ahead.
    size_t end;
    /// How long before its turn a column's row is asked for from memory.
    size_t distance;
    bool asks_for_offsets;
} target_source;

/// How much before its turn a row is asked for: 8 KB of rows come from memory to the second-level
/// cache meanwhile, more than it answers with; 8 rows from there to the first.
///
/// Rows asked for from memory to the first-level cache at once came a third to a half later, as that
/// waits for few lines at a time.
enum { floats_ahead = 2048, rows_ahead = 8 };

/// Whether a tile sums Σ t z for its columns, from targets that are there, or that it makes as it asks
/// for later rows, and then whether it asks for offsets.
enum { without_right, with_right, with_targets, with_asked_offsets };

/// Sums z zᵀ over chosen rows of a table in a tile of ROWS rows × VECTORS vectors of the matrix, which
/// stays in registers meanwhile; rows from HALVED on begin in the middle of the first vector.
///
/// Targets are made by the first tile because they take loads, which the sums leave room for.
INLINED void sum_tile(
    const size_t rows, const size_t vectors, const size_t halved, const int has_right,
    const float *table, size_t width, const int32_t *columns, const target_source *source,
    float *targets, size_t count, size_t row, size_t column, float *matrix, float *right_side) {
    lanes_f32 tile[16][3], sums[3];
    half_f32 halves[16];
    matrix += row * width + column;
#pragma clang loop unroll(full)
    for (size_t r = 0; r < rows; r++) {
        if (r >= halved) halves[r] = *(const half_f32 *)(matrix + r * width + 8);
#pragma clang loop unroll(full)
        for (size_t v = r >= halved; v < vectors; v++)
            tile[r][v] = *(const lanes_f32 *)(matrix + r * width + 16 * v);
    }
#pragma clang loop unroll(full)
    for (size_t v = 0; v < vectors; v++)
        sums[v] = *(const lanes_f32 *)(right_side + column + 16 * v);
    for (size_t k = 0; k < count; k++) {
        const size_t other = (uint32_t)columns[k];
        const float *design = table + other * width;
        if (has_right >= with_targets && k + source->distance < source->end) {
            const float *later = table + (size_t)(uint32_t)columns[k + source->distance] * width;
            const size_t next = (uint32_t)columns[k + rows_ahead];
            const float *soon = table + next * width;
            if (has_right == with_asked_offsets) __builtin_prefetch(source->offsets + next);
            for (size_t c = 0; c < width; c += 16) {
                __builtin_prefetch(later + c, 0, 2);
                __builtin_prefetch(soon + c, 0, 3);
            }
        }
        if (has_right >= with_targets) {
            const float value = source->values[source->codes ? source->codes[k] : k];
            targets[k] = design[0] * (value - source->offsets[other]);
        }
        lanes_f32 right[3];
#pragma clang loop unroll(full)
        for (size_t v = 0; v < vectors; v++)
            right[v] = *(const lanes_f32 *)(design + column + 16 * v);
        // Not loaded: sums of 16 columns took a quarter longer.
        const half_f32 half =
            __builtin_shufflevector(right[0], right[0], 8, 9, 10, 11, 12, 13, 14, 15);
#pragma clang loop unroll(full)
        for (size_t r = 0; r < rows; r++) {
            if (r >= halved) halves[r] += design[row + r] * half;
#pragma clang loop unroll(full)
            for (size_t v = r >= halved; v < vectors; v++)
                tile[r][v] += design[row + r] * right[v];
        }
        if (has_right)
#pragma clang loop unroll(full)
            for (size_t v = 0; v < vectors; v++) sums[v] += targets[k] * right[v];
    }
#pragma clang loop unroll(full)
    for (size_t r = 0; r < rows; r++) {
        if (r >= halved) *(half_f32 *)(matrix + r * width + 8) = halves[r];
#pragma clang loop unroll(full)
        for (size_t v = r >= halved; v < vectors; v++)
            *(lanes_f32 *)(matrix + r * width + 16 * v) = tile[r][v];
    }
    if (has_right)
#pragma clang loop unroll(full)
        for (size_t v = 0; v < vectors; v++)
            *(lanes_f32 *)(right_side + column + 16 * v) = sums[v];
}

#define SUM_TILE(ROWS, VECTORS, HALVED, HAS_RIGHT, FIRST) \
    sum_tile( \
        ROWS, VECTORS, HALVED, HAS_RIGHT, table, width, columns, source, targets, count, FIRST, \
        column, matrix, right_side)

/// The tile of the matrix's first rows.
#define SUM_FIRST(ROWS, VECTORS, HALVED) \
    do { \
        if (column == 0 && source->asks_for_offsets) \
            SUM_TILE(ROWS, VECTORS, HALVED, with_asked_offsets, 0); \
        else if (column == 0) SUM_TILE(ROWS, VECTORS, HALVED, with_targets, 0); \
        else SUM_TILE(ROWS, VECTORS, HALVED, with_right, 0); \
    } while (0)

/// Tiles of 8 rows: the upper one of a block of 16 rows with the right side where these are the first,
/// the lower one without what is left of the diagonal.
#define SUM_PAIR(VECTORS) \
    do { \
        if (row == 0) SUM_FIRST(8, VECTORS, 8); \
        else SUM_TILE(8, VECTORS, 8, without_right, row); \
        if (row == column) SUM_TILE(8, VECTORS, 0, without_right, row + 8); \
        else SUM_TILE(8, VECTORS, 8, without_right, row + 8); \
    } while (0)

/// Tiles as in Dense.h, the first of each column with the right side.
#define SUM_ROWS_WIDE(NAME) \
    static void NAME( \
        const float *table, size_t width, const int32_t *columns, const target_source *source, \
        float *targets, size_t count, float *matrix, float *right_side) { \
        for (size_t row = 0; row < width; row += 16) \
            for (size_t column = row, vectors; column < width; column += 16 * vectors) { \
                const size_t left = (width - column) / 16; \
                vectors = left == 1 || left == 3 ? left : 2; \
                if (vectors == 2) SUM_PAIR(2); \
                else if (vectors == 3) SUM_PAIR(3); \
                else if (row == 0 && column == 0) SUM_FIRST(16, 1, 8); \
                else if (row == 0) SUM_FIRST(16, 1, 16); \
                else if (row == column) SUM_TILE(16, 1, 8, without_right, row); \
                else SUM_TILE(16, 1, 16, without_right, row); \
            } \
    }

/// The same for 16 registers, in tiles of 4 rows, below the middle of the diagonal of HALVED rows.
#define SUM_ROWS_NARROW(NAME, HALVED) \
    static void NAME( \
        const float *table, size_t width, const int32_t *columns, const target_source *source, \
        float *targets, size_t count, float *matrix, float *right_side) { \
        for (size_t column = 0; column < width; column += 16) { \
            SUM_FIRST(4, 1, 4); \
            for (size_t row = 4; row < column + 8; row += 4) \
                SUM_TILE(4, 1, 4, without_right, row); \
            for (size_t row = column + 8; row < column + 16; row += HALVED) \
                SUM_TILE(HALVED, 1, 0, without_right, row); \
        } \
    }

#if HAS_TARGETS
TARGET_V4 SUM_ROWS_WIDE(sum_rows_v4)
TARGET_V3 SUM_ROWS_NARROW(sum_rows_v3, 8)
#endif
SUM_ROWS_NARROW(sum_rows, 4)

/// Σ t², with room behind the last target.
DISPATCHED static float target_squares(float *restrict targets, size_t count) {
    // Which products are fused would be the compiler's choice.
#pragma clang fp contract(off)
    for (size_t k = count; k % 64; k++) targets[k] = 0;
    // Four sums, so that additions do not wait for each other.
    lanes_f32 sums[4] = {{0}};
    for (size_t k = 0; k < count; k += 64)
        for (size_t part = 0; part < 4; part++) {
            const lanes_f32 some = *(const lanes_f32 *)(targets + k + 16 * part);
            sums[part] += some * some;
        }
    const lanes_f32 squares = (sums[0] + sums[1]) + (sums[2] + sums[3]);
    half_f32 half = __builtin_shufflevector(squares, squares, 0, 1, 2, 3, 4, 5, 6, 7)
        + __builtin_shufflevector(squares, squares, 8, 9, 10, 11, 12, 13, 14, 15);
    half += __builtin_shufflevector(half, half, 4, 5, 6, 7, 4, 5, 6, 7);
    half += __builtin_shufflevector(half, half, 2, 3, 2, 3, 2, 3, 2, 3);
    return half[0] + half[1];
}

float kernel_row_sums_f32(
    const float *restrict table, const float *restrict offsets, size_t width,
    const kernel_entries *entries, float *restrict matrix, float *restrict right_side) {
    float targets[entries_max];
    const int32_t *columns = entries->columns;
    const size_t count = entries->count;
    const target_source source = {
        offsets, entries->codes, entries->values, count + entries->following,
        rows_ahead + floats_ahead / width, entries->asks_for_offsets};
#if HAS_TARGETS
    if (HAS_V4)
        sum_rows_v4(table, width, columns, &source, targets, count, matrix, right_side);
    else if (HAS_V3)
        sum_rows_v3(table, width, columns, &source, targets, count, matrix, right_side);
    else
#endif
        sum_rows(table, width, columns, &source, targets, count, matrix, right_side);
    return target_squares(targets, count);
}
