// SPDX-License-Identifier: GPL-3.0-or-later

import Logging
import Testing

@testable import candord

@Suite("A log line")
struct LogLineTests {
    @Test(
        "carries the journal's priority",
        arguments: [
            (Logger.Level.debug, 7), (.info, 6), (.notice, 5), (.warning, 4), (.error, 3),
            (.critical, 2),
        ])
    func priorities(level: Logger.Level, number: Int) {
        let line = LogLine(level: level, message: "m", metadata: [])
        #expect(line.text(.journal) == "<\(number)>m\n")
        #expect(line.text(.plain(time: "T")) == "T \(level.rawValue) m\n")
    }

    @Test("is one line whatever a client sent, and metadata with blanks is quoted")
    func escapes() {
        let line = LogLine(
            level: .error, message: "a\nb\u{1B}[31m\u{202E}",
            metadata: [("path", "/a b"), ("empty", ""), ("n", "1\t2")])
        #expect(
            line.text(.plain(time: "T"))
                == "T error a\\x0ab\\x1b[31m\\x202e path=\"/a b\" empty=\"\" n=1\\x092\n")
    }
}
