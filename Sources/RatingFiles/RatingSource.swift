// SPDX-License-Identifier: GPL-3.0-or-later

import Ratings

/// The files of one data set as its format lays them out, side files already read.
struct RatingSource {
    /// Where the meaning of the ratings file's fields is taken from.
    enum Layout {
        /// The format fixes it.
        case fixed(RatingLayout)
        /// The file's first line names the columns; `expected` is for the error when it does not.
        case header(FieldDelimiter, expected: String)
    }

    let format: DatasetFormat
    let ratingsPath: String
    let layout: Layout
    /// The declared range of ratings, or nil where the data decides.
    let scale: RatingScale?
    /// The users file's rows with their attributes, or nil where only ratings name users.
    let users: (rows: UserRows, attributes: [UserAttribute])?
    /// The movies file's rows, or nil where only ratings name items.
    let items: ItemRows?
    /// The side files that were read.
    let sidePaths: [String]
}
