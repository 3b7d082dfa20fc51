// SPDX-License-Identifier: GPL-3.0-or-later
//
// The kernels that exist in both precisions, included once for each with
//   SCALAR   float or double
//   LANES    its 64-byte vector, of COUNT elements
//   NAMED(x) the name x with the precision's suffix
//   FLOATS   as many floats

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
TARGET_V3 GRAM_ROWS_NARROW(NAMED(add_rows_v3), 0)
#endif
GRAM_ROWS_NARROW(NAMED(add_rows), 0)

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
            for (size_t c = 0; c < vectors * COUNT; c += 16) __builtin_prefetch(later + c);
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
