// SPDX-License-Identifier: GPL-3.0-or-later
#include "CKernels.h"
#include "Dispatch.h"
#include "Lanes.h"

/// Rows of a table that are asked for while others are worked on.
typedef struct {
    const float *table;
    const int32_t *columns;
    size_t count;
} asked_rows;

#define SCALAR float
#define LANES lanes_f32
#define FLOATS lanes_f32
#define HALF half_f32
#define HIGH_HALF(v) __builtin_shufflevector(v, v, 8, 9, 10, 11, 12, 13, 14, 15)
#define COUNT 16
#define NAMED(x) x##_f32
#include "Dense.h"

// Which sums of the first rows also ask for rows.
#if HAS_TARGETS
TARGET_V4 GRAM_ROWS_WIDE(add_rows_asking_v4, 0, 1)
TARGET_V3 GRAM_ROWS_NARROW(add_rows_asking_v3, 0, HALVED_ROWS, 1)
#endif
GRAM_ROWS_NARROW(add_rows_asking, 0, 4, 1)

static void add_rows_asking_best(
    const float *packed, size_t count, size_t width, float *matrix, const asked_rows *asked) {
#if HAS_TARGETS
    if (HAS_V4) return add_rows_asking_v4(packed, count, width, 0, matrix, asked);
    if (HAS_V3) return add_rows_asking_v3(packed, count, width, 0, matrix, asked);
#endif
    add_rows_asking(packed, count, width, 0, matrix, asked);
}

void kernel_add_gram_asking_f32(
    const float *restrict packed, size_t count, size_t width, float *restrict matrix,
    const float *restrict table, const int32_t *restrict columns, size_t following) {
    const asked_rows asked = {table, columns, following};
    add_rows_asking_best(packed, count, width, matrix, &asked);
    for (size_t row = 16; row < width; row += 16)
        add_rows_best_f32(packed, count, width, row, matrix);
}

#undef GRAM_TILE
#undef GRAM_EIGHTS
#undef GRAM_ROWS_WIDE
#undef GRAM_ROWS_NARROW
#undef HALVED_ROWS
#undef SCALAR
#undef LANES
#undef FLOATS
#undef HALF
#undef HIGH_HALF
#undef COUNT
#undef NAMED

#define SCALAR double
#define LANES lanes_f64
#define FLOATS half_f32
#define HALF half_f64
#define HIGH_HALF(v) __builtin_shufflevector(v, v, 4, 5, 6, 7)
#define COUNT 8
#define NAMED(x) x##_f64
#include "Dense.h"

#if HAS_TARGETS
TARGET_V4 GRAM_ROWS_WIDE(subtract_rows_v4, 1, 0)
TARGET_V3 GRAM_ROWS_NARROW(subtract_rows_v3, 1, HALVED_ROWS, 0)
#endif
GRAM_ROWS_NARROW(subtract_rows, 1, 4, 0)

/// Sums the lanes by halves: the one summation order of every dot product here.
INLINED double lane_sum(const lanes_f64 *sum) {
    double part[8];
    __builtin_memcpy(part, sum, sizeof part);
    for (size_t half = 8 / 2; half > 0; half /= 2)
        for (size_t lane = 0; lane < half; lane++) part[lane] += part[lane + half];
    return part[0];
}

/// Takes the products of the factor's first `row` rows from the next 8 rows of the matrix.
static void subtract_factored(size_t width, size_t row, double *matrix) {
#if HAS_TARGETS
    if (HAS_V4) return subtract_rows_v4(matrix, row, width, row, matrix, NULL);
    if (HAS_V3) return subtract_rows_v3(matrix, row, width, row, matrix, NULL);
#endif
    subtract_rows(matrix, row, width, row, matrix, NULL);
}

/// Factors 8 rows of a matrix from which the products of all rows above were taken.
///
/// The block on the diagonal first as LDLᵀ, so that a pivot waits for a division but for no root,
/// then the vectors to its right. Returns how many pivots were raised to `floor`.
DISPATCHED static size_t factor_rows(
    size_t width, size_t first, double floor, double *matrix) {
    lanes_f64 tile[8], pivots, scales;
    size_t raised = 0;
    for (size_t r = 0; r < 8; r++)
        tile[r] = *(const lanes_f64 *)(matrix + (first + r) * width + first);
#pragma clang loop unroll(full)
    for (size_t j = 0; j < 8; j++) {
        double pivot = tile[j][j];
        if (!(pivot > floor)) {
            pivot = floor;
            raised++;
        }
        pivots[j] = pivot;
        const double inverse = 1 / pivot;
#pragma clang loop unroll(full)
        for (size_t i = j + 1; i < 8; i++) tile[i] -= (tile[j][i] * inverse) * tile[j];
    }
    pivots = __builtin_elementwise_sqrt(pivots);
    scales = 1 / pivots;
#pragma clang loop unroll(full)
    for (size_t j = 0; j < 8; j++) {
        double *row = matrix + (first + j) * width;
        *(lanes_f64 *)(row + first) = tile[j] * scales[j];
        for (size_t c = 0; c < first + j; c++) row[c] = 0;
        row[first + j] = pivots[j];
    }
    for (size_t column = first + 8; column < width; column += 8) {
        for (size_t r = 0; r < 8; r++)
            tile[r] = *(const lanes_f64 *)(matrix + (first + r) * width + column);
#pragma clang loop unroll(full)
        for (size_t i = 0; i < 8; i++) {
#pragma clang loop unroll(full)
            for (size_t j = 0; j < i; j++)
                tile[i] -= matrix[(first + j) * width + first + i] * tile[j];
            tile[i] *= scales[i];
        }
        for (size_t r = 0; r < 8; r++)
            *(lanes_f64 *)(matrix + (first + r) * width + column) = tile[r];
    }
    return raised;
}

size_t kernel_factor_f64(double *restrict matrix, size_t width) {
    double largest = 0;
    for (size_t j = 0; j < width; j++)
        if (matrix[j * width + j] > largest) largest = matrix[j * width + j];
    const double floor = largest * 0x1p-50 > 0x1p-900 ? largest * 0x1p-50 : 0x1p-900;
    size_t raised = 0;
    for (size_t row = 0; row < width; row += 8) {
        subtract_factored(width, row, matrix);
        raised += factor_rows(width, row, floor, matrix);
    }
    return raised;
}

DISPATCHED void kernel_solve_f64(
    const double *restrict factor, size_t width, double *restrict vector) {
    // The zeros below the diagonal let both passes work on whole vectors.
    for (size_t first = 0; first < width; first += 8) {
        lanes_f64 sum[4] = {*(const lanes_f64 *)(vector + first)};
        for (size_t k = 0; k < first; k += 4)
            for (size_t part = 0; part < 4; part++)
                sum[part] -=
                    vector[k + part] * *(const lanes_f64 *)(factor + (k + part) * width + first);
        lanes_f64 rest = (sum[0] + sum[1]) + (sum[2] + sum[3]);
#pragma clang loop unroll(full)
        for (size_t j = 0; j < 8; j++) {
            const double *row = factor + (first + j) * width + first;
            const double solved = rest[j] / row[j];
            rest -= solved * *(const lanes_f64 *)row;
            vector[first + j] = solved;
        }
    }
    for (size_t j = width; j-- > 0;) {
        const double *row = factor + j * width;
        const double right = vector[j];
        vector[j] = 0;
        lanes_f64 sum = {0};
        for (size_t c = j / 8 * 8; c < width; c += 8)
            sum += *(const lanes_f64 *)(row + c) * *(const lanes_f64 *)(vector + c);
        vector[j] = (right - lane_sum(&sum)) / row[j];
    }
}
