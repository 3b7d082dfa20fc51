// SPDX-License-Identifier: GPL-3.0-or-later

import TestSupport
import Testing

@testable import Parquet

@Suite struct ParquetWriterTests {
    /// The bytes of a file with `batches` of rows.
    static func file(
        _ columns: [ParquetColumn], _ batches: [[ParquetValues]], rowGroupRows: Int = 1 << 20
    ) -> [UInt8] {
        let bytes = CollectedBytes()
        var writer = ParquetWriter<Never>(
            columns, metadata: [("made by", "a test")], creator: "tests", rowGroupRows: rowGroupRows
        ) { bytes.all += $0 }
        for batch in batches { writer.append(batch) }
        writer.finish()
        return bytes.all
    }

    final class CollectedBytes {
        var all: [UInt8] = []
    }

    private static let columns = [
        ParquetColumn("id", .integer), ParquetColumn("small", .float),
        ParquetColumn("big", .double),
        ParquetColumn("title", .text), ParquetColumn("when", .time, isOptional: true),
    ]

    private static func rows(_ range: Range<Int>) -> [ParquetValues] {
        [
            .integers(range.map { Int64($0 * $0 % 1_009) - 500 }),
            .floats(range.map { Float($0 % 17) / 4 - 2 }),
            .doubles(range.map { 1 / Double($0 + 1) }),
            .texts(range.map { "Tïtle \($0 % 13)" }),
            .times(range.map { $0 % 7 == 0 ? nil : Int64($0) * 1_000 }),
        ]
    }

    @Test(
        "all values come back from an independent reader",
        arguments: [0, 1, 2, 31, 32, 33, 128, 129, 1_000], [1, 7, 100, 1_000_000])
    func roundTrip(count: Int, rowGroupRows: Int) throws {
        let starts = Array(stride(from: 0, to: count, by: 50))
        let batches = starts.map { Self.rows($0..<min($0 + 50, count)) }
        let read = try TinyParquetReader(
            Self.file(Self.columns, batches, rowGroupRows: rowGroupRows))
        #expect(read.rowCount == count)
        #expect(read.rowGroupRows.reduce(0, +) == count)
        #expect(read.metadata == ["made by": "a test"])
        #expect(read.columns.map(\.name) == Self.columns.map(\.name))
        #expect(read.columns.map(\.logicalType) == [nil, nil, nil, 1, 8])
        for place in 0..<count {
            #expect(read.columns[0].cells[place] == .integer(Int64(place * place % 1_009) - 500))
            #expect(read.columns[1].cells[place] == .float(Float(place % 17) / 4 - 2))
            #expect(read.columns[2].cells[place] == .double(1 / Double(place + 1)))
            #expect(read.columns[3].cells[place] == .text("Tïtle \(place % 13)"))
            #expect(
                read.columns[4].cells[place]
                    == (place % 7 == 0 ? .missing : .integer(Int64(place) * 1_000)))
        }
    }

    @Test("extreme whole numbers survive the differences between them")
    func extremes() throws {
        let numbers: [Int64] = [.min, .max, 0, -1, .max, .min, .min, 1]
        let file = Self.file([ParquetColumn("n", .integer)], [[.integers(numbers)]])
        let read = try TinyParquetReader(file)
        #expect(read.columns[0].cells == numbers.map { .integer($0) })
    }

    @Test("numbers that are not finite, and both zeros, keep their bits")
    func specialFloats() throws {
        let numbers = [
            0.0, -0.0, .infinity, -.infinity, .nan, .leastNonzeroMagnitude,
            .greatestFiniteMagnitude,
        ]
        let read = try TinyParquetReader(
            Self.file([ParquetColumn("x", .double)], [[.doubles(numbers)]]))
        let bits = read.columns[0].cells.map { cell -> UInt64 in
            if case .double(let number) = cell { number.bitPattern } else { 0 }
        }
        #expect(bits == numbers.map(\.bitPattern))
        #expect(read.columns[0].statistics[0].least == nil)
    }

    @Test("bounds and counts of missing values are those of each row group")
    func statistics() throws {
        let file = Self.file(
            Self.columns, [Self.rows(0..<10), Self.rows(10..<20)], rowGroupRows: 10)
        let read = try TinyParquetReader(file)
        for (group, range) in [0..<10, 10..<20].enumerated() {
            let ids = range.map { Int64($0 * $0 % 1_009) - 500 }
            #expect(read.columns[0].statistics[group].least == Self.bytes(ids.min() ?? 0))
            #expect(read.columns[0].statistics[group].greatest == Self.bytes(ids.max() ?? 0))
            let titles = Set(range.map { "Tïtle \($0 % 13)" }).sorted {
                $0.utf8.lexicographicallyPrecedes($1.utf8)
            }
            #expect(read.columns[3].statistics[group].least == titles.first.map { Array($0.utf8) })
            #expect(
                read.columns[3].statistics[group].greatest == titles.last.map { Array($0.utf8) })
            #expect(read.columns[4].statistics[group].missing == range.count { $0 % 7 == 0 })
        }
        let zeros = try TinyParquetReader(
            Self.file([ParquetColumn("z", .double)], [[.doubles([0, 0])]]))
        #expect(zeros.columns[0].statistics[0].least == Self.bytes(Int64(bitPattern: 1 << 63)))
        #expect(zeros.columns[0].statistics[0].greatest == Self.bytes(0))
    }

    private static func bytes(_ value: Int64) -> [UInt8] {
        (0..<8).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
    }

    @Test(
        "texts that repeat go through a dictionary, others do not, and identifiers take next to nothing"
    )
    func encodings() throws {
        let column = [ParquetColumn("t", .text)]
        let repeated = Self.file(column, [[.texts((0..<10_000).map { "Title \($0 % 10)" })]])
        #expect(try TinyParquetReader(repeated).columns[0].encodings == [0, 8])
        let distinct = Self.file(column, [[.texts((0..<10_000).map { "Title \($0)" })]])
        #expect(try TinyParquetReader(distinct).columns[0].encodings == [0])
        #expect(try TinyParquetReader(distinct).columns[0].cells.count == 10_000)
        let single = Self.file(column, [[.texts(Array(repeating: "same", count: 10_000))]])
        #expect(
            try TinyParquetReader(single).columns[0].cells
                == Array(repeating: .text("same"), count: 10_000))
        #expect(single.count < 400)
        let ids = Self.file([ParquetColumn("i", .integer)], [[.integers(Array(0..<100_000))]])
        #expect(ids.count < 3_000)
    }

    @Test("long columns are cut into pages, and equal rows give equal bytes however they are added")
    func pages() throws {
        let count = 150_000
        let whole = Self.file(Self.columns, [Self.rows(0..<count)])
        let read = try TinyParquetReader(whole)
        #expect(read.columns.allSatisfy { $0.pageCount == 3 })
        #expect(read.columns[0].cells[140_000] == .integer(Int64(140_000 * 140_000 % 1_009) - 500))
        let parts = stride(from: 0, to: count, by: 30_000).map { Self.rows($0..<$0 + 30_000) }
        #expect(Self.file(Self.columns, parts) == whole)
    }

    @Test("every file cut short is refused by the reader, so that the reader's word counts")
    func truncation() {
        let file = Self.file(Self.columns, [Self.rows(0..<40)])
        for length in stride(from: 0, to: file.count, by: 7) {
            #expect(throws: (any Error).self) { try TinyParquetReader(Array(file.prefix(length))) }
        }
    }
}
