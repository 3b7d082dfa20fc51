// SPDX-License-Identifier: GPL-3.0-or-later

/// Which groups of all attributes of an audit are shown.
enum GroupVisibility {
    /// For each attribute of `users` and each of its groups whether it is shown.
    ///
    /// An intersection's parts must stand before it, as `intersections` says: position of the
    /// crossed attribute → positions of its two parts. What is shown of an attribute does not depend
    /// on which others are asked for, so that several audits together reveal no more than each.
    static func isShown(
        _ users: GroupedUsers, intersections: [Int: (Int, Int)]
    ) -> [[Bool]] {
        var shown: [[Bool]] = []
        for attribute in users.attributes.indices {
            if let parts = intersections[attribute] {
                shown.append(
                    crossed(users, parts, rows: shown[parts.0], columns: shown[parts.1]))
            } else {
                shown.append(
                    Suppression.hidden(userCounts: users.userCounts(attribute)).map { !$0 })
            }
        }
        return shown
    }

    private static func crossed(
        _ users: GroupedUsers, _ parts: (Int, Int), rows: [Bool], columns: [Bool]
    ) -> [Bool] {
        var counts = [[Int]](
            repeating: [Int](repeating: 0, count: columns.count + 1), count: rows.count + 1)
        for (row, column) in zip(users.codes[parts.0], users.codes[parts.1]) {
            counts[row < 0 ? rows.count : Int(row)][column < 0 ? columns.count : Int(column)] += 1
        }
        let hidden = TableSuppression.hidden(
            counts, hiddenRows: rows.map { !$0 }, hiddenColumns: columns.map { !$0 })
        return rows.indices.flatMap { row in columns.indices.map { !hidden[row][$0] } }
    }
}
