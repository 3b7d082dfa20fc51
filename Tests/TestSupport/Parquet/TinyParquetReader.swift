// SPDX-License-Identifier: GPL-3.0-or-later

/// Reads flat Parquet files, slowly and plainly, from the specification alone.
///
/// Knows what the writer under test uses: pages of the first version, Snappy, and the encodings PLAIN,
/// RLE_DICTIONARY, DELTA_BINARY_PACKED and BYTE_STREAM_SPLIT.
public struct TinyParquetReader {
    /// The columns in the file's order.
    public private(set) var columns: [ReadColumn] = []
    /// The key-value metadata.
    public private(set) var metadata: [String: String] = [:]
    /// How many rows each row group has.
    public private(set) var rowGroupRows: [Int] = []
    /// How many rows the footer names.
    public let rowCount: Int

    private struct Layout {
        let type: Int
        let isOptional: Bool
    }

    /// Reads a whole file; throws where it is not what the format asks for.
    public init(_ file: [UInt8]) throws {
        guard file.count > 12, file.starts(with: "PAR1".utf8),
            file.suffix(4) == Array("PAR1".utf8)[...]
        else { throw ByteCursor.Malformed("no magic") }
        var tail = ByteCursor(file.suffix(8))
        let length = Int(try tail.littleEndian(4))
        var cursor = ByteCursor(file.dropLast(8).suffix(length))
        let footer = try CompactValue.structure(&cursor)
        guard cursor.rest.isEmpty else { throw ByteCursor.Malformed("bytes after the footer") }
        rowCount = footer[3]?.int ?? -1
        var layouts: [Layout] = []
        for element in footer[2]?.items.dropFirst() ?? [] {
            guard let name = element[4]?.text, let type = element[1]?.int else {
                throw ByteCursor.Malformed("a schema element without name or type")
            }
            var logical: Int?
            if case .structure(let fields)? = element[10] { logical = fields.keys.first }
            columns.append(ReadColumn(name: name, logicalType: logical))
            layouts.append(Layout(type: type, isOptional: element[3]?.int == 1))
        }
        for entry in footer[5]?.items ?? [] { metadata[entry[1]?.text ?? ""] = entry[2]?.text }
        for group in footer[4]?.items ?? [] {
            rowGroupRows.append(group[3]?.int ?? -1)
            for (place, chunk) in (group[1]?.items ?? []).enumerated() {
                try read(chunk, layouts[place], file, into: &columns[place])
            }
        }
    }

    private func read(
        _ chunk: CompactValue, _ layout: Layout, _ file: [UInt8], into column: inout ReadColumn
    ) throws {
        guard let data = chunk[3], let start = data[11]?.int ?? data[9]?.int,
            let length = data[7]?.int, let count = data[5]?.int, data[1]?.int == layout.type,
            data[3]?.items.first?.text == column.name
        else { throw ByteCursor.Malformed("column metadata") }
        let expected = column.cells.count + count
        let bounds = data[12]
        column.statistics.append(
            (bounds?[6]?.bytes, bounds?[5]?.bytes, bounds?[3]?.int ?? -1))
        column.encodings.formUnion((data[2]?.items ?? []).compactMap(\.int))
        var cursor = ByteCursor(file[start..<start + length])
        var dictionary: [ReadColumn.Cell] = []
        while !cursor.rest.isEmpty {
            let header = try CompactValue.structure(&cursor)
            let body = try SnappyReader.decompress(try cursor.take(header[3]?.int ?? 0))
            guard body.count == header[2]?.int else { throw ByteCursor.Malformed("page size") }
            if let page = header[7] {
                var values = ByteCursor(body)
                dictionary = try Self.plain(&values, page[1]?.int ?? 0, layout.type)
            } else if let page = header[5] {
                column.pageCount += 1
                column.cells += try Self.page(
                    body, count: page[1]?.int ?? 0, encoding: page[2]?.int ?? -1, layout, dictionary
                )
            }
        }
        guard column.cells.count == expected else { throw ByteCursor.Malformed("value count") }
    }

    private static func page(
        _ body: [UInt8], count: Int, encoding: Int, _ layout: Layout,
        _ dictionary: [ReadColumn.Cell]
    ) throws -> [ReadColumn.Cell] {
        var cursor = ByteCursor(body)
        var isPresent = [Bool](repeating: true, count: count)
        if layout.isOptional {
            var levels = ByteCursor(try cursor.take(Int(try cursor.littleEndian(4))))
            isPresent = try hybrid(&levels, count, width: 1).map { $0 == 1 }
        }
        let presentCount = isPresent.count { $0 }
        let values: [ReadColumn.Cell]
        switch encoding {
        case 0: values = try plain(&cursor, presentCount, layout.type)
        case 5: values = try deltas(&cursor).map { .integer($0) }
        case 8:
            let width = Int(try cursor.byte())
            values = try hybrid(&cursor, presentCount, width: width).map { dictionary[Int($0)] }
        case 9: values = try split(&cursor, presentCount, layout.type)
        default: throw ByteCursor.Malformed("encoding \(encoding)")
        }
        guard values.count == presentCount else { throw ByteCursor.Malformed("values of a page") }
        var next = values.makeIterator()
        return isPresent.map { $0 ? next.next() ?? .missing : .missing }
    }

    private static func cell(_ bits: UInt64, _ type: Int) throws -> ReadColumn.Cell {
        switch type {
        case 2: .integer(Int64(bitPattern: bits))
        case 4: .float(Float(bitPattern: UInt32(bits)))
        case 5: .double(Double(bitPattern: bits))
        default: throw ByteCursor.Malformed("type \(type)")
        }
    }

    private static func plain(
        _ cursor: inout ByteCursor, _ count: Int, _ type: Int
    ) throws -> [ReadColumn.Cell] {
        try (0..<count).map { _ in
            guard type == 6 else { return try cell(cursor.littleEndian(type == 4 ? 4 : 8), type) }
            let bytes = try cursor.take(Int(try cursor.littleEndian(4)))
            return .text(String(decoding: bytes, as: UTF8.self))
        }
    }

    private static func split(
        _ cursor: inout ByteCursor, _ count: Int, _ type: Int
    ) throws -> [ReadColumn.Cell] {
        let bytes = Array(cursor.rest)
        return try (0..<count).map { place in
            let width = type == 4 ? 4 : 8
            let bits = (0..<width).reversed().reduce(UInt64(0)) {
                $0 << 8 | UInt64(bytes[$1 * count + place])
            }
            return try cell(bits, type)
        }
    }

    private static func hybrid(
        _ cursor: inout ByteCursor, _ count: Int, width: Int
    ) throws -> [UInt64] {
        var values: [UInt64] = []
        while values.count < count {
            let header = try cursor.varint()
            if header & 1 == 1 {
                values += try cursor.packed(8 * Int(header >> 1), width: width)
            } else {
                let value = try cursor.littleEndian((width + 7) / 8)
                values += Array(repeating: value, count: Int(header >> 1))
            }
        }
        return Array(values.prefix(count))
    }

    private static func deltas(_ cursor: inout ByteCursor) throws -> [Int64] {
        let block = Int(try cursor.varint())
        let miniblocks = Int(try cursor.varint())
        let count = Int(try cursor.varint())
        var values = [try cursor.zigzag()]
        while values.count < count {
            let least = try cursor.zigzag()
            let widths = try cursor.take(miniblocks)
            for width in widths where values.count < count {
                for excess in try cursor.packed(block / miniblocks, width: Int(width)) {
                    let last = values[values.count - 1]
                    values.append(last &+ least &+ Int64(bitPattern: excess))
                }
            }
        }
        return Array(values.prefix(count))
    }
}
