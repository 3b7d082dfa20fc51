// SPDX-License-Identifier: GPL-3.0-or-later

import Ratings

/// Everything that reading a data set found besides the ratings, which went to a sink.
struct ParsedRatings {
    let name: String
    let isSynthetic: Bool
    let format: DatasetFormat
    let files: [String]
    let users: Numbering
    let attributes: [UserAttribute]
    let items: Numbering
    /// The rows of the movies file, or nil where only ratings name items.
    let listedItems: [Item]?
    /// The declared range of ratings, or nil where the data decides.
    let scale: RatingScale?
    let lineCount: Int
    let ledger: BadLineLedger

    var userTable: UserTable {
        UserTable(IdentifierField.users(users.tokens), attributes: attributes)
    }

    var catalogue: Catalogue { Catalogue(listedItems ?? IdentifierField.items(items.tokens)) }

    func report(repeatedCount: Int) -> ReadReport {
        ReadReport(
            format: format, files: files, ratingLineCount: lineCount,
            repeatedCount: repeatedCount, skipped: ledger.counts, samples: ledger.samples)
    }
}
