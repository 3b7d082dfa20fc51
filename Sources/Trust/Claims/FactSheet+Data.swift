// SPDX-License-Identifier: GPL-3.0-or-later

public import Ratings

extension FactSheet.UserFacts {
    /// What a user's ratings of this moment say.
    ///
    /// O(ratings · genres).
    public init(token: String, profile: Profile, catalogue: Catalogue) {
        var sums: [String: (count: Int, sum: Double)] = [:]
        for (item, value) in zip(profile.items, profile.values) {
            for genre in Set(catalogue[ItemIndex(rawValue: item)].genres) {
                let (count, sum) = sums[genre, default: (0, 0)]
                sums[genre] = (count + 1, sum + Double(value))
            }
        }
        let sum = profile.values.reduce(0) { $0 + Double($1) }
        self.init(
            token: token, ratingCount: profile.count,
            mean: profile.isEmpty ? nil : sum / Double(profile.count),
            genres: sums.map {
                .init(
                    name: $0.key, count: $0.value.count, mean: $0.value.sum / Double($0.value.count)
                )
            }.sorted { ($0.count, $1.name) > ($1.count, $0.name) })
    }
}

extension FactSheet.ItemFacts {
    /// What the catalogue and the ratings of `matrix` say of the item at `index`.
    ///
    /// O(ratings of the item).
    public init(_ index: ItemIndex, catalogue: Catalogue, matrix: RatingMatrix) {
        let item = catalogue[index]
        let range = matrix.byItem.range(ofRow: index.position)
        let sum = matrix.byItem.values[range].reduce(0) { $0 + Double($1) }
        self.init(
            token: item.id.token, title: item.knownTitle, year: item.year, genres: item.genres,
            ratingCount: range.count, mean: range.isEmpty ? nil : sum / Double(range.count))
    }
}
