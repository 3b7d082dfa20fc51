// SPDX-License-Identifier: GPL-3.0-or-later

import CKernels

/// The numbers of `PairRemovals.togetherBound` laid out for many pairs at a time.
struct TogetherBounds {
    /// Ratings, padded with ones that do nothing.
    let stride: Int
    private let blockCount: Int
    /// Five planes of blocks × stride: leverage, its root, |residual|, pull, reach.
    private var planes: [Double]

    /// `effects` holds each rating's blocks one after the other.
    init(_ effects: [RemovalSteps.Effect], blockCount: Int) {
        let count = effects.count / blockCount
        self.blockCount = blockCount
        stride = (count + 7) / 8 * 8
        let plane = blockCount * stride
        planes = [Double](repeating: 0, count: 5 * plane)
        for rating in 0..<count {
            for block in 0..<blockCount {
                let effect = effects[rating * blockCount + block]
                let place = block * stride + rating
                planes[place] = effect.leverage
                planes[place + plane] = effect.leverageRoot
                planes[place + 2 * plane] = effect.residual.magnitude
                planes[place + 3 * plane] = effect.pull
                planes[place + 4 * plane] = effect.reach
            }
        }
    }

    /// Writes the bounds of `a` with each later rating to their places in `bounds`, which is `stride`
    /// long; the others are left.
    func write(of a: Int, to bounds: inout [Double]) {
        precondition(bounds.count == stride, "bounds of another length")
        kernel_together_bounds_f64(planes, blockCount, stride, a, a + 1, &bounds)
    }
}
