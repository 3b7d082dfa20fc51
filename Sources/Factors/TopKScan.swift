// SPDX-License-Identifier: GPL-3.0-or-later

import CKernels

/// One pass over a catalogue's panels for a few users: which items can be among their best.
enum TopKScan {
    /// What is looked for on behalf of one user.
    struct User {
        /// Which of the caller's users this is.
        let position: Int
        let vector: UserVector
        let scan: ScanVector
        /// Items that must not be found.
        let excluded: ArraySlice<Int32>
        /// Those of them that the caller has scored itself.
        let apart: [ScoredItem]
        /// How many items are wanted: at least 1 and fewer than are not excluded.
        let wanted: Int
    }

    /// Calls `found` for each user with a superset of the user's best items, in no useful order.
    static func run(
        _ users: [User], _ panels: ItemPanels,
        found: (User, LazyMapSequence<UnsafeBufferPointer<Int32>, Int32>) -> Void
    ) {
        let room = Room(panels, wanted: users.reduce(0) { max($0, $1.wanted) })
        withUnsafeTemporaryAllocation(
            byteCount: users.count * room.bytes, alignment: Room.alignment
        ) { buffer in
            // Non-nil because there is a user, and a user needs room.
            guard let start = buffer.baseAddress else { return }
            var queries = users.indices.map { place in
                room.query(users[place], panels, start + place * room.bytes)
            }
            panels.withKernelPanels {
                kernel_select($0, &queries, queries.count, kernel_best_instructions())
            }
            for (user, query) in zip(users, queries) {
                let slots = UnsafeBufferPointer(start: query.slots, count: query.found)
                found(user, slots.lazy.map { panels.items[Int($0)] })
            }
        }
    }

    /// How one query's buffers share a block of memory.
    private struct Room {
        static let alignment = 64
        let vector: Int
        let excluded: Int
        let heap: Int
        let slots: Int
        let scores: Int
        let bytes: Int

        init(_ panels: ItemPanels, wanted: Int) {
            var end = 0
            func take(_ bytes: Int) -> Int {
                defer { end += (bytes + Self.alignment - 1) / Self.alignment * Self.alignment }
                return end
            }
            vector = take(4 * panels.pairCount)
            excluded = take(2 * panels.panelCount)
            heap = take(4 * wanted)
            slots = take(4 * 16 * panels.panelCount)
            scores = take(4 * 16 * panels.panelCount)
            bytes = end
        }

        func query(
            _ user: User, _ panels: ItemPanels, _ start: UnsafeMutableRawPointer
        ) -> kernel_query {
            let vector = (start + vector).assumingMemoryBound(to: Int16.self)
            user.scan.write(user.vector, to: vector, pairCount: panels.pairCount)
            let excluded = (start + excluded).assumingMemoryBound(to: UInt16.self)
            for panel in 0..<panels.panelCount {
                (excluded + panel).initialize(to: panels.emptySlots[panel])
            }
            for item in user.excluded {
                let slot = Int(panels.slots[Int(item)])
                excluded[slot / 16] |= 1 << (slot % 16)
            }
            return kernel_query(
                vector: vector, excluded: excluded, scale: user.scan.scale,
                norm: user.scan.norm, margin: user.scan.margin, wanted: user.wanted,
                heap: (start + heap).assumingMemoryBound(to: Float.self),
                slots: (start + slots).assumingMemoryBound(to: Int32.self),
                scores: (start + scores).assumingMemoryBound(to: Float.self), found: 0,
                threshold: 0)
        }
    }
}
