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
    /// Columns from this one on are not asked for ahead; 0 for none.
    size_t end;
    /// How long before its turn a column's row is asked for.
    size_t distance;
} target_source;

/// Whether a tile sums Σ t z for its columns, from targets that are there or that it makes, and then
/// whether it asks for what is far away ahead.
enum { without_right, with_right, with_targets, with_targets_ahead };

/// Sums z zᵀ over chosen rows of a table in a tile of ROWS rows × VECTORS vectors of the matrix, which
/// stays in registers meanwhile.
///
/// Targets are made by the first tile because they take loads, which the sums leave room for.
INLINED void sum_tile(
    const size_t rows, const size_t vectors, const int has_right, const float *table,
    size_t width, const int32_t *columns, const target_source *source, float *targets,
    size_t count, size_t row, size_t column, float *matrix, float *right_side) {
    lanes_f32 tile[16][3], sums[3];
#pragma clang loop unroll(full)
    for (size_t r = 0; r < rows; r++)
#pragma clang loop unroll(full)
        for (size_t v = 0; v < vectors; v++)
            tile[r][v] = *(const lanes_f32 *)(matrix + (row + r) * width + column + 16 * v);
#pragma clang loop unroll(full)
    for (size_t v = 0; v < vectors; v++)
        sums[v] = *(const lanes_f32 *)(right_side + column + 16 * v);
    for (size_t k = 0; k < count; k++) {
        const size_t other = (uint32_t)columns[k];
        const float *design = table + other * width;
        if (has_right == with_targets_ahead && k + source->distance < source->end) {
            const size_t later = (uint32_t)columns[k + source->distance];
            __builtin_prefetch(source->offsets + later);
            for (size_t c = 0; c < width; c += 16) __builtin_prefetch(table + later * width + c);
        }
        if (has_right >= with_targets) {
            const float value = source->values[source->codes ? source->codes[k] : k];
            targets[k] = design[0] * (value - source->offsets[other]);
        }
        lanes_f32 right[3];
#pragma clang loop unroll(full)
        for (size_t v = 0; v < vectors; v++)
            right[v] = *(const lanes_f32 *)(design + column + 16 * v);
#pragma clang loop unroll(full)
        for (size_t r = 0; r < rows; r++)
#pragma clang loop unroll(full)
            for (size_t v = 0; v < vectors; v++) tile[r][v] += design[row + r] * right[v];
        if (has_right)
#pragma clang loop unroll(full)
            for (size_t v = 0; v < vectors; v++) sums[v] += targets[k] * right[v];
    }
#pragma clang loop unroll(full)
    for (size_t r = 0; r < rows; r++)
#pragma clang loop unroll(full)
        for (size_t v = 0; v < vectors; v++)
            *(lanes_f32 *)(matrix + (row + r) * width + column + 16 * v) = tile[r][v];
    if (has_right)
#pragma clang loop unroll(full)
        for (size_t v = 0; v < vectors; v++)
            *(lanes_f32 *)(right_side + column + 16 * v) = sums[v];
}

#define SUM_TILE(ROWS, VECTORS, HAS_RIGHT, FIRST) \
    sum_tile( \
        ROWS, VECTORS, HAS_RIGHT, table, width, columns, source, targets, count, FIRST, column, \
        matrix, right_side)

/// The tile of the matrix's first rows.
#define SUM_FIRST(ROWS, VECTORS) \
    do { \
        if (column == 0 && source->end) SUM_TILE(ROWS, VECTORS, with_targets_ahead, 0); \
        else if (column == 0) SUM_TILE(ROWS, VECTORS, with_targets, 0); \
        else SUM_TILE(ROWS, VECTORS, with_right, 0); \
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
                if (vectors == 1) { \
                    if (row == 0) SUM_FIRST(16, 1); \
                    else SUM_TILE(16, 1, without_right, row); \
                } else if (vectors == 2) { \
                    if (row == 0) SUM_FIRST(8, 2); \
                    else SUM_TILE(8, 2, without_right, row); \
                    SUM_TILE(8, 2, without_right, row + 8); \
                } else { \
                    if (row == 0) SUM_FIRST(8, 3); \
                    else SUM_TILE(8, 3, without_right, row); \
                    SUM_TILE(8, 3, without_right, row + 8); \
                } \
            } \
    }

#define SUM_ROWS_NARROW(NAME) \
    static void NAME( \
        const float *table, size_t width, const int32_t *columns, const target_source *source, \
        float *targets, size_t count, float *matrix, float *right_side) { \
        for (size_t column = 0; column < width; column += 16) { \
            SUM_FIRST(4, 1); \
            for (size_t row = 4; row < column + 16; row += 4) \
                SUM_TILE(4, 1, without_right, row); \
        } \
    }

#if HAS_TARGETS
TARGET_V4 SUM_ROWS_WIDE(sum_rows_v4)
TARGET_V3 SUM_ROWS_NARROW(sum_rows_v3)
#endif
SUM_ROWS_NARROW(sum_rows)

/// Σ t², with room behind the last target.
DISPATCHED static float target_squares(float *restrict targets, size_t count) {
    // Which products are fused would be the compiler's choice.
#pragma clang fp contract(off)
    for (size_t k = count; k % 16; k++) targets[k] = 0;
    lanes_f32 squares = {0};
    for (size_t k = 0; k < count; k += 16) {
        const lanes_f32 some = *(const lanes_f32 *)(targets + k);
        squares += some * some;
    }
    float part[16];
    __builtin_memcpy(part, &squares, sizeof part);
    for (size_t half = 8; half > 0; half /= 2)
        for (size_t lane = 0; lane < half; lane++) part[lane] += part[lane + half];
    return part[0];
}

/// Floats of rows that are on their way at a time: 2 KB, about what memory takes to answer.
enum { floats_ahead = 512 };

float kernel_row_sums_f32(
    const float *restrict table, const float *restrict offsets, size_t width,
    const kernel_entries *entries, float *restrict matrix, float *restrict right_side) {
    float targets[entries_max];
    const int32_t *columns = entries->columns;
    const size_t count = entries->count;
    const target_source source = {
        offsets, entries->codes, entries->values,
        entries->following ? count + entries->following : 0, 1 + floats_ahead / width};
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
