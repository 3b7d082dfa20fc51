// SPDX-License-Identifier: GPL-3.0-or-later

/// Durations, counted in buckets no wider than 1.6% of their value.
///
/// Constant time and memory per record, so that recording every request does not slow the load
/// generator however long it runs.
struct Histogram {
    /// Buckets per power of two, as a power of two.
    private static let precisionBits = 6
    private static let bucketsPerOctave = 1 << precisionBits

    private var counts = [Int](repeating: 0, count: 64 * Histogram.bucketsPerOctave)
    /// How many durations were recorded.
    private(set) var count = 0

    /// Counts a duration.
    mutating func record(nanoseconds: UInt64) {
        counts[Self.bucket(nanoseconds)] += 1
        count += 1
    }

    /// Counts all that another one has counted.
    mutating func add(_ other: Histogram) {
        for bucket in counts.indices { counts[bucket] += other.counts[bucket] }
        count += other.count
    }

    /// The duration in microseconds that a part (0…1) of the records does not exceed; 0 when
    /// there are none.
    func quantileMicroseconds(_ part: Double) -> Double {
        let rank = Int((part * Double(count)).rounded(.up))
        var seen = 0
        for (bucket, count) in counts.enumerated() where count > 0 {
            seen += count
            if seen >= rank { return Double(Self.middle(bucket)) / 1000 }
        }
        return 0
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
