// SPDX-License-Identifier: GPL-3.0-or-later

import Factors

/// The statistics of many resamples, each computed on its own and so in any order.
struct Resamples: Sendable {
    /// The number of resamples.
    let count: Int
    /// The number of statistics of each.
    let width: Int
    private let values: [Double]

    /// Between two questions of `progress`.
    private static let resamplesAtOnce = 24

    /// Fills `width` statistics of each of `count` resamples on `threads` threads.
    ///
    /// `body` gets the resample's number, a thread's own scratch and where to write; all places
    /// begin as 0. The result does not depend on `threads`. `progress` gets 0…1 and returns false
    /// to cancel, upon which the result is nil.
    init?<Scratch>(
        count: Int, width: Int, threads: Int, progress: (Double) -> Bool,
        makeScratch: @escaping @Sendable () -> Scratch,
        body:
            @escaping @Sendable (Int, inout Scratch, UnsafeMutablePointer<Double>) -> Void
    ) {
        self.count = count
        self.width = width
        var values = [Double](repeating: 0, count: count * width)
        var isComplete = true
        values.withUnsafeMutableBufferPointer { values in
            guard let base = values.baseAddress else { return }
            // Safe because each resample writes to places of its own, and this thread reads only
            // after all others have ended.
            nonisolated(unsafe) let start = base
            for first in stride(from: 0, to: count, by: Self.resamplesAtOnce) {
                let slice = min(Self.resamplesAtOnce, count - first)
                Parallel.forEachChunk(
                    of: slice, chunk: 1, threads: threads, makeScratch: makeScratch
                ) { range, scratch in
                    for resample in range {
                        body(first + resample, &scratch, start + (first + resample) * width)
                    }
                }
                guard progress(Double(first + slice) / Double(count)) else {
                    isComplete = false
                    return
                }
            }
        }
        guard isComplete else { return nil }
        self.values = values
    }

    /// One statistic of all resamples, in their order.
    func column(_ place: Int) -> [Double] {
        (0..<count).map { values[$0 * width + place] }
    }
}
