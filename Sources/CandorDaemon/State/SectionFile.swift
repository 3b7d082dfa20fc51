// SPDX-License-Identifier: GPL-3.0-or-later

import Factors
import Glibc
import RatingFiles
import Ratings

/// A file of named arrays that are used where they lie, and that proves itself.
///
/// All numbers are little-endian. Offsets count from the beginning of the file.
///
/// | bytes | content |
/// |---|---|
/// | 0 ..< 8 | the letters `CNDRSECT` |
/// | 8 ..< 12 | format version, UInt32: 2 |
/// | 12 ..< 16 | number of sections n, UInt32 |
/// | 16 ..< 24 | length of the file, UInt64 |
/// | 24 ..< 64 | zero |
/// | 64 × (1 + i) ..< 64 × (2 + i) | section i: its name (40 bytes of UTF-8, padded with zeros), the offset of its data (UInt64), its length in bytes (UInt64), the size of one element in bytes (UInt64) |
/// | the last 32 | the `BlockHash` of all bytes before |
///
/// Each section's data begins at the next multiple of 64, so that a mapped file can be used in
/// place with any vector instruction; gaps are zero. A list of texts is two sections, `NAME.ends`
/// (Int64: where each text ends in the other) and `NAME.utf8`.
struct SectionFile {
    /// One row of the table of sections.
    private struct Section {
        let range: Range<Int>
        let elementBytes: Int
    }

    static let magic = Array("CNDRSECT".utf8)
    static let version: UInt32 = 2
    static let alignment = 64
    static let nameBytes = 40
    /// The bytes that are proved between two questions whether to go on, a multiple of a block's.
    ///
    /// Under a tenth of a second of work where they are in memory.
    static let bytesPerCheck = 16 * BlockHash.blockBytes

    /// The hash at the end of the file, which its content has.
    let hash: [UInt8]
    private let contents: FrozenBytes
    private let sections: [String: Section]

    /// Proves a whole file by its hash, on all processors, and reads its table of sections.
    ///
    /// O(bytes): everything is looked at once before anything is believed. `isWanted` is asked before
    /// each `bytesPerCheck` of them; false ends it with `SectionFileError.cancelled`.
    init(
        _ contents: FrozenBytes, isWanted: () -> Bool = { true }
    ) throws(SectionFileError) {
        let bytes = contents.count - BlockHash.byteCount
        guard bytes >= Self.alignment,
            contents.withUnsafeBytes({ $0.starts(with: Self.magic) })
        else { throw SectionFileError("it does not begin like a section file") }
        let version = Self.number(UInt32.self, contents, at: 8)
        guard version == Self.version else {
            throw SectionFileError("it has format version \(version), expected \(Self.version)")
        }
        let length = Self.number(UInt64.self, contents, at: 16)
        guard length == UInt64(contents.count) else {
            throw SectionFileError("it says \(length) bytes and has \(contents.count)")
        }
        hash = contents.withUnsafeBytes { Array($0[bytes...]) }
        guard try Self.hash(of: contents, count: bytes, isWanted) == hash else {
            throw SectionFileError("it does not match the hash at its end")
        }
        let count = Int(Self.number(UInt32.self, contents, at: 12))
        guard count < bytes / Self.alignment else {
            throw SectionFileError("it has no room for \(count) sections")
        }
        var sections: [String: Section] = [:]
        for position in 0..<count {
            let start = (1 + position) * Self.alignment
            let name = contents.array(start..<start + Self.nameBytes, of: UInt8.self)
                .prefix { $0 != 0 }
            sections[String(decoding: name, as: UTF8.self)] = try Self.section(
                contents, start, within: bytes)
        }
        self.contents = contents
        self.sections = sections
    }

    /// Proves a mapped file; what is not used afterwards occupies no memory.
    ///
    /// A file that is cut short by another program while it is mapped ends this one; files of the
    /// state directory, and those that an import makes, are replaced and removed but never changed.
    init(_ mapping: Mapping, isWanted: () -> Bool = { true }) throws(SectionFileError) {
        defer { mapping.release() }
        try self.init(mapping.contents, isWanted: isWanted)
    }

    /// Whether the file at `path` begins like a section file; what cannot be read does not.
    static func isSectionFile(_ path: String) -> Bool {
        var status = stat()
        // Because what is read from a pipe is gone.
        guard stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return false }
        // Because whoever wants the file finds out why it cannot be read.
        guard let descriptor = try? DurableFile.open(path, O_RDONLY) else { return false }
        defer { close(descriptor) }
        var found = [UInt8](repeating: 0, count: magic.count)
        return read(descriptor, &found, found.count) == found.count && found == magic
    }

    private static func hash(
        of contents: FrozenBytes, count: Int, _ isWanted: () -> Bool
    ) throws(SectionFileError) -> [UInt8] {
        let blockBytes = BlockHash.blockBytes
        let threads = Int(sysconf(Int32(_SC_NPROCESSORS_ONLN)))
        var blocks: [[UInt8]] = []
        for start in stride(from: 0, to: count, by: bytesPerCheck) {
            guard isWanted() else { throw .cancelled }
            let part = min(bytesPerCheck, count - start)
            blocks += Parallel.map(
                count: (part + blockBytes - 1) / blockBytes, chunk: 1, threads: threads
            ) { block in
                let from = start + block * blockBytes
                let range = from..<min(from + blockBytes, count)
                return contents.withUnsafeBytes {
                    BlockHash.hash(ofBlock: UnsafeRawBufferPointer(rebasing: $0[range]))
                }
            }
        }
        return BlockHash.hash(ofBlocks: blocks)
    }

    private static func section(
        _ contents: FrozenBytes, _ start: Int, within end: Int
    ) throws(SectionFileError) -> Section {
        let offset = number(UInt64.self, contents, at: start + nameBytes)
        let length = number(UInt64.self, contents, at: start + nameBytes + 8)
        let elementBytes = number(UInt64.self, contents, at: start + nameBytes + 16)
        let (sectionEnd, overflow) = offset.addingReportingOverflow(length)
        guard !overflow, sectionEnd <= UInt64(end), (1...64).contains(elementBytes),
            length.isMultiple(of: elementBytes), offset.isMultiple(of: UInt64(alignment))
        else { throw SectionFileError("a section lies outside the file") }
        return Section(range: Int(offset)..<Int(sectionEnd), elementBytes: Int(elementBytes))
    }

    /// A section as elements of its type, where it lies.
    ///
    /// Only types for which every bit pattern is a value: integers and floating point.
    func array<Element: BitwiseCopyable & Sendable>(
        _ name: String, of type: Element.Type = Element.self
    ) throws(SectionFileError) -> FrozenArray<Element> {
        guard let section = sections[name] else {
            throw SectionFileError("section \(name) is missing")
        }
        guard section.elementBytes == MemoryLayout<Element>.stride else {
            throw SectionFileError("section \(name) has elements of another size")
        }
        return contents.array(section.range, of: type)
    }

    /// A list of texts.
    func texts(_ name: String) throws(SectionFileError) -> [String] {
        let ends = try array(name + ".ends", of: Int64.self)
        let utf8 = try array(name + ".utf8", of: UInt8.self)
        var texts: [String] = []
        texts.reserveCapacity(ends.count)
        var start = 0
        for end in ends {
            guard end >= start, end <= utf8.count,
                let text = utf8.withUnsafeBufferPointer({
                    String(validating: $0[start..<Int(end)], as: UTF8.self)
                })
            else { throw SectionFileError("section \(name) holds no valid texts") }
            texts.append(text)
            start = Int(end)
        }
        return texts
    }

    private static func number<Number: FixedWidthInteger & BitwiseCopyable>(
        _ type: Number.Type, _ contents: FrozenBytes, at offset: Int
    ) -> Number {
        contents.withUnsafeBytes {
            Number(littleEndian: $0.loadUnaligned(fromByteOffset: offset, as: type))
        }
    }
}
