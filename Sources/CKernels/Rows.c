// SPDX-License-Identifier: GPL-3.0-or-later
#include "CKernels.h"
#include "Dispatch.h"
#include "Lanes.h"
#include "SamplerKernels.h"

/// Sums z zᵀ over chosen rows of a table in a tile of ROWS rows × VECTORS vectors of the matrix, which
/// stays in registers meanwhile; with `has_right` also Σ t z for the tile's columns.
INLINED void sum_tile(
    const size_t rows, const size_t vectors, const int has_right, const float *table,
    size_t width, const int32_t *columns, const float *targets, size_t count, size_t row,
    size_t column, float *matrix, float *right_side) {
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
        const float *design = table + (size_t)(uint32_t)columns[k] * width;
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
        ROWS, VECTORS, HAS_RIGHT, table, width, columns, targets, count, FIRST, column, matrix, \
        right_side)

/// Tiles as in Dense.h, the first of each column with the right side.
#define SUM_ROWS_WIDE(NAME) \
    static void NAME( \
        const float *table, size_t width, const int32_t *columns, const float *targets, \
        size_t count, float *matrix, float *right_side) { \
        for (size_t row = 0; row < width; row += 16) \
            for (size_t column = row, vectors; column < width; column += 16 * vectors) { \
                const size_t left = (width - column) / 16; \
                vectors = left == 1 || left == 3 ? left : 2; \
                if (vectors == 1) { \
                    if (row == 0) SUM_TILE(16, 1, 1, row); \
                    else SUM_TILE(16, 1, 0, row); \
                } else if (vectors == 2) { \
                    if (row == 0) SUM_TILE(8, 2, 1, row); \
                    else SUM_TILE(8, 2, 0, row); \
                    SUM_TILE(8, 2, 0, row + 8); \
                } else { \
                    if (row == 0) SUM_TILE(8, 3, 1, row); \
                    else SUM_TILE(8, 3, 0, row); \
                    SUM_TILE(8, 3, 0, row + 8); \
                } \
            } \
    }

#define SUM_ROWS_NARROW(NAME) \
    static void NAME( \
        const float *table, size_t width, const int32_t *columns, const float *targets, \
        size_t count, float *matrix, float *right_side) { \
        for (size_t column = 0; column < width; column += 16) { \
            SUM_TILE(4, 1, 1, 0); \
            for (size_t row = 4; row < column + 16; row += 4) SUM_TILE(4, 1, 0, row); \
        } \
    }

#if HAS_TARGETS
TARGET_V4 SUM_ROWS_WIDE(sum_rows_v4)
TARGET_V3 SUM_ROWS_NARROW(sum_rows_v3)
#endif
SUM_ROWS_NARROW(sum_rows)

/// Writes every entry's target, and asks for its row of the table meanwhile; returns Σ t².
DISPATCHED static float weigh_targets(
    const float *restrict table, const float *restrict offsets, const float *restrict roots,
    size_t width, const int32_t *restrict columns, const float *restrict values,
    size_t count, float mean, float scale, float *restrict targets) {
    // Which products are fused would be the compiler's choice.
#pragma clang fp contract(off)
    for (size_t k = 0; k < count; k++)
        for (size_t c = 0; c < width; c += 16)
            __builtin_prefetch(table + (size_t)(uint32_t)columns[k] * width + c);
    for (size_t k = 0; k < count; k++)
        targets[k] = roots[columns[k]] * ((values[k] - mean) * scale - offsets[columns[k]]);
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

float kernel_row_sums_f32(
    const float *restrict table, const float *restrict offsets, const float *restrict roots,
    size_t width, const int32_t *restrict columns, const float *restrict values,
    size_t count, float mean, float scale, float *restrict matrix, float *restrict right_side) {
    float targets[entries_max];
    const float squares = weigh_targets(
        table, offsets, roots, width, columns, values, count, mean, scale, targets);
#if HAS_TARGETS
    if (HAS_V4) {
        sum_rows_v4(table, width, columns, targets, count, matrix, right_side);
        return squares;
    }
    if (HAS_V3) {
        sum_rows_v3(table, width, columns, targets, count, matrix, right_side);
        return squares;
    }
#endif
    sum_rows(table, width, columns, targets, count, matrix, right_side);
    return squares;
}
