// SPDX-License-Identifier: GPL-3.0-or-later

/// The final order of identifiers: that of their file, else numeric, else as first seen.
struct Numbering {
    /// The tokens in their final order.
    let tokens: [String]
    /// For each number as first seen its final one; nil when nothing moves.
    let final: [Int32]?

    /// The order of the users or movies file that `table` was read from.
    init(listed table: TokenTable) {
        tokens = table.tokens
        final = nil
    }

    /// The order of identifiers that only ratings name.
    init(_ table: TokenTable) {
        guard let order = table.numericOrder() else {
            tokens = table.tokens
            final = nil
            return
        }
        tokens = order.map { table.tokens[$0] }
        var final = [Int32](repeating: 0, count: order.count)
        for (position, seen) in order.enumerated() { final[seen] = Int32(position) }
        self.final = final
    }

    /// A column of numbers as first seen, in final numbers.
    func renumbered(_ column: [Int32]) -> [Int32] {
        guard let final else { return column }
        return column.map { final[Int($0)] }
    }
}
