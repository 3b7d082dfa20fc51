// SPDX-License-Identifier: GPL-3.0-or-later

/// Appends numbers in little-endian order, one after the other without gaps.
struct HeadBytesWriter {
    private(set) var bytes: [UInt8] = []

    mutating func write<Number: FixedWidthInteger>(_ number: Number) {
        withUnsafeBytes(of: number.littleEndian) { bytes.append(contentsOf: $0) }
    }

    mutating func write(_ number: Float) { write(number.bitPattern) }
    mutating func write(_ number: Double) { write(number.bitPattern) }

    /// A text after its length in bytes.
    mutating func write(_ text: String) {
        write(UInt64(text.utf8.count))
        bytes += text.utf8
    }

    mutating func write(_ numbers: some Sequence<Float>) {
        let isCopied: Bool? = numbers.withContiguousStorageIfAvailable { buffer in
            // Because on a little-endian machine the numbers are these bytes already.
            guard 1.littleEndian == 1 else { return false }
            bytes.append(contentsOf: UnsafeRawBufferPointer(buffer))
            return true
        }
        guard isCopied != true else { return }
        for number in numbers { write(number) }
    }

    /// The numbers as they lie in memory, which is little-endian on every machine Swift runs on.
    mutating func write<Number: BitwiseCopyable>(block numbers: [Number]) {
        numbers.withUnsafeBytes { bytes.append(contentsOf: $0) }
    }

    /// The rows without their padding.
    mutating func write(_ matrix: FactorMatrix) {
        bytes.reserveCapacity(bytes.count + matrix.rowCount * matrix.columnCount * 4)
        for row in 0..<matrix.rowCount { write(matrix.row(row)) }
    }
}
