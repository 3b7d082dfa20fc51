// SPDX-License-Identifier: GPL-3.0-or-later
#include "CKernels.h"
#include "Dispatch.h"
#include "Lanes.h"
#include "SequenceKernels.h"

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
                // Sums of two products and products with two uses: which ones are fused would be the
                // compiler's choice.
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
