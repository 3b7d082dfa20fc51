// SPDX-License-Identifier: GPL-3.0-or-later

/// Positions of a column grouped by its values: a stable counting sort.
///
/// Group g owns `positions[offsets[g] ..< offsets[g + 1]]`, in the order they were given.
public struct PositionGroups: Sendable, Equatable {
    /// Where each group starts, and the total at the end.
    public let offsets: [Int]
    /// The positions, group after group.
    public let positions: [Int32]

    /// Wraps finished groups.
    init(offsets: [Int], positions: [Int32]) {
        self.offsets = offsets
        self.positions = positions
    }

    /// Groups the positions 0 ..< `keys.count` by key, in O(keys + groups).
    ///
    /// Traps when a key is outside 0 ..< `groupCount`.
    public init(keys: [Int32], groupCount: Int) {
        self = keys.withUnsafeBufferPointer { Self.sorted($0, groupCount: groupCount, order: nil) }
    }

    /// Groups positions by key, keeping the order of an earlier grouping inside each group.
    ///
    /// Traps when a key is outside 0 ..< `groupCount`.
    public init(keys: [Int32], groupCount: Int, refining earlier: PositionGroups) {
        self = keys.withUnsafeBufferPointer {
            Self.sorted($0, groupCount: groupCount, order: earlier.positions)
        }
    }

    /// Groups the positions of frozen keys.
    init(keys: FrozenArray<Int32>, groupCount: Int) {
        self = keys.withUnsafeBufferPointer { Self.sorted($0, groupCount: groupCount, order: nil) }
    }

    /// Groups the positions of frozen keys, keeping the order of an earlier grouping.
    init(keys: FrozenArray<Int32>, groupCount: Int, refining earlier: PositionGroups) {
        self = keys.withUnsafeBufferPointer {
            Self.sorted($0, groupCount: groupCount, order: earlier.positions)
        }
    }

    /// The number of groups, empty ones included.
    public var count: Int { offsets.count - 1 }

    /// The positions of one group.
    public subscript(group: Int) -> ArraySlice<Int32> { positions[range(of: group)] }

    /// Where the positions of one group stand.
    func range(of group: Int) -> Range<Int> { offsets[group]..<offsets[group + 1] }

    private static func sorted(
        _ keys: UnsafeBufferPointer<Int32>, groupCount: Int, order: [Int32]?
    ) -> PositionGroups {
        precondition(keys.count <= Int(Int32.max), "more positions than 32 bits number")
        var next = [Int](repeating: 0, count: groupCount + 1)
        for key in keys {
            precondition(key >= 0, "a negative key")
            next[Int(key) + 1] += 1
        }
        for group in 0..<groupCount { next[group + 1] += next[group] }
        let offsets = next
        let positions = [Int32](unsafeUninitializedCapacity: keys.count) { sorted, count in
            next.withUnsafeMutableBufferPointer { next in
                for rank in 0..<keys.count {
                    let position = order.map { $0[rank] } ?? Int32(truncatingIfNeeded: rank)
                    // Every slot is written exactly once, because each group's run of slots has
                    // been counted from the same keys.
                    let group = Int(keys[Int(position)])
                    sorted[next[group]] = position
                    next[group] += 1
                }
            }
            count = keys.count
        }
        return PositionGroups(offsets: offsets, positions: positions)
    }
}
