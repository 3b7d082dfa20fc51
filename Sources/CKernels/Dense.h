// SPDX-License-Identifier: GPL-3.0-or-later
//
// The kernels that exist in both precisions, included once for each with
//   SCALAR   float or double
//   LANES    its 64-byte vector, of COUNT elements
//   NAMED(x) the name x with the precision's suffix
//   FLOATS   as many floats
//   SQUARE_ROOT  the correctly rounded root
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

/// A tile of TILE rows × 1 vector lives in registers while all packed rows stream past it.
#define ADD_GRAM(NAME, TILE) \
    static void NAME( \
        const SCALAR *restrict packed, size_t count, size_t width, SCALAR *restrict matrix) { \
        for (size_t column = 0; column < width; column += COUNT) \
            for (size_t row = 0; row < column + COUNT; row += TILE) { \
                LANES tile[TILE]; \
                for (int r = 0; r < TILE; r++) \
                    tile[r] = *(const LANES *)(matrix + (row + r) * width + column); \
                const SCALAR *source = packed; \
                for (size_t k = 0; k < count; k++, source += width) { \
                    const LANES right = *(const LANES *)(source + column); \
                    _Pragma("clang loop unroll(full)") for (int r = 0; r < TILE; r++) \
                        tile[r] += source[row + r] * right; \
                } \
                for (int r = 0; r < TILE; r++) \
                    *(LANES *)(matrix + (row + r) * width + column) = tile[r]; \
            } \
    }

// 8 additions in flight hide their latency; the 16 registers of AVX2 hold no more than 4 rows.
#if HAS_TARGETS
TARGET_V4 ADD_GRAM(NAMED(add_gram_v4), 8)
TARGET_V3 ADD_GRAM(NAMED(add_gram_v3), 4)
#endif
ADD_GRAM(NAMED(add_gram), 4)

void NAMED(kernel_add_gram)(
    const SCALAR *restrict packed, size_t count, size_t width, SCALAR *restrict matrix) {
#if HAS_TARGETS
    if (HAS_V4) return NAMED(add_gram_v4)(packed, count, width, matrix);
    if (HAS_V3) return NAMED(add_gram_v3)(packed, count, width, matrix);
#endif
    NAMED(add_gram)(packed, count, width, matrix);
}

DISPATCHED size_t NAMED(kernel_factor)(SCALAR *restrict matrix, size_t width) {
    SCALAR largest = 0;
    for (size_t j = 0; j < width; j++)
        if (matrix[j * width + j] > largest) largest = matrix[j * width + j];
    const SCALAR floor = largest * PIVOT_FLOOR > SMALLEST ? largest * PIVOT_FLOOR : SMALLEST;
    size_t raised = 0;
    for (size_t j = 0; j < width; j++) {
        SCALAR *restrict pivot_row = matrix + j * width;
        SCALAR pivot = pivot_row[j];
        if (!(pivot > floor)) {
            pivot = floor;
            raised++;
        }
        const SCALAR root = SQUARE_ROOT(pivot);
        const SCALAR inverse = 1 / root;
        const size_t start = j / COUNT * COUNT;
        for (size_t c = start; c < width; c += COUNT) *(LANES *)(pivot_row + c) *= inverse;
        for (size_t c = 0; c < j; c++) pivot_row[c] = 0;
        pivot_row[j] = root;
        for (size_t i = j + 1; i < width; i++) {
            const SCALAR factor = pivot_row[i];
            SCALAR *restrict row = matrix + i * width;
            for (size_t c = i / COUNT * COUNT; c < width; c += COUNT)
                *(LANES *)(row + c) -= factor * *(const LANES *)(pivot_row + c);
        }
    }
    return raised;
}

DISPATCHED void NAMED(kernel_solve)(
    const SCALAR *restrict factor, size_t width, SCALAR *restrict vector) {
    // The zeros below the diagonal let both passes work on whole vectors.
    for (size_t j = 0; j < width; j++) {
        const SCALAR *row = factor + j * width;
        const SCALAR solved = vector[j] / row[j];
        for (size_t c = j / COUNT * COUNT; c < width; c += COUNT)
            *(LANES *)(vector + c) -= solved * *(const LANES *)(row + c);
        vector[j] = solved;
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

DISPATCHED void NAMED(kernel_pack)(
    const float *restrict table, size_t width, const int32_t *restrict columns,
    const SCALAR *restrict scales, const SCALAR *restrict targets, size_t count,
    SCALAR *restrict packed, SCALAR *restrict right_side) {
    for (size_t k = 0; k < count; k++) {
        const float *source = table + (size_t)columns[k] * width;
        SCALAR *row = packed + k * width;
        for (size_t c = 0; c < width; c += COUNT) {
            const LANES scaled =
                scales[k] * __builtin_convertvector(*(const FLOATS *)(source + c), LANES);
            *(LANES *)(row + c) = scaled;
            *(LANES *)(right_side + c) += targets[k] * scaled;
        }
    }
}

#undef ADD_GRAM
#undef SCALAR
#undef LANES
#undef FLOATS
#undef COUNT
#undef NAMED
#undef SQUARE_ROOT
#undef PIVOT_FLOOR
#undef SMALLEST
