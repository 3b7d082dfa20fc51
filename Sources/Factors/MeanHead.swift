// SPDX-License-Identifier: GPL-3.0-or-later

public import Ratings

/// The baseline that predicts the mean of all ratings for everyone and everything.
///
/// Its design vectors are zero, so that every rating's share is 0.
public struct MeanHead: ProjectionHead, Equatable {
    /// μ: the mean of the ratings trained on.
    public let mean: Double
    /// Rows 0, bases 0, offset μ.
    public let designs: DesignTable

    /// Wraps a mean; traps unless it is finite and `itemCount` ≥ 0.
    public init(mean: Double, itemCount: Int) {
        self.mean = mean
        designs = DesignTable(
            rows: FactorMatrix(rowCount: itemCount, columnCount: 1),
            bases: [Float](repeating: 0, count: itemCount), offset: mean)
    }

    /// None.
    public var userBiasDamping: Double? { nil }

    /// Takes the mean of all ratings, summed in row order; throws when there is none.
    public static func train(_ matrix: RatingMatrix) throws(TrainingError) -> MeanHead {
        guard matrix.count > 0 else { throw .noRatings }
        let sum = matrix.byUser.values.reduce(0.0) { $0 + Double($1) }
        let mean = sum / Double(matrix.count)
        guard mean.isFinite else { throw .notFinite }
        return MeanHead(mean: mean, itemCount: matrix.itemCount)
    }
}

extension MeanHead {
    /// "CMEA" in ASCII.
    private static let magic: UInt32 = 0x4145_4D43
    private static let layout: UInt32 = 1

    /// Every bit of the head in a fixed little-endian layout, for hashing and saving.
    ///
    /// magic "CMEA" and layout 1 (u32 each); items (u64); mean (f64); items again (u64), because the
    /// length of these bytes does not tell a damaged count.
    public var factorBytes: [UInt8] {
        var writer = HeadBytesWriter()
        writer.write(Self.magic)
        writer.write(Self.layout)
        writer.write(UInt64(itemCount))
        writer.write(mean)
        writer.write(UInt64(itemCount))
        return writer.bytes
    }

    /// Reads what `factorBytes` wrote; throws when sizes or numbers are not those of a head.
    public init(factorBytes: [UInt8]) throws(HeadBytesError) {
        var reader = HeadBytesReader(factorBytes)
        try reader.require(24)
        try reader.readKind(Self.magic, named: "mean", layout: Self.layout)
        let items = try reader.readItemCount()
        try reader.requireEnd(after: 16)
        let mean = try reader.double("mean")
        guard try reader.readItemCount() == items else { throw .invalidField(name: "item count") }
        self.init(mean: mean, itemCount: items)
    }
}
