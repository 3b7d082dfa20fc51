// SPDX-License-Identifier: GPL-3.0-or-later

/// The bytes that mean something to the protocol.
enum ASCII {
    static let tab = UInt8(ascii: "\t")
    static let lineFeed = UInt8(ascii: "\n")
    static let carriageReturn = UInt8(ascii: "\r")
    static let space = UInt8(ascii: " ")
    static let quote = UInt8(ascii: "\"")
    static let dash = UInt8(ascii: "-")
    static let equals = UInt8(ascii: "=")
    static let at = UInt8(ascii: "@")
    static let backslash = UInt8(ascii: "\\")

    /// Whether a byte separates words.
    static func isBlank(_ byte: UInt8) -> Bool { byte == space || byte == tab }

    /// Whether a byte is a decimal digit.
    static func isDigit(_ byte: UInt8) -> Bool { byte >= 0x30 && byte <= 0x39 }

    /// Whether a byte may begin an option's or a field's name.
    static func startsName(_ byte: UInt8) -> Bool { byte >= 0x61 && byte <= 0x7A }

    /// Whether a byte may follow in an option's or a field's name.
    static func continuesName(_ byte: UInt8) -> Bool {
        startsName(byte) || isDigit(byte) || byte == UInt8(ascii: "_")
    }

    /// A letter in upper case; any other byte as it is.
    static func uppercased(_ byte: UInt8) -> UInt8 {
        startsName(byte) ? byte & 0xDF : byte
    }
}
