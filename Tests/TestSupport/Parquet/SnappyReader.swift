// SPDX-License-Identifier: GPL-3.0-or-later

/// Reads the Snappy format plainly, from `format_description.txt` alone.
public enum SnappyReader {
    /// What was compressed; throws for anything that the format does not allow.
    public static func decompress(_ input: [UInt8]) throws -> [UInt8] {
        var cursor = ByteCursor(input)
        let length = Int(try cursor.varint())
        var output: [UInt8] = []
        while !cursor.rest.isEmpty {
            let tag = Int(try cursor.byte())
            switch tag & 3 {
            case 0:
                let short = tag >> 2
                let count = short < 60 ? short : Int(try cursor.littleEndian(short - 59))
                output += try cursor.take(count + 1)
            case 1:
                let offset = (tag >> 5) << 8 | Int(try cursor.byte())
                try copy((tag >> 2 & 7) + 4, from: offset, &output)
            default:
                let offset = Int(try cursor.littleEndian(tag & 3 == 2 ? 2 : 4))
                try copy((tag >> 2) + 1, from: offset, &output)
            }
        }
        guard output.count == length else { throw ByteCursor.Malformed("length") }
        return output
    }

    private static func copy(_ count: Int, from offset: Int, _ output: inout [UInt8]) throws {
        guard offset >= 1, offset <= output.count else { throw ByteCursor.Malformed("offset") }
        for _ in 0..<count { output.append(output[output.count - offset]) }
    }
}
