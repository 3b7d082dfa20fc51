// SPDX-License-Identifier: GPL-3.0-or-later

import Factors
import Testing

@testable import candord

@Suite("Search spaces")
struct SearchTests {
    @Test("values stay in the range, have three digits and fill it evenly by ratio")
    func range() {
        let range = SearchRange.logarithmic(0.001...0.1)
        #expect(range.value(at: 0) == 0.001 && range.value(at: 1) == 0.1)
        #expect(range.value(at: 0.5) == 0.01)
        for part in stride(from: 0, to: 1, by: 0.01) {
            let value = range.value(at: part)
            #expect(value >= 0.001 && value <= 0.1)
            #expect("\(value)".count <= 8, "\(value) has too many digits")
        }
        #expect(SearchRange.linear(0...1000).value(at: 0.12345) == 123)
        #expect(SearchRange.linear(0...100_000).value(at: 0.12345) == 12_300)
        #expect(SearchRange.linear(-1...1).value(at: 0.5) == 0)
        #expect(SearchRange.linear(0...1).value(at: 0.65432) == 0.654)
    }

    @Test("settings are a function of seed and trial, and trial 0 the defaults")
    func settings() throws {
        let model = ModelName.rating(.bayes)
        let space = SearchSpace(model: model, base: TrainingSettings(model))
        #expect(space.settings(trial: 0, seed: 5) == space.base)
        let drawn = (1...40).map { space.settings(trial: $0, seed: 5) }
        #expect(drawn == (1...40).map { space.settings(trial: $0, seed: 5) })
        #expect(drawn != (1...40).map { space.settings(trial: $0, seed: 6) })
        #expect(Set(drawn.map { space.words($0).joined(separator: " ") }).count == 40)
        for settings in drawn {
            // Words give the very settings back.
            let reread = try TrainingSettings(model, words: space.words(settings))
            #expect(reread == settings)
            #expect((8...80).contains(settings.rating.factors))
            #expect(settings.rating.sweeps == space.base.rating.sweeps)
        }
        let small = drawn.count { $0.rating.factors < 26 }
        #expect((10...30).contains(small), "half of a logarithmic range lies below its middle")
    }

    @Test("budgets ascend to the base's, and none is below the least")
    func budgets() throws {
        let model = ModelName.ranking(.ials)
        func budgets(_ sweeps: Int) throws -> [Int] {
            SearchSpace(
                model: model, base: try TrainingSettings(model, words: ["sweeps=\(sweeps)"])
            ).budgets
        }
        #expect(try budgets(90) == [10, 30, 90])
        #expect(try budgets(10) == [4, 10])
        #expect(try budgets(3) == [3])
        let biases = ModelName.rating(.biases)
        #expect(SearchSpace(model: biases, base: TrainingSettings(biases)).budgets == [0])
        let space = SearchSpace(model: model, base: TrainingSettings(model))
        #expect(space.limited(space.base, to: 4).ranking.sweeps == 4)
    }

    @Test("the plot has its points, its line and its ends")
    func plot() {
        let plot = TextPlot(
            points: [.init(x: 0, y: 1, mark: "·"), .init(x: 10, y: 0, mark: "o")],
            line: [(0, 1), (5, 0.5)], width: 11, height: 3)
        #expect(
            plot.lines(lowest: 0, highest: 1) == [
                "1.0 │·─────",
                "    │     ──────",
                "0.0 │          o",
                "    └───────────",
                "     0      10 s",
            ])
        let empty = TextPlot(points: [], line: [], width: 10, height: 3)
        #expect(empty.lines(lowest: 0, highest: 1).isEmpty)
        #expect(plot.lines(lowest: .nan, highest: 1).isEmpty)
    }
}
