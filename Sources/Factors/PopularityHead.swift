// SPDX-License-Identifier: GPL-3.0-or-later

public import Ratings

/// The ranking baseline: an item's score is the number of its ratings, the same for everyone.
///
/// Its design vectors are zero, so that every rating's share is 0.
public struct PopularityHead: ProjectionHead, Equatable {
    /// Rows 0, bases the counts (exact up to 2²⁴), offset 0.
    public let designs: DesignTable

    /// Wraps counts of ratings, one per item.
    public init(counts: [Float]) {
        designs = DesignTable(
            rows: FactorMatrix(rowCount: counts.count, columnCount: 1), bases: counts, offset: 0)
    }

    /// None.
    public var userBiasDamping: Double? { nil }

    /// Counts the ratings of every item; throws when there is none.
    public static func train(_ matrix: RatingMatrix) throws(TrainingError) -> PopularityHead {
        guard matrix.count > 0 else { throw .noRatings }
        return PopularityHead(counts: Popularity(matrix).counts.map(Float.init))
    }
}

extension PopularityHead {
    /// "CPOP" in ASCII.
    private static let magic: UInt32 = 0x504F_5043
    private static let layout: UInt32 = 1

    /// Every bit of the head in a fixed little-endian layout, for hashing and saving.
    ///
    /// magic "CPOP" and layout 1 (u32 each); items (u64); items counts (f32).
    public var factorBytes: [UInt8] {
        var writer = HeadBytesWriter()
        writer.write(Self.magic)
        writer.write(Self.layout)
        writer.write(UInt64(itemCount))
        writer.write(designs.bases)
        return writer.bytes
    }

    /// Reads what `factorBytes` wrote; throws when sizes or numbers are not those of a head.
    public init(factorBytes: [UInt8]) throws(HeadBytesError) {
        var reader = HeadBytesReader(factorBytes)
        try reader.require(16)
        try reader.readKind(Self.magic, named: "popularity", layout: Self.layout)
        let items = try reader.readItemCount()
        try reader.requireEnd(after: items * 4)
        self.init(counts: try reader.floats(items, "counts"))
    }
}
