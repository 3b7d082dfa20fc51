// SPDX-License-Identifier: GPL-3.0-or-later

import Ratings

@testable import CandorDaemon

extension Journal {
    /// Leaves no room for even the shortest change.
    func fill() throws {
        try limitPages(to: 1)
        // SQLite takes no limit below the pages there are, so what is left of those is used up.
        for token in [String(repeating: "f", count: 128), "f"] {
            try appendUntilFull(try RatingChange.sample(token, "i1", 1))
        }
    }

    private func appendUntilFull(_ change: RatingChange) throws {
        while true {
            do throws(JournalError) {
                _ = try append([change])
            } catch {
                guard case .diskFull = error else { throw error }
                return
            }
        }
    }
}
