// SPDX-License-Identifier: GPL-3.0-or-later

import Factors
import Foundation
import Ratings
import Testing

@testable import candord

@Suite("Tuning")
struct TuningTests {
    private let path = NSTemporaryDirectory() + "candor-tuning-\(UUID().uuidString).journal"

    private static let dataset: Dataset = {
        var options = SyntheticOptions()
        options.userCount = 60
        options.itemCount = 50
        options.ratingCount = 750
        options.seed = 2
        return SyntheticRatings(options).dataset
    }()

    private func run(
        _ model: ModelName, trials: Int = 6, seeds: Int = 2, words: [String] = [],
        progress: (TuningStep) -> Void = { _ in }
    ) throws -> TuningResult {
        let journal = try TrialJournal(path, heading: "test")
        return try withoutActuallyEscaping(progress) { progress in
            try Tuning(
                space: SearchSpace(model: model, base: TrainingSettings(model, words: words)),
                data: TuningData(dataset: Self.dataset, heldOut: 0.2, threads: 2),
                trialCount: trials, seedCount: seeds, seed: 3, journal: journal,
                progress: progress
            ).run()
        }
    }

    private func lines() throws -> [String] {
        try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n").map(String.init)
    }

    @Test("the best third goes on at each round, and the defaults always do")
    func halving() throws {
        defer { unlink(path) }
        var seen = 0
        let result = try run(.ranking(.ials), words: ["sweeps=9"]) { step in
            seen += 1
            #expect(step.number == seen && step.isNew)
        }
        // Seven settings with 3 sweeps; the defaults and three with 9, on two splits.
        #expect(result.steps.map(\.budget) == [3, 3, 3, 3, 3, 3, 3, 9, 9, 9, 9, 9, 9, 9, 9])
        #expect(result.steps.map(\.split).suffix(5) == [3, 4, 4, 4, 4])
        #expect(result.steps.last?.expectedCount == 15)
        #expect(result.finalists.count == 4 && result.defaults != nil)
        let early = result.steps.prefix(7).filter { $0.trial > 0 }
            .sorted { $0.measurement.score > $1.measurement.score }
        #expect(Set(result.finalists.map(\.trial)) == Set([0] + early.prefix(3).map(\.trial)))
        let means = result.finalists.map(\.mean)
        #expect(means == means.sorted(by: >))
        #expect((result.lossOfDefaults?.percent ?? -1) >= 0)
    }

    @Test("a run killed after any measurement goes on and gives the same table")
    func resumed() throws {
        defer { unlink(path) }
        let model = ModelName.rating(.fast)
        let words = ["sweeps=9", "factors=4"]
        let whole = TuningReport(result: try run(model, words: words))
        let journal = try lines()
        for kept in [1, 4, journal.count - 1, journal.count] {
            let text = journal.prefix(kept).joined(separator: "\n") + "\n0.12 torn"
            try text.write(toFile: path, atomically: false, encoding: .utf8)
            var new = 0
            let report = TuningReport(
                result: try run(model, words: words) { new += $0.isNew ? 1 : 0 })
            #expect(new == journal.count - kept)
            let scores = { (report: TuningReport) in
                report.result.steps.map { "\($0.trial) \($0.budget) \($0.measurement.score)" }
            }
            #expect(scores(report) == scores(whole))
            #expect(report.result.finalists.map(\.trial) == whole.result.finalists.map(\.trial))
            if new == 0 {
                #expect(report.text == whole.text)
                #expect(report.json == whole.json)
            }
        }
    }

    @Test("more trials and seeds extend a finished run")
    func extended() throws {
        defer { unlink(path) }
        let model = ModelName.rating(.biases)
        _ = try run(model, trials: 3, seeds: 1)
        var (new, old) = (0, 0)
        _ = try run(model, trials: 5, seeds: 2) {
            if $0.isNew { new += 1 } else { old += 1 }
        }
        // 4 known, 2 more trials, then the defaults and the best three on a second split.
        #expect(old == 4 && new == 6)
    }

    @Test("a figure that could not be measured is worse than any other")
    func failures() {
        for model in [ModelName.rating(.bayes), .ranking(.ials)] {
            #expect(TuningResult.isBetter(0.5, than: .nan, for: model))
            #expect(!TuningResult.isBetter(.nan, than: 0.5, for: model))
            #expect(!TuningResult.isBetter(.nan, than: .nan, for: model))
        }
        #expect(TuningResult.isBetter(0.8, than: 0.9, for: .rating(.bayes)))
        #expect(TuningResult.isBetter(0.4, than: 0.3, for: .ranking(.ials)))
    }

    @Test("the report says what to run, and its JSON is one object")
    func report() throws {
        defer { unlink(path) }
        let report = TuningReport(result: try run(.rating(.fast), words: ["sweeps=3"]))
        #expect(report.text.contains("--head rating --model fast --options factors="))
        #expect(report.text.contains("sweeps=3"), "sweeps differ from the defaults")
        #expect(report.text.contains("RETRAIN rating=fast rating_factors="))
        #expect(report.text.contains("the defaults lose"))
        let object = try JSONSerialization.jsonObject(with: Data(report.json.utf8))
        let members = try #require(object as? [String: Any])
        #expect(members["metric"] as? String == "rmse")
        #expect((members["finalists"] as? [Any])?.isEmpty == false)
        #expect((members["measurements"] as? [Any])?.count == report.result.steps.count)
    }
}
