// SPDX-License-Identifier: GPL-3.0-or-later

import CandorDaemon
import Ratings

extension GenerationData {
    /// The same data as columns, ordered by user and then item.
    func dataset() -> Dataset {
        var ratings = RatingColumns()
        for user in 0..<matrix.userCount {
            let profile = matrix.profile(of: UserIndex(user))
            for place in 0..<profile.count {
                ratings.append(
                    user: UserIndex(user), item: ItemIndex(rawValue: profile.items[place]),
                    value: profile.values[place], timestamp: profile.timestamps[place])
            }
        }
        return Dataset(
            name: name, isSynthetic: isSynthetic, users: users, items: items, ratings: ratings,
            scale: scale)
    }
}
