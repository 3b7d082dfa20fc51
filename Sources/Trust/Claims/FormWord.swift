// SPDX-License-Identifier: GPL-3.0-or-later

/// A word with a hash, so that most comparisons are of two integers.
struct FormWord: Sendable, Hashable {
    let text: String
    let key: UInt64

    /// Hashes a word by FNV-1a; two words with one hash are still told apart.
    init(_ text: String) {
        self.text = text
        var key: UInt64 = 0xCBF2_9CE4_8422_2325
        for byte in text.utf8 { key = (key ^ UInt64(byte)) &* 0x100_0000_01B3 }
        self.key = key
    }

    static func == (left: FormWord, right: FormWord) -> Bool {
        left.key == right.key && left.text == right.text
    }

    func hash(into hasher: inout Hasher) { hasher.combine(key) }
}
