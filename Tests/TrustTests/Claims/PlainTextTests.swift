// SPDX-License-Identifier: GPL-3.0-or-later

import Ratings
import Testing

@testable import Trust

@Suite("Claims: plain text")
struct PlainTextTests {
    private func sheet(_ name: String) throws -> SampleSheet {
        try #require(SampleSheet.all(in: SentenceSet.directory)[name])
    }

    @Test(
        "every sentence of the templates is supported",
        arguments: ["keeper", "abstaining", "rated", "stranger"])
    func supported(name: String) throws {
        let sheet = try sheet(name)
        let checked = sheet.checker.check(
            PlainText(sheet.facts).sentences.joined(separator: " "))
        #expect(checked.count == PlainText(sheet.facts).sentences.count)
        for sentence in checked { #expect(sentence.verdict == .supported, "\(sentence)") }
    }

    @Test("the text abstains below half and only there, and says what a share is")
    func abstention() throws {
        let abstention = "No short explanation is honest here."
        #expect(try PlainText(sheet("abstaining").facts).sentences.contains(abstention))
        #expect(try !PlainText(sheet("keeper").facts).sentences.contains(abstention))
        for name in ["keeper", "abstaining", "rated"] {
            let last = try #require(PlainText(sheet(name).facts).sentences.last)
            #expect(last.contains("not what the score would lose"))
        }
    }

    @Test("the text names no identifier and no rating beyond the scale")
    func identifiers() throws {
        let text = try PlainText(sheet("rated").facts).sentences.joined(separator: " ")
        #expect(!text.contains("u9") && !text.contains("m902"))
        #expect(text.contains("You would give it 5 stars out of 5."))
        #expect(text.contains("You have rated it with 4.5 stars"))
    }

    @Test("one of something is singular")
    func singular() throws {
        #expect(
            try PlainText(sheet("rated").facts).sentences.contains(
                "One user has rated it, with 4.5 stars."))
        #expect(FixedDecimal.text(-0.001, digits: 2) == "0")
        #expect(FixedDecimal.text(1234.5, digits: 1) == "1,234.5")
        #expect(
            [1, 2, 3, 4, 11, 12, 13, 21, 112, 1003].map(FixedDecimal.ordinal) == [
                "1st", "2nd", "3rd", "4th", "11th", "12th", "13th", "21st", "112th", "1,003rd",
            ])
    }

    @Test("claims have names in order, and those of contributions come last")
    func claims() throws {
        let facts = try sheet("keeper").facts
        let few = facts.claims(contributions: 2)
        let many = facts.claims
        #expect(many.map(\.id) == (1...many.count).map { "F\($0)" })
        #expect(Array(many.prefix(few.count)) == few)
        #expect(few.suffix(8).allSatisfy { $0.subject.hasPrefix("rating of ") })
        #expect(Set(many.map(\.key)).count == many.count)
    }
}
