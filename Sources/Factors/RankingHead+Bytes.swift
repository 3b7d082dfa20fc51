// SPDX-License-Identifier: GPL-3.0-or-later

import Ratings

extension RankingHead {
    /// "CRNK" in ASCII.
    private static let magic: UInt32 = 0x4B4E_5243
    private static let layout: UInt32 = 2
    private static let headerBytes = 8 + 5 * 8 + 2 * 4 + 9 * 8

    /// Every bit of the head in a fixed little-endian layout, for hashing and saving.
    ///
    /// magic "CRNK" and layout 2 (u32 each); items, factors, rated items, sweeps, seed (u64 each);
    /// the scale's minimum and maximum (f32 each); λ, α₀, the five rating weights, the activity
    /// exponent and the mean activity (f64 each); items × factors (f32). The Gramian follows from these. Equal heads have equal bytes.
    public var factorBytes: [UInt8] {
        var writer = HeadBytesWriter()
        writer.write(Self.magic)
        writer.write(Self.layout)
        writer.write(UInt64(itemCount))
        writer.write(UInt64(itemFactors.columnCount))
        writer.write(UInt64(ratedItemCount))
        writer.write(UInt64(options.sweeps))
        writer.write(options.seed)
        writer.write(scale.minimum)
        writer.write(scale.maximum)
        writer.write(options.regularization)
        writer.write(options.unobservedWeight)
        for weight in options.ratingWeights { writer.write(weight) }
        writer.write(options.activityExponent)
        writer.write(meanActivity)
        writer.write(itemFactors)
        return writer.bytes
    }

    /// Reads what `factorBytes` wrote; throws when sizes or numbers are not those of a head.
    public init(factorBytes: [UInt8]) throws(HeadBytesError) {
        var reader = HeadBytesReader(factorBytes)
        try reader.require(Self.headerBytes)
        try reader.readKind(Self.magic, named: "ranking", layout: Self.layout)
        let (items, factors) = try reader.readSizes()
        let ratedItems = reader.integer(UInt64.self)
        let sweeps = reader.integer(UInt64.self)
        let seed = reader.integer(UInt64.self)
        guard ratedItems <= items else { throw .invalidField(name: "rated item count") }
        guard (1...10_000).contains(sweeps) else { throw .invalidField(name: "sweep count") }
        let ends = try reader.floats(2, "rating scale")
        guard ends[0] <= ends[1] else { throw .invalidField(name: "rating scale") }
        let regularization = try reader.double("regularization")
        let unobservedWeight = try reader.double("unobserved weight")
        var weights: [Double] = []
        for _ in 0..<5 { weights.append(try reader.double("rating weights")) }
        let activityExponent = try reader.double("activity exponent")
        let meanActivity = try reader.double("mean activity")
        let options = RankingHeadOptions(
            factors: factors, sweeps: Int(sweeps), regularization: regularization,
            unobservedWeight: unobservedWeight, ratingWeights: weights,
            activityExponent: activityExponent, seed: seed)
        guard regularization > 0, unobservedWeight >= 0, weights.allSatisfy({ $0 >= 0 }),
            options.hasUsableActivityExponent, meanActivity > 0
        else { throw .invalidField(name: "options") }
        try reader.requireEnd(after: items * factors * 4)
        self.init(
            itemFactors: try reader.matrix(
                rows: items, columns: factors, "item factors"),
            ratedItemCount: Int(ratedItems), meanActivity: meanActivity,
            scale: RatingScale(minimum: ends[0], maximum: ends[1]), options: options)
    }
}
