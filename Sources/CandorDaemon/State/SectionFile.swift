// SPDX-License-Identifier: GPL-3.0-or-later

/// A file of named arrays, read without looking at single elements.
///
/// All numbers are little-endian. Offsets count from the beginning of the file.
///
/// | bytes | content |
/// |---|---|
/// | 0 ..< 8 | the letters `CNDRSECT` |
/// | 8 ..< 12 | format version, UInt32: 1 |
/// | 12 ..< 16 | number of sections n, UInt32 |
/// | 16 ..< 24 | length of the file, UInt64 |
/// | 24 ..< 64 | zero |
/// | 64 × (1 + i) ..< 64 × (2 + i) | section i: its name (40 bytes of UTF-8, padded with zeros), the offset of its data (UInt64), its length in bytes (UInt64), the size of one element in bytes (UInt64) |
///
/// Each section's data begins at the next multiple of 64, so that a mapped file can be used in
/// place with any vector instruction; gaps are zero. A list of texts is two sections, `NAME.ends`
/// (Int64: where each text ends in the other) and `NAME.utf8`. The file has no checksum of its
/// own: whoever keeps it keeps its hash.
struct SectionFile {
    /// One row of the table of sections.
    private struct Section {
        let range: Range<Int>
        let elementBytes: Int
    }

    static let magic = Array("CNDRSECT".utf8)
    static let version: UInt32 = 1
    static let alignment = 64
    static let nameBytes = 40

    private let bytes: [UInt8]
    private let sections: [String: Section]

    /// Reads the table of sections of a whole file.
    init(_ bytes: [UInt8]) throws(SectionFileError) {
        guard bytes.count >= Self.alignment, bytes.starts(with: Self.magic) else {
            throw SectionFileError("it does not begin like a section file")
        }
        let version = Self.number(UInt32.self, bytes, at: 8)
        guard version == Self.version else {
            throw SectionFileError("it has format version \(version), expected \(Self.version)")
        }
        let count = Int(Self.number(UInt32.self, bytes, at: 12))
        let length = Self.number(UInt64.self, bytes, at: 16)
        guard length == UInt64(bytes.count), count < bytes.count / Self.alignment else {
            throw SectionFileError("it says \(length) bytes and has \(bytes.count)")
        }
        var sections: [String: Section] = [:]
        for position in 1...max(count, 1) where position <= count {
            let start = position * Self.alignment
            let name = bytes[start..<start + Self.nameBytes].prefix { $0 != 0 }
            sections[String(decoding: name, as: UTF8.self)] = try Self.section(bytes, start)
        }
        self.bytes = bytes
        self.sections = sections
    }

    private static func section(
        _ bytes: [UInt8], _ start: Int
    ) throws(SectionFileError) -> Section {
        let offset = number(UInt64.self, bytes, at: start + nameBytes)
        let length = number(UInt64.self, bytes, at: start + nameBytes + 8)
        let elementBytes = number(UInt64.self, bytes, at: start + nameBytes + 16)
        let (end, overflow) = offset.addingReportingOverflow(length)
        guard !overflow, end <= UInt64(bytes.count), (1...64).contains(elementBytes),
            length.isMultiple(of: elementBytes)
        else { throw SectionFileError("a section lies outside the file") }
        return Section(range: Int(offset)..<Int(end), elementBytes: Int(elementBytes))
    }

    /// A copy of a section as elements of its type, by one block move.
    ///
    /// Only types for which every bit pattern is a value: integers and floating point.
    func array<Element: BitwiseCopyable>(
        _ name: String, of type: Element.Type = Element.self
    ) throws(SectionFileError) -> [Element] {
        guard let section = sections[name] else {
            throw SectionFileError("section \(name) is missing")
        }
        guard section.elementBytes == MemoryLayout<Element>.stride else {
            throw SectionFileError("section \(name) has elements of another size")
        }
        let count = section.range.count / section.elementBytes
        return [Element](unsafeUninitializedCapacity: count) { buffer, filled in
            bytes.withUnsafeBytes { all in
                UnsafeMutableRawBufferPointer(buffer).copyMemory(
                    from: UnsafeRawBufferPointer(rebasing: all[section.range]))
            }
            filled = count
        }
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
                let text = String(validating: utf8[start..<Int(end)], as: UTF8.self)
            else { throw SectionFileError("section \(name) holds no valid texts") }
            texts.append(text)
            start = Int(end)
        }
        return texts
    }

    private static func number<Number: FixedWidthInteger & BitwiseCopyable>(
        _ type: Number.Type, _ bytes: [UInt8], at offset: Int
    ) -> Number {
        bytes.withUnsafeBytes {
            Number(littleEndian: $0.loadUnaligned(fromByteOffset: offset, as: type))
        }
    }
}
