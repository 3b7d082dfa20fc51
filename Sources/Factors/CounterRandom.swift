// SPDX-License-Identifier: GPL-3.0-or-later

/// Numbers that depend only on a seed and a position, so that rows can be drawn in any order.
///
/// SplitMix64 (Steele, Lea & Flood 2014), started from the mixed (seed, stream) pair.
struct CounterRandom {
    private var state: UInt64

    init(seed: UInt64, stream: UInt64) {
        state = Self.mixed(seed &+ 0x9E37_79B9_7F4A_7C15) ^ Self.mixed(~stream)
    }

    /// The next number, uniform in −1 ..< 1 with 24 bits.
    mutating func nextUniform() -> Float {
        state &+= 0x9E37_79B9_7F4A_7C15
        return Float(Int64(Self.mixed(state) >> 40) - (1 << 23)) * 0x1p-23
    }

    private static func mixed(_ value: UInt64) -> UInt64 {
        var z = value
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }
}
