// SPDX-License-Identifier: GPL-3.0-or-later

public import Ratings

/// The best list for one user under calibration, popularity correction and exposure floors.
///
/// Every place is filled by what adds most to (1 − λ) Σ s(i) − λ KL(p‖q̃) at that moment, ties by item
/// order: the greedy algorithm of Steck 2018, whose divergence is submodular, so that the list is
/// within 1 − 1/e of the best. s is the head's score, corrected for popularity where asked. A floor
/// takes places when no more are left than it still needs; places that floors took come last.
public struct MitigatedList: Sendable {
    /// One item of the list.
    public struct Entry: Sendable, Equatable {
        /// The item.
        public let item: ItemIndex
        /// What it is ranked by: the head's score and the adjustments.
        public let score: Double
        /// Its rank among all candidates by the head's score alone, from 1.
        public let before: Int
    }

    /// The list, best first.
    public let entries: [Entry]

    private let scores: [Double]
    private let corrected: [Double]
    private let calibration: GenreCalibration?
    private let picks: [ItemIndex]

    /// Makes a list of at most `count` items from those that are neither rated by the user nor without
    /// a score.
    ///
    /// - Parameters:
    ///   - scores: The head's score of every item.
    ///   - excluding: The user's ratings.
    ///   - count: How many items, fewer where there are not so many.
    ///   - novelty: β of s − β ln φ; 0 leaves scores as they are.
    ///   - calibration: What to make the list like; nil for nothing.
    ///   - floors: What it must hold.
    ///   - traits: Of the same items.
    /// - Throws: When the floors cannot be met.
    ///
    /// O(items + count · (sets of genres · genres + the items of the largest set)).
    public init(
        scores: [Double], excluding: Profile, count: Int, novelty: Double,
        calibration: GenreCalibration?, floors: [ExposureFloor], traits: CatalogueTraits
    ) throws(MitigationError) {
        precondition(scores.count == traits.itemCount, "scores of other items")
        self.scores = scores
        self.calibration = calibration
        corrected =
            novelty > 0
            ? zip(scores, traits.rarities).map { $1.isFinite ? $0 + novelty * $1 : -.infinity }
            : scores
        var pool = CandidatePool(corrected, excluding: excluding, floors, traits.genres)
        var places = FloorPlaces(floors, count: min(count, pool.count))
        try places.check(pool)
        var progress = calibration.map { GenreCalibration.Progress($0) }
        var picks: [ItemIndex] = []
        while places.open > 0 {
            guard let best = pool.best(places, progress) else {
                throw .tooFewPlaces(count: count)
            }
            picks.append(best.item)
            places.fill(best.mask)
            progress?.add(best.genres)
            pool.remove(best)
        }
        guard places.areMet else { throw .tooFewPlaces(count: count) }
        self.picks = picks
        entries = Self.entries(picks, scores, corrected, calibration, traits.genres, excluding)
    }

    /// What was added to the head's score of `item`, by name; zero lines are left out.
    ///
    /// For an item of the list it is what counted when it was chosen; for any other what counted
    /// when the last place was filled.
    public func adjustments(
        of item: ItemIndex, genres: GenreMix
    ) -> [(name: String, amount: Double)] {
        var lines: [(name: String, amount: Double)] = []
        let novelty = corrected[item.position] - scores[item.position]
        if novelty != 0 { lines.append(("novelty", novelty)) }
        if let calibration {
            let before = picks.prefix { $0 != item }.dropLast(picks.contains(item) ? 0 : 1)
            var progress = GenreCalibration.Progress(calibration)
            for pick in before { progress.add(genres.genres(of: pick)) }
            let gain = progress.gain(of: genres.genres(of: item), score: corrected[item.position])
            lines.append(("calibration", gain - corrected[item.position]))
        }
        return lines
    }

    private static func entries(
        _ picks: [ItemIndex], _ scores: [Double], _ corrected: [Double],
        _ calibration: GenreCalibration?, _ genres: GenreMix, _ excluding: Profile
    ) -> [Entry] {
        let ranks = Self.ranks(of: picks, scores, excluding)
        var entries: [Entry] = []
        if let calibration {
            var progress = GenreCalibration.Progress(calibration)
            for pick in picks {
                let own = genres.genres(of: pick)
                let gain = progress.gain(of: own, score: corrected[pick.position])
                progress.add(own)
                entries.append(Entry(item: pick, score: gain, before: ranks[pick] ?? 0))
            }
        } else {
            entries = picks.map {
                Entry(item: $0, score: corrected[$0.position], before: ranks[$0] ?? 0)
            }
        }
        return entries
    }

    /// The rank of each pick among all candidates by the head's score, ties by item order.
    private static func ranks(
        of picks: [ItemIndex], _ scores: [Double], _ excluding: Profile
    ) -> [ItemIndex: Int] {
        func precedes(_ left: ItemIndex, _ right: ItemIndex) -> Bool {
            let (a, b) = (scores[left.position], scores[right.position])
            return a != b ? a > b : left < right
        }
        let ordered = picks.sorted(by: precedes)
        // For each place in that order, how many candidates stand right before it.
        var before = [Int](repeating: 0, count: ordered.count + 1)
        var rated = excluding.items[...]
        for position in scores.indices {
            if rated.first == Int32(position) {
                rated.removeFirst()
                continue
            }
            let item = ItemIndex(position)
            var (low, high) = (0, ordered.count)
            while low < high {
                let middle = (low + high) / 2
                if precedes(ordered[middle], item) { low = middle + 1 } else { high = middle }
            }
            before[low] += 1
        }
        var ranks: [ItemIndex: Int] = [:]
        var sum = 0
        for (place, item) in ordered.enumerated() {
            sum += before[place]
            ranks[item] = sum
        }
        return ranks
    }
}
