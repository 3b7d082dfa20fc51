// SPDX-License-Identifier: GPL-3.0-or-later

import Ratings

/// The items that may still enter a list, in groups that calibration and floors cannot tell apart.
///
/// Within such a group the item with the highest score always comes first, so that a place is filled
/// by comparing groups instead of items.
struct CandidatePool {
    /// The best item of a group.
    struct Candidate {
        let item: ItemIndex
        /// The genres it has, ascending.
        let genres: [Int]
        /// The floors it counts for, one bit each.
        let mask: Int
        fileprivate let group: Int
        fileprivate let place: Int
    }

    private struct Group {
        let genres: [Int]
        let mask: Int
        var items: [Int32] = []
        /// Where in `items` the best one is; nil when none is left.
        var best: Int?
    }

    private var groups: [Group] = []
    private let scores: [Double]
    /// How many items there were.
    let count: Int

    /// All items with a score above −∞ that are not in `excluding`.
    init(
        _ scores: [Double], excluding: Profile, _ floors: [ExposureFloor], _ genres: GenreMix
    ) {
        self.scores = scores
        var numbers = [Int](repeating: -1, count: genres.sets.count << floors.count)
        var rated = excluding.items[...]
        var count = 0
        for position in scores.indices {
            if rated.first == Int32(position) {
                rated.removeFirst()
                continue
            }
            guard scores[position] > -.infinity else { continue }
            count += 1
            var mask = 0
            for (place, floor) in floors.enumerated() where floor.members[position] {
                mask |= 1 << place
            }
            let set = Int(genres.setOfItem[position])
            let key = set << floors.count | mask
            if numbers[key] < 0 {
                numbers[key] = groups.count
                groups.append(Group(genres: genres.sets[set], mask: mask))
            }
            groups[numbers[key]].items.append(Int32(position))
        }
        self.count = count
        for group in groups.indices { findBest(of: group) }
    }

    /// How many items count for the floor at `place`.
    func count(inFloor place: Int) -> Int {
        groups.reduce(0) { $0 + ($1.mask >> place & 1 == 1 ? $1.items.count : 0) }
    }

    /// The item that should fill the next place; nil when none is left.
    ///
    /// While floors need no more than the places left, any item may; else those that bring most of
    /// them nearer.
    func best(_ places: FloorPlaces, _ progress: GenreCalibration.Progress?) -> Candidate? {
        var best: (candidate: Candidate, helped: Int, gain: Double)?
        for (number, group) in groups.enumerated() {
            guard let place = group.best else { continue }
            let helped = places.helped(by: group.mask)
            // All items that leave room are equally welcome; the others only by how much they help.
            let welcome = places.leavesRoom(helped: helped) ? Int.max : helped
            if let best, welcome < best.helped { continue }
            let item = ItemIndex(rawValue: group.items[place])
            let score = scores[item.position]
            let gain = progress?.gain(of: group.genres, score: score) ?? score
            if let best, welcome == best.helped,
                gain < best.gain || gain == best.gain && best.candidate.item < item
            {
                continue
            }
            best = (
                Candidate(
                    item: item, genres: group.genres, mask: group.mask, group: number,
                    place: place), welcome, gain
            )
        }
        return best?.candidate
    }

    /// Takes an item out.
    mutating func remove(_ candidate: Candidate) {
        groups[candidate.group].items.remove(at: candidate.place)
        findBest(of: candidate.group)
    }

    private mutating func findBest(of number: Int) {
        let items = groups[number].items
        // Items ascend, so that the first of equal scores comes first in item order.
        groups[number].best = items.indices.max { left, right in
            let (a, b) = (scores[Int(items[left])], scores[Int(items[right])])
            return a != b ? a < b : left > right
        }
    }
}
