// SPDX-License-Identifier: GPL-3.0-or-later

/// Durations, counted in buckets no wider than 1.6% of their value.
///
/// Constant time per record and constant memory (32 KiB), so that recording every request slows
/// nothing down however long it goes on. Logarithmic buckets with linear ones within each power of
/// two, as in HdrHistogram.
public struct LatencyHistogram: Sendable {
    /// Buckets per power of two, as a power of two.
    private static let precisionBits = 6
    private static let bucketsPerOctave = 1 << precisionBits

    private var counts = [Int](repeating: 0, count: 64 * LatencyHistogram.bucketsPerOctave)
    /// How many durations were recorded.
    public private(set) var count = 0
    /// The sum of all durations, exact.
    public private(set) var totalNanoseconds: UInt64 = 0
    /// The longest duration, exact.
    public private(set) var longestNanoseconds: UInt64 = 0

    /// Without durations.
    public init() {}

    /// Counts a duration.
    public mutating func record(nanoseconds: UInt64) {
        totalNanoseconds &+= nanoseconds
        longestNanoseconds = max(longestNanoseconds, nanoseconds)
        counts[Self.bucket(nanoseconds)] += 1
        count += 1
    }

    /// Counts all that another one has counted.
    public mutating func add(_ other: LatencyHistogram) {
        totalNanoseconds &+= other.totalNanoseconds
        longestNanoseconds = max(longestNanoseconds, other.longestNanoseconds)
        for bucket in counts.indices { counts[bucket] += other.counts[bucket] }
        count += other.count
    }

    /// The duration in microseconds that a part (0…1) of the records does not exceed; 0 when
    /// there are none.
    public func quantileMicroseconds(_ part: Double) -> Double {
        let rank = Int((part * Double(count)).rounded(.up))
        var seen = 0
        for (bucket, count) in counts.enumerated() where count > 0 {
            seen += count
            if seen >= rank { return Double(Self.middle(bucket)) / 1000 }
        }
        return 0
    }

    /// How many durations there are up to each of some bounds, which ascend, in nanoseconds.
    ///
    /// A duration within 1.6% below a bound may be counted above it.
    func counts(within bounds: [UInt64]) -> [Int] {
        var bucket = 0
        var seen = 0
        return bounds.map { bound in
            let end = Self.bucket(bound)
            while bucket < end {
                seen += counts[bucket]
                bucket += 1
            }
            return seen
        }
    }

    private static func bucket(_ value: UInt64) -> Int {
        guard value >= bucketsPerOctave else { return Int(value) }
        let exponent = 63 - value.leadingZeroBitCount - precisionBits
        return (exponent + 1) * bucketsPerOctave + Int(value >> exponent) - bucketsPerOctave
    }

    private static func middle(_ bucket: Int) -> UInt64 {
        guard bucket >= bucketsPerOctave else { return UInt64(bucket) }
        let exponent = bucket / bucketsPerOctave - 1
        let mantissa = UInt64(bucket % bucketsPerOctave + bucketsPerOctave)
        return mantissa << exponent + (UInt64(1) << exponent) / 2
    }
}
