// SPDX-License-Identifier: GPL-3.0-or-later

/// Times the sweeps of a training by the progress that it reports.
struct SweepClock {
    /// How many reports a sweep makes.
    private let reportsPerSweep: Int
    private var reports: [UInt64] = []

    init(reportsPerSweep: Int) { self.reportsPerSweep = reportsPerSweep }

    /// Notes that progress was reported at a time in nanoseconds.
    mutating func report(at nanoseconds: UInt64) { reports.append(nanoseconds) }

    /// The median time of a whole sweep; nil when none was timed.
    var medianSeconds: Double? {
        Summary.median(
            of: stride(from: reportsPerSweep, to: reports.count, by: reportsPerSweep).map {
                Double(reports[$0] - reports[$0 - reportsPerSweep]) / 1e9
            })
    }
}
