// SPDX-License-Identifier: GPL-3.0-or-later
//
// The inner loops of the rating head's sampler and of its serving form.
//
// A *batch* is as many systems of one width as a vector has lanes (16 floats or 8 doubles), stored
// interleaved: element e of system s stands at e · lanes + s. Every operation is the same for all
// lanes, so a system's result has the same bits whatever stands in the other lanes. A batch's
// matrices hold the upper triangle by rows without gaps: row i begins at element
// i · width − i(i − 1)/2 with its diagonal. The rest is as in CKernels.h: row-major, `width` a
// positive multiple of 16, nothing allocated, no overlap.
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/// Systems in a batch of floats and of doubles.
enum { batch_lanes_f32 = 16, batch_lanes_f64 = 8 };

/// The most entries that `kernel_row_sums_f32` takes at a time: as many rows of 16 floats are 32 KB.
enum { entries_max = 512 };

/// values[k] = distinct[codes[k]]; `distinct` has 256 numbers.
void kernel_decode_f32(
    const uint8_t *restrict codes, const float *restrict distinct, size_t count,
    float *restrict values);

/// Some of a row's ratings.
typedef struct {
    /// Of each entry.
    const int32_t *columns;
    /// Of each entry, which of 256 values it has; NULL where `values` has one for each.
    const uint8_t *codes;
    const float *values;
    /// At most `entries_max`.
    size_t count;
    /// How many more columns follow, rows of which are asked for ahead.
    size_t following;
    /// Whether offsets are asked for ahead, too, which only costs where the nearer caches hold them.
    bool asks_for_offsets;
} kernel_entries;

/// Adds some of a row's ratings to its sums.
///
/// Row c of `table` is column c's design times its weight's root ρ, which it begins with as a design
/// begins with 1. For each entry with column c and value v the target is t = ρ (v − offsets[c]). With z
/// the entry's row adds Σ z zᵀ to the upper triangle of `matrix` (width × width; finite numbers may be
/// left below it), Σ t z to `right_side` (width) and returns Σ t².
float kernel_row_sums_f32(
    const float *restrict table, const float *restrict offsets, size_t width,
    const kernel_entries *entries, float *restrict matrix, float *restrict right_side);

/// Makes a batch of the sums of 16 rows, one after the other in `sums` (width × width each, upper
/// triangle read) and `right_sides` (width each).
///
/// System s gets the matrix precision + weights[s] · sums, and the vector weights[s] · right side.
void kernel_batch_load_f32(
    const float *restrict sums, const float *restrict right_sides, const float *restrict weights,
    const float *restrict precision, size_t width, float *restrict matrices,
    float *restrict vectors);

/// Turns 16 rows of `width` floats into a batch of vectors (width × lanes).
void kernel_batch_join_f32(const float *restrict rows, size_t width, float *restrict vectors);

/// Turns a batch of vectors (width × lanes) into 16 rows of `width` floats.
void kernel_batch_part_f32(const float *restrict vectors, size_t width, float *restrict rows);

/// Makes a batch's matrices of 8 systems, one after the other in `systems` (width × width each, upper
/// triangle read).
void kernel_batch_gather_f64(
    const double *restrict systems, size_t width, double *restrict matrices);

/// Replaces a batch of symmetric positive definite matrices by their factors U, UᵀU = A.
///
/// A pivot that rounding left below 2⁻²² (float) or 2⁻⁵⁰ (double) of the largest diagonal element, or
/// below 2⁻¹⁰⁰ or 2⁻⁹⁰⁰, is raised to that, so that solving stays finite. `inverses` (width × lanes)
/// gets 1/U_ii.
void kernel_batch_factor_f32(float *restrict matrices, size_t width, float *restrict inverses);

/// The same in double.
void kernel_batch_factor_f64(double *restrict matrices, size_t width, double *restrict inverses);

/// Replaces a batch of vectors b (width × lanes) by y = U⁻ᵀ b.
void kernel_batch_forward_f32(
    const float *restrict factors, const float *restrict inverses, size_t width,
    float *restrict vectors);

/// The same in double.
void kernel_batch_forward_f64(
    const double *restrict factors, const double *restrict inverses, size_t width,
    double *restrict vectors);

/// Replaces a batch of vectors y (width × lanes) by x = U⁻¹ y.
void kernel_batch_backward_f32(
    const float *restrict factors, const float *restrict inverses, size_t width,
    float *restrict vectors);

/// The same in double.
void kernel_batch_backward_f64(
    const double *restrict factors, const double *restrict inverses, size_t width,
    double *restrict vectors);

/// Draws a batch of rows v ~ N(A⁻¹(b + Λp), A⁻¹) from their normal equations.
///
/// `matrices` holds A = Λ + Σ z zᵀ (a batch; left as its factors), `vectors` (width × lanes) b = Σ t z
/// and afterwards v, `means` (width × lanes) the prior means p, `precision` (width × width) the
/// symmetric Λ, `noise` (width × lanes) standard normal numbers. `expected` (width × lanes), unless
/// NULL, gets the mean of v.
/// `residuals` (lanes), Σ t² before, is Σ (t − z·v)² afterwards, at least 0. `scratch` is room for
/// 3 · width · lanes.
void kernel_batch_draw_f32(
    float *restrict matrices, const float *restrict precision, const float *restrict means,
    const float *restrict noise, size_t width, float *restrict vectors,
    float *restrict expected, float *restrict residuals, float *restrict scratch);

/// Fills `numbers` with `count` standard normal numbers, a pure function of `key` and place.
///
/// `count` is a multiple of 32. Box–Muller (Box & Muller 1958) on the 64-bit outputs of SplitMix64
/// seeded with `key`: output n gives a radius from its high 32 bits and an angle from its low 32
/// bits, both to 24 bits, so |x| ≤ 5.9. Uses no mathematical library.
void kernel_normals_f32(uint64_t key, size_t count, float *restrict numbers);

/// product (rows × columns, rows `product_stride` apart) += left (rows × inner) · right (inner × columns).
///
/// Element (r, k) of `left` is left[r · row_step + k · inner_step], so that it may be a transpose.
/// `columns` is a multiple of 16. Sums run over `inner` in order for each element.
void kernel_add_product_f32(
    const float *restrict left, size_t row_step, size_t inner_step, const float *restrict right,
    size_t right_stride, float *restrict product, size_t product_stride, size_t rows, size_t inner,
    size_t columns);

/// Asks for rows columns[0..<count] of `table` (width floats each) to come near, into the second
/// level of the caches, and waits for nothing.
void kernel_prefetch_rows_f32(
    const float *table, size_t width, const int32_t *columns, size_t count);

/// sum (width) = Σ rows columns[0..<count] of `table` (width floats each), in order.
void kernel_sum_rows_f32(
    const float *restrict table, size_t width, const int32_t *restrict columns, size_t count,
    float *restrict sum);

/// The same sum in double.
void kernel_sum_rows_f64(
    const float *restrict table, size_t width, const int32_t *restrict columns, size_t count,
    double *restrict sum);
