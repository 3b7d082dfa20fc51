// SPDX-License-Identifier: GPL-3.0-or-later

/// A counter-based random source: every draw is a pure function of (seed, stream, counter).
///
/// Nothing is stored between draws, so results depend neither on the order of evaluation nor on
/// threads, and only IEEE 754 basic operations are used, so they do not depend on the platform's
/// mathematical library. Give every purpose (or every row) its own stream.
///
/// The mixing function is SplitMix64's (Steele, Lea & Flood 2014, "Fast splittable pseudorandom
/// number generators", figure 15), which walks a Weyl sequence: draw `n` of a stream is output `n`
/// of SplitMix64 seeded with the stream's key. Not for cryptography.
public struct CounterRandom: Sendable, Equatable {
    private let key: UInt64

    /// The source of `seed` and `stream`; equal arguments give equal draws.
    public init(seed: UInt64, stream: UInt64 = 0) {
        key = Self.mixed(Self.mixed(seed &+ Self.weylStep) ^ Self.mixed(~stream))
    }

    private init(key: UInt64) { self.key = key }

    /// 64 uniformly distributed bits.
    public func bits(_ counter: UInt64) -> UInt64 {
        Self.mixed(key &+ (counter &+ 1) &* Self.weylStep)
    }

    /// A uniform number in 0 ..< 1, a multiple of 2⁻⁵³.
    public func uniform(_ counter: UInt64) -> Double {
        Double(bits(counter) >> 11) * 0x1p-53
    }

    /// A uniform integer in 0 ..< `bound`; traps unless `bound` is positive.
    ///
    /// Takes the high half of a 128-bit product: the bias is below `bound` / 2⁶⁴.
    public func integer(below bound: Int, _ counter: UInt64) -> Int {
        precondition(bound > 0, "no integer below \(bound)")
        return Int(bits(counter).multipliedFullWidth(by: UInt64(bound)).high)
    }

    /// A standard normal number: mean 0, variance 1.
    ///
    /// Marsaglia's polar method; the pairs it rejects are redrawn from a source keyed by the
    /// counter, so one counter always gives one number.
    public func normal(_ counter: UInt64) -> Double {
        let pairs = CounterRandom(key: bits(counter))
        var attempt: UInt64 = 0
        while true {
            let x = 2 * pairs.uniform(attempt) - 1
            let y = 2 * pairs.uniform(attempt + 1) - 1
            let square = x * x + y * y
            if square > 0 && square < 1 {
                return x * (-2 * Self.naturalLogarithm(square) / square).squareRoot()
            }
            attempt += 2
        }
    }

    /// The positions 0 ..< `count` in a uniformly random order (Fisher–Yates), in O(count).
    public func permutation(count: Int) -> [Int] {
        var order = Array(0..<count)
        guard count > 1 else { return order }
        for last in stride(from: count - 1, to: 0, by: -1) {
            order.swapAt(last, integer(below: last + 1, UInt64(last)))
        }
        return order
    }

    private static let weylStep: UInt64 = 0x9E37_79B9_7F4A_7C15

    private static func mixed(_ value: UInt64) -> UInt64 {
        var z = value
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }

    /// ln x for finite positive normal `x`, to about 1e-15, by the series of 2·artanh.
    ///
    /// Not the C library's, whose last bit differs between versions.
    public static func naturalLogarithm(_ x: Double) -> Double {
        // From the bits: the standard library's parts of a number look for zeros and infinities first.
        var exponent = Double(Int(x.bitPattern >> 52) - 1023)
        var mantissa = Double(bitPattern: x.bitPattern & 0xF_FFFF_FFFF_FFFF | 1.0.bitPattern)
        if mantissa > 1.414_213_562_373_095_1 {
            mantissa /= 2
            exponent += 1
        }
        // |s| ≤ 0.1716, so the first term left out is below 3e-17.
        let s = (mantissa - 1) / (mantissa + 1)
        let square = s * s
        // Written out, so that no reciprocal is divided for at run time.
        var sum = 1.0 / 19
        sum = sum * square + 1.0 / 17
        sum = sum * square + 1.0 / 15
        sum = sum * square + 1.0 / 13
        sum = sum * square + 1.0 / 11
        sum = sum * square + 1.0 / 9
        sum = sum * square + 1.0 / 7
        sum = sum * square + 1.0 / 5
        sum = sum * square + 1.0 / 3
        sum = sum * square + 1
        return exponent * 0.693_147_180_559_945_3 + 2 * s * sum
    }
}
