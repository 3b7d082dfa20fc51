// SPDX-License-Identifier: GPL-3.0-or-later

public import Ratings

/// What scoring needs of a head: for every item j its base and its design vector z_j.
///
/// A score is base(j) + z_j·x for a user's vector x, and what neighbours add where the head has any.
/// `score` computes it in Double: the number that is served. `TopK` scans the same rows in a compact form, made when it is first needed.
public struct DesignTable: Sendable, Equatable {
    /// items × dimensions: z_j.
    public let rows: FactorMatrix
    /// One per item: what it adds to `offset` to make its base.
    public let bases: [Float]
    /// The part of the base that all items share.
    public let offset: Double
    /// Whose ratings say more about an item than its design does; nil for a head without such.
    public let neighbours: ItemNeighbours?
    /// The largest Euclidean norm of a row, rounded up; 0 without items.
    let largestNorm: Double
    /// The largest |bases[j]|; 0 without items.
    let largestBase: Double
    private let lazyPanels = LazyItemPanels()

    /// Wraps rows and bases; traps unless there is one base per row and everything is finite.
    public init(rows: FactorMatrix, bases: [Float], offset: Double) {
        self.init(rows: rows, bases: bases, offset: offset, neighbours: nil)
    }

    init(rows: FactorMatrix, bases: [Float], offset: Double, neighbours: ItemNeighbours?) {
        precondition(bases.count == rows.rowCount, "one base per item")
        precondition(
            neighbours.map { $0.itemCount == rows.rowCount } ?? true, "neighbours of other items")
        precondition(
            offset.isFinite && rows.isFinite && bases.allSatisfy(\.isFinite),
            "factors and biases must be finite")
        self.rows = rows
        self.bases = bases
        self.offset = offset
        self.neighbours = neighbours
        largestBase = bases.reduce(0) { max($0, Double(abs($1))) }
        var largestSquare = 0.0
        for row in 0..<rows.rowCount {
            let square = rows.row(row).reduce(0.0) { $0 + Double($1) * Double($1) }
            largestSquare = max(largestSquare, square)
        }
        largestNorm = largestSquare.squareRoot() * (1 + 1e-9)
    }

    /// The number of items.
    public var itemCount: Int { rows.rowCount }
    /// The length of a design vector.
    public var dimensions: Int { rows.columnCount }

    /// The rows as top-K scans them, made on first use.
    var panels: ItemPanels { lazyPanels.value { ItemPanels(rows: rows, bases: bases) } }

    /// Makes what `TopK` scans now rather than in its first call.
    ///
    /// O(items · (dimensions + log items)); nothing to do the second time.
    public func prepareForTopK() { _ = panels }

    /// Whether rows, bases, offset and neighbours are equal.
    public static func == (left: DesignTable, right: DesignTable) -> Bool {
        left.offset == right.offset && left.bases == right.bases && left.rows == right.rows
            && left.neighbours == right.neighbours
    }

    /// The part of an item's score that does not depend on the user.
    public func base(of item: ItemIndex) -> Double { offset + Double(bases[item.position]) }

    /// base + z_j·x and what neighbours add, in Double, always the same bits for the same item and
    /// vector.
    public func score(of item: ItemIndex, for vector: UserVector) -> Double {
        modelScore(of: item, for: vector) + addition(to: item, for: vector)
    }

    /// base + z_j·x alone.
    func modelScore(of item: ItemIndex, for vector: UserVector) -> Double {
        base(of: item) + product(of: item, with: vector.padded)
    }

    /// z_j·x for a vector padded to the stride.
    func product(of item: ItemIndex, with padded: [Double]) -> Double {
        precondition(padded.count == rows.stride, "a vector of another head")
        precondition(item.position >= 0 && item.position < itemCount, "no such item")
        return padded.withUnsafeBufferPointer { vector in
            // Non-nil because a row has at least 16 elements.
            vector.baseAddress.map { rows.product(ofRow: item.position, with: $0) } ?? 0
        }
    }
}
