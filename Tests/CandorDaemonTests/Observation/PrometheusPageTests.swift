// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation
import Testing

@testable import CandorDaemon

@Suite("A page in Prometheus' text format")
struct PrometheusPageTests {
    /// Whether a line is one of the text exposition format 0.0.4: a comment or a sample.
    static func isLine(_ line: String) -> Bool {
        let name = "[a-zA-Z_:][a-zA-Z0-9_:]*"
        let label = #"[a-zA-Z_][a-zA-Z0-9_]*="([^"\\]|\\[\\"n])*""#
        let number = #"([+-]?[0-9]+(\.[0-9]+)?(e[+-]?[0-9]+)?|[+-]Inf|NaN)"#
        let patterns = [
            "^# HELP \(name) [^\n]*$", "^# TYPE \(name) (counter|gauge|histogram)$",
            "^\(name)(\\{\(label)(,\(label))*\\})? \(number)$",
        ]
        return patterns.contains { line.range(of: $0, options: .regularExpression) != nil }
    }

    @Test("families come with help and type, labels are escaped, whole numbers stay whole")
    func families() {
        var page = PrometheusPage()
        page.add("a_total", .counter, "All of them.", 7)
        page.add(
            "b_seconds", .histogram, "How long.",
            [
                .init(labels: [("x", "1"), ("y", "q\"\\\n")], value: 0.00001),
                .init(suffix: "_sum", value: 1e300),
            ])
        page.add("c", .gauge, "Nothing.", [])
        #expect(
            page.lines == [
                "# HELP a_total All of them.", "# TYPE a_total counter", "a_total 7",
                "# HELP b_seconds How long.", "# TYPE b_seconds histogram",
                #"b_seconds{x="1",y="q\"\\\n"} 1e-05"#, "b_seconds_sum 1e+300",
            ])
        #expect(page.lines.allSatisfy(Self.isLine))
        #expect(!Self.isLine("a b"))
        #expect(!Self.isLine("a{x=1} 2"))
    }
}
