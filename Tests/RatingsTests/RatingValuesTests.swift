// SPDX-License-Identifier: GPL-3.0-or-later

import Testing

@testable import Ratings

@Suite("RatingValues and RatingTimes")
struct RatingValuesTests {
    @Test("a few different values take a byte each, whatever order they come in")
    func coded() {
        let values: RatingValues = [4, 0.5, 4, -0.0, 0, 5]
        #expect(values.plain.isEmpty)
        #expect(values.distinct == [-0.0, 0, 0.5, 4, 5])
        #expect(values.codes == [3, 2, 3, 0, 1, 4])
        #expect(Array(values) == [4, 0.5, 4, 0, 0, 5])
        #expect(values.array(1..<4) == [0.5, 4, 0])
        #expect(values == [4, 0.5, 4, -0.0, 0, 5])
        #expect(values != [4, 0.5, 4, -0.0, 0, 4])
        #expect(RatingValues([]).isEmpty)
    }

    @Test("the 257th different value makes all of them plain, without loss", arguments: [256, 257])
    func manyDifferent(count: Int) {
        let all = (0..<3 * count).map { Float($0 % count) * 0.37 - 20 }
        let values = RatingValues(all)
        #expect(values.plain.isEmpty == (count == 256))
        #expect(Array(values) == all)
        #expect(values.array(5..<50) == Array(all[5..<50]))
        let plain = RatingValues(plain: FrozenArray(all))
        #expect(values == plain)
        #expect(plain.canonical().plain.isEmpty == (count == 256))
        #expect(Array(values.mapped { $0 * 2 }) == all.map { $0 * 2 })
    }

    @Test("the one form of values has exactly those that occur, ascending")
    func canonical() {
        let values = RatingValues(distinct: [5, 9, 1], codes: [2, 0, 0])
        #expect(Array(values) == [1, 5, 5])
        #expect(values.canonical().distinct == [1, 5])
        #expect(values.canonical().codes == [0, 1, 1])
        #expect(values.canonical() == values)
    }

    @Test("mapping coded values shares the codes and decodes to what the map gives")
    func mapped() {
        let rows = SparseRows(
            columnCount: 3, offsets: [0, 2, 3], columns: [0, 2, 1], values: [3, 4, 3])
        let squares = rows.mappingValues { $0 * $0 }
        #expect(squares.values == [9, 16, 9])
        #expect(squares.values.codes == rows.values.codes)
        #expect(squares.transposed().values == [9, 9, 16])
        #expect(rows.transposed().transposed() == rows)
    }

    @Test("times of 1970 to 2106 take four bytes, one other makes all of them long")
    func times() {
        let short: RatingTimes = [0, 978_300_760, Int64(UInt32.max)]
        #expect(short.long.isEmpty)
        #expect(Array(short) == [0, 978_300_760, Int64(UInt32.max)])
        for odd in [-1, Int64(UInt32.max) + 1, Int64.max] {
            let long: RatingTimes = [7, odd, 9]
            #expect(long.short.isEmpty)
            #expect(Array(long) == [7, odd, 9])
            #expect(long.array(1..<3) == [odd, 9])
            #expect(long.gathered([0, 2]).canonical() == [7, 9])
            #expect(long.gathered([0, 2]).canonical().long.isEmpty)
        }
    }

    @Test("a frozen array compares by content, copies ranges and outlives its copies")
    func frozenArray() {
        let array = FrozenArray<Int32>((0..<100).map { Int32($0 * $0) })
        #expect(array.count == 100)
        #expect(array[9] == 81)
        #expect(array.array(3..<6) == [9, 16, 25])
        #expect(Array(array[3..<6]) == [9, 16, 25])
        #expect(array.bytes.count == 400)
        let again = array.bytes.array(12..<24, of: Int32.self)
        #expect(again == [9, 16, 25])
        #expect(again != [9, 16, 26])
        #expect(FrozenArray<Int32>([]).isEmpty)
    }
}
