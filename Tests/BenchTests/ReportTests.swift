// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation
import Testing

@testable import candor_bench

struct ReportTests {
    /// What a report wrote.
    private final class Lines {
        var text: [String] = []
        var json: [String] = []
    }

    private static func lines(_ body: (Report) -> Void) -> Lines {
        let lines = Lines()
        body(Report(text: { lines.text.append($0) }, json: { lines.json.append($0) }))
        return lines
    }

    private static func object(_ line: String) throws -> [String: any Equatable] {
        let parsed = try JSONSerialization.jsonObject(with: Data(line.utf8))
        let members = try #require(parsed as? [String: Any])
        return members.compactMapValues { $0 as? any Equatable }
    }

    @Test("a comparison is one JSON object with its ratio and verdict")
    func comparison() throws {
        let lines = Self.lines { report in
            report.begin(.accuracy)
            report.add(
                Comparison(
                    "training \"fast\"", .seconds, 3, beside: .init("LIBMF", 4),
                    target: .timesPeer(0.6)))
        }
        let members = try Self.object(try #require(lines.json.last))
        #expect(members["part"] as? String == "accuracy")
        #expect(members["name"] as? String == "training \"fast\"")
        #expect(members["ours"] as? Double == 3)
        #expect(members["peer"] as? Double == 4)
        #expect(members["beside"] as? String == "LIBMF")
        #expect(members["ratio"] as? Double == 0.75)
        #expect(members["target"] as? String == "≤ 0.6 × peer")
        #expect(members["met"] as? Bool == false)
        #expect(lines.text.last?.contains("NO") == true)
    }

    @Test("what is not there is left out, and what is no number is not written")
    func missing() throws {
        let lines = Self.lines { report in
            report.add(Comparison("alone", .stars, .nan, target: .timesPeer(1)))
        }
        let members = try Self.object(try #require(lines.json.last))
        #expect(members.keys.sorted() == ["name", "part", "target", "unit"])
    }

    @Test("every line of a run is an object, measurements and notes too")
    func run() throws {
        let lines = Self.lines { report in
            report.begin(about: [(name: "threads", value: "2")])
            report.begin(.serving)
            report.note("a \\ backslash")
            report.add(Measurement("read the data", seconds: 0.25))
            report.add(Comparison("figure", .stars, 1, target: .atMost(2)))
            report.end()
        }
        #expect(lines.json.count == 5)
        for line in lines.json { _ = try Self.object(line) }
        #expect(try Self.object(lines.json[2])["seconds"] as? Double == 0.25)
        #expect(try Self.object(lines.json[4])["targets_met"] as? Int == 1)
    }

    @Test("a table's head is printed again when another table was in between")
    func heads() {
        let lines = Self.lines { report in
            report.add(Measurement("a", seconds: 1))
            report.add(Measurement("b", seconds: 1))
            report.add(Comparison("c", .stars, 1))
            report.add(Measurement("d", seconds: 1))
        }
        #expect(lines.text.count { $0.contains("seconds") } == 2)
        #expect(lines.text.count { $0.contains("ratio") } == 1)
    }
}
