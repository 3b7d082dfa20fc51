// SPDX-License-Identifier: GPL-3.0-or-later

public import Ratings
import Trust

/// What ratings go to which genres, by everybody and by groups of users.
public struct GenreFacts: Sendable {
    /// One genre.
    public struct Genre: Sendable, Equatable {
        /// Its name.
        public let name: String
        /// Items that have it.
        public let items: Int
        /// The part of all ratings that goes to such items, 0…1; items have several genres, so
        /// that parts add up to more than 1.
        public let share: Double
        /// The mean of these ratings; NaN without ratings.
        public let mean: Double
    }

    /// What one attribute's groups rate.
    public struct Mix: Sendable, Equatable {
        /// The attribute.
        public let attribute: String
        /// The groups' names; groups too small to be shown are left out.
        public let groups: [String]
        /// For each genre, in the order of `genres`, the part of each group's ratings that goes to
        /// it.
        public let shares: [[Double]]
    }

    /// The genres, most rated first, ties by name.
    public let genres: [Genre]
    /// For each attribute of the users with two groups or more to show.
    public let mixes: [Mix]

    /// Counts ratings by genre, in O(ratings · genres of an item · attributes).
    public init(_ data: SortedDataset) {
        let names = Set(data.items.items.flatMap(\.genres)).sorted()
        let place = Dictionary(uniqueKeysWithValues: names.enumerated().map { ($0.1, $0.0) })
        let genresOfItem = data.items.items.map { item in
            Set(item.genres).compactMap { place[$0] }.sorted()
        }
        var counts = [Int](repeating: 0, count: names.count)
        var sums = [Double](repeating: 0, count: names.count)
        var byUser = [Int](repeating: 0, count: data.users.count * names.count)
        for user in 0..<data.matrix.userCount {
            for entry in data.matrix.byUser.range(ofRow: user) {
                for genre in genresOfItem[Int(data.matrix.byUser.columns[entry])] {
                    counts[genre] += 1
                    sums[genre] += Double(data.matrix.byUser.values[entry])
                    byUser[user * names.count + genre] += 1
                }
            }
        }
        let order = names.indices.sorted { (-counts[$0], names[$0]) < (-counts[$1], names[$1]) }
        genres = order.map { genre in
            Genre(
                name: names[genre], items: genresOfItem.count { $0.contains(genre) },
                share: Double(counts[genre]) / Double(max(1, data.matrix.count)),
                mean: sums[genre] / Double(counts[genre]))
        }
        mixes = data.users.attributes.compactMap { attribute in
            Self.mix(attribute, data.matrix, byUser, order)
        }
    }

    private static func mix(
        _ attribute: UserAttribute, _ matrix: RatingMatrix, _ byUser: [Int], _ order: [Int]
    ) -> Mix? {
        let groups = attribute.categories.count
        var users = [Int](repeating: 0, count: groups)
        var ratings = [Int](repeating: 0, count: groups)
        var counts = [[Int]](repeating: [Int](repeating: 0, count: order.count), count: groups)
        for user in attribute.codes.indices where attribute.codes[user] >= 0 {
            let group = Int(attribute.codes[user])
            let own = matrix.byUser.range(ofRow: user).count
            guard own > 0 else { continue }
            users[group] += 1
            ratings[group] += own
            for genre in order.indices {
                counts[group][genre] += byUser[user * order.count + genre]
            }
        }
        let hidden = Suppression.hidden(userCounts: users)
        let shown = (0..<groups).filter { !hidden[$0] }
        guard shown.count >= 2, !order.isEmpty else { return nil }
        return Mix(
            attribute: attribute.name, groups: shown.map { attribute.categories[$0] },
            shares: order.map { genre in
                shown.map { Double(counts[$0][genre]) / Double(ratings[$0]) }
            })
    }
}
