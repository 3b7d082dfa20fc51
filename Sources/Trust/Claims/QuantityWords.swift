// SPDX-License-Identifier: GPL-3.0-or-later

/// What stands before a number, such as `about` or `more than`.
enum QuantityWords {
    /// Where the number may begin, and how a value must stand to it; the longest phrase alone.
    static func relations(
        _ tokens: [SentenceToken], _ start: Int
    ) -> [(Int, Quantity.Relation)] {
        for (phrase, relation) in phrases {
            let fits = phrase.indices.allSatisfy { offset in
                start + offset < tokens.count && tokens[start + offset].word == phrase[offset]
            }
            if fits { return [(start + phrase.count, relation)] }
        }
        return [(start, .equal)]
    }

    /// The words that such phrases begin with.
    static let firstWords = Set(phrases.map { $0.0[0] })

    /// Longest first.
    private static let phrases: [([String], Quantity.Relation)] = {
        let groups: [(Quantity.Relation, [String])] = [
            (
                .about,
                [
                    "about", "around", "roughly", "approximately", "some", "circa", "close to",
                    "an estimated", "in the region of", "only about", "only around", "just about",
                    "only some", "only roughly",
                ]
            ),
            (
                .above,
                [
                    "more than", "over", "above", "greater than", "higher than", "well over",
                    "far more than", "well above",
                ]
            ),
            (
                .atLeast,
                ["at least", "no less than", "no fewer than", "not less than", "a minimum of"]
            ),
            (
                .below,
                [
                    "less than", "fewer than", "under", "below", "lower than", "smaller than",
                    "well under", "well below", "far less than", "far fewer than",
                    "only less than",
                ]
            ),
            (.atMost, ["at most", "up to", "no more than", "not more than", "a maximum of"]),
            (
                .almost,
                [
                    "almost", "nearly", "just under", "just below", "slightly under",
                    "slightly less than", "slightly fewer than", "a little under",
                    "a little less than", "just short of",
                ]
            ),
            (
                .justAbove,
                [
                    "just over", "just above", "slightly over", "slightly more than",
                    "slightly above", "a little over", "a little more than", "a bit over",
                    "a bit more than",
                ]
            ),
            (
                .equal,
                [
                    "exactly", "precisely", "only", "just", "a total of", "as many as", "a mere",
                    "merely", "all", "a full", "a",
                ]
            ),
        ]
        return groups.flatMap { relation, texts in
            texts.map { ($0.split(separator: " ").map(String.init), relation) }
        }.sorted { $0.0.count > $1.0.count }
    }()
}
