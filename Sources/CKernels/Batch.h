// SPDX-License-Identifier: GPL-3.0-or-later
//
// The batch kernels, included once for each precision; see Dense.h for the parameters.

/// Where row i of an upper triangle begins, counted in elements.
INLINED size_t NAMED(row_start)(size_t width, size_t i) { return i * width - i * (i - 1) / 2; }

DISPATCHED void NAMED(kernel_batch_factor)(
    SCALAR *restrict matrices, size_t width, SCALAR *restrict inverses) {
    LANES *all = (LANES *)matrices;
    LANES *inverse = (LANES *)inverses;
    LANES smallest = SMALLEST - (LANES){0};
    for (size_t i = 0; i < width; i++) {
        const LANES floor = PIVOT_FLOOR * all[NAMED(row_start)(width, i)];
        for (size_t s = 0; s < COUNT; s++)
            smallest[s] = floor[s] > smallest[s] ? floor[s] : smallest[s];
    }
    // Rows in fours and columns in fours: 16 sums in registers take 8 loads for 16 products.
    for (size_t i = 0; i < width; i += 4) {
        LANES *own[4];
        for (size_t a = 0; a < 4; a++) own[a] = all + NAMED(row_start)(width, i + a) - (i + a);
        for (size_t j = i; j < width; j += 4) {
            LANES tile[4][4];
            for (size_t a = 0; a < 4; a++)
                for (size_t b = 0; b < 4; b++)
                    // Below the diagonal stands nothing; what is computed there is not used.
                    tile[a][b] = own[a][j + b < i + a ? i + a : j + b];
            for (size_t k = 0; k < i; k++) {
                const LANES *row = all + NAMED(row_start)(width, k) - k;
                const LANES left[4] = {row[i], row[i + 1], row[i + 2], row[i + 3]};
                const LANES right[4] = {row[j], row[j + 1], row[j + 2], row[j + 3]};
#pragma clang loop unroll(full)
                for (size_t a = 0; a < 4; a++)
#pragma clang loop unroll(full)
                    for (size_t b = 0; b < 4; b++) tile[a][b] -= left[a] * right[b];
            }
            if (j == i) {
                for (size_t a = 0; a < 4; a++) {
                    LANES pivot = tile[a][a];
                    for (size_t s = 0; s < COUNT; s++)
                        pivot[s] = pivot[s] > smallest[s] ? pivot[s] : smallest[s];
                    pivot = __builtin_elementwise_sqrt(pivot);
                    const LANES reciprocal = 1 / pivot;
                    inverse[i + a] = reciprocal;
                    tile[a][a] = pivot;
                    for (size_t b = a + 1; b < 4; b++) tile[a][b] *= reciprocal;
                    for (size_t c = a + 1; c < 4; c++)
                        for (size_t b = c; b < 4; b++) tile[c][b] -= tile[a][c] * tile[a][b];
                }
                for (size_t a = 0; a < 4; a++)
                    for (size_t b = a; b < 4; b++) own[a][j + b] = tile[a][b];
            } else {
                for (size_t a = 0; a < 4; a++) {
                    for (size_t c = 0; c < a; c++) {
                        const LANES above = own[c][i + a];
                        for (size_t b = 0; b < 4; b++) tile[a][b] -= above * tile[c][b];
                    }
                    for (size_t b = 0; b < 4; b++) {
                        tile[a][b] *= inverse[i + a];
                        own[a][j + b] = tile[a][b];
                    }
                }
            }
        }
    }
}

DISPATCHED void NAMED(kernel_batch_forward)(
    const SCALAR *restrict factors, const SCALAR *restrict inverses, size_t width,
    SCALAR *restrict vectors) {
    const LANES *row = (const LANES *)factors;
    const LANES *inverse = (const LANES *)inverses;
    LANES *vector = (LANES *)vectors;
    for (size_t i = 0; i < width; i++) {
        const LANES solved = vector[i] * inverse[i];
        vector[i] = solved;
        for (size_t j = i + 1; j < width; j++) vector[j] -= row[j - i] * solved;
        row += width - i;
    }
}

DISPATCHED void NAMED(kernel_batch_backward)(
    const SCALAR *restrict factors, const SCALAR *restrict inverses, size_t width,
    SCALAR *restrict vectors) {
    const LANES *inverse = (const LANES *)inverses;
    LANES *vector = (LANES *)vectors;
    for (size_t i = width; i-- > 0;) {
        const LANES *row = (const LANES *)factors + NAMED(row_start)(width, i) - i;
        // Four sums, so that additions do not wait for each other.
        LANES sum[4] = {vector[i]};
        size_t j = i + 1;
        for (; j + 4 <= width; j += 4)
            for (size_t part = 0; part < 4; part++)
                sum[part] -= row[j + part] * vector[j + part];
        for (; j < width; j++) sum[0] -= row[j] * vector[j];
        vector[i] = ((sum[0] + sum[1]) + (sum[2] + sum[3])) * inverse[i];
    }
}
