// SPDX-License-Identifier: GPL-3.0-or-later

/// Which cells of two crossed attributes are hidden, so that no cell of under ten users can be
/// recovered from the others and the margins.
///
/// Whoever sees the margins and the shown cells knows the sum of the hidden cells of each row and
/// column. A sum over 1 to 9 users would describe individuals, and so would a small cell that the
/// sums determine. In the graph whose nodes are rows and columns and whose edges are hidden cells, a
/// cell is determined exactly when its edge is a bridge, lines of unknown sum being one node
/// together (the sums' kernel is the graph's space of cycles; Gusfield 1988).
struct TableSuppression {
    private let counts: [[Int]]
    private let rowIsKnown: [Bool]
    private let columnIsKnown: [Bool]
    private var isHidden: [[Bool]]

    /// For each cell whether it is hidden; empty cells are, and count as known to be empty.
    ///
    /// `counts` holds the users of each cell, the last row and the last column those whose group
    /// is unknown in one of the attributes, which are never shown. `hiddenRows` and
    /// `hiddenColumns` say which margins are hidden, the last ones left out.
    static func hidden(
        _ counts: [[Int]], hiddenRows: [Bool], hiddenColumns: [Bool]
    ) -> [[Bool]] {
        var table = TableSuppression(
            counts, hiddenRows: hiddenRows, hiddenColumns: hiddenColumns)
        while table.hideOneMore() {}
        return table.isHidden
    }

    private init(_ counts: [[Int]], hiddenRows: [Bool], hiddenColumns: [Bool]) {
        self.counts = counts
        // The users of unknown group follow from all users and the groups, if those are shown.
        rowIsKnown = hiddenRows.map { !$0 } + [hiddenRows.allSatisfy { !$0 }]
        columnIsKnown = hiddenColumns.map { !$0 } + [hiddenColumns.allSatisfy { !$0 }]
        isHidden = counts.enumerated().map { row, cells in
            cells.enumerated().map { column, users in
                let isUnknown = row == counts.count - 1 || column == cells.count - 1
                return isUnknown || hiddenRows[row] || hiddenColumns[column]
                    || users < Suppression.usersMin
            }
        }
    }

    /// Hides one more cell where something small is revealed; false when nothing is, or nothing is
    /// left to hide.
    private mutating func hideOneMore() -> Bool {
        for line in lines where line.isKnown {
            let hidden = line.cells.filter { isHidden[$0.row][$0.column] }
            let users = hidden.reduce(0) { $0 + counts[$1.row][$1.column] }
            if Suppression.isSmall(users), hide(smallestOf: line.cells) { return true }
        }
        for cell in hiddenCells where Suppression.isSmall(counts[cell.row][cell.column]) {
            guard let sides = sides(ofBridge: cell) else { continue }
            let all = lines.flatMap(\.cells)
            let beside = lines.filter { $0.cells.contains(cell) }.flatMap(\.cells)
            let across = all.filter { other in
                let ends = [rowNode(other.row), columnNode(other.column)]
                return !sides.row.isDisjoint(with: ends) && !sides.column.isDisjoint(with: ends)
            }
            // A cell from side to side closes a cycle at once.
            if hide(smallestOf: across) || hide(smallestOf: beside) || hide(smallestOf: all) {
                return true
            }
        }
        return false
    }

    private struct Cell: Equatable {
        let row: Int
        let column: Int
    }

    private var lines: [(isKnown: Bool, cells: [Cell])] {
        let columns = counts.first?.indices ?? 0..<0
        let rows = counts.indices.map { row in
            (isKnown: rowIsKnown[row], cells: columns.map { Cell(row: row, column: $0) })
        }
        return rows
            + columns.map { column in
                (
                    isKnown: columnIsKnown[column],
                    cells: counts.indices.map { Cell(row: $0, column: column) }
                )
            }
    }

    /// The hidden cells with users.
    private var hiddenCells: [Cell] {
        lines.prefix(counts.count).flatMap(\.cells).filter {
            isHidden[$0.row][$0.column] && counts[$0.row][$0.column] > 0
        }
    }

    private mutating func hide(smallestOf cells: [Cell]) -> Bool {
        let shown = cells.filter { !isHidden[$0.row][$0.column] }
        guard
            let smallest = shown.min(by: {
                counts[$0.row][$0.column] < counts[$1.row][$1.column]
            })
        else { return false }
        isHidden[smallest.row][smallest.column] = true
        return true
    }

    private func rowNode(_ row: Int) -> Int { rowIsKnown[row] ? row : ground }

    private func columnNode(_ column: Int) -> Int {
        columnIsKnown[column] ? counts.count + column : ground
    }

    private var ground: Int { counts.count + columnIsKnown.count }

    /// The nodes that either end of a cell's edge reaches without it; nil where it is no bridge.
    private func sides(ofBridge cell: Cell) -> (row: Set<Int>, column: Set<Int>)? {
        let edges = hiddenCells.filter { $0 != cell }.map {
            [rowNode($0.row), columnNode($0.column)]
        }
        let row = Self.reached(from: rowNode(cell.row), edges)
        guard !row.contains(columnNode(cell.column)) else { return nil }
        return (row, Self.reached(from: columnNode(cell.column), edges))
    }

    private static func reached(from start: Int, _ edges: [[Int]]) -> Set<Int> {
        var reached: Set = [start]
        var isGrowing = true
        while isGrowing {
            isGrowing = false
            for ends in edges where reached.contains(ends[0]) != reached.contains(ends[1]) {
                reached.formUnion(ends)
                isGrowing = true
            }
        }
        return reached
    }
}
