// SPDX-License-Identifier: GPL-3.0-or-later

#if _endian(big)
    // Because section files are copied to and from memory as they are.
    #error("section files need a little-endian machine")
#endif

/// Puts a section file together in memory; the same sections give the same bytes.
struct SectionFileBuilder {
    private var names: [String] = []
    private var elementSizes: [Int] = []
    private var contents: [[UInt8]] = []

    /// Adds a section; traps when the name is too long or taken.
    mutating func add<Element: BitwiseCopyable>(_ name: String, _ elements: [Element]) {
        precondition(
            name.utf8.count < SectionFile.nameBytes && !names.contains(name), "section name")
        names.append(name)
        elementSizes.append(MemoryLayout<Element>.stride)
        contents.append(elements.withUnsafeBytes { Array($0) })
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

    /// The whole file.
    var bytes: [UInt8] {
        var table: [UInt8] = []
        var end = SectionFile.alignment * (1 + names.count)
        for (position, name) in names.enumerated() {
            let start = Self.aligned(end)
            end = start + contents[position].count
            table += name.utf8
            table += [UInt8](repeating: 0, count: SectionFile.nameBytes - name.utf8.count)
            Self.append(UInt64(start), to: &table)
            Self.append(UInt64(contents[position].count), to: &table)
            Self.append(UInt64(elementSizes[position]), to: &table)
        }
        var file = SectionFile.magic
        file.reserveCapacity(end)
        Self.append(SectionFile.version, to: &file)
        Self.append(UInt32(names.count), to: &file)
        Self.append(UInt64(end), to: &file)
        Self.pad(&file)
        file += table
        for content in contents {
            Self.pad(&file)
            file += content
        }
        return file
    }

    private static func aligned(_ offset: Int) -> Int {
        (offset + SectionFile.alignment - 1) / SectionFile.alignment * SectionFile.alignment
    }

    private static func pad(_ bytes: inout [UInt8]) {
        bytes += [UInt8](repeating: 0, count: aligned(bytes.count) - bytes.count)
    }

    private static func append<Number: FixedWidthInteger>(
        _ number: Number, to bytes: inout [UInt8]
    ) {
        withUnsafeBytes(of: number.littleEndian) { bytes += $0 }
    }
}
