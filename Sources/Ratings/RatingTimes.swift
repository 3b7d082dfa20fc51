// SPDX-License-Identifier: GPL-3.0-or-later

/// When many ratings were given, in seconds since 1970 (0: unknown).
///
/// Four bytes each where all lie in 1970 to 2106, else eight.
public struct RatingTimes: RandomAccessCollection, Sendable {
    /// The seconds where all fit in 32 bits without a sign; else empty.
    public let short: FrozenArray<UInt32>
    /// The seconds where some do not fit; else empty.
    public let long: FrozenArray<Int64>

    /// Times that all fit in 32 bits.
    public init(short: FrozenArray<UInt32>) {
        self.short = short
        long = []
    }

    /// Any times.
    public init(long: FrozenArray<Int64>) {
        short = []
        self.long = long
    }

    /// The times of `times`, in the short form where that is possible, in O(count).
    public init(_ times: some Sequence<Int64>) {
        var builder = Builder()
        for time in times { builder.append(time) }
        self = builder.finish()
    }

    /// The first position: 0.
    @inlinable public var startIndex: Int { 0 }
    /// One past the last position.
    @inlinable public var endIndex: Int { long.isEmpty ? short.count : long.count }

    /// The time at `index`; traps outside.
    @inlinable public subscript(index: Int) -> Int64 {
        long.isEmpty ? Int64(short[index]) : long[index]
    }

    /// The times at `range`; traps outside.
    public func array(_ range: Range<Int>) -> [Int64] {
        precondition(range.lowerBound >= 0 && range.upperBound <= count, "range outside")
        guard long.isEmpty else { return long.array(range) }
        return short.withUnsafeBufferPointer { short in range.map { Int64(short[$0]) } }
    }

    /// The times at `positions`, in that order.
    func gathered(_ positions: [Int32]) -> RatingTimes {
        long.isEmpty
            ? RatingTimes(short: short.gathered(positions))
            : RatingTimes(long: long.gathered(positions))
    }

    /// The same times in the one form that equal times always have, in O(count).
    func canonical() -> RatingTimes {
        guard !long.isEmpty, long.allSatisfy({ UInt32(exactly: $0) != nil }) else { return self }
        return RatingTimes(short: FrozenArray(long.lazy.map { UInt32($0) }))
    }
}

extension RatingTimes: Equatable {
    /// Whether both have the same times in the same order, in whatever form.
    public static func == (left: Self, right: Self) -> Bool {
        if left.long.isEmpty && right.long.isEmpty { return left.short == right.short }
        return left.elementsEqual(right)
    }
}

extension RatingTimes: ExpressibleByArrayLiteral {
    /// The times of `elements`.
    public init(arrayLiteral elements: Int64...) { self.init(elements) }
}
