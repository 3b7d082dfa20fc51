// SPDX-License-Identifier: GPL-3.0-or-later

/// The leading words of a line whose rest is free text: separated by single spaces, unquoted.
struct LineWords {
    /// What has not been taken.
    private(set) var rest: UnsafeBufferPointer<UInt8>

    /// Begins at the start of bytes that must outlive this.
    init(_ bytes: UnsafeBufferPointer<UInt8>) {
        rest = bytes
    }

    /// Takes the next word and the space after it; nil at the end.
    mutating func next() -> String? {
        guard !rest.isEmpty else { return nil }
        let end = rest.firstIndex(of: ASCII.space) ?? rest.endIndex
        let word = String(decoding: UnsafeBufferPointer(rebasing: rest[..<end]), as: UTF8.self)
        rest = UnsafeBufferPointer(rebasing: rest[min(end + 1, rest.endIndex)...])
        return word
    }
}
