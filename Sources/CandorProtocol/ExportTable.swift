// SPDX-License-Identifier: GPL-3.0-or-later

/// A table that can be written as a Parquet file.
public enum ExportTable: String, CaseIterable, Sendable {
    /// Predicted stars of users for items they have not rated.
    case predictions
    /// Every user's best items, as RECOMMEND ranks them.
    case lists
    /// The items' titles.
    case movies
    /// The ratings that count.
    case ratings
    /// What the heads' item sides hold.
    case itemFactors = "item-factors"
    /// The users' vectors, solved from the ratings that count.
    case userFactors = "user-factors"
}
