// SPDX-License-Identifier: GPL-3.0-or-later
#include "CounterfactualKernels.h"
#include "Dispatch.h"

DISPATCHED void kernel_together_bounds_f64(
    const double *restrict effects, size_t blocks, size_t stride, size_t a, size_t first,
    double *restrict bounds) {
    const size_t plane = blocks * stride;
    for (size_t b = first; b < stride; b++) bounds[b] = 0;
    for (size_t block = 0; block < blocks; block++) {
        const double *restrict leverages = effects + block * stride;
        const double *restrict roots = leverages + plane;
        const double *restrict residuals = roots + plane;
        const double *restrict pulls = residuals + plane;
        const double *restrict reaches = pulls + plane;
        const double ha = leverages[a], root = roots[a], ea = residuals[a], pull = pulls[a];
        const double reach_a = reaches[a], share = ea / (1 - ha);
        for (size_t b = first; b < stride; b++) {
            const double hb = leverages[b], eb = residuals[b];
            const double determinant = 1 - ha - hb;
            const double common = root * roots[b];
            const double pa = root * pulls[b], pb = roots[b] * pull;
            const double move_a =
                share * common * common + common * eb + (1 - hb) * pa + common * pb;
            const double move_b =
                eb * common * common / (1 - hb) + common * ea + (1 - ha) * pb + common * pa;
            const double reach = (reach_a * move_a + reaches[b] * move_b) / determinant;
            bounds[b] += determinant > 0 ? reach * reach : __builtin_inf();
        }
    }
    for (size_t b = first; b < stride; b++) bounds[b] = __builtin_sqrt(bounds[b]);
}

DISPATCHED void kernel_sum_scaled_rows_f64(
    const double *restrict matrix, size_t width, const double *restrict vector,
    double *restrict product) {
    for (size_t d = 0; d < width; d++) product[d] = 0;
    for (size_t i = 0; i < width; i++) {
        for (size_t d = 0; d < width; d++) product[d] += vector[i] * matrix[i * width + d];
    }
}
