// SPDX-License-Identifier: GPL-3.0-or-later

import CandorProtocol
import Testing

@testable import candor

@Suite("Rendering replies")
struct RenderingTests {
    private let reply = ReceivedReply(
        generation: 3,
        fields: [.init("source", "personal"), .init("title", "Lion King, The (1994)")],
        columns: ["rank", "item", "title", "score", "stars"],
        rows: [
            ["1", "364", "Lion King, The (1994)", "0.7196389348334584", "4.42022436162322"],
            ["2", "318", "Evil \u{1B}[2J\ttitle", "0.6630183994017542", nil],
        ])

    @Test("tab-separated output keeps every digit and escapes what could break a line")
    func tabSeparated() {
        let lines = TabSeparatedRenderer.lines(reply)
        #expect(lines[0] == "# generation=3 source=personal title=\"Lion King, The (1994)\"")
        #expect(lines[1] == "rank\titem\ttitle\tscore\tstars")
        #expect(lines[2].hasSuffix("\t0.7196389348334584\t4.42022436162322"))
        #expect(lines[3] == "2\t318\tEvil \\u{1b}[2J\\ttitle\t0.6630183994017542\t-")
    }

    @Test("people get aligned columns, few digits, stars, and where the answer comes from")
    func people() throws {
        let lines = PeopleRenderer(width: 100, theme: Theme(isColoured: false)).lines(reply)
        let row = try #require(lines.first { $0.contains("Lion King") && $0.contains("364") })
        #expect(row.contains("0.720") && row.contains("★★★★½"))
        #expect(lines.last == "(2 rows · source personal · generation 3)")
    }

    @Test("a prediction is read as a number and how far off it may be")
    func prediction() throws {
        var fields: [ReceivedReply.Field] = [
            .init("source", "personal"), .init("stars", "4.1834"), .init("score", "4.1834"),
            .init("deviation", "0.6501"), .init("low", "3.3502"), .init("high", "5.0"),
        ]
        func text() -> [String] {
            PeopleRenderer(width: 100, theme: Theme(isColoured: false)).lines(
                ReceivedReply(generation: 1, fields: fields, columns: [], rows: []))
        }
        #expect(text()[0].hasPrefix("stars         4.2 ± 0.8  ★★★★"))
        #expect(text().contains("80% interval  3.4 to 5.0"))
        #expect(!text().contains { $0.hasPrefix("deviation") || $0.hasPrefix("low") })
        // A model without uncertainty has none of the three.
        fields.removeLast(3)
        #expect(text()[0].hasPrefix("stars  4.18  ★★★★"))
    }

    @Test("shares are drawn, effects are signed numbers, and lines about no rating have none")
    func explanation() throws {
        let reply = ReceivedReply(
            generation: 1, fields: [.init("score", "0.5")],
            columns: ["line", "item", "title", "rating", "share", "effect"],
            rows: [
                ["base", nil, "mean", nil, "0.25", nil],
                ["share", "1", "Toy Story (1995)", "5.0", "0.5", "0.125"],
                ["share", "2", "Jumanji (1995)", "2.0", "-0.25", "-0.0625"],
            ])
        let lines = PeopleRenderer(width: 100, theme: Theme(isColoured: false)).lines(reply)
        let heading = try #require(lines.first { $0.contains("effect") })
        #expect(heading.contains("share"))
        let raising = try #require(lines.first { $0.contains("Toy Story") })
        #expect(raising.contains("0.5000") && raising.contains("│██████████"))
        #expect(raising.hasSuffix("+0.1250"))
        let lowering = try #require(lines.first { $0.contains("Jumanji") })
        #expect(lowering.contains("█████│") && lowering.hasSuffix("-0.0625"))
        let base = try #require(lines.first { $0.contains("mean") })
        #expect(!base.contains("█") && base.hasSuffix("0.2500"))
    }

    @Test("no escape sequence from the data reaches the terminal")
    func escapes() {
        for theme in [Theme(isColoured: false), Theme(isColoured: true)] {
            let text = PeopleRenderer(width: 100, theme: theme).lines(reply).joined()
            #expect(!text.contains("\u{1B}[2J"))
            #expect(text.contains("␛[2J"))
        }
    }

    @Test("lines keep within a narrow terminal", arguments: [40, 60, 80])
    func narrow(_ width: Int) {
        let lines = PeopleRenderer(width: width, theme: Theme(isColoured: false)).lines(reply)
        for line in lines.dropLast() { #expect(DisplayWidth.of(line) <= width, "\(line)") }
    }

    @Test("numbers are rounded for people and never gain a false sign")
    func numerals() {
        #expect(Numerals.fixed(0.125, digits: 2) == "0.13")
        #expect(Numerals.fixed(-0.0001, digits: 2) == "0.00")
        #expect(Numerals.fixed(-1.5, digits: 0) == "-2")
        #expect(Numerals.shortened("0.7196389348334584", digits: 3) == "0.720")
        #expect(Numerals.shortened("1e-05", digits: 2) == "0.00")
        #expect(Numerals.shortened("Title 1.5", digits: 1) == "Title 1.5")
        #expect(Numerals.signed("0.04", digits: 1) == "0.0")
        #expect(Numerals.signed("0.06", digits: 1) == "+0.1")
        #expect(Numerals.signed("-0.06", digits: 1) == "-0.1")
        #expect(Numerals.grouped("1000209") == "1,000,209")
    }

    @Test("a request's identifier looks like a number and is none")
    func requestIdentifiers() {
        #expect(ColumnLook.number("8.0", of: "request", digits: 4) == "8.0")
        #expect(ColumnLook.number("8.0", of: "value", digits: 4) == "8.0000")
    }
}
