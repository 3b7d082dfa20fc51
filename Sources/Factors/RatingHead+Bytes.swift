// SPDX-License-Identifier: GPL-3.0-or-later

extension RatingHead {
    /// "CRAT" in ASCII.
    private static let magic: UInt32 = 0x5441_5243
    private static let layout: UInt32 = 1
    private static let headerBytes = 8 + 4 * 8 + 5 * 8

    /// Every bit of the head in a fixed little-endian layout, for hashing and saving.
    ///
    /// magic "CRAT" and layout 1 (u32 each); items, factors, sweeps, seed (u64 each); mean, λ, λ_b and
    /// the options' two regularizations (f64 each); items biases, then items × factors (f32).
    /// Equal heads have equal bytes.
    public var factorBytes: [UInt8] {
        var writer = HeadBytesWriter()
        writer.write(Self.magic)
        writer.write(Self.layout)
        writer.write(UInt64(itemCount))
        writer.write(UInt64(itemFactors.columnCount))
        writer.write(UInt64(options.sweeps))
        writer.write(options.seed)
        writer.write(mean)
        writer.write(regularization)
        writer.write(biasRegularization)
        writer.write(options.regularization)
        writer.write(options.biasRegularization)
        writer.write(itemBiases)
        writer.write(itemFactors)
        return writer.bytes
    }

    /// Reads what `factorBytes` wrote; throws when sizes or numbers are not those of a head.
    public init(factorBytes: [UInt8]) throws(HeadBytesError) {
        var reader = HeadBytesReader(factorBytes)
        try reader.require(Self.headerBytes)
        try reader.readKind(Self.magic, named: "rating", layout: Self.layout)
        let (items, factors) = try reader.readSizes()
        let sweeps = reader.integer(UInt64.self)
        let seed = reader.integer(UInt64.self)
        guard (1...10_000).contains(sweeps) else { throw .invalidField(name: "sweep count") }
        let mean = try reader.double("mean")
        let regularization = try reader.double("regularization")
        let biasRegularization = try reader.double("bias regularization")
        let options = RatingHeadOptions(
            factors: factors, sweeps: Int(sweeps),
            regularization: try reader.double("regularization option"),
            biasRegularization: try reader.double("bias regularization option"), seed: seed)
        guard regularization > 0, biasRegularization > 0 else {
            throw .invalidField(name: "regularization")
        }
        try reader.requireEnd(after: items * (factors + 1) * 4)
        let biases = try reader.floats(items, "item biases")
        self.init(
            mean: mean, itemBiases: biases,
            itemFactors: try reader.matrix(
                rows: items, columns: factors, "item factors"),
            regularization: regularization, biasRegularization: biasRegularization,
            options: options)
    }
}
