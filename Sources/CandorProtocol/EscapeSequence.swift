// SPDX-License-Identifier: GPL-3.0-or-later

/// Reads the escapes of quoted words and of body cells; both know the same ones.
enum EscapeSequence {
    /// What a message about a bad escape offers instead.
    static let known = #"\" \\ \n \r \t \xNN (00 to 7f) and \u{N} (1 to 6 hexadecimal digits)"#

    /// Reads the escape whose backslash is at `index`; nil when it is none of `known`.
    ///
    /// `\xNN` stands for a character, not for a byte: one above 7f is refused, so that no escape
    /// can break UTF-8.
    static func scalar(
        in bytes: UnsafeBufferPointer<UInt8>, at index: Int
    ) -> (Unicode.Scalar, end: Int)? {
        guard index + 1 < bytes.count else { return nil }
        switch bytes[index + 1] {
        case ASCII.quote: return ("\"", index + 2)
        case ASCII.backslash: return ("\\", index + 2)
        case UInt8(ascii: "n"): return ("\n", index + 2)
        case UInt8(ascii: "r"): return ("\r", index + 2)
        case UInt8(ascii: "t"): return ("\t", index + 2)
        case UInt8(ascii: "x"): return hexadecimal(in: bytes, at: index + 2)
        case UInt8(ascii: "u"): return braced(in: bytes, at: index + 2)
        default: return nil
        }
    }

    /// The text of a cell: escapes resolved, a backslash that begins none of them kept.
    static func unescaped(_ bytes: UnsafeBufferPointer<UInt8>) -> String {
        guard bytes.contains(ASCII.backslash) else {
            return String(decoding: bytes, as: UTF8.self)
        }
        var text = ""
        var runStart = 0
        var index = 0
        while index < bytes.count {
            guard bytes[index] == ASCII.backslash, let (scalar, end) = scalar(in: bytes, at: index)
            else {
                index += 1
                continue
            }
            text += String(decoding: bytes[runStart..<index], as: UTF8.self)
            text.unicodeScalars.append(scalar)
            index = end
            runStart = end
        }
        return text + String(decoding: bytes[runStart...], as: UTF8.self)
    }

    private static func hexadecimal(
        in bytes: UnsafeBufferPointer<UInt8>, at index: Int
    ) -> (Unicode.Scalar, end: Int)? {
        guard index + 1 < bytes.count, let high = digit(bytes[index]),
            let low = digit(bytes[index + 1])
        else { return nil }
        let value = high << 4 | low
        guard value < 0x80, let scalar = Unicode.Scalar(value) else { return nil }
        return (scalar, index + 2)
    }

    private static func braced(
        in bytes: UnsafeBufferPointer<UInt8>, at index: Int
    ) -> (Unicode.Scalar, end: Int)? {
        guard index < bytes.count, bytes[index] == UInt8(ascii: "{") else { return nil }
        var value: UInt32 = 0
        var position = index + 1
        while position < bytes.count, position <= index + 6, let digit = digit(bytes[position]) {
            value = value << 4 | digit
            position += 1
        }
        guard position > index + 1, position < bytes.count, bytes[position] == UInt8(ascii: "}"),
            let scalar = Unicode.Scalar(value)
        else { return nil }
        return (scalar, position + 1)
    }

    private static func digit(_ byte: UInt8) -> UInt32? {
        switch byte {
        case 0x30...0x39: UInt32(byte) - 0x30
        case 0x41...0x46: UInt32(byte) - 0x41 + 10
        case 0x61...0x66: UInt32(byte) - 0x61 + 10
        default: nil
        }
    }
}
