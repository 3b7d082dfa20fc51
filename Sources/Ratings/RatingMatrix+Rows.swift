// SPDX-License-Identifier: GPL-3.0-or-later

extension RatingMatrix {
    /// The same ratings with those of some users replaced, and with users added.
    ///
    /// Users from the old `userCount` on have the ratings that `rows` gives them, else none. Shares
    /// everything when nothing changes, else O(ratings). Traps when a row's user is outside the new
    /// `userCount` or one of its items outside `itemCount`.
    public func replacing(_ rows: [UserIndex: Profile], userCount: Int) -> RatingMatrix {
        precondition(userCount >= self.userCount, "users are never removed")
        guard !rows.isEmpty || userCount > self.userCount else { return self }
        var selection = RatingRows(of: self)
        var replacedCount = 0
        for user in 0..<userCount {
            if let profile = rows[UserIndex(user)] {
                precondition(profile.items.allSatisfy { $0 < itemCount }, "an item outside")
                selection.add(profile)
                replacedCount += 1
            } else if user < self.userCount {
                for entry in byUser.range(ofRow: user) { selection.add(entry) }
            }
            selection.endRow()
        }
        precondition(replacedCount == rows.count, "a row of a user outside")
        return selection.matrix()
    }
}
