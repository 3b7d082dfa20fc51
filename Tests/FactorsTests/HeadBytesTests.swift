// SPDX-License-Identifier: GPL-3.0-or-later

import Factors
import Ratings
import Testing

@Suite("Head bytes")
struct HeadBytesTests {
    private let ranking = RankingHead(
        itemFactors: SmallData.factors([[1, -2], [0.5, 0], [0, 0]]), ratedItemCount: 2,
        meanActivity: 20.5, scale: RatingScale(minimum: 0.5, maximum: 5),
        options: RankingHeadOptions(factors: 2, sweeps: 3, seed: 4))

    @Test("the layout is the documented one, byte for byte")
    func layout() {
        let ranked = ranking.factorBytes
        #expect(ranked.count == 8 + 5 * 8 + 2 * 4 + 9 * 8 + 6 * 4)
        #expect(Array(ranked[..<8]) == Array("CRNK".utf8) + [2, 0, 0, 0])
        // 0.75 is 0x3FE8000000000000, 20.5 is 0x4034800000000000.
        #expect(
            Array(ranked[112..<128])
                == [0, 0, 0, 0, 0, 0, 0xE8, 0x3F, 0, 0, 0, 0, 0, 0x80, 0x34, 0x40])
    }

    @Test("what is written is read back as the same head")
    func roundTrip() throws {
        #expect(try RankingHead(factorBytes: ranking.factorBytes) == ranking)
        let data = SmallData.random(users: 20, items: 15, density: 0.5, seed: 9)
        let trained = try RankingTrainer.train(data, scale: SmallData.scale)
        #expect(try RankingHead(factorBytes: trained.factorBytes) == trained)
    }

    @Test("a head of no items is read back too")
    func noItems() throws {
        let empty = RankingHead(
            itemFactors: FactorMatrix(rowCount: 0, columnCount: 2), ratedItemCount: 0,
            meanActivity: 1, scale: SmallData.scale, options: RankingHeadOptions(factors: 2))
        #expect(try RankingHead(factorBytes: empty.factorBytes) == empty)
    }

    @Test("every shorter or longer run of bytes is refused")
    func lengths() {
        let bytes = ranking.factorBytes
        for count in 0..<bytes.count {
            #expect(throws: HeadBytesError.self) {
                try RankingHead(factorBytes: Array(bytes[..<count]))
            }
        }
        #expect(
            throws: HeadBytesError.wrongLength(expected: bytes.count, actual: bytes.count + 1)
        ) { try RankingHead(factorBytes: bytes + [0]) }
    }

    private func changed(_ bytes: [UInt8], at offset: Int, to new: [UInt8]) -> [UInt8] {
        Array(bytes[..<offset]) + new + Array(bytes[(offset + new.count)...])
    }

    @Test("wrong kinds, layouts, sizes and numbers are told apart")
    func refused() {
        let bytes = ranking.factorBytes
        let all255 = [UInt8](repeating: 255, count: 8)
        let cases: [([UInt8], HeadBytesError)] = [
            (changed(bytes, at: 0, to: [0]), .notThisHead(expected: "ranking")),
            (changed(bytes, at: 4, to: [1]), .unknownLayout(version: 1)),
            (changed(bytes, at: 8, to: all255), .invalidField(name: "item count")),
            (changed(bytes, at: 16, to: all255), .invalidField(name: "factor count")),
            (changed(bytes, at: 16, to: [0]), .invalidField(name: "factor count")),
            (
                changed(bytes, at: bytes.count - 4, to: [0, 0, 128, 127]),
                .notFinite(name: "item factors")
            ),
        ]
        for (bytes, expected) in cases {
            #expect(throws: expected) { try RankingHead(factorBytes: bytes) }
            #expect(!expected.description.isEmpty)
        }
        let ranked: [([UInt8], String)] = [
            (changed(ranking.factorBytes, at: 24, to: [9]), "rated item count"),
            (changed(ranking.factorBytes, at: 118, to: [0xE7]), "options"),
            (changed(ranking.factorBytes, at: 127, to: [0xC0]), "options"),
        ]
        for (bytes, name) in ranked {
            #expect(throws: HeadBytesError.invalidField(name: name)) {
                try RankingHead(factorBytes: bytes)
            }
        }
    }
}
