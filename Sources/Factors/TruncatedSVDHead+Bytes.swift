// SPDX-License-Identifier: GPL-3.0-or-later

extension TruncatedSVDHead {
    /// "CSVD" in ASCII.
    private static let magic: UInt32 = 0x4456_5343
    private static let layout: UInt32 = 1
    private static let headerBytes = 8 + 6 * 8 + 3 * 8

    /// Every bit of the head in a fixed little-endian layout, for hashing and saving.
    ///
    /// magic "CSVD" and layout 1 (u32 each); items, factors, fill (0 zero, 1 user mean, 2 bias
    /// residual), oversampling, power iterations, seed (u64 each); mean, user damping, item damping
    /// (f64 each); factors singular values (f64); items biases, then items × factors (f32).
    public var factorBytes: [UInt8] {
        var writer = HeadBytesWriter()
        writer.write(Self.magic)
        writer.write(Self.layout)
        writer.write(UInt64(itemCount))
        writer.write(UInt64(itemFactors.columnCount))
        writer.write(UInt64(SVDFill.allCases.firstIndex(of: options.fill) ?? 0))
        writer.write(UInt64(options.oversampling))
        writer.write(UInt64(options.powerIterations))
        writer.write(options.seed)
        writer.write(mean)
        writer.write(options.userDamping)
        writer.write(options.itemDamping)
        for value in singularValues { writer.write(value) }
        writer.write(itemBiases)
        writer.write(itemFactors)
        return writer.bytes
    }

    /// Reads what `factorBytes` wrote; throws when sizes or numbers are not those of a head.
    public init(factorBytes: [UInt8]) throws(HeadBytesError) {
        var reader = HeadBytesReader(factorBytes)
        try reader.require(Self.headerBytes)
        try reader.readKind(Self.magic, named: "truncated SVD", layout: Self.layout)
        let (items, factors) = try reader.readSizes()
        let fill = reader.integer(UInt64.self)
        let oversampling = reader.integer(UInt64.self)
        let powerIterations = reader.integer(UInt64.self)
        let seed = reader.integer(UInt64.self)
        guard fill < UInt64(SVDFill.allCases.count) else { throw .invalidField(name: "fill") }
        guard oversampling <= 256, powerIterations <= 1000 else {
            throw .invalidField(name: "options")
        }
        let mean = try reader.double("mean")
        let userDamping = try reader.double("user damping")
        let itemDamping = try reader.double("item damping")
        guard userDamping >= 0, itemDamping >= 0 else { throw .invalidField(name: "damping") }
        try reader.requireEnd(after: factors * 8 + items * (factors + 1) * 4)
        var singularValues: [Double] = []
        for _ in 0..<factors { singularValues.append(try reader.double("singular values")) }
        let biases = try reader.floats(items, "item biases")
        self.init(
            mean: mean, itemBiases: biases,
            itemFactors: try reader.matrix(rows: items, columns: factors, "item factors"),
            singularValues: singularValues,
            options: TruncatedSVDOptions(
                fill: SVDFill.allCases[Int(fill)], factors: factors,
                oversampling: Int(oversampling), powerIterations: Int(powerIterations),
                userDamping: userDamping, itemDamping: itemDamping, seed: seed))
    }
}
