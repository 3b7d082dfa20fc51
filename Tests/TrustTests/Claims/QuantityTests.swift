// SPDX-License-Identifier: GPL-3.0-or-later

import Testing

@testable import Trust

@Suite("Claims: numbers")
struct QuantityTests {
    private func quantity(_ text: String) throws -> Quantity {
        let tokens = SentenceTokenizer.tokens(of: text)
        let (start, relation) = try #require(QuantityWords.relations(tokens, 0).first)
        let (end, number) = try #require(NumberWords.numbers(tokens, start).last)
        #expect(end == tokens.count, "\(text) is a number as a whole")
        return Quantity(number: number, relation: relation)
    }

    @Test(
        "a measured number supports what rounds to it, and nothing coarser than its tolerance",
        arguments: [
            ("4.5", 4.483, Verdict.supported), ("4.48", 4.483, .supported),
            ("4.49", 4.483, .contradicted), ("4.4", 4.483, .contradicted),
            ("4", 4.2, .supported), ("4", 4.483, .unverifiable), ("5", 4.483, .contradicted),
            ("four and a half", 4.3, .supported), ("4½", 4.3, .supported),
            ("4.5", 4.3, .contradicted), ("about 4.5", 4.3, .supported),
            ("more than 4.4", 4.483, .supported), ("over four", 4.483, .supported),
            ("at least 4.5", 4.483, .contradicted), ("under 4.4", 4.483, .contradicted),
            ("almost 4.5", 4.483, .supported), ("almost 4.4", 4.483, .contradicted),
            ("just over 4.4", 4.483, .supported), ("just under 4", 4.483, .contradicted),
        ])
    func measured(text: String, value: Double, expected: Verdict) throws {
        #expect(try quantity(text).verdict(on: value, tolerance: 0.25) == expected)
    }

    @Test(
        "a count must be given exactly unless the words say otherwise",
        arguments: [
            ("53", Verdict.supported), ("fifty-three", .supported), ("52", .contradicted),
            ("about 50", .supported), ("about fifty", .supported), ("about 40", .unverifiable),
            ("about 200", .contradicted), ("more than 50", .supported),
            ("more than 53", .contradicted), ("at least 53", .supported), ("up to 53", .supported),
            ("fewer than 60", .supported), ("fewer than 53", .contradicted),
            ("nearly 55", .supported), ("exactly 53", .supported), ("only 53", .supported),
        ])
    func counted(text: String, expected: Verdict) throws {
        #expect(try quantity(text).verdict(on: 53, tolerance: 0) == expected)
    }

    @Test(
        "numbers are read in digits and words",
        arguments: [
            ("1,121", 1121.0), ("one thousand one hundred and twenty-one", 1121), ("a dozen", 12),
            ("a hundred", 100), ("two hundred", 200), ("twenty one", 21), (".92", 0.92),
            ("-0.05", -0.05), ("−3", -3), ("4 1/2", 4.5), ("three and a half", 3.5),
        ])
    func reading(text: String, value: Double) throws {
        #expect(try quantity(text).number.value == value)
    }

    @Test("verdicts combine so that one conflict decides and one doubt prevents support")
    func verdicts() {
        for left in Verdict.allCases {
            for right in Verdict.allCases {
                let both = left && right
                let pair = [left, right]
                let expected: Verdict =
                    pair.contains(.contradicted)
                    ? .contradicted : pair.contains(.unverifiable) ? .unverifiable : .supported
                #expect(both == expected)
            }
        }
    }
}
