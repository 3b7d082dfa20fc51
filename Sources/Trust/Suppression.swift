// SPDX-License-Identifier: GPL-3.0-or-later

/// Which groups of an attribute are too small to be shown.
public enum Suppression {
    /// Groups under this many users are hidden: their numbers would describe individuals.
    public static let usersMin = 10

    /// For each group whether it is hidden.
    ///
    /// Complementary suppression: when the hidden groups hold under `usersMin` users together, the
    /// whole minus the shown groups would reveal them, so the smallest shown group (ties: the
    /// first) is hidden too. Empty groups are hidden and reveal nothing.
    public static func hidden(userCounts: [Int]) -> [Bool] {
        var hidden = userCounts.map { $0 < usersMin }
        let hiddenUsers = zip(userCounts, hidden).reduce(0) { $0 + ($1.1 ? $1.0 : 0) }
        guard hiddenUsers > 0, hiddenUsers < usersMin else { return hidden }
        let shown = userCounts.indices.filter { !hidden[$0] }
        if let smallest = shown.min(by: { userCounts[$0] < userCounts[$1] }) {
            hidden[smallest] = true
        }
        return hidden
    }
}
