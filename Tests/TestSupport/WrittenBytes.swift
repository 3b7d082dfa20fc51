// SPDX-License-Identifier: GPL-3.0-or-later

/// The notation of `protocol/vectors/README.md` for bytes that a text file cannot hold well.
public enum WrittenBytes {
    /// The bytes that `written` stands for: `%NN` is a byte, `%{text*count}` a repetition.
    ///
    /// Nil when a `%` begins neither.
    public static func bytes(_ written: some StringProtocol) -> [UInt8]? {
        var bytes: [UInt8] = []
        var rest = Substring(written)
        while let character = rest.popFirst() {
            guard character == "%" else {
                bytes += Array(String(character).utf8)
                continue
            }
            if rest.first == "{", let end = rest.firstIndex(of: "}"),
                let star = rest[..<end].lastIndex(of: "*"),
                let count = Int(rest[rest.index(after: star)..<end])
            {
                let text = rest[rest.index(after: rest.startIndex)..<star]
                bytes += Array(String(repeating: String(text), count: count).utf8)
                rest = rest[rest.index(after: end)...]
            } else if let byte = UInt8(rest.prefix(2), radix: 16) {
                bytes.append(byte)
                rest = rest.dropFirst(2)
            } else {
                return nil
            }
        }
        return bytes
    }
}
