// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation
import RatingFiles
import Ratings
import Testing

@Suite("Reading sorted data, and files of any length")
struct SortedReadingTests {
    @Test("a data set reads sorted as it reads in its order", arguments: [1, 2])
    func sameData(seed: UInt64) throws {
        var options = SyntheticOptions()
        options.userCount = 700
        options.itemCount = 400
        options.ratingCount = 30_000
        options.seed = seed
        try TestFiles.withTemporaryFolder { folder in
            let path = folder + "/made-up"
            try DatasetWriter.write(SyntheticSource(options), to: path)
            let (sorted, report) = try DatasetReader.readSorted(path)
            #expect(sorted == SortedDataset(try DatasetReader.read(path).dataset))
            #expect(sorted.isSynthetic && report.notices.isEmpty)
            #expect(report.ratingLineCount == sorted.matrix.count)
            let alone = path + "/ratings.dat"
            #expect(
                try DatasetReader.readSorted(alone).dataset
                    == SortedDataset(DatasetReader.read(alone).dataset))
        }
    }

    @Test("made-up data is written the same rating by rating as from memory")
    func streamedWriting() throws {
        var options = SyntheticOptions()
        options.userCount = 50
        options.itemCount = 80
        options.ratingCount = 900
        try TestFiles.withTemporaryFolder { folder in
            try DatasetWriter.write(SyntheticSource(options), to: folder + "/a")
            try DatasetWriter.write(SyntheticRatings(options).dataset, to: folder + "/b")
            for name in ["README", "SYNTHETIC", "movies.dat", "ratings.dat", "users.dat"] {
                let streamed = try Data(contentsOf: URL(fileURLWithPath: folder + "/a/" + name))
                #expect(
                    streamed == (try Data(contentsOf: URL(fileURLWithPath: folder + "/b/" + name))))
            }
        }
    }

    @Test("of repeated ratings the latest stays, of equal times the last line")
    func repeatedRatings() throws {
        try TestFiles.withTemporaryFolder { folder in
            let path = folder + "/r.csv"
            try "2,9,1,50\n1,9,2,10\n2,9,3,40\n2,9,4,50\n1,7,5,1\n".write(
                toFile: path, atomically: true, encoding: .utf8)
            let (data, report) = try DatasetReader.readSorted(path)
            #expect(report.repeatedCount == 2)
            #expect(data.matrix.byUser.columns == [0, 1, 1])
            #expect(data.matrix.byUser.values == [5, 2, 4])
            #expect(data.scale == RatingScale(minimum: 2, maximum: 5))
            #expect(data == SortedDataset(try DatasetReader.read(path).dataset))
        }
    }

    @Test(
        "lines across blocks, empty lines and long runs of them are numbered right",
        arguments: ["\n", "\r\n"])
    func blocks(lineEnd: String) throws {
        // Over three blocks of lines, a line longer than two blocks, and empty lines at the end.
        var lines = (0..<150_000).map { "\($0 % 900),\($0),3.5,12345678" }
        let long = "1,2," + String(repeating: "9", count: 3 << 20)
        lines[70_000] = long
        lines[70_001] = ""
        lines[149_998] = "bad"
        let text =
            "\u{FEFF}" + lines.joined(separator: lineEnd)
            + String(repeating: lineEnd, count: 1_500_000)
        try TestFiles.withTemporaryFolder { folder in
            let path = folder + "/r.csv"
            try text.write(toFile: path, atomically: true, encoding: .utf8)
            let (data, report) = try DatasetReader.readSorted(
                path, options: ReadOptions(skipBadLines: true))
            #expect(data.matrix.count == 149_997)
            #expect(report.ratingLineCount == 150_000)
            #expect(report.samples.map(\.line) == [70_001, 70_002, 149_999])
            #expect(
                report.skipped == [.overlong: 1, .fieldCount: 2])
        }
    }
}
