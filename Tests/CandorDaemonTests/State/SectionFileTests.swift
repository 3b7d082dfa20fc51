// SPDX-License-Identifier: GPL-3.0-or-later

import RatingFiles
import Ratings
import Testing

@testable import CandorDaemon

@Suite("SectionFile")
struct SectionFileTests {
    private static let texts = ["", "a", "Żółw", "with\nnewline", ""]

    private var sample: [UInt8] {
        var file = SectionFileBuilder()
        file.add("bytes", [UInt8(1), 2, 3])
        file.add("numbers", [Int64.min, -1, Int64.max])
        file.add("floats", [Float(0.5), -0, .greatestFiniteMagnitude])
        file.add("nothing", [Int32]())
        file.add("words", texts: Self.texts)
        return file.bytes
    }

    @Test("every section reads back as it was added")
    func roundTrip() throws {
        let file = try SectionFile(sample)
        #expect(try file.array("bytes") == [UInt8(1), 2, 3])
        #expect(try file.array("numbers") == [Int64.min, -1, Int64.max])
        #expect(try file.array("floats") == [Float(0.5), -0, .greatestFiniteMagnitude])
        #expect(try file.array("nothing", of: Int32.self).isEmpty)
        #expect(try file.texts("words") == Self.texts)
        #expect(try SectionFile(SectionFileBuilder().bytes).hasNoSections)
    }

    @Test("the bytes are those of the documented layout")
    func layout() {
        var file = SectionFileBuilder()
        file.add("x", [UInt16(0x0102)])
        let bytes = file.bytes
        #expect(bytes.count == 130 + 32)
        #expect(file.byteCount == bytes.count)
        #expect(file.hash == bytes.suffix(32))
        #expect(bytes[0..<8].elementsEqual("CNDRSECT".utf8))
        #expect(bytes[8..<24] == [2, 0, 0, 0, 1, 0, 0, 0, 162, 0, 0, 0, 0, 0, 0, 0])
        #expect(bytes[64] == UInt8(ascii: "x"))
        #expect(bytes[104] == 128)
        #expect(bytes[112] == 2)
        #expect(bytes[120] == 2)
        #expect(bytes[128..<130] == [2, 1])
    }

    @Test("a file of several pieces is proved as a whole, and its proof stops where it is asked to")
    func pieces() throws {
        var file = SectionFileBuilder()
        file.add("bytes", [UInt8](repeating: 7, count: SectionFile.bytesPerCheck + 5))
        var bytes = file.bytes
        var asked = 0
        let whole = try SectionFile(FrozenBytes(bytes)) {
            asked += 1
            return true
        }
        #expect(asked == 2)
        #expect(whole.hash == file.hash)
        for last in 1...2 {
            asked = 0
            #expect(throws: SectionFileError.cancelled) {
                try SectionFile(FrozenBytes(bytes)) {
                    asked += 1
                    return asked < last
                }
            }
            #expect(asked == last)
        }
        bytes[bytes.count - 40] ^= 1
        #expect(throws: SectionFileError.self) { try SectionFile(bytes) }
    }

    @Test("a file cut short at any byte is refused")
    func refusesTruncation() throws {
        let whole = sample
        for length in 0..<whole.count {
            #expect(throws: SectionFileError.self, "\(length) bytes") {
                try SectionFile(Array(whole[..<length]))
            }
        }
    }

    @Test("a flipped bit anywhere is refused")
    func refusesFlippedBits() {
        let whole = sample
        for place in whole.indices {
            var flipped = whole
            flipped[place] ^= 1 << UInt8(place % 8)
            #expect(throws: SectionFileError.self, "byte \(place)") { try SectionFile(flipped) }
        }
    }

    @Test("the hash is that of the blocks' hashes, over any pieces and more than one block")
    func hashOfBlocks() throws {
        let numbers = FrozenArray<Int32>((0..<2_500_000).map { Int32($0) })
        var file = SectionFileBuilder()
        file.add("numbers", numbers)
        let bytes = file.bytes
        #expect(bytes.count > 2 * BlockHash.blockBytes)
        let read = try SectionFile(bytes)
        #expect(read.hash == file.hash)
        #expect(try read.array("numbers") == numbers)
        let blocks = stride(from: 0, to: bytes.count - 32, by: BlockHash.blockBytes).map { start in
            let block = bytes[start..<min(start + BlockHash.blockBytes, bytes.count - 32)]
            return block.withUnsafeBytes { BlockHash.hash(ofBlock: $0) }
        }
        #expect(BlockHash.hash(ofBlocks: blocks) == read.hash)
    }

    @Test("a missing section and a section of other elements are refused by name")
    func refusesWrongSection() throws {
        let file = try SectionFile(sample)
        #expect(throws: SectionFileError("section none is missing")) {
            try file.array("none", of: UInt8.self)
        }
        #expect(throws: SectionFileError("section numbers has elements of another size")) {
            try file.array("numbers", of: Int32.self)
        }
    }

    @Test("texts that are not UTF-8 or whose ends do not ascend are refused")
    func refusesInvalidTexts() throws {
        for (ends, utf8) in [([1], [0xFF]), ([2, 1], [65, 66]), ([3], [65, 66])] {
            var file = SectionFileBuilder()
            file.add("words.ends", ends.map(Int64.init))
            file.add("words.utf8", utf8.map(UInt8.init))
            let read = try SectionFile(file.bytes)
            #expect(throws: SectionFileError("section words holds no valid texts")) {
                try read.texts("words")
            }
        }
    }
}

extension SectionFile {
    fileprivate var hasNoSections: Bool { (try? array("bytes", of: UInt8.self)) == nil }
}
