// SPDX-License-Identifier: GPL-3.0-or-later

/// Writes structures in Thrift's compact protocol, the form of all of Parquet's metadata.
///
/// Fields must be written in ascending order of their numbers. Source: Apache Thrift,
/// `doc/specs/thrift-compact-protocol.md`.
struct CompactWriter {
    /// What has been written.
    private(set) var bytes: [UInt8] = []
    /// The last field of each open structure, the innermost last.
    private var lastFields: [Int] = []

    private enum Kind: UInt8 {
        case yes = 1
        case no = 2
        case i32 = 5
        case i64 = 6
        case binary = 8
        case list = 9
        case structure = 12
    }

    /// Writes a structure: the whole of a message.
    mutating func structure(_ body: (inout CompactWriter) -> Void) {
        lastFields.append(0)
        body(&self)
        lastFields.removeLast()
        bytes.append(0)
    }

    /// A field that is a structure.
    mutating func field(_ number: Int, _ body: (inout CompactWriter) -> Void) {
        header(number, .structure)
        structure(body)
    }

    /// A field that is a truth value.
    mutating func field(_ number: Int, _ value: Bool) { header(number, value ? .yes : .no) }

    /// A field that is a 32-bit number or an enumeration's case.
    mutating func field(_ number: Int, i32 value: Int) {
        header(number, .i32)
        zigzag(Int64(value))
    }

    /// A field that is a 64-bit number.
    mutating func field(_ number: Int, i64 value: Int) {
        header(number, .i64)
        zigzag(Int64(value))
    }

    /// A field that is text or bytes.
    mutating func field(_ number: Int, _ value: some Collection<UInt8>) {
        header(number, .binary)
        binary(value)
    }

    /// A field that is a list of 32-bit numbers.
    mutating func field(_ number: Int, i32s values: [Int]) {
        list(number, .i32, count: values.count)
        for value in values { zigzag(Int64(value)) }
    }

    /// A field that is a list of texts.
    mutating func field(_ number: Int, texts values: [String]) {
        list(number, .binary, count: values.count)
        for value in values { binary(value.utf8) }
    }

    /// A field that is a list of structures, one for each element.
    mutating func field<Element>(
        _ number: Int, each elements: [Element], _ body: (inout CompactWriter, Element) -> Void
    ) {
        list(number, .structure, count: elements.count)
        for element in elements { structure { body(&$0, element) } }
    }

    private mutating func list(_ number: Int, _ kind: Kind, count: Int) {
        header(number, .list)
        if count < 15 {
            bytes.append(UInt8(count) << 4 | kind.rawValue)
        } else {
            bytes.append(0xF0 | kind.rawValue)
            bytes.append(varint: UInt64(count))
        }
    }

    private mutating func header(_ number: Int, _ kind: Kind) {
        let delta = number - lastFields[lastFields.count - 1]
        precondition((1...15).contains(delta), "fields ascend, and none skips more than 14")
        bytes.append(UInt8(delta) << 4 | kind.rawValue)
        lastFields[lastFields.count - 1] = number
    }

    private mutating func binary(_ value: some Collection<UInt8>) {
        bytes.append(varint: UInt64(value.count))
        bytes.append(contentsOf: value)
    }

    private mutating func zigzag(_ value: Int64) { bytes.append(zigzag: value) }
}
