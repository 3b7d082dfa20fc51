// SPDX-License-Identifier: GPL-3.0-or-later

import Crypto

/// SHA-256 of contents, as 64 lower-case hexadecimal digits.
public enum ContentHash {
    /// The hash of `bytes`.
    public static func sha256(_ bytes: [UInt8]) -> String { text(Array(SHA256.hash(data: bytes))) }

    /// A hash in lower-case hexadecimal digits.
    public static func text(_ hash: [UInt8]) -> String {
        let digits = Array("0123456789abcdef".utf8)
        var text: [UInt8] = []
        for byte in hash {
            text.append(digits[Int(byte >> 4)])
            text.append(digits[Int(byte & 15)])
        }
        return String(decoding: text, as: UTF8.self)
    }

    /// The hash of the file at `path`.
    public static func sha256(file path: String) throws(ReadError) -> String {
        sha256(try FileBytes.read(path))
    }
}
