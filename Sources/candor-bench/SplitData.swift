// SPDX-License-Identifier: GPL-3.0-or-later

import RatingFiles
import Ratings

/// Ratings to learn from and ratings to measure on, with the same users and items.
struct SplitData {
    /// The files, for programs that read them themselves.
    let files: (train: String, test: String)
    let train: RatingMatrix
    let test: RatingMatrix
    let scale: RatingScale

    /// Reads two ratings files.
    init(train: String, test: String) throws {
        let read = try RatingFileReader.read([train, test], options: ReadOptions())
        files = (train, test)
        scale = read.scale
        let matrices = read.parts.map {
            RatingMatrix($0, userCount: read.users.count, itemCount: read.items.count)
        }
        self.train = matrices[0]
        self.test = matrices[1]
    }
}
