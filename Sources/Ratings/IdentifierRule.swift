// SPDX-License-Identifier: GPL-3.0-or-later

/// What every external identifier must satisfy, users and items alike.
enum IdentifierRule {
    /// The longest identifier, in UTF-8 bytes: the wire protocol's published limit.
    static let bytesMax = 128

    /// Whether `token` is 1–128 bytes without control characters.
    static func accepts(_ token: String) -> Bool {
        let bytes = token.utf8
        return !bytes.isEmpty && bytes.count <= bytesMax
            && bytes.allSatisfy { $0 >= 0x20 && $0 != 0x7F }
    }
}
