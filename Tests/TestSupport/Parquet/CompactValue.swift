// SPDX-License-Identifier: GPL-3.0-or-later

/// A value in Thrift's compact protocol, read without knowing what it means.
indirect enum CompactValue {
    case flag(Bool)
    case number(Int64)
    case binary([UInt8])
    case list([CompactValue])
    case structure([Int: CompactValue])

    /// The field of a structure; nil where it is absent, or this is no structure.
    subscript(field: Int) -> CompactValue? {
        if case .structure(let fields) = self { fields[field] } else { nil }
    }

    var int: Int? { if case .number(let number) = self { Int(number) } else { nil } }
    var bytes: [UInt8]? { if case .binary(let bytes) = self { bytes } else { nil } }
    var text: String? { bytes.map { String(decoding: $0, as: UTF8.self) } }
    var items: [CompactValue] { if case .list(let items) = self { items } else { [] } }
}

extension CompactValue {
    /// Reads the structure that begins where `bytes` are; they end after it.
    static func structure(_ bytes: inout ByteCursor) throws -> CompactValue {
        var fields: [Int: CompactValue] = [:]
        var number = 0
        while true {
            let header = try bytes.byte()
            if header == 0 { return .structure(fields) }
            let delta = Int(header >> 4)
            number = delta > 0 ? number + delta : Int(try bytes.zigzag())
            fields[number] = try value(ofKind: header & 0x0F, &bytes, inList: false)
        }
    }

    private static func value(
        ofKind kind: UInt8, _ bytes: inout ByteCursor, inList: Bool
    ) throws -> CompactValue {
        switch kind {
        case 1, 2:
            return .flag(inList ? try bytes.byte() == 1 : kind == 1)
        case 3: return .number(Int64(Int8(bitPattern: try bytes.byte())))
        case 4, 5, 6: return .number(try bytes.zigzag())
        case 8: return .binary(try bytes.take(Int(try bytes.varint())))
        case 9:
            let header = try bytes.byte()
            let count = header >> 4 == 15 ? Int(try bytes.varint()) : Int(header >> 4)
            return .list(
                try (0..<count).map { _ in
                    try value(ofKind: header & 0x0F, &bytes, inList: true)
                })
        case 12: return try structure(&bytes)
        default: throw ByteCursor.Malformed("a value of kind \(kind)")
        }
    }
}
