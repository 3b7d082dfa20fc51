// SPDX-License-Identifier: GPL-3.0-or-later

extension SortedDataset {
    /// The same data as if `user` had never been in it: later users move up by one.
    ///
    /// Items and the rating scale stay as they are, rated by somebody else or not. O(ratings). Traps
    /// when there is no such user.
    public func removing(_ user: UserIndex) -> SortedDataset {
        SortedDataset(
            name: name, isSynthetic: isSynthetic, users: users.removing(user), items: items,
            matrix: matrix.removing(user), scale: scale)
    }
}

extension RatingMatrix {
    /// The ratings without the row of `user`; later users move up by one.
    fileprivate func removing(_ user: UserIndex) -> RatingMatrix {
        var selection = RatingRows(of: self)
        for row in 0..<userCount where row != user.position {
            for entry in byUser.range(ofRow: row) { selection.add(entry) }
            selection.endRow()
        }
        return selection.matrix()
    }
}

extension UserTable {
    /// The users without `user`; later ones move up by one.
    fileprivate func removing(_ user: UserIndex) -> UserTable {
        var ids = ids
        ids.remove(at: user.position)
        return UserTable(ids, attributes: attributes.map { $0.removing(user) })
    }
}

extension UserAttribute {
    /// The codes of the others; a category that was that of `user` alone goes too, unless it is one
    /// of MovieLens', which are there whoever has them.
    ///
    /// Later users move up by one. Traps when there is no such user.
    public func removing(_ user: UserIndex) -> UserAttribute {
        var codes = codes
        let code = codes.remove(at: user.position)
        let isTheirsAlone = code >= 0 && !codes.contains(code)
        guard isTheirsAlone, !Demographics.allCategories.contains(categories) else {
            return UserAttribute(name: name, categories: categories, codes: codes)
        }
        var categories = categories
        categories.remove(at: Int(code))
        return UserAttribute(
            name: name, categories: categories, codes: codes.map { $0 > code ? $0 - 1 : $0 })
    }
}
