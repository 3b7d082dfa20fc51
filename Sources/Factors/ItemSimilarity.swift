// SPDX-License-Identifier: GPL-3.0-or-later

public import Ratings

/// Which items are alike in the eyes of their audience: the cosine of item factors.
///
/// Items without factors (nobody rated them, or the model has none) are like nothing and never
/// listed.
public struct ItemSimilarity: Sendable {
    private let factors: FactorMatrix
    /// 1 / |y_j|, or 0 for an item without factors.
    private let inverseNorms: [Double]

    /// Prepares the norms, in O(items · factors).
    public init(_ factors: FactorMatrix) {
        self.factors = factors
        inverseNorms = (0..<factors.rowCount).map { row in
            let square = factors.row(row).reduce(0.0) { $0 + Double($1) * Double($1) }
            return square > 0 ? 1 / square.squareRoot() : 0
        }
    }

    /// Compares the design vectors of a head, less the columns in which all items are equal.
    ///
    /// Such a column holds a user's bias: it says nothing of taste, and would make all items alike.
    public init(of head: some LinearHead) {
        var rows = head.designs.rows
        let constant = (0..<rows.columnCount).filter { column in
            rows.rowCount > 1 && rows[0, column] != 0
                && (1..<rows.rowCount).allSatisfy { rows[$0, column] == rows[0, column] }
        }
        for column in constant {
            for row in 0..<rows.rowCount { rows[row, column] = 0 }
        }
        self.init(rows)
    }

    /// Whether any item has factors to be compared by.
    public var isUsable: Bool { inverseNorms.contains { $0 > 0 } }

    /// The cosine of two items' factors, −1…1; 0 when one of them has none.
    public func cosine(_ first: ItemIndex, _ second: ItemIndex) -> Double {
        product(first.position, second.position)
            * (inverseNorms[first.position] * inverseNorms[second.position])
    }

    /// The `count` items most similar to `item`, itself left out, ties in item order.
    ///
    /// Scores are cosines, −1…1. Empty when the item has no factors or `count` ≤ 0.
    /// O(items · (factors + log items)).
    public func neighbours(of item: ItemIndex, count: Int) -> [ScoredItem] {
        guard count > 0, inverseNorms[item.position] > 0 else { return [] }
        let others = inverseNorms.indices.filter { $0 != item.position && inverseNorms[$0] > 0 }
        let scored = others.map { other in
            ScoredItem(item: ItemIndex(other), score: cosine(item, ItemIndex(other)))
        }
        return Array(scored.sorted { $0.precedes($1) }.prefix(count))
    }

    private func product(_ first: Int, _ second: Int) -> Double {
        var sum = 0.0
        for (a, b) in zip(factors.row(first), factors.row(second)) { sum += Double(a) * Double(b) }
        return sum
    }
}
