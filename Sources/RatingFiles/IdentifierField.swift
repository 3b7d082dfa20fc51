// SPDX-License-Identifier: GPL-3.0-or-later

import Ratings

/// Reads identifiers, users' and items' alike, out of fields.
enum IdentifierField {
    /// The token in `field`, checked against the rule of `UserID` and `ItemID`.
    static func text(
        _ field: UnsafeBufferPointer<UInt8>, encoding: TextEncoding
    ) throws(LineFault) -> String {
        let token = try encoding.text(field)
        guard UserID(token) != nil else {
            throw LineFault(
                .identifier, found: BadLine.excerpt(field),
                expected: "an identifier of 1 to 128 bytes without control characters")
        }
        return token
    }

    /// The users of tokens that were all accepted by `text(_:encoding:)`.
    static func users(_ tokens: [String]) -> [UserID] { tokens.compactMap { UserID($0) } }

    /// The items of accepted tokens, known by nothing else.
    static func items(_ tokens: [String]) -> [Item] {
        tokens.compactMap { token in ItemID(token).map { Item(id: $0, title: token) } }
    }
}
