// SPDX-License-Identifier: GPL-3.0-or-later

import Testing

@testable import CandorProtocol

@Suite struct NearestTests {
    private let verbs = Verb.allCases.map(\.rawValue)

    @Test(
        "a mistyped verb finds the verb that was meant",
        arguments: [
            ("RECOMEND", "RECOMMEND"), ("recomend", "RECOMMEND"), ("PREDCIT", "PREDICT"),
            ("EXPLIAN", "EXPLAIN"), ("SIMILIAR", "SIMILAR"), ("SHW", "SHOW"), ("PONG", "PING"),
            ("gen", "GENERATIONS"), ("rec", "RECOMMEND"), ("QUITT", "QUIT"),
        ])
    func near(word: String, verb: String) {
        #expect(Nearest.match(for: word, among: verbs) == verb)
    }

    @Test(
        "a word that is like no verb finds none",
        arguments: ["", "x", "BEGIN", "MULTIPLY", "日本", String(repeating: "R", count: 65)])
    func far(word: String) {
        #expect(Nearest.match(for: word, among: verbs) == nil)
    }

    @Test("of equally near candidates the first wins")
    func ties() {
        #expect(Nearest.match(for: "cat", among: ["bat", "hat"]) == "bat")
        #expect(Nearest.match(for: "cat", among: ["hat", "bat"]) == "hat")
        #expect(Nearest.match(for: "cat", among: ["hat", "cat"]) == "cat")
    }
}
