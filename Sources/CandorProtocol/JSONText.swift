// SPDX-License-Identifier: GPL-3.0-or-later

/// Writes the pieces of a JSON object: strict escaping, and no way to write an invalid number.
enum JSONText {
    /// Appends `,"name":`, or `{"name":` for an object's first member.
    static func append(member name: String, first: Bool = false, to output: inout [UInt8]) {
        output.append(UInt8(ascii: first ? "{" : ","))
        append(name, to: &output)
        output.append(UInt8(ascii: ":"))
    }

    /// Appends a string.
    static func append(_ text: String, to output: inout [UInt8]) {
        output.append(ASCII.quote)
        EscapedText.append(text, .json, to: &output)
        output.append(ASCII.quote)
    }

    /// Appends a value; a number that is not finite becomes `null`.
    static func append(_ value: Value, to output: inout [UInt8]) {
        switch value {
        case .text(let text): append(text, to: &output)
        case .integer(let integer): DecimalText.append(integer, to: &output)
        case .number(let number):
            if !DecimalText.append(number, to: &output) { output.append(contentsOf: "null".utf8) }
        case .flag(let flag): output.append(contentsOf: (flag ? "true" : "false").utf8)
        case .missing: output.append(contentsOf: "null".utf8)
        }
    }
}
