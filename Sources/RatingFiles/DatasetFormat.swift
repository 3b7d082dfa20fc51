// SPDX-License-Identifier: GPL-3.0-or-later

/// The layouts that a data set can be read from.
public enum DatasetFormat: String, Sendable, CaseIterable {
    /// `ratings.dat`, `movies.dat` and, where there are demographics, `users.dat`; `::` between
    /// fields, titles in UTF-8 or Latin-1.
    case movieLensDat = "MovieLens .dat"
    /// `u.data`, `u.item`, `u.user` and `u.genre` of MovieLens 100K.
    case movieLens100K = "MovieLens 100K"
    /// `ratings.csv` and `movies.csv`.
    case movieLensCSV = "MovieLens CSV"
    /// RecBole's atomic files: `NAME.inter` and optionally `NAME.item` and `NAME.user`.
    case recBole = "RecBole atomic files"
    /// A single text file of `user,item,rating[,timestamp]`.
    case plain = "plain ratings file"
}
