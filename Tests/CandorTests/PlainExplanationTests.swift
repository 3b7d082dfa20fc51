// SPDX-License-Identifier: GPL-3.0-or-later

import CandorProtocol
import Testing

@testable import candor

@Suite("Explanations in words")
struct PlainExplanationTests {
    private func reply(coverage: String) -> ReceivedReply {
        ReceivedReply(
            generation: 1, fields: [.init("score", "4.5"), .init("top5_coverage", coverage)],
            columns: ["line", "item", "title", "rating", "share"],
            rows: [
                ["base", nil, "mean", nil, "3.5"],
                ["share", "1", "Toy Story (1995)", "5.0", "0.75"],
                ["share", "2", "Jumanji (1995)", "2.0", "-0.25"],
                ["rest", nil, "9 further ratings", nil, "0.5"],
            ])
    }

    @Test("name what adds most and what takes away most")
    func words() {
        let sentences = PlainExplanation(reply(coverage: "0.8")).sentences
        #expect(sentences[0] == "Of the score of 4.500, 3.500 holds for everyone.")
        #expect(sentences.contains("Most is added by Toy Story (1995), rated 5.0."))
        #expect(sentences.contains("Most is taken away by Jumanji (1995), rated 2.0."))
        #expect(!sentences.contains { $0.contains("whole truth") })
    }

    @Test("admit when no short reason is the whole truth")
    func abstention() {
        let sentences = PlainExplanation(reply(coverage: "0.3")).sentences
        #expect(sentences.contains { $0.contains("whole truth") && $0.contains("30%") })
    }
}
