// SPDX-License-Identifier: GPL-3.0-or-later

import Ratings
import Testing

@testable import Trust

@Suite("Suppression of crossed groups")
struct TableSuppressionTests {
    /// A random table, mostly of small cells, with a last row and column of unknown users.
    private static func table(_ seed: UInt64) -> [[Int]] {
        let random = CounterRandom(seed: seed)
        let (rows, columns) = (2 + random.integer(below: 4, 0), 2 + random.integer(below: 5, 1))
        return (0...rows).map { row in
            (0...columns).map { column in
                let isUnknown = row == rows || column == columns
                let counter = UInt64(2 + row * 10 + column)
                if isUnknown {
                    return random.uniform(counter) < 0.6 ? 0 : random.integer(below: 30, counter)
                }
                return random.uniform(counter) < 0.3
                    ? random.integer(below: 12, counter + 100)
                    : 10 + random.integer(below: 60, counter + 200)
            }
        }
    }

    private static func margins(
        _ counts: [[Int]]
    ) -> (rows: [Bool], columns: [Bool], hidden: [[Bool]]) {
        let rows = Suppression.hidden(userCounts: counts.dropLast().map { $0.reduce(0, +) })
        let columns = Suppression.hidden(
            userCounts: counts[0].indices.dropLast().map { column in
                counts.reduce(0) { $0 + $1[column] }
            })
        return (
            rows, columns,
            TableSuppression.hidden(counts, hiddenRows: rows, hiddenColumns: columns)
        )
    }

    /// Whether the sums that a reader knows determine unknown `place`: elimination over all lines.
    private static func isDetermined(_ place: Int, equations: [[Double]]) -> Bool {
        var rows = equations
        var rank = 0
        for column in (0..<(rows.first?.count ?? 0)).filter({ $0 != place }) {
            guard
                let pivot = (rank..<rows.count).first(where: { abs(rows[$0][column]) > 1e-9 })
            else { continue }
            rows.swapAt(rank, pivot)
            for row in rows.indices where row != rank && abs(rows[row][column]) > 1e-9 {
                let factor = rows[row][column] / rows[rank][column]
                for at in rows[row].indices { rows[row][at] -= factor * rows[rank][at] }
            }
            rank += 1
        }
        // What is left speaks of `place` alone.
        return rows[rank...].contains { abs($0[place]) > 1e-9 }
    }

    @Test("no small cell follows from margins and shown cells, in 400 random tables")
    func notRecoverable() {
        var smallCells = 0
        for seed in 0..<400 {
            let counts = Self.table(UInt64(seed))
            let (hiddenRows, hiddenColumns, hidden) = Self.margins(counts)
            var unknowns: [(row: Int, column: Int)] = []
            for (row, cells) in counts.enumerated() {
                for column in cells.indices where hidden[row][column] && cells[column] > 0 {
                    unknowns.append((row, column))
                }
            }
            var equations: [[Double]] = []
            func addLine(_ isIn: ((row: Int, column: Int)) -> Bool) {
                equations.append(unknowns.map { isIn($0) ? 1 : 0 })
                let users = unknowns.filter(isIn).reduce(0) { $0 + counts[$1.row][$1.column] }
                #expect(!Suppression.isSmall(users), "a sum over \(users) users, table \(seed)")
            }
            for row in hiddenRows.indices where !hiddenRows[row] { addLine { $0.row == row } }
            for column in hiddenColumns.indices where !hiddenColumns[column] {
                addLine { $0.column == column }
            }
            for (place, cell) in unknowns.enumerated()
            where Suppression.isSmall(counts[cell.row][cell.column]) {
                smallCells += 1
                #expect(
                    !Self.isDetermined(place, equations: equations),
                    "cell \(cell) of table \(seed): \(counts)")
            }
        }
        #expect(smallCells > 200)
    }

    @Test("a table without small cells is shown whole")
    func shown() {
        let hidden = TableSuppression.hidden(
            [[30, 40, 0], [20, 25, 0], [0, 0, 0]], hiddenRows: [false, false],
            hiddenColumns: [false, false])
        #expect(hidden[0][0] == false && hidden[0][1] == false)
        #expect(hidden[1][0] == false && hidden[1][1] == false)
    }

    @Test("one small cell hides a rectangle with it")
    func rectangle() {
        let hidden = TableSuppression.hidden(
            [[4, 40, 50, 0], [30, 25, 60, 0], [70, 80, 90, 0], [0, 0, 0, 0]],
            hiddenRows: [false, false, false], hiddenColumns: [false, false, false])
        let places = hidden.dropLast().flatMap { $0.dropLast() }
        #expect(places == [true, true, false, true, true, false, false, false, false])
    }

    @Test("users whose group alone is unknown of a few are left out, until none is left alone")
    func exposed() {
        var first = [Int32](repeating: 0, count: 40)
        for user in 0..<4 { first[user] = -1 }
        var second = [Int32](repeating: 1, count: 40)
        for user in 2..<14 { second[user] = -1 }
        // Four unknown in the first; without them ten are unknown in the second.
        let exposed = Suppression.exposedUsers([first, second], userCount: 40)
        #expect(exposed.indices.filter { exposed[$0] } == [0, 1, 2, 3])
        second[13] = 1
        // Now nine are left unknown in the second: they go too.
        let more = Suppression.exposedUsers([first, second], userCount: 40)
        #expect(more.indices.filter { more[$0] } == Array(0..<13))
    }
}
