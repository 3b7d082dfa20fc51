// SPDX-License-Identifier: GPL-3.0-or-later
#include "CKernels.h"
#include "Dispatch.h"
#include "Lanes.h"
#include "SamplerKernels.h"

DISPATCHED void kernel_decode_f32(
    const uint8_t *restrict codes, const float *restrict distinct, size_t count,
    float *restrict values) {
    // A gather of a vector takes several times what as many loads do.
#pragma clang loop vectorize(disable) unroll_count(4)
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

void kernel_prefetch_rows_f32(
    const float *table, size_t width, const int32_t *columns, size_t count) {
    for (size_t k = 0; k < count; k++)
        for (size_t c = 0; c < width; c += 16)
            __builtin_prefetch(table + (size_t)columns[k] * width + c, 0, 2);
}

/// Sums 8 · VECTORS columns of the rows, which stay in registers meanwhile.
INLINED void sum_columns_f64(
    const size_t vectors, const float *table, size_t width, const int32_t *columns, size_t count,
    double *sum) {
    lanes_f64 sums[4] = {{0}};
    for (size_t k = 0; k < count; k++) {
        const float *row = table + (size_t)columns[k] * width;
        for (size_t v = 0; v < vectors; v++)
            sums[v] += __builtin_convertvector(*(const half_f32 *)(row + 8 * v), lanes_f64);
    }
    for (size_t v = 0; v < vectors; v++) *(lanes_f64 *)(sum + 8 * v) = sums[v];
}

DISPATCHED void kernel_sum_rows_f64(
    const float *restrict table, size_t width, const int32_t *restrict columns, size_t count,
    double *restrict sum) {
    size_t c = 0;
    for (; c + 32 <= width; c += 32)
        sum_columns_f64(4, table + c, width, columns, count, sum + c);
    if (c < width) sum_columns_f64(2, table + c, width, columns, count, sum + c);
}

/// A tile of ROWS rows × VECTORS vectors of a product stays in registers while `inner` streams past.
INLINED void product_tile(
    const size_t rows, const size_t vectors, const float *left, size_t row_step,
    size_t inner_step, const float *right, size_t right_stride, float *product,
    size_t product_stride, size_t inner) {
    lanes_f32 tile[8][2];
#pragma clang loop unroll(full)
    for (size_t r = 0; r < rows; r++)
#pragma clang loop unroll(full)
        for (size_t v = 0; v < vectors; v++)
            tile[r][v] = *(const lanes_f32 *)(product + r * product_stride + 16 * v);
    for (size_t k = 0; k < inner; k++) {
        lanes_f32 other[2];
#pragma clang loop unroll(full)
        for (size_t v = 0; v < vectors; v++)
            other[v] = *(const lanes_f32 *)(right + k * right_stride + 16 * v);
#pragma clang loop unroll(full)
        for (size_t r = 0; r < rows; r++)
#pragma clang loop unroll(full)
            for (size_t v = 0; v < vectors; v++)
                tile[r][v] += left[r * row_step + k * inner_step] * other[v];
    }
#pragma clang loop unroll(full)
    for (size_t r = 0; r < rows; r++)
#pragma clang loop unroll(full)
        for (size_t v = 0; v < vectors; v++)
            *(lanes_f32 *)(product + r * product_stride + 16 * v) = tile[r][v];
}

#define PRODUCT_ROWS(ROWS, VECTORS) \
    for (; row + ROWS <= rows; row += ROWS) { \
        size_t column = 0; \
        for (; column + 16 * VECTORS <= columns; column += 16 * VECTORS) \
            product_tile( \
                ROWS, VECTORS, left + row * row_step, row_step, inner_step, right + column, \
                right_stride, product + row * product_stride + column, product_stride, inner); \
        for (; column < columns; column += 16) \
            product_tile( \
                ROWS, 1, left + row * row_step, row_step, inner_step, right + column, \
                right_stride, product + row * product_stride + column, product_stride, inner); \
    }

#define ADD_PRODUCT(NAME, ROWS, VECTORS) \
    static void NAME( \
        const float *restrict left, size_t row_step, size_t inner_step, \
        const float *restrict right, size_t right_stride, float *restrict product, \
        size_t product_stride, size_t rows, size_t inner, size_t columns) { \
        size_t row = 0; \
        PRODUCT_ROWS(ROWS, VECTORS) \
        PRODUCT_ROWS(1, VECTORS) \
    }

#if HAS_TARGETS
TARGET_V4 ADD_PRODUCT(add_product_v4, 8, 2)
TARGET_V3 ADD_PRODUCT(add_product_v3, 4, 1)
#endif
ADD_PRODUCT(add_product, 4, 1)

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
