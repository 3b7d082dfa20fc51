// SPDX-License-Identifier: GPL-3.0-or-later

/// Takes numbers in little-endian order from bytes whose length the caller has checked.
struct HeadBytesReader {
    private let bytes: [UInt8]
    private var position = 0

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    /// Throws unless `count` more bytes follow.
    func require(_ count: Int) throws(HeadBytesError) {
        guard bytes.count - position >= count else {
            throw .wrongLength(expected: position + count, actual: bytes.count)
        }
    }

    /// Throws unless exactly `count` more bytes follow.
    func requireEnd(after count: Int) throws(HeadBytesError) {
        guard bytes.count - position == count else {
            throw .wrongLength(expected: position + count, actual: bytes.count)
        }
    }

    /// Reads what every head begins with; throws unless it is a head of this kind and layout.
    mutating func readKind(
        _ magic: UInt32, named name: String, layout: UInt32
    ) throws(HeadBytesError) {
        _ = try readKind(magic, named: name, layouts: layout...layout)
    }

    /// The same of a head of several layouts; says which one it is.
    mutating func readKind(
        _ magic: UInt32, named name: String, layouts: ClosedRange<UInt32>
    ) throws(HeadBytesError) -> UInt32 {
        guard integer(UInt32.self) == magic else { throw .notThisHead(expected: name) }
        let found = integer(UInt32.self)
        guard layouts.contains(found) else { throw .unknownLayout(version: found) }
        return found
    }

    /// Reads how many items and factors a head has; throws for numbers no head can have.
    mutating func readSizes() throws(HeadBytesError) -> (items: Int, factors: Int) {
        let items = try readItemCount()
        let factors = integer(UInt64.self)
        guard (1...1024).contains(factors) else { throw .invalidField(name: "factor count") }
        return (items, Int(factors))
    }

    /// Reads how many items a head has; throws for a number no head can have.
    mutating func readItemCount() throws(HeadBytesError) -> Int {
        let items = integer(UInt64.self)
        guard items < 1 << 31 else { throw .invalidField(name: "item count") }
        return Int(items)
    }

    mutating func integer<Number: FixedWidthInteger>(_ type: Number.Type) -> Number {
        let size = MemoryLayout<Number>.size
        defer { position += size }
        return bytes.withUnsafeBytes { raw in
            Number(littleEndian: raw.loadUnaligned(fromByteOffset: position, as: type))
        }
    }

    /// Reads a number of things within `range`, once it has made sure that the bytes have it.
    mutating func count(_ range: ClosedRange<Int>, _ name: String) throws(HeadBytesError) -> Int {
        try require(8)
        let value = integer(UInt64.self)
        guard value <= UInt64(Int.max), range.contains(Int(value)) else {
            throw .invalidField(name: name)
        }
        return Int(value)
    }

    /// Reads a text that its length stands before.
    mutating func text(_ name: String) throws(HeadBytesError) -> String {
        let length = try count(0...1 << 16, name)
        try require(length)
        defer { position += length }
        guard let text = String(validating: bytes[position..<position + length], as: UTF8.self)
        else { throw .invalidField(name: name) }
        return text
    }

    mutating func double(_ name: String) throws(HeadBytesError) -> Double {
        let value = Double(bitPattern: integer(UInt64.self))
        guard value.isFinite else { throw .notFinite(name: name) }
        return value
    }

    mutating func floats(_ count: Int, _ name: String) throws(HeadBytesError) -> [Float] {
        try block(count, name)
    }

    /// The next `count` numbers, copied as one block.
    mutating func block<Number: BinaryFloatingPoint & BitwiseCopyable>(
        _ count: Int, _ name: String
    ) throws(HeadBytesError) -> [Number] {
        let length = count * MemoryLayout<Number>.stride
        let start = position
        position += length
        let numbers = [Number](unsafeUninitializedCapacity: count) { buffer, filled in
            bytes.withUnsafeBytes { all in
                UnsafeMutableRawBufferPointer(buffer).copyMemory(
                    from: UnsafeRawBufferPointer(rebasing: all[start..<start + length]))
            }
            filled = count
        }
        guard numbers.allSatisfy(\.isFinite) else { throw .notFinite(name: name) }
        return numbers
    }

    mutating func matrix(
        rows: Int, columns: Int, _ name: String
    ) throws(HeadBytesError) -> FactorMatrix {
        var matrix = FactorMatrix(rowCount: rows, columnCount: columns)
        let stride = matrix.stride
        matrix.storage.withUnsafeMutableBufferPointer { storage in
            for row in 0..<rows {
                let start = row * stride
                copyFloats(to: .init(rebasing: storage[start..<start + columns]))
            }
        }
        guard matrix.isFinite else { throw .notFinite(name: name) }
        return matrix
    }

    /// Fills `numbers` with the floats that come next.
    private mutating func copyFloats(to numbers: UnsafeMutableBufferPointer<Float>) {
        let length = numbers.count * MemoryLayout<Float>.size
        bytes.withUnsafeBytes { raw in
            UnsafeMutableRawBufferPointer(numbers).copyMemory(
                from: .init(rebasing: raw[position..<position + length]))
        }
        position += length
        // On a little-endian machine the bytes are the numbers already.
        guard 1.littleEndian != 1 else { return }
        for place in numbers.indices {
            numbers[place] = Float(bitPattern: UInt32(littleEndian: numbers[place].bitPattern))
        }
    }
}
