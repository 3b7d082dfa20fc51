// SPDX-License-Identifier: GPL-3.0-or-later

/// The values of many ratings, in one byte each where they are at most 256 different ones.
///
/// Stars, half stars and points of ten are; then `codes` holds for each rating its place among
/// `distinct`. Other values are kept as they are in `plain`. Kernels take values block by block
/// through `decode`, so that both forms look alike to them.
public struct RatingValues: RandomAccessCollection, Sendable {
    /// The most values that codes tell apart.
    public static let distinctMax = 256

    /// The different values in ascending order; empty where `plain` is used.
    public let distinct: FrozenArray<Float>
    /// For each rating its place in `distinct`; empty where `plain` is used.
    public let codes: FrozenArray<UInt8>
    /// The ratings themselves; empty where codes are used.
    public let plain: FrozenArray<Float>

    /// Coded values; `codes` must lie below `distinct.count`, which looking a value up checks.
    public init(distinct: FrozenArray<Float>, codes: FrozenArray<UInt8>) {
        precondition(distinct.count <= Self.distinctMax, "more values than codes")
        self.distinct = distinct
        self.codes = codes
        plain = []
    }

    /// Values as they are.
    public init(plain: FrozenArray<Float>) {
        distinct = []
        codes = []
        self.plain = plain
    }

    /// The values of `values`, coded where that is possible, in O(count).
    public init(_ values: some Sequence<Float>) {
        var builder = Builder()
        for value in values { builder.append(value) }
        self = builder.finish()
    }

    /// The first position: 0.
    @inlinable public var startIndex: Int { 0 }
    /// One past the last position.
    @inlinable public var endIndex: Int { plain.isEmpty ? codes.count : plain.count }

    /// The value at `index`; traps outside.
    @inlinable public subscript(index: Int) -> Float {
        plain.isEmpty ? distinct[Int(codes[index])] : plain[index]
    }

    /// Writes the values at `range` to `target`; traps outside.
    @inlinable public func decode(_ range: Range<Int>, into target: UnsafeMutablePointer<Float>) {
        precondition(range.lowerBound >= 0 && range.upperBound <= count, "range outside")
        if plain.isEmpty {
            codes.withUnsafeBufferPointer { codes in
                distinct.withUnsafeBufferPointer { distinct in
                    for (place, entry) in range.enumerated() {
                        let code = Int(codes[entry])
                        precondition(code < distinct.count, "a code without value")
                        target[place] = distinct[code]
                    }
                }
            }
        } else {
            plain.withUnsafeBufferPointer { plain in
                for (place, entry) in range.enumerated() { target[place] = plain[entry] }
            }
        }
    }

    /// The values at `range`; traps outside.
    public func array(_ range: Range<Int>) -> [Float] {
        [Float](unsafeUninitializedCapacity: range.count) { buffer, filled in
            if let base = buffer.baseAddress { decode(range, into: base) }
            filled = range.count
        }
    }

    /// Each value replaced by what `transform` makes of it.
    ///
    /// O(distinct values), or O(count) where they are plain. The results need neither differ nor
    /// ascend.
    public func mapped(_ transform: (Float) -> Float) -> RatingValues {
        plain.isEmpty
            ? RatingValues(distinct: FrozenArray(distinct.map(transform)), codes: codes)
            : RatingValues(plain: FrozenArray(plain.lazy.map(transform)))
    }

    /// The values at `positions`, in that order.
    func gathered(_ positions: [Int32]) -> RatingValues {
        plain.isEmpty
            ? RatingValues(distinct: distinct, codes: codes.gathered(positions))
            : RatingValues(plain: plain.gathered(positions))
    }
}

extension RatingValues: Equatable {
    /// Whether both have the same values in the same order, in whatever form.
    public static func == (left: Self, right: Self) -> Bool {
        if left.distinct == right.distinct && left.plain.isEmpty && right.plain.isEmpty {
            return left.codes == right.codes
        }
        return left.elementsEqual(right)
    }
}

extension RatingValues: ExpressibleByArrayLiteral {
    /// The values of `elements`.
    public init(arrayLiteral elements: Float...) { self.init(elements) }
}
