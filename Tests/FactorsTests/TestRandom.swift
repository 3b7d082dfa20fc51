// SPDX-License-Identifier: GPL-3.0-or-later

/// Repeatable random numbers for tests (xorshift64*).
struct TestRandom: RandomNumberGenerator {
    private var state: UInt64

    init(_ seed: UInt64) { state = seed &* 0x9E37_79B9_7F4A_7C15 | 1 }

    mutating func next() -> UInt64 {
        state ^= state >> 12
        state ^= state << 25
        state ^= state >> 27
        return state &* 0x2545_F491_4F6C_DD1D
    }

    mutating func uniform() -> Double { Double.random(in: -1..<1, using: &self) }
}
