// SPDX-License-Identifier: GPL-3.0-or-later

public import Ratings

/// The baseline r̂ = μ + b_j + b_u: what a model without taste can say.
///
/// The user's bias is always taken from the ratings of the moment:
/// b_u = Σ_i (r_i − μ − b_i) / (n + damping), which is linear in them.
public struct BiasHead: ProjectionHead, Equatable {
    /// μ: the mean of the ratings trained on.
    public let mean: Double
    /// b_j of each item; 0 for an item without ratings.
    public let itemBiases: [Float]
    /// The pseudo-count of the user's bias, at least 0.
    public let userDamping: Double
    /// Rows 1, bases b_j, offset μ.
    public let designs: DesignTable

    /// Wraps trained parameters; traps unless they are finite and the damping is at least 0.
    public init(mean: Double, itemBiases: [Float], userDamping: Double) {
        precondition(userDamping >= 0 && userDamping.isFinite, "damping must be at least 0")
        self.mean = mean
        self.itemBiases = itemBiases
        self.userDamping = userDamping
        var rows = FactorMatrix(rowCount: itemBiases.count, columnCount: 1)
        for item in itemBiases.indices { rows[item, 0] = 1 }
        designs = DesignTable(rows: rows, bases: itemBiases, offset: mean)
    }

    /// The damping of the user's bias.
    public var userBiasDamping: Double? { userDamping }

    /// Fits damped biases, in O(ratings); throws when there is no rating.
    public static func train(
        _ matrix: RatingMatrix, userDamping: Double = 5, itemDamping: Double = 2
    ) throws(TrainingError) -> BiasHead {
        guard matrix.count > 0 else { throw .noRatings }
        let biases = DampedBiases(matrix, userDamping: userDamping, itemDamping: itemDamping)
        let itemBiases = biases.itemBiases.map(Float.init)
        guard biases.mean.isFinite, itemBiases.allSatisfy(\.isFinite) else { throw .notFinite }
        return BiasHead(mean: biases.mean, itemBiases: itemBiases, userDamping: userDamping)
    }
}

extension BiasHead {
    /// "CBIA" in ASCII.
    private static let magic: UInt32 = 0x4149_4243
    private static let layout: UInt32 = 1

    /// Every bit of the head in a fixed little-endian layout, for hashing and saving.
    ///
    /// magic "CBIA" and layout 1 (u32 each); items (u64); mean, damping (f64 each); items biases
    /// (f32).
    public var factorBytes: [UInt8] {
        var writer = HeadBytesWriter()
        writer.write(Self.magic)
        writer.write(Self.layout)
        writer.write(UInt64(itemCount))
        writer.write(mean)
        writer.write(userDamping)
        writer.write(itemBiases)
        return writer.bytes
    }

    /// Reads what `factorBytes` wrote; throws when sizes or numbers are not those of a head.
    public init(factorBytes: [UInt8]) throws(HeadBytesError) {
        var reader = HeadBytesReader(factorBytes)
        try reader.require(32)
        try reader.readKind(Self.magic, named: "bias", layout: Self.layout)
        let items = try reader.readItemCount()
        let mean = try reader.double("mean")
        let damping = try reader.double("damping")
        guard damping >= 0 else { throw .invalidField(name: "damping") }
        try reader.requireEnd(after: items * 4)
        self.init(
            mean: mean, itemBiases: try reader.floats(items, "item biases"), userDamping: damping)
    }
}
