// SPDX-License-Identifier: GPL-3.0-or-later

/// How a file's bytes stand for text.
enum TextEncoding: Sendable {
    /// UTF-8; anything else is a fault.
    case utf8
    /// UTF-8 where the bytes are valid, else ISO 8859-1, as MovieLens' older files are.
    case utf8OrLatin1
    /// ISO 8859-1.
    case latin1

    /// The one encoding of a whole file where either is allowed, so that its lines agree.
    func settled(for file: UnsafeBufferPointer<UInt8>) -> TextEncoding {
        guard self == .utf8OrLatin1 else { return self }
        return String(validating: file, as: UTF8.self) == nil ? .latin1 : .utf8
    }

    /// The text of one field.
    func text(_ field: UnsafeBufferPointer<UInt8>) throws(LineFault) -> String {
        if self != .latin1, let text = String(validating: field, as: UTF8.self) { return text }
        guard self != .utf8 else {
            throw LineFault(
                .encoding, found: BadLine.excerpt(field),
                expected: "UTF-8 text; convert the file with 'iconv -f LATIN1 -t UTF-8'")
        }
        // Latin-1's 256 code points are Unicode's first 256.
        var text = ""
        for byte in field { text.unicodeScalars.append(Unicode.Scalar(byte)) }
        return text
    }
}
