// SPDX-License-Identifier: GPL-3.0-or-later

extension RatingValues {
    /// Collects values one by one: in one byte each until there are too many different ones.
    struct Builder: ~Copyable {
        /// The values met so far, in the order they were first seen.
        private var seen: [Float] = []
        /// Codes plus 1 at the hash of their value, or 0: half empty at the most.
        private var slots = [UInt16](repeating: 0, count: 2 * slotCount)
        private var codes = GrowingArray<UInt8>()
        private var plain = GrowingArray<Float>()
        private var isPlain = false

        private static let slotCount = RatingValues.distinctMax

        /// Nothing yet.
        init() {}

        /// Adds one value at the end.
        mutating func append(_ value: Float) {
            if isPlain {
                plain.append(value)
            } else if let code = code(of: value) {
                codes.append(code)
            } else {
                decodeAll()
                plain.append(value)
            }
        }

        /// The values, in the same form whatever order they came in.
        consuming func finish() -> RatingValues {
            if isPlain { return RatingValues(plain: plain.frozen()).canonical() }
            return RatingValues(distinct: FrozenArray(seen), codes: codes.frozen()).canonical()
        }

        /// The code of a value, a new one where it needs one; nil when there is none left.
        private mutating func code(of value: Float) -> UInt8? {
            var slot = Int((value.bitPattern &* 0x9E37_79B1) >> 23)
            while slots[slot] > 0 {
                let code = Int(slots[slot]) - 1
                if seen[code].bitPattern == value.bitPattern { return UInt8(code) }
                slot = (slot + 1) & (slots.count - 1)
            }
            guard seen.count < RatingValues.distinctMax else { return nil }
            seen.append(value)
            slots[slot] = UInt16(seen.count)
            return UInt8(seen.count - 1)
        }

        private mutating func decodeAll() {
            isPlain = true
            let seen = seen
            var plain = GrowingArray<Float>()
            codes.withElements { for code in $0 { plain.append(seen[Int(code)]) } }
            self.plain = plain
            codes = GrowingArray()
        }
    }

    /// The same values in the one form that equal values always have: coded where at most 256
    /// differ, with exactly the values that occur, ascending.
    ///
    /// O(count); without a copy where the form is right already.
    func canonical() -> RatingValues {
        guard plain.isEmpty else { return canonicalPlain() }
        var isUsed = [Bool](repeating: false, count: Self.distinctMax)
        codes.withUnsafeBufferPointer { for code in $0 { isUsed[Int(code)] = true } }
        let order = distinct.indices.filter { isUsed[$0] }
            .sorted { distinct[$0].isTotallyOrdered(belowOrEqualTo: distinct[$1]) }
        guard !order.elementsEqual(distinct.indices) else { return self }
        var renamed = [UInt8](repeating: 0, count: Self.distinctMax)
        for (place, code) in order.enumerated() { renamed[code] = UInt8(place) }
        let old = codes
        return RatingValues(
            distinct: FrozenArray(order.map { distinct[$0] }),
            codes: FrozenArray(count: old.count) { target in
                old.withUnsafeBufferPointer { old in
                    for entry in old.indices { target[entry] = renamed[Int(old[entry])] }
                }
            })
    }

    private func canonicalPlain() -> RatingValues {
        var different: Set<UInt32> = []
        for value in plain {
            different.insert(value.bitPattern)
            if different.count > Self.distinctMax { return self }
        }
        return RatingValues(plain)
    }
}
