// SPDX-License-Identifier: GPL-3.0-or-later
#include "CKernels.h"
#include "Dispatch.h"
#include "Lanes.h"
#include "SequenceKernels.h"

/// What component c keeps over a gap.
INLINED float decay_over(const kernel_sequence_f32 *sequence, uint8_t gap, size_t c) {
    return gap == 0 ? sequence->steps[c] : gap == 1 ? sequence->breaks[c] : sequence->halves[c];
}

/// What the filter knows between two ratings, of up to two components.
struct filter {
    /// Lower triangle, two to a row.
    float variance[4];
    float target_states[2];
    /// Of the latest rating: what the components kept, what they take of its surprise, and the
    /// reciprocal variance of that surprise.
    float decay[2], gain[2], inverse;
};

/// Filters one target; returns its surprise.
INLINED float filter_step(
    const size_t components, const kernel_sequence_f32 *sequence, uint8_t gap, float noise,
    float target, struct filter *filter) {
    // Sums of two products and products with two uses: which ones are fused would be the compiler's
    // choice.
#pragma clang fp contract(off)
    float *decay = filter->decay, *variance = filter->variance;
    float sums[2] = {0, 0}, target_before[2] = {0, 0};
    float surprise = target, total = noise;
    for (size_t c = 0; c < components; c++) {
        decay[c] = decay_over(sequence, gap, c);
        for (size_t d = 0; d <= c; d++) variance[2 * c + d] *= decay[c] * decay[d];
        variance[3 * c] += sequence->variances[c] * (1 - decay[c] * decay[c]);
    }
    if (components == 1) sums[0] = variance[0];
    if (components == 2) {
        sums[0] = variance[0] + variance[2];
        sums[1] = variance[2] + variance[3];
    }
    for (size_t c = 0; c < components; c++) {
        total += sums[c];
        target_before[c] = decay[c] * filter->target_states[c];
        surprise -= target_before[c];
    }
    filter->inverse = 1 / total;
    for (size_t c = 0; c < components; c++) {
        filter->gain[c] = sums[c] * filter->inverse;
        for (size_t d = 0; d <= c; d++) variance[2 * c + d] -= filter->gain[c] * sums[d];
        filter->target_states[c] = target_before[c] + filter->gain[c] * surprise;
    }
    return surprise;
}

/// decayed = decay · state, and entry less that.
INLINED void take_decayed(
    float decay, const float *state, lanes_f32 *decayed, lanes_f32 *entry) {
    // The product is used again: whether it is fused here too would be the compiler's choice.
#pragma clang fp contract(off)
    *decayed = decay * *(const lanes_f32 *)state;
    *entry -= *decayed;
}

/// One stretch of a sequence: `count` at most the room in `packed`. The filter and the states carry
/// over from stretch to stretch.
INLINED float whiten_f32(
    const size_t components, const kernel_sequence_f32 *sequence, const float *table, size_t width,
    const int32_t *columns, const float *targets, const uint8_t *gaps, size_t count,
    const float *noises, float root, float *packed, float *states, struct filter *filter,
    float *right_side, float *gains) {
    float squares = 0;
    for (size_t k = 0; k < count; k++) {
        const float *source = table + (size_t)columns[k] * width;
        const float surprise = filter_step(
            components, sequence, gaps[k], noises[columns[k]], targets[k], filter);
        for (size_t c = 0; c < components; c++) gains[3 * k + c] = filter->gain[c];
        gains[3 * k + 2] = filter->inverse;
        const float scale = root * __builtin_sqrtf(filter->inverse);
        const float target = scale * surprise;
        squares += target * target;
        for (size_t column = 0; column < width; column += 16) {
            lanes_f32 entry = *(const lanes_f32 *)(source + column);
            lanes_f32 before[2];
            for (size_t c = 0; c < components; c++)
                take_decayed(filter->decay[c], states + c * width + column, before + c, &entry);
            for (size_t c = 0; c < components; c++)
                *(lanes_f32 *)(states + c * width + column) = before[c] + filter->gain[c] * entry;
            const lanes_f32 row = scale * entry;
            *(lanes_f32 *)(packed + k * width + column) = row;
            *(lanes_f32 *)(right_side + column) += target * row;
        }
    }
    return squares;
}

DISPATCHED static float whiten_any_f32(
    const kernel_sequence_f32 *sequence, const float *table, size_t width,
    const int32_t *columns, const float *targets, const uint8_t *gaps, size_t count,
    const float *noises, float root, float *packed, float *states, struct filter *filter,
    float *right_side, float *gains) {
#define WHITEN(COMPONENTS) \
    whiten_f32( \
        COMPONENTS, sequence, table, width, columns, targets, gaps, count, noises, \
        root, packed, states, filter, right_side, gains)
    switch (sequence->count) {
        case 0: return WHITEN(0);
        case 1: return WHITEN(1);
        default: return WHITEN(2);
    }
#undef WHITEN
}

float kernel_sequence_equations_f32(
    const kernel_sequence_f32 *sequence, const float *restrict table, size_t width,
    const int32_t *restrict columns, const float *restrict targets,
    const uint8_t *restrict gaps, size_t count, const float *restrict noises, float root,
    float *restrict packed, float *restrict states, float *restrict matrix,
    float *restrict right_side, float *restrict gains) {
    struct filter filter = {.variance = {sequence->variances[0], 0, 0, sequence->variances[1]}};
    float squares = 0;
    for (size_t place = 0; place < 2 * width; place++) states[place] = 0;
    for (size_t first = 0; first < count; first += 64) {
        const size_t some = count - first < 64 ? count - first : 64;
        squares += whiten_any_f32(
            sequence, table, width, columns + first, targets + first, gaps + first,
            some, noises, root, packed, states, &filter, right_side, gains + 3 * first);
        kernel_add_gram_f32(packed, some, width, matrix);
    }
    return squares;
}

DISPATCHED void kernel_whiten_f64(
    const float *restrict table, size_t width, const int32_t *restrict columns, size_t count,
    const double *restrict decays, const double *restrict gains, const double *restrict scales,
    double root, double *restrict targets, double *restrict packed, double *restrict states,
    double *restrict right_side) {
    double *first_state = states, *second_state = states + width;
    double *target_states = states + 2 * width;
    for (size_t k = 0; k < count; k++) {
        const float *source = table + (size_t)columns[k] * width;
        const double *decay = decays + 2 * k, *gain = gains + 2 * k;
        const double scale = root * scales[k];
        double target_first, target_second, surprise;
        {
#pragma clang fp contract(off)
            target_first = decay[0] * target_states[0];
            target_second = decay[1] * target_states[1];
            surprise = targets[k] - target_first - target_second;
        }
        target_states[0] = target_first + gain[0] * surprise;
        target_states[1] = target_second + gain[1] * surprise;
        const double target = scale * surprise;
        targets[k] = target;
        for (size_t c = 0; c < width; c += 8) {
            lanes_f64 first, second;
            lanes_f64 entry = __builtin_convertvector(*(const half_f32 *)(source + c), lanes_f64);
            {
                // As in `take_decayed`.
#pragma clang fp contract(off)
                first = decay[0] * *(const lanes_f64 *)(first_state + c);
                second = decay[1] * *(const lanes_f64 *)(second_state + c);
                entry = entry - first - second;
            }
            *(lanes_f64 *)(first_state + c) = first + gain[0] * entry;
            *(lanes_f64 *)(second_state + c) = second + gain[1] * entry;
            const lanes_f64 row = scale * entry;
            *(lanes_f64 *)(packed + k * width + c) = row;
            *(lanes_f64 *)(right_side + c) += target * row;
        }
    }
}

INLINED void draw_sequence(
    const size_t components, const kernel_sequence_f32 *sequence, const int32_t *columns,
    const uint8_t *gaps, size_t count, const float *noises, const float *gains,
    const float *normals, float *surprises, float *values) {
    // As in `filter_step`.
#pragma clang fp contract(off)
    float drawn[2] = {0, 0}, state[2] = {0, 0}, shock[3][2];
    for (size_t c = 0; c < components; c++)
        for (uint8_t gap = 0; gap < 3; gap++) {
            const float decay = decay_over(sequence, gap, c);
            shock[gap][c] = __builtin_sqrtf(sequence->variances[c] * (1 - decay * decay));
        }
    // Forward: simulate components and noise, and filter what is left of the residual.
    for (size_t k = 0; k < count; k++) {
        const float *normal = normals + 3 * k;
        float total = 0;
        float surprise = values[k] - __builtin_sqrtf(noises[columns[k]]) * normal[2];
        for (size_t c = 0; c < components; c++) {
            const float decay = decay_over(sequence, gaps[k], c);
            const float size = k ? shock[gaps[k]][c]
                                 : __builtin_sqrtf(sequence->variances[c]);
            drawn[c] = decay * drawn[c] + size * normal[c];
            total += drawn[c];
            state[c] *= decay;
        }
        surprise -= total;
        for (size_t c = 0; c < components; c++) surprise -= state[c];
        // What the smoother adds to, on its way back.
        float *own = surprises + 3 * k;
        own[0] = surprise * gains[3 * k + 2];
        own[1] = total;
        for (size_t c = 0; c < components; c++) {
            own[1] += state[c];
            state[c] += gains[3 * k + c] * surprise;
        }
    }
    // Backward: r_c ← v/S + f r_c − Σ_d gain_d f r_d; the smoothed state is x + P r, and Σ_c (P r)_c =
    // Σ_c g_c r_c with g = P·1 = gain · S.
    float back[2] = {0, 0};
    for (size_t k = count; k-- > 0;) {
        float pulled = 0;
        for (size_t c = 0; c < components; c++) {
            if (k + 1 < count) back[c] *= decay_over(sequence, gaps[k + 1], c);
            pulled += gains[3 * k + c] * back[c];
        }
        float added = 0;
        const float size = 1 / gains[3 * k + 2];
        for (size_t c = 0; c < components; c++) {
            back[c] += surprises[3 * k] - pulled;
            added += gains[3 * k + c] * size * back[c];
        }
        values[k] = surprises[3 * k + 1] + added;
    }
}

DISPATCHED void kernel_sequence_draw_f32(
    const kernel_sequence_f32 *sequence, const int32_t *restrict columns,
    const uint8_t *restrict gaps, size_t count, const float *restrict noises,
    const float *restrict gains, const float *restrict normals, float *restrict surprises,
    float *restrict values) {
    if (sequence->count == 1)
        draw_sequence(
            1, sequence, columns, gaps, count, noises, gains, normals, surprises, values);
    else if (sequence->count == 2)
        draw_sequence(
            2, sequence, columns, gaps, count, noises, gains, normals, surprises, values);
    else
        for (size_t k = 0; k < count; k++) values[k] = 0;
}

DISPATCHED void kernel_targets_f32(
    const float *restrict values, const int32_t *restrict columns, size_t count, float mean,
    float scale, const float *restrict offsets, float *restrict targets) {
    // Vectors of arm64 can fuse c − ab but not ab − c.
    for (size_t k = 0; k < count; k++)
        targets[k] = -(offsets[columns[k]] - (values[k] - mean) * scale);
}

DISPATCHED void kernel_residuals_f32(
    const float *restrict table, size_t width, const int32_t *restrict columns, size_t count,
    const float *restrict vector, float root, const float *restrict targets,
    float *restrict residuals) {
    for (size_t k = 0; k < count; k++) {
        const float *row = table + (size_t)columns[k] * width;
        lanes_f32 sum = {0};
        for (size_t c = 0; c < width; c += 16)
            sum += *(const lanes_f32 *)(row + c) * *(const lanes_f32 *)(vector + c);
        float part[16];
        __builtin_memcpy(part, &sum, sizeof part);
        for (size_t half = 8; half > 0; half /= 2)
            for (size_t lane = 0; lane < half; lane++) part[lane] += part[lane + half];
        residuals[k] = root * (targets[k] - part[0]);
    }
}
