// SPDX-License-Identifier: GPL-3.0-or-later

import Ratings

/// Users laid out for resampling: cell 0 is everyone, then one cell per group of each attribute.
struct GroupTable {
    private let users: [HeldOutUser]
    /// For each user the cells it belongs to, `cellsPerUser` entries a user (-1: unknown).
    private let memberships: [Int32]
    private let cellsPerUser: Int
    private let firstCells: [Int]
    private let cellCount: Int

    /// `codes[a][u]` is user u's group in attribute a, or -1.
    init(users: [HeldOutUser], codes: [[Int32]], groupCounts: [Int]) {
        self.users = users
        var first: [Int] = []
        var next = 1
        for count in groupCounts {
            first.append(next)
            next += count
        }
        firstCells = first
        cellCount = next
        cellsPerUser = codes.count
        memberships = users.indices.flatMap { user in
            codes.indices.map { codes[$0][user] < 0 ? -1 : Int32(first[$0]) + codes[$0][user] }
        }
    }

    /// The cell of one group of one attribute.
    func cell(_ attribute: Int, group: Int) -> Int { firstCells[attribute] + group }

    /// The sums of all cells over a list of users, repetitions included.
    func sums(of chosen: [Int]) -> CellSums {
        var cells = [GroupSums](repeating: GroupSums(), count: cellCount)
        for user in chosen {
            cells[0].add(users[user])
            for place in 0..<cellsPerUser {
                let cell = memberships[user * cellsPerUser + place]
                if cell >= 0 { cells[Int(cell)].add(users[user]) }
            }
        }
        return CellSums(cells: cells)
    }

    /// The sums of `options.resamples` samples of as many users as there are, with replacement.
    ///
    /// Sample b draws from its own stream of the seed; nil when `progress` returns false.
    func bootstrap(_ options: AuditOptions, progress: (Double) -> Bool) -> [CellSums]? {
        guard !users.isEmpty else {
            return Array(repeating: sums(of: []), count: options.resamples)
        }
        var samples: [CellSums] = []
        samples.reserveCapacity(options.resamples)
        var chosen = [Int](repeating: 0, count: users.count)
        for sample in 0..<options.resamples {
            let random = CounterRandom(seed: options.seed, stream: UInt64(sample))
            for place in chosen.indices {
                chosen[place] = random.integer(below: users.count, UInt64(place))
            }
            samples.append(sums(of: chosen))
            guard progress(Double(sample + 1) / Double(options.resamples)) else { return nil }
        }
        return samples
    }
}
