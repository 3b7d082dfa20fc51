// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation
import TestSupport
import Testing

extension EndToEnd {
    /// A daemon that gets nearly right lines until it has answered `CANDOR_FUZZ_LINES` of them
    /// (10000000 for the long run); what follows a line that closes the connection it does not read.
    @Suite("Fuzzed lines")
    struct Fuzz {
        private static let lineCount =
            ProcessInfo.processInfo.environment["CANDOR_FUZZ_LINES"].flatMap { Int($0) } ?? 100_000
        private static let linesPerBurst = 100
        /// What the daemon may grow by after the first half: caches fill, and ratings of the users
        /// that mutated RATEs give rise to are kept, some hundred bytes each.
        private static let growthBytesMax = (32 << 20) + 40 * lineCount

        private static func corpus() throws -> [[UInt8]] {
            let folder = URL(filePath: #filePath).deletingLastPathComponent()
                .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
                .appending(path: "protocol/vectors")
            let accepted = try String(
                contentsOf: folder.appending(path: "accepted.txt"), encoding: .utf8
            ).split(separator: "\n").filter { !$0.hasPrefix("#") }
                .map { String($0.split(separator: " => ")[0]) }
            let refused = try String(
                contentsOf: folder.appending(path: "refused.txt"), encoding: .utf8
            ).split(separator: "\n").filter { !$0.hasPrefix("#") }
                .map { String($0.split(separator: " ", maxSplits: 2).dropFirst(2).first ?? "") }
            return (accepted + refused).compactMap { WrittenBytes.bytes($0) }
        }

        @Test("each is answered once and in order; the daemon neither ends, hangs nor grows")
        func lines() throws {
            let home = try DaemonHome()
            let daemon = try DaemonProcess.serving(home)
            var mutator = LineMutator(
                seed: 1, corpus: try Self.corpus(), pieces: RequestLines.pieces)
            var conversation = try BurstConversation(path: home.socket)
            var (sent, answers, errors, connections) = (0, 0, 0, 1)
            var halfway: Int?
            while answers < Self.lineCount {
                var burst: [UInt8] = []
                for _ in 0..<Self.linesPerBurst {
                    let line = mutator.next() + [0x0A]
                    let parts = line.split(separator: 0x0A, omittingEmptySubsequences: false)
                    if parts.allSatisfy(RequestLines.isQuick) { burst += line }
                }
                let outcome = try conversation.exchange(burst)
                sent += Self.linesPerBurst
                answers += outcome.answers
                errors += outcome.errors
                if outcome.isClosed {
                    conversation = try BurstConversation(path: home.socket)
                    connections += 1
                }
                if halfway == nil, answers >= Self.lineCount / 2 {
                    halfway = try daemon.residentBytes()
                }
            }
            // Right ones and wrong ones were among them, and the daemon is what it was.
            #expect(answers - errors > answers / 50 && errors > answers / 4)
            #expect(connections < answers / 20)
            #expect(try daemon.client().ask("PREDICT 1 1").isError == false)
            let growth = try daemon.residentBytes() - (halfway ?? 0)
            if Sanitizer.leavesMemoryAlone { #expect(growth < Self.growthBytesMax) }
            print(
                "fuzzed lines: \(answers) answered (\(errors) refused) of \(sent) sent, "
                    + "\(connections) connections, grown by \(growth / 1024) KiB in the second half"
            )
            #expect(try daemon.stop() == .exited(0))
            #expect(!daemon.log.contains(" error ") && !daemon.log.contains(" critical "))
        }
    }
}
