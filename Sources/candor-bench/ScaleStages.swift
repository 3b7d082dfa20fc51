// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation

/// Runs the stages of one size of data, and reports each one's time and most memory.
struct ScaleStages {
    private static let bytesPerRatingMax = 16.0
    private static let timesBoundMax = 1.5

    let size: ScaleSize
    let report: Report

    /// Runs one stage.
    @discardableResult
    func run<Value>(_ name: String, _ body: () throws -> Value) throws -> Value {
        try measured(name, body).value
    }

    /// Trains a head, and compares its memory and its sweeps with what they ought to be.
    ///
    /// Beyond the factors means without the table of each side that a sweep works on; all else
    /// counts, mapped data and kept samples included.
    func train<Head>(
        _ name: String, _ machine: MachinePeak, _ growth: inout GrowthCurve,
        _ body: () throws -> HeadTraining.Trained<Head>
    ) throws -> Head {
        let (trained, seconds, peak) = try measured("train the " + name, body)
        growth.add("train the " + name, size, seconds)
        if let peak {
            let factors = Double((size.users + size.items) * trained.bound.width * 4)
            report.add(
                Comparison(
                    "\(size.name): memory to train the \(name)", .bytesPerRating,
                    (peak * 1_048_576 - factors) / Double(size.ratings),
                    target: .atMost(Self.bytesPerRatingMax)))
        }
        if let sweep = trained.sweepSeconds {
            growth.add("a sweep of the " + name, size, sweep)
            let bound = trained.bound.comparison(on: machine)
            report.add(
                Comparison(
                    "\(size.name): a sweep of the \(name)", .seconds, sweep,
                    beside: .init(bound.name, bound.seconds),
                    target: .timesPeer(Self.timesBoundMax)))
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
