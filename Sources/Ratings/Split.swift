// SPDX-License-Identifier: GPL-3.0-or-later

/// Ways to part ratings for training and measuring.
///
/// Every function has a form that returns positions (ascending, so that source order is kept) and
/// a form that returns the ratings themselves. The parts are disjoint and together complete.
public enum Split {
    /// Parts random positions by cuts, for example `[0.8, 0.9]` for 80/10/10.
    ///
    /// Exactly `Int(count · cut)` positions lie before each cut. The same count, cuts and seed give
    /// the same parts. O(count).
    ///
    /// Cuts are ascending shares in 0…1 (traps otherwise); n cuts give n + 1 parts.
    public static func randomPositions(count: Int, cuts: [Double], seed: UInt64) -> [[Int]] {
        let order = CounterRandom(seed: seed, stream: Stream.random).permutation(count: count)
        return parts(of: order, cuts: cuts)
    }

    /// Parts random ratings by cuts; see `randomPositions(count:cuts:seed:)`.
    public static func random(
        _ ratings: RatingColumns, cuts: [Double], seed: UInt64
    ) -> [RatingColumns] {
        randomPositions(count: ratings.count, cuts: cuts, seed: seed).map(ratings.subset)
    }

    /// Parts by time over all users, for example at `[0.70, 0.85]`.
    ///
    /// Sorts stably by timestamp, so equal times stay in source order; `Int(count · cut)` ratings
    /// lie before each cut. O(count · log count).
    ///
    /// Cuts are ascending shares in 0…1 (traps otherwise); n cuts give n + 1 parts.
    public static func chronologicalPositions(
        timestamps: [Int64], cuts: [Double] = [0.70, 0.85]
    ) -> [[Int]] {
        let order = timestamps.indices.sorted {
            (timestamps[$0], $0) < (timestamps[$1], $1)
        }
        return parts(of: order, cuts: cuts)
    }

    /// Parts by time over all users; see `chronologicalPositions(timestamps:cuts:)`.
    public static func chronological(
        _ ratings: RatingColumns, cuts: [Double] = [0.70, 0.85]
    ) -> [RatingColumns] {
        chronologicalPositions(timestamps: ratings.timestamps, cuts: cuts).map(ratings.subset)
    }

    /// Parts a matrix by time over all users; ratings of one second go by user and then item.
    ///
    /// Cuts as in `chronologicalPositions(timestamps:cuts:)`. O(count · log count).
    public static func chronological(
        _ matrix: RatingMatrix, cuts: [Double] = [0.70, 0.85]
    ) -> [RatingMatrix] {
        let parts = chronologicalPositions(timestamps: Array(matrix.timestamps), cuts: cuts)
        return parts.map { positions in
            var rows = RatingRows(of: matrix)
            var next = 0
            for user in 0..<matrix.userCount {
                let end = matrix.byUser.range(ofRow: user).upperBound
                while next < positions.count, positions[next] < end {
                    rows.add(positions[next])
                    next += 1
                }
                rows.endRow()
            }
            return rows.matrix()
        }
    }

    /// Parts every user's ratings by time, for example at `[0.7, 0.8]`.
    ///
    /// Sorts stably by timestamp within each user; `Int(n · cut)` of a user's n ratings lie before each
    /// cut. O(count · log of the longest history). Cuts are ascending shares in 0…1 (traps otherwise);
    /// n cuts give n + 1 parts.
    public static func perUserByTime(_ ratings: RatingColumns, cuts: [Double]) -> [RatingColumns] {
        let groups = PositionGroups(
            keys: ratings.users, groupCount: ratings.users.max().map { Int($0) + 1 } ?? 0)
        var positions = [[Int]](repeating: [], count: cuts.count + 1)
        for user in 0..<groups.count {
            let own = groups[user].map(Int.init)
            let order = own.indices.sorted {
                (ratings.timestamps[own[$0]], $0) < (ratings.timestamps[own[$1]], $1)
            }
            for (part, places) in parts(of: order, cuts: cuts).enumerated() {
                positions[part] += places.map { own[$0] }
            }
        }
        return positions.map { ratings.subset($0.sorted()) }
    }

    /// Holds out `floor(part · n)` random ratings of every user with n ratings.
    ///
    /// A user with fewer than 1 / `part` ratings therefore keeps them all. O(count · log of the
    /// longest history). Traps unless `part` is in 0…1.
    public static func perUserPositions(
        users: [Int32], heldOut part: Double, seed: UInt64
    ) -> (kept: [Int], heldOut: [Int]) {
        precondition((0...1).contains(part), "a part of \(part)")
        let random = CounterRandom(seed: seed, stream: Stream.perUser)
        let groups = PositionGroups(
            keys: users, groupCount: users.max().map { Int($0) + 1 } ?? 0)
        var isHeldOut = [Bool](repeating: false, count: users.count)
        for user in 0..<groups.count {
            // Positions ascend inside a group, so places break ties as positions would.
            let positions = groups[user].lazy.map(Int.init)
            for (position, held) in zip(positions, heldOut(positions, part: part, random)) {
                isHeldOut[position] = held
            }
        }
        return (users.indices.filter { !isHeldOut[$0] }, users.indices.filter { isHeldOut[$0] })
    }

    /// Holds out a share of every user's ratings; see `perUserPositions(users:heldOut:seed:)`.
    public static func perUser(
        _ ratings: RatingColumns, heldOut part: Double, seed: UInt64
    ) -> (kept: RatingColumns, heldOut: RatingColumns) {
        let positions = perUserPositions(users: ratings.users, heldOut: part, seed: seed)
        return (ratings.subset(positions.kept), ratings.subset(positions.heldOut))
    }

    /// Holds out a share of every user's ratings without sorting anything again.
    ///
    /// The parts are those of `perUser(_:heldOut:seed:)` on the ratings by user and then item.
    public static func perUser(
        _ matrix: RatingMatrix, heldOut part: Double, seed: UInt64
    ) -> (kept: RatingMatrix, heldOut: RatingMatrix) {
        precondition((0...1).contains(part), "a part of \(part)")
        let random = CounterRandom(seed: seed, stream: Stream.perUser)
        var kept = RatingRows(of: matrix)
        var heldOut = RatingRows(of: matrix)
        for user in 0..<matrix.userCount {
            let entries = matrix.byUser.range(ofRow: user)
            let held = self.heldOut(entries, part: part, random)
            for (entry, isHeldOut) in zip(entries, held) {
                if isHeldOut { heldOut.add(entry) } else { kept.add(entry) }
            }
            kept.endRow()
            heldOut.endRow()
        }
        return (kept.matrix(), heldOut.matrix())
    }

    /// For each of one user's positions whether it is held out.
    private static func heldOut(
        _ positions: some Collection<Int>, part: Double, _ random: CounterRandom
    ) -> [Bool] {
        var keyed = positions.enumerated().map { place, position in
            (key: random.bits(UInt64(position)), place: place)
        }
        keyed.sort { ($0.key, $0.place) < ($1.key, $1.place) }
        var isHeldOut = [Bool](repeating: false, count: keyed.count)
        for entry in keyed.prefix(Int(part * Double(keyed.count))) { isHeldOut[entry.place] = true }
        return isHeldOut
    }

    /// The random streams of the splits: apart, so that splits of one seed are independent.
    private enum Stream {
        static let random: UInt64 = 1
        static let perUser: UInt64 = 2
    }

    /// Cuts `order` and restores ascending positions inside each part.
    private static func parts(of order: [Int], cuts: [Double]) -> [[Int]] {
        precondition(
            cuts.allSatisfy { (0...1).contains($0) } && zip(cuts, cuts.dropFirst()).allSatisfy(<=),
            "cuts must ascend within 0…1: \(cuts)")
        let bounds = [0] + cuts.map { Int(Double(order.count) * $0) } + [order.count]
        var partOfPosition = [Int](repeating: 0, count: order.count)
        for part in 0...cuts.count {
            for rank in bounds[part]..<bounds[part + 1] { partOfPosition[order[rank]] = part }
        }
        var result = (0...cuts.count).map { part in
            var positions: [Int] = []
            positions.reserveCapacity(bounds[part + 1] - bounds[part])
            return positions
        }
        for (position, part) in partOfPosition.enumerated() { result[part].append(position) }
        return result
    }
}
