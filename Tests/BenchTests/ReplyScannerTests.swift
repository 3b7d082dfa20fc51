// SPDX-License-Identifier: GPL-3.0-or-later

import Testing

@testable import candor_bench

struct ReplyScannerTests {
    /// Counts what a scanner finds in pieces of a stream.
    private static func count<Scanner: ReplyScanner>(
        _ pieces: [ArraySlice<UInt8>], as scanner: Scanner.Type
    ) -> [Int] {
        var scanner = Scanner()
        var total = [0, 0]
        for piece in pieces {
            let (completed, failed) = piece.withUnsafeBytes { scanner.scan($0) }
            total[0] += completed
            total[1] += failed
        }
        return total
    }

    private static func expect<Scanner: ReplyScanner>(
        _ completed: Int, _ failed: Int, in text: String, as scanner: Scanner.Type
    ) {
        let bytes = Array(text.utf8)
        for cut in 0...bytes.count {
            let found = count([bytes[..<cut], bytes[cut...]], as: scanner)
            #expect(found == [completed, failed], "cut at \(cut)")
        }
        #expect(count(bytes.indices.map { bytes[$0...$0] }, as: scanner) == [completed, failed])
    }

    @Test("Candor's replies are counted with their bodies, greetings and progress are not")
    func candor() {
        let text = """
            CANDOR 1 candord/1 generation=1 role=operator
            OK 0 generation=1
            OK 12 generation=1 columns=a
            \(Array(repeating: " OK 3", count: 12).joined(separator: "\n"))
            * 50.0 working
            ERR 202 unknown-item no such item
            OK 0 generation=1

            """
        Self.expect(4, 1, in: text, as: CandorScanner.self)
        Self.expect(3, 1, in: String(text.dropLast()), as: CandorScanner.self)
    }

    @Test("Redis' simple strings, errors, bulk strings and missing values are counted")
    func redis() {
        let text =
            "+OK\r\n$6\r\n4.0625\r\n$0\r\n\r\n-ERR no\r\n$-1\r\n"
            + "$12\r\n$1\r\n$2\r\n+a\r\r\n+OK\r\n"
        Self.expect(7, 2, in: text, as: RedisScanner.self)
    }
}
