// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation
import Testing

@testable import candord

@Suite("Figures")
struct FigureTests {
    @Test("a table is aligned for people and exact for programs")
    func table() throws {
        var table = FigureTable(name: "t", columns: ["model", "count", "rmse"])
        table.append([.word("a \"b\"\n"), .count(12), .number(0.123_456_789)])
        table.append([.word("long name"), .missing, .number(.nan)])
        #expect(
            table.text.replacingOccurrences(of: "\n\"", with: "\"").contains("12  0.12346"))
        let object = try JSONSerialization.jsonObject(with: Data("{\(table.jsonMember)}".utf8))
        let rows = try #require((object as? [String: [[String: Any]]])?["t"])
        #expect(rows[0]["model"] as? String == "a \"b\"\n")
        #expect(rows[0]["rmse"] as? Double == 0.123_456_789)
        #expect(rows[1]["rmse"] is NSNull && rows[1]["count"] is NSNull)
    }

    @Test("columns stand under their names, numbers at the right")
    func alignment() {
        var table = FigureTable(name: "t", columns: ["model", "n"])
        table.append([.word("x"), .count(100)])
        table.append([.word("longer"), .count(5)])
        #expect(table.text == "model     n\nx       100\nlonger    5")
    }

    @Test("lists of numbers are lists")
    func numbers() {
        let value = FigureValue.numbers([1.5, .infinity])
        #expect(value.json == "[1.5,null]")
        #expect(value.text == "1.5 inf")
    }
}
