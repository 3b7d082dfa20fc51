// SPDX-License-Identifier: GPL-3.0-or-later
// Calls every public kernel of CKernels, and CPeak's read, on numbers made up from a counter, and
// prints what each returns to the bit: one line `NAME WIDTH COUNT BYTES ELEMENT…`, where BYTES is an
// element's size and elements are hexadecimal. The inputs are exact in every arithmetic, so lines of
// two processors differ only where their kernels do. See kernel_bits.py.
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "CKernels.h"
#include "CPeak.h"

static uint64_t counter;

static uint64_t bits(void) {
    uint64_t z = (counter += 0x9E3779B97F4A7C15u);
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
    return z ^ (z >> 31);
}

// Uniform in −1 … 1, a multiple of 2⁻²³.
static double uniform(void) { return (double)((int64_t)(bits() >> 40) - (1 << 23)) * 0x1p-23; }

// Room that is taken until the next case begins; a buffer too many stops the program.
static _Alignas(64) char room[1 << 24];
static size_t taken;

static void *take(size_t bytes) {
    void *start = room + taken;
    taken += (bytes + 63) / 64 * 64;
    if (taken > sizeof room) abort();
    memset(start, 0, bytes);
    return start;
}

static float *floats(size_t count) {
    float *numbers = take(count * sizeof *numbers);
    for (size_t k = 0; k < count; k++) numbers[k] = (float)uniform();
    return numbers;
}

static double *doubles(size_t count) {
    double *numbers = take(count * sizeof *numbers);
    for (size_t k = 0; k < count; k++)
        numbers[k] = uniform() + (double)(int64_t)(bits() >> 40) * 0x1p-50;
    return numbers;
}

// Between 1/4 and 1.
static float *positive_floats(size_t count) {
    float *numbers = take(count * sizeof *numbers);
    for (size_t k = 0; k < count; k++) numbers[k] = 0.25f + (float)(bits() >> 44) * 0.75f * 0x1p-20f;
    return numbers;
}

static double *positive_doubles(size_t count) {
    double *numbers = take(count * sizeof *numbers);
    for (size_t k = 0; k < count; k++) numbers[k] = 0.25 + (double)(bits() >> 12) * 0x1.8p-54;
    return numbers;
}

enum { TABLE_ROWS = 41 };

static int32_t *some_columns(size_t count) {
    int32_t *columns = take(count * sizeof *columns);
    for (size_t k = 0; k < count; k++) columns[k] = (int32_t)(bits() % TABLE_ROWS);
    return columns;
}

// A symmetric positive definite matrix whose elements are multiples of 2⁻¹², so that both precisions
// hold them and no sum on the way rounds.
static double *definite_matrix(size_t width) {
    double *matrix = take(width * width * sizeof *matrix);
    double *row = take(width * sizeof *row);
    for (size_t k = 0; k < 2 * width; k++) {
        for (size_t i = 0; i < width; i++) row[i] = (double)((int64_t)(bits() % 129) - 64) / 64;
        for (size_t i = 0; i < width; i++)
            for (size_t j = 0; j < width; j++) matrix[i * width + j] += row[i] * row[j];
    }
    for (size_t i = 0; i < width; i++) matrix[i * width + i] += 2;
    return matrix;
}

static float *narrowed(const double *numbers, size_t count) {
    float *narrow = take(count * sizeof *narrow);
    for (size_t k = 0; k < count; k++) narrow[k] = (float)numbers[k];
    return narrow;
}

static size_t case_width, case_count;

static void print(const char *name, const void *elements, size_t count, size_t bytes) {
    printf("%s %zu %zu %zu", name, case_width, case_count, bytes);
    const unsigned char *byte = elements;
    for (size_t k = 0; k < count; k++) {
        putchar(' ');
        for (size_t b = bytes; b-- > 0;) printf("%02x", byte[k * bytes + b]);
    }
    putchar('\n');
}

#define PRINT(name, elements, count) print(name, elements, count, sizeof *(elements))

// Batches of definite matrices.
static void load_f64(size_t width, double *matrices) {
    const size_t size = width * width, before = taken;
    double *systems = take(batch_lanes_f64 * size * sizeof *systems);
    for (size_t lane = 0; lane < batch_lanes_f64; lane++) {
        const double *system = definite_matrix(width);
        for (size_t k = 0; k < size; k++) systems[lane * size + k] = system[k];
    }
    kernel_batch_gather_f64(systems, width, matrices);
    taken = before;
    PRINT("kernel_batch_gather_f64", matrices, width * (width + 1) / 2 * batch_lanes_f64);
}

static void load_f32(size_t width, float *matrices) {
    const size_t lanes = batch_lanes_f32, before = taken;
    float *sums = take(lanes * width * width * sizeof *sums);
    for (size_t lane = 0; lane < lanes; lane++) {
        const double *exact = definite_matrix(width);
        for (size_t k = 0; k < width * width; k++)
            sums[lane * width * width + k] = (float)exact[k];
    }
    float *vectors = take(width * lanes * sizeof *vectors);
    const float *rows = floats(lanes * width);
    kernel_batch_load_f32(
        sums, rows, positive_floats(lanes), narrowed(definite_matrix(width), width * width), width,
        matrices, vectors);
    PRINT("kernel_batch_load_f32", matrices, width * (width + 1) / 2 * lanes);
    PRINT("kernel_batch_load_f32", vectors, width * lanes);
    kernel_batch_join_f32(rows, width, vectors);
    PRINT("kernel_batch_join_f32", vectors, width * lanes);
    kernel_batch_part_f32(rows, width, vectors);
    PRINT("kernel_batch_part_f32", vectors, width * lanes);
    taken = before;
}

// The kernels that exist in both precisions, dense and in batches.
#define DEFINE_DENSE(S, REAL, RANDOM, LANES)                                              \
    static void dense_##S(size_t width, size_t count) {                                   \
        const float *table = floats(TABLE_ROWS * width);                                  \
        REAL *packed = take(count * width * sizeof *packed);                              \
        REAL *right = RANDOM(width);                                                      \
        kernel_pack_##S(                                                                  \
            table, width, some_columns(count), RANDOM(count), RANDOM(count), count,       \
            packed, right);                                                               \
        PRINT("kernel_pack_" #S, packed, count * width);                                  \
        PRINT("kernel_pack_" #S, right, width);                                           \
        REAL *gram = RANDOM(width * width);                                               \
        kernel_add_gram_##S(packed, count, width, gram);                                  \
        for (size_t i = 0; i < width; i++)                                                \
            PRINT("kernel_add_gram_" #S, gram + i * width + i, width - i);                \
    }                                                                                     \
                                                                                          \
    static void batch_##S(size_t width) {                                                 \
        const size_t elements = width * (width + 1) / 2 * LANES;                          \
        REAL *matrices = take(elements * sizeof *matrices);                               \
        load_##S(width, matrices);                                                        \
        REAL *inverses = take(width * LANES * sizeof *inverses);                          \
        kernel_batch_factor_##S(matrices, width, inverses);                               \
        PRINT("kernel_batch_factor_" #S, matrices, elements);                             \
        PRINT("kernel_batch_factor_" #S, inverses, width * LANES);                        \
        REAL *vectors = RANDOM(width * LANES);                                            \
        kernel_batch_forward_##S(matrices, inverses, width, vectors);                     \
        PRINT("kernel_batch_forward_" #S, vectors, width * LANES);                        \
        kernel_batch_backward_##S(matrices, inverses, width, vectors);                    \
        PRINT("kernel_batch_backward_" #S, vectors, width * LANES);                       \
    }

DEFINE_DENSE(f32, float, floats, (size_t)batch_lanes_f32)
DEFINE_DENSE(f64, double, doubles, (size_t)batch_lanes_f64)

static void factors(size_t width) {
    double *matrix = definite_matrix(width), *right = doubles(width);
    const size_t raised = kernel_factor_f64(matrix, width);
    PRINT("kernel_factor_f64", matrix, width * width);
    PRINT("kernel_factor_f64", &raised, 1);
    kernel_solve_f64(matrix, width, right);
    PRINT("kernel_solve_f64", right, width);
}

static void scans(size_t width, size_t count) {
    const float *table = floats(TABLE_ROWS * width);
    const double *vector = doubles(width);
    const double product = kernel_dot_f64(table, vector, width);
    PRINT("kernel_dot_f64", &product, 1);
    double *products = take(count * sizeof *products);
    const int32_t *columns = some_columns(count);
    kernel_dot_rows_f64(table, width, columns, count, vector, products);
    PRINT("kernel_dot_rows_f64", products, count);
    float *narrow = take(width * sizeof *narrow);
    kernel_sum_rows_f32(table, width, columns, count, narrow);
    PRINT("kernel_sum_rows_f32", narrow, width);
    double *wide = take(width * sizeof *wide);
    kernel_sum_rows_f64(table, width, columns, count, wide);
    PRINT("kernel_sum_rows_f64", wide, width);
    kernel_sum_scaled_rows_f64(doubles(width * width), width, vector, wide);
    PRINT("kernel_sum_scaled_rows_f64", wide, width);
    float *sums = floats(count * width);
    kernel_add_product_f32(
        floats(count * 37), 37, 1, floats(37 * width), width, sums, width, count, 37, width);
    PRINT("kernel_add_product_f32", sums, count * width);
}

static void sampler(size_t width, size_t count) {
    const float *table = floats(TABLE_ROWS * width);
    float *values = take(count * sizeof *values);
    uint8_t *codes = take(count);
    for (size_t k = 0; k < count; k++) codes[k] = (uint8_t)bits();
    kernel_decode_f32(codes, floats(256), count, values);
    PRINT("kernel_decode_f32", values, count);
    const size_t some = count < entries_max ? count : entries_max;
    float *matrix = floats(width * width);
    float *right = floats(width);
    const kernel_entries coded = {some_columns(some), codes, floats(256), some / 2, some - some / 2, true};
    float squares = kernel_row_sums_f32(
        table, floats(TABLE_ROWS), width, &coded, matrix, right);
    const kernel_entries plain = {some_columns(some), NULL, values, some, 0, false};
    squares += kernel_row_sums_f32(
        table, floats(TABLE_ROWS), width, &plain, matrix, right);
    for (size_t i = 0; i < width; i++)
        PRINT("kernel_row_sums_f32", matrix + i * width + i, width - i);
    PRINT("kernel_row_sums_f32", right, width);
    PRINT("kernel_row_sums_f32", &squares, 1);
    float *gram = floats(width * width);
    kernel_add_gram_asking_f32(
        floats(count * width), count, width, gram, table, some_columns(count), count / 2);
    for (size_t i = 0; i < width; i++)
        PRINT("kernel_add_gram_asking_f32", gram + i * width + i, width - i);
    float *normals = take(64 * count * sizeof *normals);
    kernel_normals_f32(bits(), 64 * count, normals);
    PRINT("kernel_normals_f32", normals, 64 * count);
}

static void draws(size_t width) {
    const size_t lanes = batch_lanes_f32, size = width * lanes;
    float *matrices = take(width * (width + 1) / 2 * lanes * sizeof *matrices);
    load_f32(width, matrices);
    float *vectors = floats(size), *expected = take(size * sizeof *expected);
    float *noise = take(size * sizeof *noise), *residuals = positive_floats(lanes);
    for (size_t lane = 0; lane < lanes; lane++) residuals[lane] += 60;
    kernel_normals_f32(bits(), size, noise);
    kernel_batch_draw_f32(
        matrices, narrowed(definite_matrix(width), width * width), floats(size), noise, width,
        vectors, expected, residuals, take(3 * size * sizeof(float)));
    PRINT("kernel_batch_draw_f32", matrices, width * (width + 1) / 2 * lanes);
    PRINT("kernel_batch_draw_f32", vectors, size);
    PRINT("kernel_batch_draw_f32", expected, size);
    PRINT("kernel_batch_draw_f32", residuals, lanes);
}

static void sequences(size_t width, size_t count) {
    const float *table = floats(TABLE_ROWS * width);
    const int32_t *columns = some_columns(count);
    double *wide = doubles(count), *packed = take(count * width * sizeof *packed);
    double *states = take((2 * width + 2) * sizeof *states), *right = doubles(width);
    kernel_whiten_f64(
        table, width, columns, count, positive_doubles(2 * count), positive_doubles(2 * count),
        positive_doubles(count), 0.83, wide, packed, states, right);
    PRINT("kernel_whiten_f64", wide, count);
    PRINT("kernel_whiten_f64", packed, count * width);
    PRINT("kernel_whiten_f64", states, 2 * width + 2);
    PRINT("kernel_whiten_f64", right, width);
}

static void counterfactuals(size_t blocks, size_t stride) {
    // Leverages below 1/2, so that most determinants are positive, and their roots.
    double *effects = doubles(5 * blocks * stride);
    for (size_t k = 0; k < blocks * stride; k++) {
        effects[k] = fabs(effects[k]) * 0.5;
        effects[blocks * stride + k] = sqrt(effects[k]);
        effects[2 * blocks * stride + k] = fabs(effects[2 * blocks * stride + k]);
    }
    double *bounds = take(stride * sizeof *bounds);
    kernel_together_bounds_f64(effects, blocks, stride, stride / 3, stride / 5, bounds);
    PRINT("kernel_together_bounds_f64", bounds + stride / 5, stride - stride / 5);
}

static void selection(size_t pairs, size_t wanted) {
    enum { PANELS = 23, QUERIES = 5, SLOTS = 16 * PANELS };
    int16_t *rows = take(PANELS * pairs * 32 * sizeof *rows);
    // Shares of 2¹⁵ so small that norms stay within it.
    const int64_t largest = (int64_t)(32768 / sqrt(2.0 * (double)pairs)) - 1;
    for (size_t k = 0; k < PANELS * pairs * 32; k++)
        rows[k] = (int16_t)((int64_t)(bits() % (uint64_t)(2 * largest)) - largest);
    float *bases = floats(SLOTS), *base_bounds = take(PANELS * sizeof *base_bounds);
    float *norm_bounds = take(PANELS * sizeof *norm_bounds);
    for (size_t panel = 0; panel < PANELS; panel++) base_bounds[panel] = norm_bounds[panel] = 1;
    const struct kernel_panels panels = {rows, bases, base_bounds, norm_bounds, PANELS, pairs};
    struct kernel_query queries[QUERIES];
    for (size_t q = 0; q < QUERIES; q++) {
        int16_t *vector = take(2 * pairs * sizeof *vector);
        for (size_t k = 0; k < 2 * pairs; k++)
            vector[k] = (int16_t)((int64_t)(bits() % (uint64_t)(2 * largest)) - largest);
        uint16_t *excluded = take(PANELS * sizeof *excluded);
        for (size_t panel = 0; panel < PANELS; panel++) excluded[panel] = (uint16_t)bits() & 0x1111;
        queries[q] = (struct kernel_query){
            vector, excluded, 0x1.3p-30f, 3, 0.01f, wanted, take(wanted * sizeof(float)),
            take(SLOTS * sizeof(int32_t)), take(SLOTS * sizeof(float)), 0, 0};
    }
    kernel_select(&panels, queries, QUERIES, kernel_best_instructions());
    for (size_t q = 0; q < QUERIES; q++) {
        PRINT("kernel_select", &queries[q].found, 1);
        PRINT("kernel_select", &queries[q].threshold, 1);
        PRINT("kernel_select", queries[q].slots, queries[q].found);
        PRINT("kernel_select", queries[q].scores, queries[q].found);
    }
}

static void begin(size_t width, size_t count) {
    taken = 0;
    case_width = width;
    case_count = count;
}

int main(void) {
    static const size_t widths[] = {16, 32, 80}, counts[] = {1, 5, 131};
    for (size_t w = 0; w < 3; w++) {
        for (size_t c = 0; c < 3; c++) {
            begin(widths[w], counts[c]);
            dense_f32(widths[w], counts[c]);
            dense_f64(widths[w], counts[c]);
            begin(widths[w], counts[c]);
            scans(widths[w], counts[c]);
            sampler(widths[w], counts[c]);
            begin(widths[w], counts[c]);
            sequences(widths[w], counts[c]);
            begin(widths[w], counts[c]);
            counterfactuals(1 + c, widths[w] + counts[c]);
            selection(widths[w] / 2, 1 + counts[c]);
        }
        begin(widths[w], 0);
        factors(widths[w]);
        batch_f32(widths[w]);
        batch_f64(widths[w]);
        begin(widths[w], 0);
        draws(widths[w]);
    }
    begin(0, 1003);
    uint64_t *numbers = take(case_count * sizeof *numbers);
    for (size_t k = 0; k < case_count; k++) numbers[k] = bits();
    const uint64_t sum = peak_read(numbers, case_count);
    PRINT("peak_read", &sum, 1);
    return 0;
}
