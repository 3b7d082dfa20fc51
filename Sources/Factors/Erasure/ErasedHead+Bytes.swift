// SPDX-License-Identifier: GPL-3.0-or-later

public import Ratings

extension ErasedHead: StoredHead where Inner: StoredHead {
    /// "CERA" in ASCII.
    private static var magic: UInt32 { 0x4152_4543 }
    private static var layout: UInt32 { 1 }
    private static var headerBytes: Int { 8 + 2 * 8 + 8 }

    /// Every bit of erasure and head in a fixed little-endian layout.
    ///
    /// magic "CERA" and layout 1 (u32 each); dimensions and rank (u64 each); the strength, E[x], then the directions
    /// and the readings column by column, their lowest and highest values (f64 each); then the inner
    /// head's bytes.
    public var factorBytes: [UInt8] {
        var writer = HeadBytesWriter()
        writer.write(Self.magic)
        writer.write(Self.layout)
        writer.write(UInt64(erasure.dimensions))
        writer.write(UInt64(erasure.rank))
        writer.write(erasure.strength)
        for numbers in [
            erasure.mean, erasure.directions, erasure.readings, erasure.lowest, erasure.highest,
        ] { writer.write(block: numbers) }
        return writer.bytes + inner.factorBytes
    }

    /// Reads what `factorBytes` wrote; throws when sizes or numbers are not those of such a head.
    public init(factorBytes: [UInt8]) throws(HeadBytesError) {
        var reader = HeadBytesReader(factorBytes)
        try reader.require(Self.headerBytes)
        try reader.readKind(Self.magic, named: "erased", layout: Self.layout)
        let dimensions = reader.integer(UInt64.self)
        let rank = reader.integer(UInt64.self)
        let strength = try reader.double("strength")
        guard (0...1).contains(strength) else { throw .invalidField(name: "strength") }
        guard dimensions <= 1 << 24 else { throw .invalidField(name: "dimension count") }
        guard (1...1 << 16).contains(rank) else { throw .invalidField(name: "erasure rank") }
        let (width, columns) = (Int(dimensions), Int(rank))
        let byteCount = (width * (1 + 2 * columns) + 2 * columns) * 8
        try reader.require(byteCount)
        let mean: [Double] = try reader.block(width, "mean vector")
        let directions: [Double] = try reader.block(width * columns, "erased directions")
        let readings: [Double] = try reader.block(width * columns, "erasure readings")
        let lowest: [Double] = try reader.block(columns, "lowest readings")
        let highest: [Double] = try reader.block(columns, "highest readings")
        let inner = try Inner(
            factorBytes: Array(factorBytes[(Self.headerBytes + byteCount)...]))
        guard inner.dimensions == width else { throw .invalidField(name: "dimension count") }
        self.init(
            inner,
            LinearErasure(
                dimensions: width, strength: strength, mean: mean, directions: directions,
                readings: readings,
                lowest: lowest, highest: highest))
    }

    /// The same erasure of the inner head without `user`: the map keeps what it learned from all.
    public func removing(_ user: UserIndex) -> ErasedHead {
        ErasedHead(inner.removing(user), erasure)
    }
}
