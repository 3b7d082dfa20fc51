// SPDX-License-Identifier: GPL-3.0-or-later
//
// The kernels that exist in both precisions, included once for each with
//   SCALAR   float or double
//   LANES    its 64-byte vector, of COUNT elements
//   NAMED(x) the name x with the precision's suffix
//   FLOATS   as many floats
//   HALF     half a vector

/// Adds the products of `count` packed rows to ROWS rows × VECTORS vectors of a matrix, or takes them
/// away: packed[k][row + r] · packed[k][column …], a tile that stays in registers meanwhile. Rows from
/// HALVED on begin in the middle of the first vector. Of rows that are asked for meanwhile this tile asks
/// for vectors FROM up to TO of its columns.
INLINED void NAMED(gram_tile)(
    const size_t rows, const size_t vectors, const size_t halved, const int is_subtracted,
    const size_t from, const size_t to, const SCALAR *packed, size_t count, size_t width, size_t row,
    size_t column, SCALAR *matrix, const asked_rows *asked) {
    LANES tile[16][3];
    HALF halves[16];
    matrix += row * width + column;
#pragma clang loop unroll(full)
    for (size_t r = 0; r < rows; r++) {
        if (r >= halved) halves[r] = *(const HALF *)(matrix + r * width + COUNT / 2);
#pragma clang loop unroll(full)
        for (size_t v = r >= halved; v < vectors; v++)
            tile[r][v] = *(const LANES *)(matrix + r * width + v * COUNT);
    }
    for (size_t k = 0; k < count; k++, packed += width) {
        if (from < to && k < asked->count) {
            const float *later = asked->table + (size_t)asked->columns[k] * width + column;
#pragma clang loop unroll(full)
            for (size_t v = from; v < to; v++) __builtin_prefetch(later + v * COUNT, 0, 2);
        }
        LANES right[3];
#pragma clang loop unroll(full)
        for (size_t v = 0; v < vectors; v++)
            right[v] = *(const LANES *)(packed + column + v * COUNT);
        const HALF half = HIGH_HALF(right[0]);
#pragma clang loop unroll(full)
        for (size_t r = 0; r < rows; r++) {
            const SCALAR left = is_subtracted ? -packed[row + r] : packed[row + r];
            if (r >= halved) halves[r] += left * half;
#pragma clang loop unroll(full)
            for (size_t v = r >= halved; v < vectors; v++) tile[r][v] += left * right[v];
        }
    }
#pragma clang loop unroll(full)
    for (size_t r = 0; r < rows; r++) {
        if (r >= halved) *(HALF *)(matrix + r * width + COUNT / 2) = halves[r];
#pragma clang loop unroll(full)
        for (size_t v = r >= halved; v < vectors; v++)
            *(LANES *)(matrix + r * width + v * COUNT) = tile[r][v];
    }
}

#define GRAM_TILE(ROWS, VECTORS, HALVED, IS_SUBTRACTED, FROM, TO, FIRST) \
    NAMED(gram_tile)( \
        ROWS, VECTORS, HALVED, IS_SUBTRACTED, FROM, TO, packed, count, width, FIRST, column, matrix, \
        asked)

/// Tiles of 8 of the COUNT rows, without what is left of the middle of the diagonal's vector; the upper
/// one asks for the first half of what is asked for.
#define GRAM_EIGHTS(VECTORS, IS_SUBTRACTED, ASKS) \
    for (size_t r = row; r < row + COUNT; r += 8) { \
        const size_t middle = (VECTORS + 1) / 2 * ASKS; \
        if (r > row && column > row) \
            GRAM_TILE(8, VECTORS, 8, IS_SUBTRACTED, middle, VECTORS * ASKS, r); \
        else if (r > row) GRAM_TILE(8, VECTORS, 0, IS_SUBTRACTED, middle, VECTORS * ASKS, r); \
        else if (column > row) GRAM_TILE(8, VECTORS, 8, IS_SUBTRACTED, 0, middle, r); \
        else GRAM_TILE(8, VECTORS, COUNT / 2, IS_SUBTRACTED, 0, middle, r); \
    }

/// The products for the COUNT rows of a matrix from `row` on, from the diagonal's vector on.
///
/// Two units of four cycles need 8 sums in flight, and each number that is broadcast should serve
/// more than one of them, because two loads can begin in a cycle.
#define GRAM_ROWS_WIDE(NAME, IS_SUBTRACTED, ASKS) \
    static void NAME( \
        const SCALAR *packed, size_t count, size_t width, size_t row, SCALAR *matrix, \
        const asked_rows *asked) { \
        for (size_t column = row; column < width;) { \
            const size_t left = (width - column) / COUNT; \
            const size_t vectors = left == 1 || left == 3 ? left : 2; \
            if (vectors == 2) GRAM_EIGHTS(2, IS_SUBTRACTED, ASKS) \
            else if (vectors == 3) GRAM_EIGHTS(3, IS_SUBTRACTED, ASKS) \
            else if (column > row) GRAM_TILE(COUNT, 1, COUNT, IS_SUBTRACTED, 0, ASKS, row); \
            else GRAM_TILE(COUNT, 1, COUNT / 2, IS_SUBTRACTED, 0, ASKS, row); \
            column += vectors * COUNT; \
        } \
    }

/// The same in tiles for 16 registers, of which a vector takes two or four; below the middle of the
/// diagonal of HALVED rows.
#define GRAM_ROWS_NARROW(NAME, IS_SUBTRACTED, HALVED, ASKS) \
    static void NAME( \
        const SCALAR *packed, size_t count, size_t width, size_t row, SCALAR *matrix, \
        const asked_rows *asked) { \
        for (size_t column = row; column < width; column += COUNT) { \
            const size_t whole = column > row ? COUNT : COUNT / 2; \
            GRAM_TILE(4, 1, 4, IS_SUBTRACTED, 0, ASKS, row); \
            for (size_t r = row + 4; r < row + whole; r += 4) \
                GRAM_TILE(4, 1, 4, IS_SUBTRACTED, 0, 0, r); \
            for (size_t r = row + whole; r < row + COUNT; r += HALVED) \
                GRAM_TILE(HALVED, 1, 0, IS_SUBTRACTED, 0, 0, r); \
        } \
    }

/// Rows of a half tile where registers are as wide as a half vector: 8 sums in flight again.
#define HALVED_ROWS (COUNT / 2 < 8 ? COUNT / 2 : 8)

#if HAS_TARGETS
TARGET_V4 GRAM_ROWS_WIDE(NAMED(add_rows_v4), 0, 0)
TARGET_V3 GRAM_ROWS_NARROW(NAMED(add_rows_v3), 0, HALVED_ROWS, 0)
#endif
GRAM_ROWS_NARROW(NAMED(add_rows), 0, 4, 0)

/// Adds the products for COUNT rows of the matrix.
static void NAMED(add_rows_best)(
    const SCALAR *packed, size_t count, size_t width, size_t row, SCALAR *matrix) {
#if HAS_TARGETS
    if (HAS_V4) return NAMED(add_rows_v4)(packed, count, width, row, matrix, NULL);
    if (HAS_V3) return NAMED(add_rows_v3)(packed, count, width, row, matrix, NULL);
#endif
    NAMED(add_rows)(packed, count, width, row, matrix, NULL);
}

void NAMED(kernel_add_gram)(
    const SCALAR *restrict packed, size_t count, size_t width, SCALAR *restrict matrix) {
    for (size_t row = 0; row < width; row += COUNT)
        NAMED(add_rows_best)(packed, count, width, row, matrix);
}

/// Packs some columns of every row; their right side stays in registers meanwhile.
INLINED void NAMED(pack_columns)(
    const size_t vectors, const float *table, size_t width, const int32_t *columns,
    const SCALAR *scales, const SCALAR *targets, size_t count, size_t first, SCALAR *packed,
    SCALAR *right_side) {
    LANES sums[5];
    for (size_t v = 0; v < vectors; v++)
        sums[v] = *(const LANES *)(right_side + first + v * COUNT);
    for (size_t k = 0; k < count; k++) {
        // Rows are all over the table: ask for one some time before its turn.
        if (k + 8 < count) {
            const float *later = table + (size_t)columns[k + 8] * width + first;
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
#define PACK_COLUMNS(VECTORS) \
    NAMED(pack_columns)( \
        VECTORS, table, width, columns, scales, targets, count, first, packed, right_side)
    // As few passes as registers allow, as each goes over all rows.
    for (size_t first = 0, vectors; first < width; first += vectors * COUNT) {
        const size_t left = (width - first) / COUNT;
        vectors = left <= 5 ? left : 4;
        if (vectors == 5) PACK_COLUMNS(5);
        else if (vectors == 4) PACK_COLUMNS(4);
        else if (vectors == 3) PACK_COLUMNS(3);
        else if (vectors == 2) PACK_COLUMNS(2);
        else PACK_COLUMNS(1);
    }
#undef PACK_COLUMNS
}
