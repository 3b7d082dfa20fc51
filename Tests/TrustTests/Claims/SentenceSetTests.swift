// SPDX-License-Identifier: GPL-3.0-or-later

import Testing
import Trust

@Suite("Claims: sentences")
struct SentenceSetTests {
    /// Reports how a set was marked; nothing may be called supported, or contradicted, wrongly.
    private func check(_ name: String, recall: Double) throws {
        let result = try SentenceSet(name).run()
        for mark in Verdict.allCases {
            print(
                "\(name): \(mark.rawValue): \(result.expected[mark, default: 0]) sentences, "
                    + "precision \(result.precision(mark)), recall \(result.recall(mark))")
        }
        result.wrong.forEach { print("\(name): \($0)") }
        #expect(result.precision(.supported) == 1)
        #expect(result.precision(.contradicted) == 1)
        #expect(result.recall(.supported) >= recall)
        #expect(result.recall(.contradicted) >= recall)
        #expect(result.recall(.unverifiable) == 1)
    }

    @Test("the written set is marked as somebody marks it who has the facts")
    func written() throws {
        let set = try SentenceSet("sentences")
        #expect(set.sentences.count >= 150)
        for mark in Verdict.allCases {
            #expect(3 * set.sentences.count { $0.mark == mark } >= 150)
        }
        try check("sentences", recall: 1)
    }

    @Test("negations, swapped names, near misses and orders to the reader deceive nobody")
    func adversarial() throws { try check("adversarial", recall: 1) }

    @Test(
        "sentences that were written without looking at the forms are never marked wrongly",
        arguments: [("fresh", 0.9), ("unseen", 0.5)])
    func unseen(name: String, recall: Double) throws { try check(name, recall: recall) }

    @Test("a text is cut into sentences, and marks inside titles end none")
    func splitting() throws {
        let sheet = try #require(SampleSheet.all(in: SentenceSet.directory)["keeper"])
        let text = """
            You gave Mr. Quill's Orchard 3 stars. What Now, Captain? got 2 stars from you! It scores \
            0.92.

            1. It ranks third
            2. You gave “Zebra!” 4 stars.
            """
        let checked = sheet.checker.check(text)
        #expect(
            checked.map(\.text) == [
                "You gave Mr. Quill's Orchard 3 stars.", "What Now, Captain? got 2 stars from you!",
                "It scores 0.92.", "It ranks third", "You gave “Zebra!” 4 stars.",
            ])
        #expect(checked.prefix(2).allSatisfy { $0.verdict == .supported })
        #expect(checked.suffix(2).allSatisfy { $0.verdict == .supported })
        #expect(sheet.checker.check(" \n ").isEmpty)
    }

    @Test("a mark names the claims it rests on, and a contradiction what the facts are")
    func evidence() throws {
        let sheet = try #require(SampleSheet.all(in: SentenceSet.directory)["keeper"])
        let claims = sheet.facts.claims
        func predicates(_ text: String) throws -> [String] {
            let checked = try #require(sheet.checker.check(text).first)
            return checked.claims.compactMap { id in
                claims.first { $0.id == id }.map { "\($0.subject): \($0.predicate)" }
            }
        }
        #expect(try predicates("It ranks third.") == ["item: rank"])
        #expect(
            try predicates("You rated Harbour Lights 5 stars.")
                == ["rating of Harbour Lights (1989): rating"])
        #expect(
            try predicates("It is from 1994 and you have rated 24 films.")
                == ["user: ratings", "item: year"])
        let wrong = try #require(sheet.checker.check("It has 12 ratings.").first)
        #expect(wrong.note.hasSuffix("item, ratings: 1121 ratings"))
        #expect(sheet.checker.check("It is nice.").first?.claims == [])
    }

    @Test("what it stands for is not guessed once another film has been named")
    func antecedents() throws {
        let sheet = try #require(SampleSheet.all(in: SentenceSet.directory)["keeper"])
        func mark(_ text: String) -> Verdict? { sheet.checker.check(text).last?.verdict }
        #expect(mark("It has 1,121 ratings.") == .supported)
        #expect(mark("You rated Harbour Lights 5 stars. It has 1,121 ratings.") == .unverifiable)
        #expect(mark("You rated Harbour Lights 5 stars. It is recommended.") == .supported)
        #expect(mark("You have not rated Stray Planet. It is recommended.") == .unverifiable)
    }

    @Test(
        "hostile texts are marked in bounded time",
        arguments: [
            String(repeating: "It ranks third and ", count: 200),
            String(repeating: "Harbour Lights, ", count: 250),
            String(repeating: "you rated ", count: 380),
            String(repeating: "((((", count: 900), String(repeating: "a. ", count: 1300),
            String(repeating: "1 ", count: 2000), String(repeating: "★", count: 1300),
            "\u{0}\u{202E}\u{FFFD} \u{1F600} — – - -- ... ?! ½ ½½ 5½ #1 1st 99999999999999999999999th",
        ])
    func hostile(text: String) throws {
        for sheet in try SampleSheet.all(in: SentenceSet.directory).values {
            let checked = sheet.checker.check(text)
            #expect(checked.allSatisfy { $0.verdict != .supported })
        }
    }
}
