// SPDX-License-Identifier: GPL-3.0-or-later

import CKernels
import Testing

/// The selection over panels, on every instruction set of this processor, against plain loops.
@Suite("Panel kernels")
struct PanelKernelTests {
    /// A catalogue in panels, and users' vectors, of random integers.
    private struct Catalogue {
        let panelCount: Int
        let pairCount: Int
        let rows: [Int16]
        let bases: [Float]
        let vectors: [[Int16]]
        let excluded: [UInt16]

        init(panels: Int, pairs: Int, users: Int, seed: UInt64) {
            var random = TestRandom(seed)
            // 2 · pairs squares of at most 2¹⁵ / √(2 · pairs) each sum to at most 2³⁰.
            let largest = 32_768 / Double(2 * pairs).squareRoot() - 1
            func integers(_ count: Int) -> [Int16] {
                (0..<count).map { _ in Int16(random.uniform() * largest) }
            }
            panelCount = panels
            pairCount = pairs
            rows = integers(panels * pairs * 32)
            vectors = (0..<users).map { _ in integers(2 * pairs) }
            // Few distinct bases, so that they matter as much as the products.
            bases = (0..<16 * panels).map { _ in Float(Int.random(in: 0..<3, using: &random)) }
            excluded = (0..<panels).map { _ in
                UInt16.random(in: 0...UInt16.max, using: &random)
                    & UInt16.random(in: 0...UInt16.max, using: &random)
            }
        }

        /// A panel of the given rows and one user of the given vector.
        init(pairs: Int, rows: [Int16], vector: [Int16]) {
            panelCount = 1
            pairCount = pairs
            self.rows = rows
            bases = [Float](repeating: 0, count: 16)
            vectors = [vector]
            excluded = [0]
        }

        func sum(_ slot: Int, _ user: Int) -> Int32 {
            (0..<2 * pairCount).reduce(0) { sum, column in
                let panel = slot / 16 * pairCount * 32
                let element = panel + column / 2 * 32 + slot % 16 * 2 + column % 2
                return sum + Int32(rows[element]) * Int32(vectors[user][column])
            }
        }

        func isExcluded(_ slot: Int) -> Bool { excluded[slot / 16] >> (slot % 16) & 1 == 1 }
    }

    private struct Found: Equatable {
        let slot: Int32
        let score: Float
    }

    private let scale: Float = 0x1p-29

    private static var instructionSets: [kernel_instructions] {
        (0...kernel_best_instructions().rawValue).map { kernel_instructions(rawValue: $0) }
    }

    private func expected(
        _ catalogue: Catalogue, _ user: Int, wanted: Int, margin: Float
    ) -> [Found] {
        let all = (0..<16 * catalogue.panelCount).filter { !catalogue.isExcluded($0) }.map { slot in
            Found(
                slot: Int32(slot),
                score: scale * Float(catalogue.sum(slot, user)) + catalogue.bases[slot])
        }
        let last = all.map(\.score).sorted(by: >)[wanted - 1]
        return all.filter { $0.score >= last - margin }
    }

    /// What the kernel finds for each user; panels from `end` on are bounded by nothing.
    private func selected(
        _ catalogue: Catalogue, wanted: Int, margin: Float, _ instructions: kernel_instructions,
        end: Int = .max
    ) -> [[Found]] {
        let slots = 16 * catalogue.panelCount
        let bounds = (0..<catalogue.panelCount).map { $0 < end ? Float(4) : -100 }
        let norms = [Float](repeating: 0, count: catalogue.panelCount)
        return catalogue.excluded.withUnsafeBufferPointer { excluded in
            var queries = catalogue.vectors.map { vector in
                let copy = UnsafeMutablePointer<Int16>.allocate(capacity: vector.count)
                copy.initialize(from: vector, count: vector.count)
                return kernel_query(
                    vector: copy, excluded: excluded.baseAddress, scale: scale, norm: 1,
                    margin: margin, wanted: wanted, heap: .allocate(capacity: wanted),
                    slots: .allocate(capacity: slots), scores: .allocate(capacity: slots),
                    found: 99, threshold: 99)
            }
            catalogue.rows.withUnsafeBufferPointer { rows in
                catalogue.bases.withUnsafeBufferPointer { bases in
                    bounds.withUnsafeBufferPointer { bounds in
                        norms.withUnsafeBufferPointer { norms in
                            var panels = kernel_panels(
                                rows: rows.baseAddress, bases: bases.baseAddress,
                                base_bounds: bounds.baseAddress, norm_bounds: norms.baseAddress,
                                panel_count: catalogue.panelCount,
                                pair_count: catalogue.pairCount)
                            kernel_select(&panels, &queries, queries.count, instructions)
                        }
                    }
                }
            }
            return queries.map { query in
                defer {
                    query.vector.deallocate()
                    query.heap.deallocate()
                    query.slots.deallocate()
                    query.scores.deallocate()
                }
                return (0..<query.found).map {
                    Found(slot: query.slots[$0], score: query.scores[$0])
                }
            }
        }
    }

    @Test(
        "every instruction set finds what plain loops find, bit for bit",
        arguments: [(1, 1), (2, 3), (5, 8), (9, 40), (30, 33)], [1, 3, 4, 13, 32])
    func equalsPlain(size: (panels: Int, pairs: Int), users: Int) {
        let catalogue = Catalogue(
            panels: size.panels, pairs: size.pairs, users: users, seed: UInt64(size.pairs))
        let candidates = (0..<16 * size.panels).count { !catalogue.isExcluded($0) }
        for wanted in Set([1, 2, 10, candidates]) where wanted <= candidates {
            for margin: Float in [0, 0.1, 10] {
                let expected = (0..<users).map {
                    self.expected(catalogue, $0, wanted: wanted, margin: margin)
                }
                for set in Self.instructionSets {
                    let found = selected(catalogue, wanted: wanted, margin: margin, set)
                    #expect(found == expected)
                }
            }
        }
    }

    @Test("panels that are bounded below the threshold are not read", arguments: [1, 6])
    func bounded(users: Int) {
        let catalogue = Catalogue(panels: 8, pairs: 5, users: users, seed: 4)
        for set in Self.instructionSets {
            let found = selected(catalogue, wanted: 3, margin: 0.5, set, end: 3)
            #expect(found.allSatisfy { $0.allSatisfy { $0.slot < 48 } && $0.count >= 3 })
            // With everything wanted nothing can be left out.
            let candidates = (0..<128).count { !catalogue.isExcluded($0) }
            let all = selected(catalogue, wanted: candidates, margin: 0, set, end: 3)
            #expect(all.allSatisfy { $0.count == candidates })
        }
    }

    @Test("the longest vectors allowed do not overflow")
    func longest() {
        // One column of ±2¹⁵ − 1 on both sides, and all columns equal.
        for set in Self.instructionSets {
            for pairs in [1, 200] {
                let value = Int16(32_767 / Double(2 * pairs).squareRoot())
                let rows = (0..<pairs * 32).map { $0 % 4 < 2 ? value : -value }
                let catalogue = Catalogue(
                    pairs: pairs, rows: rows, vector: [Int16](repeating: value, count: 2 * pairs))
                let found = selected(catalogue, wanted: 1, margin: 100, set)[0]
                #expect(found == expected(catalogue, 0, wanted: 1, margin: 100))
                #expect(found.map(\.score).max() ?? 0 > 1)
            }
        }
    }
}
