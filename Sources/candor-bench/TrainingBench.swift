// SPDX-License-Identifier: GPL-3.0-or-later

import Factors
import Ratings

/// Measures training with the options that a daemon uses unless told otherwise, and in little time.
struct TrainingBench {
    let dataset: Dataset

    /// Trains each head on one thread and on two.
    func run(report: Report) throws {
        let matrix = dataset.matrix()
        for threads in [1, 2] {
            let training = HeadTraining(matrix: matrix, scale: dataset.scale, threads: threads)
            try run("rating head", threads, report) { try training.rating(.best) }
            try run("rating head, fast", threads, report) { try training.rating(.fast) }
            try run("ranking head", threads, report) { try training.ranking(.init()) }
        }
    }

    private func run<Head>(
        _ name: String, _ threads: Int, _ report: Report,
        _ train: () throws -> HeadTraining.Trained<Head>
    ) throws {
        let ((trained, seconds), machine) = try MachinePeak.around(threads: threads) {
            try MonotonicClock.seconds(train)
        }
        let title = "\(name), \(threads) \(threads == 1 ? "thread" : "threads")"
        report.note("\(title): \(machine.text)")
        report.add(Comparison(title, .seconds, seconds))
        guard let sweep = trained.sweepSeconds else { return }
        let bound = trained.bound.comparison(on: machine)
        report.add(
            Comparison(
                title + ": a sweep", .seconds, sweep, beside: .init(bound.name, bound.seconds)))
    }
}
