// SPDX-License-Identifier: GPL-3.0-or-later

extension ItemNeighbours {
    /// Writes how many neighbours each item has (u8), then their items (i32) and weights (f32).
    func write(to writer: inout HeadBytesWriter) {
        for position in 0..<itemCount { writer.write(UInt8(range(of: position).count)) }
        for item in items { writer.write(item) }
        writer.write(weights)
    }

    /// Reads what `write` wrote of `itemCount` items with at most `most` neighbours each; throws for
    /// what it cannot have written.
    init(_ reader: inout HeadBytesReader, itemCount: Int, most: Int) throws(HeadBytesError) {
        try reader.require(itemCount)
        let counts = (0..<itemCount).map { _ in Int(reader.integer(UInt8.self)) }
        guard counts.allSatisfy({ $0 <= most }) else { throw .invalidField(name: "neighbours") }
        let total = counts.reduce(0, +)
        try reader.require(8 * total)
        let items = (0..<total).map { _ in reader.integer(Int32.self) }
        let weights = try reader.floats(total, "neighbours' weights")
        var lists: [[Neighbour]] = []
        lists.reserveCapacity(itemCount)
        var start = 0
        for (position, count) in counts.enumerated() {
            let own = items[start..<start + count]
            guard own.allSatisfy({ $0 >= 0 && $0 < itemCount && $0 != position }),
                zip(own, own.dropFirst()).allSatisfy({ $0 < $1 })
            else { throw .invalidField(name: "neighbours") }
            lists.append(
                zip(own, weights[start..<start + count])
                    .map { Neighbour(item: $0, weight: $1) })
            start += count
        }
        self.init(lists)
    }
}
