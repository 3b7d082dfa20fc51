// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation

/// Runs the stages of one size of data, and reports each one's time and most memory.
struct ScaleStages {
    private static let bytesPerRatingMax = 16.0
    private static let timesBoundMax = 1.5

    /// From this number of ratings on memory and sweeps have targets: below it, what does not grow
    /// with the data weighs too much.
    private static let ratingsWithTargets = 10_000_000

    let size: ScaleSize
    /// What heads are trained on.
    let threads: Int
    /// What the process occupies without data.
    let emptyMebibytes: Double
    let report: Report

    /// Runs one stage.
    @discardableResult
    func run<Value>(_ name: String, _ body: () throws -> Value) throws -> Value {
        try measured(name, body).value
    }

    /// Trains a head, and compares its memory and its sweeps with what they ought to be.
    ///
    /// The memory is the most that was occupied less what the process occupies without data and the
    /// table of each side that a sweep works on; all else counts, pages of mapped data and kept
    /// samples included.
    func train<Head>(
        _ name: String, _ figures: inout ScaleFigures,
        _ body: () throws -> HeadTraining.Trained<Head>
    ) throws -> Head {
        let ((trained, seconds, peak), machine) = try MachinePeak.around(threads: threads) {
            try measured("train the " + name, body)
        }
        report.note("\(size.name), \(name): \(machine.text)")
        figures.add("train the " + name, size, seconds)
        let hasTargets = size.ratings >= Self.ratingsWithTargets
        if let peak {
            let factors = Double((size.users + size.items) * trained.bound.width * 4)
            figures.add(
                Comparison(
                    "\(size.name): memory to train the \(name)", .bytesPerRating,
                    ((peak - emptyMebibytes) * 1_048_576 - factors) / Double(size.ratings),
                    target: hasTargets ? .atMost(Self.bytesPerRatingMax) : nil))
        }
        if let sweep = trained.sweepSeconds {
            figures.add("a sweep of the " + name, size, sweep)
            let bound = trained.bound.comparison(on: machine)
            figures.add(
                Comparison(
                    "\(size.name): a sweep of the \(name)", .seconds, sweep,
                    beside: .init(bound.name, bound.seconds),
                    target: hasTargets ? .timesPeer(Self.timesBoundMax) : nil))
        }
        return trained.head
    }

    private func measured<Value>(
        _ name: String, _ body: () throws -> Value
    ) throws -> (value: Value, seconds: Double, mebibytes: Double?) {
        try PeakMemory.reset()
        let (value, seconds) = try MonotonicClock.seconds(body)
        var measurement = Measurement("\(size.name): \(name)", seconds: seconds)
        measurement.perSecond = Double(size.ratings) / seconds
        measurement.mebibytes = PeakMemory.mebibytes(ofProcess: getpid())
        measurement.bytesPerRating = measurement.mebibytes.map {
            $0 * 1_048_576 / Double(size.ratings)
        }
        report.add(measurement)
        return (value, seconds, measurement.mebibytes)
    }
}
