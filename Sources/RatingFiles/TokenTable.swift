// SPDX-License-Identifier: GPL-3.0-or-later

import Glibc

/// Numbers identifier tokens from 0 in the order of their insertion, without a String per look-up.
///
/// Canonical decimal tokens below 2²² (`0`, `17`, not `017`) are found by one array access, all
/// others through a hash table with linear probing. Tokens are compared byte by byte.
struct TokenTable {
    /// The tokens in the order of their numbers, as strings.
    private(set) var tokens: [String] = []
    /// All tokens' bytes one after the other, and where each ends: comparing these is several times
    /// faster than comparing strings.
    private var bytes: [UInt8] = []
    private var ends: [Int] = []
    /// For each small integer its token's number plus 1, or 0.
    private var numberOfInteger: [Int32] = []
    /// Token numbers plus 1 at their hash's place, or 0; a power of two, at most half full.
    private var slots = [Int32](repeating: 0, count: 64)
    private var hashedCount = 0

    private static let directMax = 1 << 22

    /// An empty table.
    init() {}

    /// A table of `tokens` in this order; nil when one occurs twice.
    init?(_ tokens: some Sequence<String>) {
        for token in tokens {
            var token = token
            let isNew = token.withUTF8 { bytes in
                guard find(bytes) == nil else { return false }
                insert(bytes)
                return true
            }
            guard isNew else { return nil }
        }
    }

    /// The number of tokens.
    var count: Int { tokens.count }

    /// The number of the token with these UTF-8 bytes, or nil.
    func find(_ bytes: UnsafeBufferPointer<UInt8>) -> Int32? {
        if let integer = Self.smallInteger(bytes) {
            guard integer < numberOfInteger.count, numberOfInteger[integer] > 0 else { return nil }
            return numberOfInteger[integer] - 1
        }
        var slot = Int(truncatingIfNeeded: Self.hash(bytes)) & (slots.count - 1)
        while slots[slot] > 0 {
            let number = slots[slot] - 1
            if isEqual(Int(number), to: bytes) { return number }
            slot = (slot + 1) & (slots.count - 1)
        }
        return nil
    }

    /// Adds a token that `find` does not find, and returns its number.
    @discardableResult
    mutating func insert(_ bytes: UnsafeBufferPointer<UInt8>) -> Int32 {
        let number = Int32(tokens.count)
        tokens.append(String(decoding: bytes, as: UTF8.self))
        self.bytes += bytes
        ends.append(self.bytes.count)
        if let integer = Self.smallInteger(bytes) {
            if integer >= numberOfInteger.count {
                let room = max(integer + 1, 2 * numberOfInteger.count, 1_024)
                numberOfInteger += Array(repeating: 0, count: room - numberOfInteger.count)
            }
            numberOfInteger[integer] = number + 1
        } else {
            hashedCount += 1
            if 2 * hashedCount > slots.count { growSlots() }
            place(number, hash: Self.hash(bytes))
        }
        return number
    }

    /// Calls `body` with the UTF-8 bytes of token `number`; traps where there is none.
    func withBytes<Result>(
        of number: Int32, _ body: (UnsafeBufferPointer<UInt8>) -> Result
    ) -> Result {
        let start = number == 0 ? 0 : ends[Int(number) - 1]
        let end = ends[Int(number)]
        return bytes.withUnsafeBufferPointer { all in
            body(UnsafeBufferPointer(rebasing: all[start..<end]))
        }
    }

    private func isEqual(_ number: Int, to token: UnsafeBufferPointer<UInt8>) -> Bool {
        let start = number == 0 ? 0 : ends[number - 1]
        guard ends[number] - start == token.count, let other = token.baseAddress else {
            return ends[number] == start && token.isEmpty
        }
        return bytes.withUnsafeBytes { all in
            // Because starts and ends lie inside the bytes, which hold a non-empty token by now.
            all.baseAddress.map { memcmp($0 + start, other, token.count) == 0 } ?? false
        }
    }

    private mutating func place(_ number: Int32, hash: UInt64) {
        var slot = Int(truncatingIfNeeded: hash) & (slots.count - 1)
        while slots[slot] > 0 { slot = (slot + 1) & (slots.count - 1) }
        slots[slot] = number + 1
    }

    private mutating func growSlots() {
        let placed = slots.filter { $0 > 0 }
        slots = [Int32](repeating: 0, count: 2 * slots.count)
        for entry in placed {
            var token = tokens[Int(entry) - 1]
            place(entry - 1, hash: token.withUTF8(Self.hash))
        }
    }

    /// The value of a canonical decimal token below `directMax`, or nil.
    private static func smallInteger(_ bytes: UnsafeBufferPointer<UInt8>) -> Int? {
        guard !bytes.isEmpty && bytes.count <= 7 && (bytes[0] != 0x30 || bytes.count == 1)
        else { return nil }
        var value = 0
        for byte in bytes {
            guard byte >= 0x30 && byte <= 0x39 else { return nil }
            value = value &* 10 &+ Int(byte &- 0x30)
        }
        return value < directMax ? value : nil
    }

    /// FNV-1a, finished with one multiplication and shift so that low bits are well mixed.
    private static func hash(_ bytes: UnsafeBufferPointer<UInt8>) -> UInt64 {
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        for byte in bytes { hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01B3 }
        hash = (hash ^ (hash >> 32)) &* 0x9E37_79B9_7F4A_7C15
        return hash ^ (hash >> 29)
    }
}

extension TokenTable {
    /// The order that puts the tokens in ascending numeric order, or nil unless every token is a
    /// canonical decimal integer of any length.
    func numericOrder() -> [Int]? {
        let allIntegers = tokens.allSatisfy { token in
            let digits = token.utf8
            return digits.allSatisfy { $0 >= 0x30 && $0 <= 0x39 }
                && (digits.first != 0x30 || digits.count == 1)
        }
        guard allIntegers else { return nil }
        return tokens.indices.sorted {
            (tokens[$0].utf8.count, tokens[$0]) < (tokens[$1].utf8.count, tokens[$1])
        }
    }
}
