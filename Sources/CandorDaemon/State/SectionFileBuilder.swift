// SPDX-License-Identifier: GPL-3.0-or-later

import RatingFiles
import Ratings

#if _endian(big)
    // Because section files are copied to and from memory as they are.
    #error("section files need a little-endian machine")
#endif

/// Puts a section file together and writes it piece by piece; the same sections give the same
/// bytes.
struct SectionFileBuilder {
    private var names: [String] = []
    private var elementSizes: [Int] = []
    private var contents: [FrozenBytes] = []

    /// Adds a section, used where it lies; traps when the name is too long or taken.
    mutating func add<Element>(_ name: String, _ elements: FrozenArray<Element>) {
        precondition(
            name.utf8.count < SectionFile.nameBytes && !names.contains(name), "section name")
        names.append(name)
        elementSizes.append(MemoryLayout<Element>.stride)
        contents.append(elements.bytes)
    }

    /// Adds a section of a few elements, which are copied.
    mutating func add<Element: BitwiseCopyable & Sendable>(_ name: String, _ elements: [Element]) {
        add(name, FrozenArray(elements))
    }

    /// Adds a list of texts.
    mutating func add(_ name: String, texts: [String]) {
        var utf8: [UInt8] = []
        var ends: [Int64] = []
        ends.reserveCapacity(texts.count)
        for text in texts {
            utf8.append(contentsOf: text.utf8)
            ends.append(Int64(utf8.count))
        }
        add(name + ".ends", ends)
        add(name + ".utf8", utf8)
    }

    /// The length of the file.
    var byteCount: Int { dataEnd + BlockHash.byteCount }

    /// The hash at the end of the file, without writing it, in O(bytes).
    var hash: [UInt8] {
        var hash = BlockHash()
        forEachPiece { hash.update($0) }
        return hash.finish()
    }

    /// Gives the file to `body` in pieces, large sections as they lie, and returns its hash, which
    /// the last piece is.
    @discardableResult
    func write<Failure: Error>(
        _ body: (UnsafeRawBufferPointer) throws(Failure) -> Void
    ) throws(Failure) -> [UInt8] {
        var hash = BlockHash()
        try forEachPiece { piece throws(Failure) in
            hash.update(piece)
            try body(piece)
        }
        let finished = hash.finish()
        try FrozenBytes(finished).withUnsafeBytes(body)
        return finished
    }

    /// All of the file but its hash.
    private func forEachPiece<Failure: Error>(
        _ body: (UnsafeRawBufferPointer) throws(Failure) -> Void
    ) throws(Failure) {
        let head = FrozenBytes(head)
        try head.withUnsafeBytes(body)
        var end = head.count
        for content in contents {
            let padding = FrozenBytes([UInt8](repeating: 0, count: Self.aligned(end) - end))
            try padding.withUnsafeBytes(body)
            try content.withUnsafeBytes(body)
            end += padding.count + content.count
        }
    }

    /// The header and the table of sections.
    private var head: [UInt8] {
        var head = SectionFile.magic
        Self.append(SectionFile.version, to: &head)
        Self.append(UInt32(names.count), to: &head)
        Self.append(UInt64(byteCount), to: &head)
        head += [UInt8](repeating: 0, count: SectionFile.alignment - head.count)
        var end = SectionFile.alignment * (1 + names.count)
        for (position, name) in names.enumerated() {
            let start = Self.aligned(end)
            end = start + contents[position].count
            head += name.utf8
            head += [UInt8](repeating: 0, count: SectionFile.nameBytes - name.utf8.count)
            Self.append(UInt64(start), to: &head)
            Self.append(UInt64(contents[position].count), to: &head)
            Self.append(UInt64(elementSizes[position]), to: &head)
        }
        return head
    }

    private var dataEnd: Int {
        contents.reduce(SectionFile.alignment * (1 + names.count)) { end, content in
            Self.aligned(end) + content.count
        }
    }

    private static func aligned(_ offset: Int) -> Int {
        (offset + SectionFile.alignment - 1) / SectionFile.alignment * SectionFile.alignment
    }

    private static func append<Number: FixedWidthInteger>(
        _ number: Number, to bytes: inout [UInt8]
    ) {
        withUnsafeBytes(of: number.littleEndian) { bytes += $0 }
    }
}
