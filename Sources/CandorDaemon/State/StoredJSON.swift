// SPDX-License-Identifier: GPL-3.0-or-later

import FoundationEssentials

/// The text of the JSON files of a state: sorted keys, one per line, and a final line feed.
enum StoredJSON {
    /// The text of a value; traps when it holds a number that is not finite.
    static func bytes(of value: some Encodable) -> [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys]
        do {
            return [UInt8](try encoder.encode(value)) + [0x0A]
        } catch {
            // Because only NaN and infinity cannot be encoded, and nothing that is stored holds them.
            preconditionFailure("a stored number is not finite: \(error)")
        }
    }
}
