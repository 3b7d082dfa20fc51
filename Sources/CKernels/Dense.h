// SPDX-License-Identifier: GPL-3.0-or-later
//
// The kernels that exist in both precisions, included once for each with
//   SCALAR   float or double
//   LANES    its 64-byte vector, of COUNT elements
//   NAMED(x) the name x with the precision's suffix
//   FLOATS   as many floats
//   PIVOT_FLOOR  the smallest pivot relative to the largest diagonal element
//   SMALLEST     the smallest pivot of all

/// Sums the lanes by halves: the one summation order of every dot product here.
INLINED SCALAR NAMED(lane_sum)(const LANES *sum) {
    SCALAR part[COUNT];
    __builtin_memcpy(part, sum, sizeof part);
    for (size_t half = COUNT / 2; half > 0; half /= 2)
        for (size_t lane = 0; lane < half; lane++) part[lane] += part[lane + half];
    return part[0];
}

/// Adds the products of `count` packed rows to ROWS rows × VECTORS vectors of a matrix, or takes them
/// away: packed[k][row + r] · packed[k][column …], a tile that stays in registers meanwhile.
INLINED void NAMED(gram_tile)(
    const size_t rows, const size_t vectors, const int is_subtracted, const SCALAR *packed,
    size_t count, size_t width, size_t row, size_t column, SCALAR *matrix) {
    LANES tile[16][3];
#pragma clang loop unroll(full)
    for (size_t r = 0; r < rows; r++)
#pragma clang loop unroll(full)
        for (size_t v = 0; v < vectors; v++)
            tile[r][v] = *(const LANES *)(matrix + (row + r) * width + column + v * COUNT);
    for (size_t k = 0; k < count; k++, packed += width) {
        LANES right[3];
#pragma clang loop unroll(full)
        for (size_t v = 0; v < vectors; v++)
            right[v] = *(const LANES *)(packed + column + v * COUNT);
#pragma clang loop unroll(full)
        for (size_t r = 0; r < rows; r++) {
            const SCALAR left = is_subtracted ? -packed[row + r] : packed[row + r];
#pragma clang loop unroll(full)
            for (size_t v = 0; v < vectors; v++) tile[r][v] += left * right[v];
        }
    }
#pragma clang loop unroll(full)
    for (size_t r = 0; r < rows; r++)
#pragma clang loop unroll(full)
        for (size_t v = 0; v < vectors; v++)
            *(LANES *)(matrix + (row + r) * width + column + v * COUNT) = tile[r][v];
}

/// The products for the COUNT rows of a matrix from `row` on, from the diagonal's vector on.
///
/// Two units of four cycles need 8 sums in flight, and each number that is broadcast should serve
/// more than one of them, because two loads can begin in a cycle.
#define GRAM_ROWS_WIDE(NAME, IS_SUBTRACTED) \
    static void NAME( \
        const SCALAR *packed, size_t count, size_t width, size_t row, SCALAR *matrix) { \
        for (size_t column = row; column < width;) { \
            const size_t left = (width - column) / COUNT; \
            const size_t vectors = left == 1 || left == 3 ? left : 2; \
            if (vectors == 1) \
                NAMED(gram_tile)( \
                    COUNT, 1, IS_SUBTRACTED, packed, count, width, row, column, matrix); \
            else \
                for (size_t r = row; r < row + COUNT; r += 8) \
                    if (vectors == 2) \
                        NAMED(gram_tile)( \
                            8, 2, IS_SUBTRACTED, packed, count, width, r, column, matrix); \
                    else \
                        NAMED(gram_tile)( \
                            8, 3, IS_SUBTRACTED, packed, count, width, r, column, matrix); \
            column += vectors * COUNT; \
        } \
    }

/// The same in tiles for 16 registers, of which a vector takes two or four.
#define GRAM_ROWS_NARROW(NAME, IS_SUBTRACTED) \
    static void NAME( \
        const SCALAR *packed, size_t count, size_t width, size_t row, SCALAR *matrix) { \
        for (size_t column = row; column < width; column += COUNT) \
            for (size_t r = row; r < row + COUNT; r += 4) \
                NAMED(gram_tile)( \
                    4, 1, IS_SUBTRACTED, packed, count, width, r, column, matrix); \
    }

#if HAS_TARGETS
TARGET_V4 GRAM_ROWS_WIDE(NAMED(add_rows_v4), 0)
TARGET_V4 GRAM_ROWS_WIDE(NAMED(subtract_rows_v4), 1)
TARGET_V3 GRAM_ROWS_NARROW(NAMED(add_rows_v3), 0)
TARGET_V3 GRAM_ROWS_NARROW(NAMED(subtract_rows_v3), 1)
#endif
GRAM_ROWS_NARROW(NAMED(add_rows), 0)
GRAM_ROWS_NARROW(NAMED(subtract_rows), 1)

void NAMED(kernel_add_gram)(
    const SCALAR *restrict packed, size_t count, size_t width, SCALAR *restrict matrix) {
    for (size_t row = 0; row < width; row += COUNT) {
#if HAS_TARGETS
        if (HAS_V4) {
            NAMED(add_rows_v4)(packed, count, width, row, matrix);
            continue;
        }
        if (HAS_V3) {
            NAMED(add_rows_v3)(packed, count, width, row, matrix);
            continue;
        }
#endif
        NAMED(add_rows)(packed, count, width, row, matrix);
    }
}

/// Takes the products of the factor's first `row` rows from the next COUNT rows of the matrix.
static void NAMED(subtract_factored)(size_t width, size_t row, SCALAR *matrix) {
#if HAS_TARGETS
    if (HAS_V4) return NAMED(subtract_rows_v4)(matrix, row, width, row, matrix);
    if (HAS_V3) return NAMED(subtract_rows_v3)(matrix, row, width, row, matrix);
#endif
    NAMED(subtract_rows)(matrix, row, width, row, matrix);
}

/// Factors COUNT rows of a matrix from which the products of all rows above were taken.
///
/// The block on the diagonal first as LDLᵀ, so that a pivot waits for a division but for no root,
/// then the vectors to its right. Returns how many pivots were raised to `floor`.
DISPATCHED static size_t NAMED(factor_rows)(
    size_t width, size_t first, SCALAR floor, SCALAR *matrix) {
    LANES tile[COUNT], pivots, scales;
    size_t raised = 0;
    for (size_t r = 0; r < COUNT; r++)
        tile[r] = *(const LANES *)(matrix + (first + r) * width + first);
#pragma clang loop unroll(full)
    for (size_t j = 0; j < COUNT; j++) {
        SCALAR pivot = tile[j][j];
        if (!(pivot > floor)) {
            pivot = floor;
            raised++;
        }
        pivots[j] = pivot;
        const SCALAR inverse = 1 / pivot;
#pragma clang loop unroll(full)
        for (size_t i = j + 1; i < COUNT; i++) tile[i] -= (tile[j][i] * inverse) * tile[j];
    }
    pivots = __builtin_elementwise_sqrt(pivots);
    scales = 1 / pivots;
#pragma clang loop unroll(full)
    for (size_t j = 0; j < COUNT; j++) {
        SCALAR *row = matrix + (first + j) * width;
        *(LANES *)(row + first) = tile[j] * scales[j];
        for (size_t c = 0; c < first + j; c++) row[c] = 0;
        row[first + j] = pivots[j];
    }
    for (size_t column = first + COUNT; column < width; column += COUNT) {
        for (size_t r = 0; r < COUNT; r++)
            tile[r] = *(const LANES *)(matrix + (first + r) * width + column);
#pragma clang loop unroll(full)
        for (size_t i = 0; i < COUNT; i++) {
#pragma clang loop unroll(full)
            for (size_t j = 0; j < i; j++)
                tile[i] -= matrix[(first + j) * width + first + i] * tile[j];
            tile[i] *= scales[i];
        }
        for (size_t r = 0; r < COUNT; r++)
            *(LANES *)(matrix + (first + r) * width + column) = tile[r];
    }
    return raised;
}

size_t NAMED(kernel_factor)(SCALAR *restrict matrix, size_t width) {
    SCALAR largest = 0;
    for (size_t j = 0; j < width; j++)
        if (matrix[j * width + j] > largest) largest = matrix[j * width + j];
    const SCALAR floor = largest * PIVOT_FLOOR > SMALLEST ? largest * PIVOT_FLOOR : SMALLEST;
    size_t raised = 0;
    for (size_t row = 0; row < width; row += COUNT) {
        NAMED(subtract_factored)(width, row, matrix);
        raised += NAMED(factor_rows)(width, row, floor, matrix);
    }
    return raised;
}

DISPATCHED void NAMED(kernel_solve)(
    const SCALAR *restrict factor, size_t width, SCALAR *restrict vector) {
    // The zeros below the diagonal let both passes work on whole vectors.
    for (size_t first = 0; first < width; first += COUNT) {
        LANES sum[4] = {*(const LANES *)(vector + first)};
        for (size_t k = 0; k < first; k += 4)
            for (size_t part = 0; part < 4; part++)
                sum[part] -=
                    vector[k + part] * *(const LANES *)(factor + (k + part) * width + first);
        LANES rest = (sum[0] + sum[1]) + (sum[2] + sum[3]);
#pragma clang loop unroll(full)
        for (size_t j = 0; j < COUNT; j++) {
            const SCALAR *row = factor + (first + j) * width + first;
            const SCALAR solved = rest[j] / row[j];
            rest -= solved * *(const LANES *)row;
            vector[first + j] = solved;
        }
    }
    for (size_t j = width; j-- > 0;) {
        const SCALAR *row = factor + j * width;
        const SCALAR right = vector[j];
        vector[j] = 0;
        LANES sum = {0};
        for (size_t c = j / COUNT * COUNT; c < width; c += COUNT)
            sum += *(const LANES *)(row + c) * *(const LANES *)(vector + c);
        vector[j] = (right - NAMED(lane_sum)(&sum)) / row[j];
    }
}

/// Packs some columns of every row; their right side stays in registers meanwhile.
INLINED void NAMED(pack_columns)(
    const size_t vectors, const float *table, size_t width, const int32_t *columns,
    const SCALAR *scales, const SCALAR *targets, size_t count, size_t first, SCALAR *packed,
    SCALAR *right_side) {
    LANES sums[4];
    for (size_t v = 0; v < vectors; v++)
        sums[v] = *(const LANES *)(right_side + first + v * COUNT);
    for (size_t k = 0; k < count; k++) {
        // Rows are all over the table: ask for one as long before its turn as memory takes.
        if (k + 16 < count) {
            const float *later = table + (size_t)columns[k + 16] * width + first;
            for (size_t v = 0; v < vectors; v++) __builtin_prefetch(later + v * COUNT);
        }
        const float *source = table + (size_t)columns[k] * width + first;
        SCALAR *row = packed + k * width + first;
        for (size_t v = 0; v < vectors; v++) {
            const LANES scaled =
                scales[k] * __builtin_convertvector(*(const FLOATS *)(source + v * COUNT), LANES);
            *(LANES *)(row + v * COUNT) = scaled;
            sums[v] += targets[k] * scaled;
        }
    }
    for (size_t v = 0; v < vectors; v++)
        *(LANES *)(right_side + first + v * COUNT) = sums[v];
}

DISPATCHED void NAMED(kernel_pack)(
    const float *restrict table, size_t width, const int32_t *restrict columns,
    const SCALAR *restrict scales, const SCALAR *restrict targets, size_t count,
    SCALAR *restrict packed, SCALAR *restrict right_side) {
    size_t first = 0;
    for (; first + 4 * COUNT <= width; first += 4 * COUNT)
        NAMED(pack_columns)(
            4, table, width, columns, scales, targets, count, first, packed, right_side);
    for (; first + 2 * COUNT <= width; first += 2 * COUNT)
        NAMED(pack_columns)(
            2, table, width, columns, scales, targets, count, first, packed, right_side);
    if (first < width)
        NAMED(pack_columns)(
            1, table, width, columns, scales, targets, count, first, packed, right_side);
}

#undef GRAM_ROWS_WIDE
#undef GRAM_ROWS_NARROW
#undef SCALAR
#undef LANES
#undef FLOATS
#undef COUNT
#undef NAMED
#undef PIVOT_FLOOR
#undef SMALLEST
