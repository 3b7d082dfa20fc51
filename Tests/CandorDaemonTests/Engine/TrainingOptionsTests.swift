// SPDX-License-Identifier: GPL-3.0-or-later

import CandorProtocol
import Factors
import Foundation
import Testing

@testable import CandorDaemon

@Suite("Training options")
struct TrainingOptionsTests {
    private func request(_ change: (inout Request.RetrainOptions) -> Void) -> Request.RetrainOptions
    {
        var request = Request.RetrainOptions()
        change(&request)
        return request
    }

    @Test("options that nobody gave follow the size of the data, to and fro")
    func adapting() {
        let options = TrainingOptions()
        let small = options.adapted(to: 1000)
        #expect(small.bayesian == .best(for: DataSize(ratingCount: 1000)))
        #expect(small.bayesian.sweeps == 200)
        #expect(small.implicit == .suiting(DataSize(ratingCount: 1000)))
        #expect(small.adapted(to: 1_000_000) == options)
        #expect(small.adapted(to: 1000) == small)
    }

    @Test("options that were given stay")
    func given() throws {
        let given = TrainingOptions(bayesian: .init(sweeps: 7, burnIn: 2))
        #expect(given.adapted(to: 1000) == given)
        let asked = try TrainingOptions().changed(by: request { $0.sweeps = 30 }).adapted(to: 1000)
        #expect(asked.bayesian.sweeps == 30 && asked.implicit.sweeps == 30)
        #expect(asked.bayesian.priorScale == 2)
        let later = try asked.changed(by: request { $0.seed = 3 }).adapted(to: 100_000)
        #expect(later.bayesian.sweeps == 30)
        let renamed = try later.changed(by: request { $0.rating = "bayes" }).adapted(to: 1000)
        #expect(renamed.bayesian.sweeps == 200 && renamed.seed == 3)
        let fast = try TrainingOptions().changed(by: request { $0.rating = "fast" }).adapted(
            to: 1000)
        #expect(fast.bayesian == .fast)
    }

    @Test("manifests of before, which say nothing of it, keep their options")
    func old() throws {
        let written = try JSONEncoder().encode(TrainingOptions())
        var members = try #require(
            JSONSerialization.jsonObject(with: written) as? [String: Any])
        members["adaptation"] = nil
        let read = try JSONDecoder().decode(
            TrainingOptions.self, from: JSONSerialization.data(withJSONObject: members))
        #expect(read.adapted(to: 1000) == read && read.bayesian == .best)
    }
}
