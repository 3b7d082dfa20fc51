// SPDX-License-Identifier: GPL-3.0-or-later

/// Writes text so that no byte of it can end a line, a cell or a quote, or steer a terminal.
enum EscapedText {
    /// Where the text goes, which decides what else must be escaped and how.
    enum Style {
        /// A body cell or an error message: `\\ \t \n \r \xNN \u{…}`.
        case cell
        /// Between double quotes: as `cell`, and `\"`.
        case quoted
        /// Between the double quotes of JSON: `\" \\ \b \t \n \f \r \uNNNN`.
        case json
    }

    /// Appends `text` escaped for `style`; text without anything special is copied at once.
    static func append(_ text: String, _ style: Style, to output: inout [UInt8]) {
        var text = text
        text.withUTF8 { bytes in
            var runStart = 0
            var index = 0
            while index < bytes.count {
                let byte = bytes[index]
                if isPlain(byte, style) {
                    index += 1
                    continue
                }
                let (scalar, length) = self.scalar(in: bytes, at: index)
                if byte < 0x80 || isHarmful(scalar) {
                    output.append(
                        contentsOf: UnsafeBufferPointer(rebasing: bytes[runStart..<index]))
                    appendEscape(of: scalar, style, to: &output)
                    runStart = index + length
                }
                index += length
            }
            output.append(contentsOf: UnsafeBufferPointer(rebasing: bytes[runStart...]))
        }
    }

    /// Whether `text` would be changed by `append(_:_:to:)` in the quoted style.
    static func isAltered(_ text: String) -> Bool {
        var text = text
        return text.withUTF8 { bytes in
            var index = 0
            while index < bytes.count {
                if isPlain(bytes[index], .quoted) {
                    index += 1
                    continue
                }
                let (scalar, length) = self.scalar(in: bytes, at: index)
                if length == 1 || isHarmful(scalar) { return true }
                index += length
            }
            return false
        }
    }

    /// Whether a scalar could end a line, hide text or change the direction of what follows it:
    /// control characters, line separators, bidirectional and invisible formatting, tags.
    ///
    /// The joiners U+200C and U+200D are harmless and needed by several scripts.
    static func isHarmful(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x00...0x1F, 0x7F...0x9F: true
        case 0x061C, 0x200B, 0x200E, 0x200F, 0x2028...0x202E: true
        case 0x2060...0x206F, 0xFEFF, 0xFFF9...0xFFFB, 0xE0000...0xE007F: true
        default: false
        }
    }

    private static func isPlain(_ byte: UInt8, _ style: Style) -> Bool {
        byte >= 0x20 && byte < 0x7F && byte != ASCII.backslash
            && (byte != ASCII.quote || style == .cell)
    }

    /// Decodes the scalar whose first byte is at `index` of well-formed UTF-8.
    private static func scalar(
        in bytes: UnsafeBufferPointer<UInt8>, at index: Int
    ) -> (Unicode.Scalar, length: Int) {
        let lead = UInt32(bytes[index])
        let length =
            if lead < 0x80 { 1 } else if lead < 0xE0 { 2 } else if lead < 0xF0 { 3 } else { 4 }
        guard length > 1 else { return (Unicode.Scalar(UInt8(lead)), 1) }
        var value = lead & (0x7F >> UInt32(length))
        for next in bytes[(index + 1)..<(index + length)] {
            value = value << 6 | UInt32(next & 0x3F)
        }
        // A String's bytes are always well-formed, so that the value is a scalar.
        return (Unicode.Scalar(value) ?? "\u{FFFD}", length)
    }

    private static func appendEscape(
        of scalar: Unicode.Scalar, _ style: Style, to output: inout [UInt8]
    ) {
        output.append(ASCII.backslash)
        switch scalar {
        case "\\": output.append(ASCII.backslash)
        case "\"": output.append(ASCII.quote)
        case "\t": output.append(UInt8(ascii: "t"))
        case "\n": output.append(UInt8(ascii: "n"))
        case "\r": output.append(UInt8(ascii: "r"))
        case "\u{8}" where style == .json: output.append(UInt8(ascii: "b"))
        case "\u{C}" where style == .json: output.append(UInt8(ascii: "f"))
        default: appendNumeric(scalar, style, to: &output)
        }
    }

    private static func appendNumeric(
        _ scalar: Unicode.Scalar, _ style: Style, to output: inout [UInt8]
    ) {
        if style == .json {
            let units = Array(String(scalar).utf16)
            for (position, unit) in units.enumerated() {
                if position > 0 { output.append(ASCII.backslash) }
                output.append(UInt8(ascii: "u"))
                appendHex(UInt32(unit), digits: 4, to: &output)
            }
        } else if scalar.isASCII {
            output.append(UInt8(ascii: "x"))
            appendHex(scalar.value, digits: 2, to: &output)
        } else {
            output.append(contentsOf: "u{".utf8)
            output.append(contentsOf: String(scalar.value, radix: 16).utf8)
            output.append(UInt8(ascii: "}"))
        }
    }

    private static func appendHex(_ value: UInt32, digits: Int, to output: inout [UInt8]) {
        for position in stride(from: digits - 1, through: 0, by: -1) {
            let digit = UInt8(truncatingIfNeeded: value >> UInt32(position * 4)) & 0xF
            output.append(digit < 10 ? UInt8(ascii: "0") + digit : UInt8(ascii: "a") + digit - 10)
        }
    }
}
