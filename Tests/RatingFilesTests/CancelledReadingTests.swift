// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation
import RatingFiles
import Ratings
import Testing

@Suite("Reading that is cancelled")
struct CancelledReadingTests {
    /// How often reading all of `path` asks whether to go on.
    private func questions(of path: String) throws -> Int {
        var asked = 0
        _ = try DatasetReader.readSorted(path) {
            asked += 1
            return true
        }
        return asked
    }

    /// How often it asks when it is told to stop at question `last`, which must end it.
    private func questions(of path: String, stoppedAt last: Int) -> Int {
        var asked = 0
        #expect(throws: ReadError.cancelled) {
            try DatasetReader.readSorted(path) {
                asked += 1
                return asked < last
            }
        }
        return asked
    }

    @Test(
        "every layout stops at the very question that says so, wherever it has come to",
        arguments: [
            "100k-good", "csv-good", "csv-users", "dat-good", "recbole-good", "plain/tabs.tsv",
        ])
    func layouts(name: String) throws {
        let path = TestFiles.path(name)
        let count = try questions(of: path)
        // A block of ratings, after it, and between the steps of sorting; side files come on top.
        #expect(count >= 8)
        for last in 1...count { #expect(questions(of: path, stoppedAt: last) == last) }
    }

    @Test("a long ratings file asks for each MiB of it, a long side file for each 4,096 lines")
    func longFiles() throws {
        try TestFiles.withTemporaryFolder { folder in
            let ratings = (0..<120_000).map { "\($0 % 900),\($0 % 5000),3.5,12345678\n" }.joined()
            let path = folder + "/ratings.csv"
            try "userId,movieId,rating,timestamp\n".appending(ratings).write(
                toFile: path, atomically: true, encoding: .utf8)
            let alone = try questions(of: path)
            #expect(alone >= 8 + ratings.utf8.count / (1 << 20))
            let movies = (0..<20_000).map { "\($0),Film (1999),Drama\n" }.joined()
            try "movieId,title,genres\n".appending(movies).write(
                toFile: folder + "/movies.csv", atomically: true, encoding: .utf8)
            let both = try questions(of: folder)
            #expect(both >= alone + 20_000 / 4096)
            for last in stride(from: 1, through: both, by: 3) {
                #expect(questions(of: folder, stoppedAt: last) == last)
            }
        }
    }
}
