// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation
import RatingFiles
import Ratings
import Testing

@Suite("Damaged files")
struct DamagedFilesTests {
    @Test(
        "whatever bytes are damaged, a file reads or is refused with a line that it has",
        arguments: [
            "dat-good/ratings.dat", "csv-good/movies.csv", "plain/quoted.csv", "plain/train.csv",
        ])
    func damaged(name: String) throws {
        let original = [UInt8](try Data(contentsOf: URL(fileURLWithPath: TestFiles.path(name))))
        let telling: [UInt8] = [
            0, 0x0A, 0x0D, 0x22, 0x2C, 0x3A, 0x09, 0x2E, 0x65, 0x80, 0xC3, 0xFF,
        ]
        try TestFiles.withTemporaryFolder { folder in
            let path = folder + "/ratings.csv"
            for round in 0..<100 {
                let random = CounterRandom(seed: 5, stream: UInt64(round))
                var bytes = original
                for hit in 0..<UInt64(1 + round % 4) {
                    let position = random.integer(below: bytes.count, 3 * hit)
                    let byte = telling[random.integer(below: telling.count, 3 * hit + 1)]
                    switch random.integer(below: 3, 3 * hit + 2) {
                    case 0: bytes[position] = byte
                    case 1: bytes.insert(byte, at: position)
                    default: bytes.removeSubrange(position..<min(position + 2, bytes.count))
                    }
                }
                try Data(bytes).write(to: URL(fileURLWithPath: path))
                let lineCount = bytes.split(separator: 0x0A, omittingEmptySubsequences: false).count
                do throws(ReadError) {
                    let data = try DatasetReader.read(path).dataset
                    #expect(data.ratings.count <= lineCount)
                    #expect(data.ratings.values.allSatisfy { $0.isFinite })
                } catch {
                    if case .badLine(let line) = error {
                        #expect((1...lineCount).contains(line.line))
                    }
                    #expect(error.description.hasPrefix(path))
                }
                // With bad lines skipped only a file without any usable line may fail.
                do throws(ReadError) {
                    let (_, report) = try DatasetReader.read(
                        path, options: ReadOptions(skipBadLines: true))
                    #expect(report.skippedCount < report.ratingLineCount)
                } catch {
                    if case .badLine = error { Issue.record("a bad line was not skipped") }
                }
            }
        }
    }
}
