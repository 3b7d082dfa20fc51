// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation
import Testing

@testable import candor

@Suite("A log's tail")
struct LogTailTests {
    private static let time = "2026-11-24T01:29:45Z info"

    @Test("message and progress are found behind time and level")
    func messages() {
        let plain = "\(Self.time) reading ml-1m"
        #expect(LogTail.message(of: plain) == "reading ml-1m")
        #expect(LogTail.step(in: plain) == nil)
        let synthetic = "this data is SYNTHETIC: made up"
        #expect(LogTail.message(of: "\(Self.time) \(synthetic)") == synthetic)
        #expect(
            LogTail.step(in: "\(Self.time) training the ranking head 40%")
                == LogTail.Step(fraction: 0.4, stage: "training the ranking head"))
        #expect(LogTail.message(of: "no log line at all") == "no log line at all")
    }

    @Test("gives whole lines once, harmless to a terminal, and keeps the last for an error")
    func growing() throws {
        let path = FileManager.default.temporaryDirectory.path + "/" + UUID().uuidString
        defer { unlink(path) }
        var tail = LogTail(path: path)
        #expect(tail.newLines() == [])
        let file = try #require(fopen(path, "w"))
        defer { fclose(file) }
        fputs("one\nt\u{1B}wo\nthr", file)
        fflush(file)
        #expect(tail.newLines() == ["one", "t␛wo"])
        fputs("ee\n", file)
        fflush(file)
        #expect(tail.newLines() == ["three"])
        #expect(tail.newLines() == [])
        #expect(tail.lastLines == ["one", "t␛wo", "three"])
    }
}
