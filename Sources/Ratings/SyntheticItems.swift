// SPDX-License-Identifier: GPL-3.0-or-later

/// Made-up items: titles, genres by taste group, and long-tailed popularity.
struct SyntheticItems {
    let catalogue: Catalogue
    let groups: [Int32]
    let biases: [Double]
    /// For each item its share of attention, before tastes.
    private let popularity: [Double]

    init(_ options: SyntheticOptions) {
        let random = CounterRandom(seed: options.seed, stream: SyntheticStream.items)
        let biasRandom = CounterRandom(seed: options.seed, stream: SyntheticStream.itemBiases)
        groups = (0..<options.itemCount).map { item in
            Int32(random.integer(below: options.groupCount, 3 * UInt64(item)))
        }
        biases = (0..<options.itemCount).map { 0.45 * biasRandom.normal(UInt64($0)) }
        let ranks = CounterRandom(seed: options.seed, stream: SyntheticStream.popularity)
            .permutation(count: options.itemCount)
        // Zipf's law with exponent 1, flattened at the top so that nobody's favourite is everybody's.
        let flattening = 0.02 * Double(options.itemCount) + 1
        popularity = ranks.map { 1 / (Double($0) + flattening) }
        var titles = SyntheticTitles(seed: options.seed)
        catalogue = Catalogue(
            groups.enumerated().compactMap { item, group in
                let counter = 3 * UInt64(item)
                let year = 1_930 + Int(71 * random.uniform(counter + 1).squareRoot())
                // A number is always a valid identifier, so every item is listed.
                return ItemID(String(item + 1)).map {
                    Item(
                        id: $0, title: titles.next(year: year),
                        genres: Self.genres(
                            group: Int(group), second: random.bits(counter + 2), options),
                        year: year)
                }
            })
    }

    /// For each taste group how its users pick items: own ones three times as often.
    func draws(_ options: SyntheticOptions) -> [WeightedDraw] {
        (0..<options.groupCount).map { group in
            WeightedDraw(
                zip(popularity, groups).map { $1 == Int32(group) ? 3 * $0 : $0 })
        }
    }

    /// The group's own genre and for two items in three a second one, ascending.
    private static func genres(
        group: Int, second: UInt64, _ options: SyntheticOptions
    ) -> [String] {
        let all = Demographics.genres
        let own = group * all.count / options.groupCount
        let other = Int(second % UInt64(all.count))
        let hasSecond = (second >> 32) % 3 != 0 && other != own
        return (hasSecond ? [min(own, other), max(own, other)] : [own]).map { all[$0] }
    }
}
