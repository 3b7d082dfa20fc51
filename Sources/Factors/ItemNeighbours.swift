// SPDX-License-Identifier: GPL-3.0-or-later

public import Ratings

/// Of each item a few others, its neighbours, ratings of which say more about it than a model has
/// caught: parts of one series, for instance.
///
/// Where a user has rated neighbour k of item j, the score of j moves by the weight times what the
/// user's rating of k is above the model's own score of k (a neighbourhood model on residuals: Koren
/// 2008, §3 and §5, with few neighbours). So scores stay linear in the ratings.
public struct ItemNeighbours: Sendable, Equatable {
    /// Where each item's neighbours begin in `items`, and the total at the end.
    let starts: [Int32]
    /// The neighbours, of each item ascending.
    let items: [Int32]
    /// The weight of each.
    let weights: [Float]
    /// Where each item's followers begin: those that it is a neighbour of.
    private let followerStarts: [Int32]
    /// The followers, of each item ascending.
    private let followers: [Int32]
    /// The weight that the item has as a neighbour of each.
    private let followerWeights: [Float]
    /// The largest sum of the absolute weights of one item.
    let largestReach: Double

    /// One neighbour of an item.
    struct Neighbour: Sendable, Equatable {
        let item: Int32
        let weight: Float
    }

    /// Gathers the neighbours of each item, which ascend; traps when one is no item, or the item itself.
    init(_ lists: [[Neighbour]]) {
        var (starts, items, weights): ([Int32], [Int32], [Float]) = ([0], [], [])
        var largestReach = 0.0
        for (position, list) in lists.enumerated() {
            for neighbour in list {
                precondition(
                    lists.indices.contains(Int(neighbour.item))
                        && Int(neighbour.item) != position, "a neighbour that is no other item")
                items.append(neighbour.item)
                weights.append(neighbour.weight)
            }
            starts.append(Int32(items.count))
            largestReach = max(largestReach, list.reduce(0) { $0 + Double(abs($1.weight)) })
        }
        self.largestReach = largestReach
        self.starts = starts
        self.items = items
        self.weights = weights
        var begins = [Int32](repeating: 0, count: lists.count + 1)
        for item in items { begins[Int(item) + 1] += 1 }
        for item in lists.indices { begins[item + 1] += begins[item] }
        var next = begins
        var followers = [Int32](repeating: 0, count: items.count)
        var followerWeights = [Float](repeating: 0, count: items.count)
        for position in lists.indices {
            for place in Int(starts[position])..<Int(starts[position + 1]) {
                let item = Int(items[place])
                followers[Int(next[item])] = Int32(position)
                followerWeights[Int(next[item])] = weights[place]
                next[item] += 1
            }
        }
        followerStarts = begins
        self.followers = followers
        self.followerWeights = followerWeights
    }

    /// The neighbours of an item, ascending, and the weight of each.
    public func neighbours(of item: ItemIndex) -> [(item: ItemIndex, weight: Float)] {
        range(of: item.position).map { (ItemIndex(rawValue: items[$0]), weights[$0]) }
    }

    /// The number of items.
    var itemCount: Int { starts.count - 1 }

    /// Where the neighbours of an item stand in `items` and `weights`.
    func range(of position: Int) -> Range<Int> { Int(starts[position])..<Int(starts[position + 1]) }

    /// The items that `position` is a neighbour of, ascending.
    func followers(of position: Int) -> ArraySlice<Int32> {
        followers[Int(followerStarts[position])..<Int(followerStarts[position + 1])]
    }

    /// The same, each with the weight that `position` has for it.
    func weightedFollowers(of position: Int) -> Zip2Sequence<ArraySlice<Int32>, ArraySlice<Float>> {
        let followers = followers(of: position)
        return zip(followers, followerWeights[followers.indices])
    }
}
