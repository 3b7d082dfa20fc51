// SPDX-License-Identifier: GPL-3.0-or-later
#include "CKernels.h"
#include "Dispatch.h"
#include "Lanes.h"
#include "SamplerKernels.h"

/// Packs some columns of every entry's row; their right side stays in registers meanwhile.
INLINED void pack_columns(
    const size_t vectors, const float *table, size_t width, const int32_t *columns,
    const float *weights, const float *targets, size_t count, size_t first, float *packed,
    float *right_side) {
    lanes_f32 sums[2];
    for (size_t v = 0; v < vectors; v++) sums[v] = ((const lanes_f32 *)(right_side + first))[v];
    for (size_t k = 0; k < count; k++) {
        const float *source = table + (size_t)columns[k] * width + first;
        float *row = packed + k * width + first;
        for (size_t v = 0; v < vectors; v++) {
            const lanes_f32 scaled = weights[k] * ((const lanes_f32 *)source)[v];
            ((lanes_f32 *)row)[v] = scaled;
            sums[v] += targets[k] * scaled;
        }
    }
    for (size_t v = 0; v < vectors; v++) ((lanes_f32 *)(right_side + first))[v] = sums[v];
}

DISPATCHED static float pack_entries(
    const float *restrict table, const float *restrict offsets, const float *restrict roots,
    size_t width, const int32_t *restrict columns, const float *restrict values,
    size_t count, float mean, float scale, float root, float *restrict packed,
    float *restrict right_side) {
    float weights[entries_max], targets[entries_max];
    float squares = 0;
    for (size_t k = 0; k < count; k++) {
        const size_t column = (size_t)columns[k];
        weights[k] = root * roots[column];
        targets[k] = weights[k] * ((values[k] - mean) * scale - offsets[column]);
        squares += targets[k] * targets[k];
    }
    size_t first = 0;
    for (; first + 32 <= width; first += 32)
        pack_columns(
            2, table, width, columns, weights, targets, count, first, packed, right_side);
    if (first < width)
        pack_columns(
            1, table, width, columns, weights, targets, count, first, packed, right_side);
    return squares;
}

float kernel_row_equations_f32(
    const float *restrict table, const float *restrict offsets, const float *restrict roots,
    size_t width, const int32_t *restrict columns, const float *restrict values,
    size_t count, float mean, float scale, float root, float *restrict packed,
    float *restrict matrix, float *restrict right_side) {
    const float squares = pack_entries(
        table, offsets, roots, width, columns, values, count, mean, scale, root, packed, right_side);
    kernel_add_gram_f32(packed, count, width, matrix);
    return squares;
}

DISPATCHED void kernel_decode_f32(
    const uint8_t *restrict codes, const float *restrict distinct, size_t count,
    float *restrict values) {
    for (size_t k = 0; k < count; k++) values[k] = distinct[codes[k]];
}

DISPATCHED void kernel_sum_rows_f32(
    const float *restrict table, size_t width, const int32_t *restrict columns, size_t count,
    float *restrict sum) {
    size_t c = 0;
    // 32 columns at a time stay in registers over all entries.
    for (; c + 32 <= width; c += 32) {
        lanes_f32 left = {0}, right = {0};
        for (size_t k = 0; k < count; k++) {
            const float *row = table + (size_t)columns[k] * width + c;
            left += *(const lanes_f32 *)row;
            right += *(const lanes_f32 *)(row + 16);
        }
        *(lanes_f32 *)(sum + c) = left;
        *(lanes_f32 *)(sum + c + 16) = right;
    }
    if (c < width) {
        lanes_f32 left = {0};
        for (size_t k = 0; k < count; k++)
            left += *(const lanes_f32 *)(table + (size_t)columns[k] * width + c);
        *(lanes_f32 *)(sum + c) = left;
    }
}

DISPATCHED void kernel_sum_rows_f64(
    const float *restrict table, size_t width, const int32_t *restrict columns, size_t count,
    double *restrict sum) {
    for (size_t c = 0; c < width; c += 16) {
        lanes_f64 left = {0}, right = {0};
        for (size_t k = 0; k < count; k++) {
            const float *row = table + (size_t)columns[k] * width + c;
            left += __builtin_convertvector(*(const half_f32 *)row, lanes_f64);
            right += __builtin_convertvector(*(const half_f32 *)(row + 8), lanes_f64);
        }
        *(lanes_f64 *)(sum + c) = left;
        *(lanes_f64 *)(sum + c + 8) = right;
    }
}

/// A tile of ROWS rows × 1 vector of the product stays in registers while `inner` streams past.
#define PRODUCT_TILE(ROWS) \
    for (; row + ROWS <= rows; row += ROWS) \
        for (size_t column = 0; column < columns; column += 16) { \
            lanes_f32 tile[ROWS]; \
            for (size_t r = 0; r < ROWS; r++) \
                tile[r] = *(const lanes_f32 *)(product + (row + r) * product_stride + column); \
            const float *source = left + row * row_step; \
            for (size_t k = 0; k < inner; k++) { \
                const lanes_f32 other = *(const lanes_f32 *)(right + k * right_stride + column); \
                _Pragma("clang loop unroll(full)") for (size_t r = 0; r < ROWS; r++) \
                    tile[r] += source[r * row_step + k * inner_step] * other; \
            } \
            for (size_t r = 0; r < ROWS; r++) \
                *(lanes_f32 *)(product + (row + r) * product_stride + column) = tile[r]; \
        }

#define ADD_PRODUCT(NAME, TILE) \
    static void NAME( \
        const float *restrict left, size_t row_step, size_t inner_step, \
        const float *restrict right, size_t right_stride, float *restrict product, \
        size_t product_stride, size_t rows, size_t inner, size_t columns) { \
        size_t row = 0; \
        PRODUCT_TILE(TILE) \
        PRODUCT_TILE(1) \
    }

#if HAS_TARGETS
TARGET_V4 ADD_PRODUCT(add_product_v4, 8)
TARGET_V3 ADD_PRODUCT(add_product_v3, 4)
#endif
ADD_PRODUCT(add_product, 4)

void kernel_add_product_f32(
    const float *restrict left, size_t row_step, size_t inner_step, const float *restrict right,
    size_t right_stride, float *restrict product, size_t product_stride, size_t rows, size_t inner,
    size_t columns) {
#if HAS_TARGETS
    if (HAS_V4)
        return add_product_v4(
            left, row_step, inner_step, right, right_stride, product, product_stride, rows, inner,
            columns);
    if (HAS_V3)
        return add_product_v3(
            left, row_step, inner_step, right, right_stride, product, product_stride, rows, inner,
            columns);
#endif
    add_product(
        left, row_step, inner_step, right, right_stride, product, product_stride, rows, inner,
            columns);
}
