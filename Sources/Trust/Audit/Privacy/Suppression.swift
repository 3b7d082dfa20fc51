// SPDX-License-Identifier: GPL-3.0-or-later

/// Which groups are too small to be shown.
public enum Suppression {
    /// Groups under this many users are hidden: their numbers would describe individuals.
    public static let usersMin = 10

    /// Whether a number of users may not be told apart: some, but under `usersMin`.
    static func isSmall(_ users: Int) -> Bool { users > 0 && users < usersMin }

    /// For each group whether it is hidden.
    ///
    /// Complementary suppression: when the hidden groups hold under `usersMin` users together, the
    /// whole minus the shown groups would reveal them, so the smallest shown group (ties: the
    /// first) is hidden too. Empty groups are hidden and reveal nothing.
    public static func hidden(userCounts: [Int]) -> [Bool] {
        var hidden = userCounts.map { $0 < usersMin }
        let hiddenUsers = zip(userCounts, hidden).reduce(0) { $0 + ($1.1 ? $1.0 : 0) }
        guard isSmall(hiddenUsers) else { return hidden }
        let shown = userCounts.indices.filter { !hidden[$0] }
        if let smallest = shown.min(by: { userCounts[$0] < userCounts[$1] }) {
            hidden[smallest] = true
        }
        return hidden
    }

    /// The users who would be told apart by being counted among all but in no group.
    ///
    /// Where the group of 1 to 9 measured users alone is unknown in an attribute, all minus its
    /// groups would reveal them: an audit leaves such users out altogether. `codes` holds for each
    /// attribute each user's group or -1. Ends with attributes in which 0 or at least 10 are unknown.
    static func exposedUsers(_ codes: [[Int32]], userCount: Int) -> [Bool] {
        var isExposed = [Bool](repeating: false, count: userCount)
        var isStable = false
        while !isStable {
            isStable = true
            for codes in codes {
                let unknown = codes.indices.filter { codes[$0] < 0 && !isExposed[$0] }
                guard isSmall(unknown.count) else { continue }
                for user in unknown { isExposed[user] = true }
                isStable = false
            }
        }
        return isExposed
    }
}
