// SPDX-License-Identifier: GPL-3.0-or-later

import Ratings
import Testing

@testable import CandorDaemon

@Suite("GenerationDataFile")
struct GenerationDataFileTests {
    @Test("data reads back equal, and equal data gives equal bytes")
    func roundTrip() throws {
        let data = try Generation.sampleData()
        let bytes = GenerationDataFile.encode(data).bytes
        #expect(try GenerationDataFile.decode(bytes) == data)
        #expect(GenerationDataFile.encode(try Generation.sampleData()).bytes == bytes)
    }

    @Test("data without users, items and ratings reads back too")
    func roundTripOfNothing() throws {
        let data = GenerationData(
            Dataset(
                name: "", users: UserTable([]), items: Catalogue([]), ratings: RatingColumns(),
                scale: RatingScale(minimum: 1, maximum: 1)))
        #expect(try GenerationDataFile.decode(GenerationDataFile.encode(data).bytes) == data)
    }

    @Test("the order in which a source lists the ratings does not matter")
    func ignoresSourceOrder() throws {
        let data = try Generation.sampleData()
        let dataset = data.dataset()
        #expect(GenerationData(dataset) == data)
        let reversed = Dataset(
            name: dataset.name, isSynthetic: true, users: dataset.users, items: dataset.items,
            ratings: dataset.ratings.subset(Array((0..<dataset.ratings.count).reversed())),
            scale: dataset.scale)
        #expect(
            GenerationDataFile.encode(GenerationData(reversed)).bytes
                == GenerationDataFile.encode(data).bytes)
    }

    @Test("no single flipped bit makes reading trap: it throws, or gives valid other data")
    func survivesFlippedBits() throws {
        let bytes = GenerationDataFile.encode(try Generation.sampleData()).bytes
        var refused = 0
        for place in bytes.indices {
            var flipped = bytes
            flipped[place] ^= UInt8(1) << UInt8(place % 8)
            #expect(throws: SectionFileError.self) { try GenerationDataFile.decode(flipped) }
            // As if it had been written like this: with the hash that fits.
            flipped = SectionFile.sealed(flipped)
            do throws(SectionFileError) {
                let data = try GenerationDataFile.decode(flipped)
                #expect(data.matrix.userCount == data.users.count)
            } catch {
                refused += 1
            }
        }
        #expect(refused > 500)
    }

    @Test("contradictions between sections are refused and told")
    func refusesContradictions() throws {
        let whole = Contradictory()
        #expect(throws: Never.self) { try GenerationDataFile.decode(whole.bytes) }
        var twice = whole
        twice.users = ["a", "a"]
        #expect(reason(twice) == "its user identifiers are invalid or not distinct")
        var control = whole
        control.items = ["x", "\u{7}", "z"]
        #expect(reason(control) == "its item identifiers are invalid or not distinct")
        var scale = whole
        scale.scale = [5, .nan]
        #expect(reason(scale) == "its name, origin or rating scale is invalid")
        for change: (inout Contradictory) -> Void in [
            { $0.ratedItems = [0, 0, 1] }, { $0.ratedItems = [0, 3, 1] },
            { $0.ratedItems = [-1, 2, 1] }, { $0.offsets = [0, 4, 3] },
            { $0.offsets = [0, -1, 3] }, { $0.offsets = [0, 3] }, { $0.values = [1, .nan, 2] },
            { $0.values = [1] }, { $0.codes = [0, 0, 0] }, { $0.longTimes = [0, 0, 0] },
            { ($0.values, $0.codes) = ([], [0, 1, 2]) },
            { ($0.values, $0.codes, $0.distinct) = ([], [0, 1, 0], [1, .infinity]) },
        ] {
            var broken = whole
            change(&broken)
            #expect(reason(broken) == "its ratings contradict each other")
        }
    }

    private func reason(_ file: Contradictory) -> String? {
        do throws(SectionFileError) {
            _ = try GenerationDataFile.decode(file.bytes)
            return nil
        } catch {
            return error.reason
        }
    }

    /// A small file whose sections can be made to disagree.
    private struct Contradictory {
        var users = ["a", "b"]
        var items = ["x", "y", "z"]
        var scale: [Float] = [1, 5]
        var offsets: [Int64] = [0, 2, 3]
        var ratedItems: [Int32] = [0, 2, 1]
        var values: [Float] = [1, 2, 3]
        var distinct: [Float] = [1, 2]
        var codes: [UInt8] = []
        var longTimes: [Int64] = []

        var bytes: [UInt8] {
            var file = SectionFileBuilder()
            file.add("name", texts: ["broken"])
            file.add("synthetic", [UInt8(0)])
            file.add("scale", scale)
            file.add("users", texts: users)
            file.add("attributes", texts: [])
            file.add("items", texts: items)
            file.add("titles", texts: items)
            file.add("item-years", [Int32](repeating: 2000, count: items.count))
            file.add("genres", texts: [])
            file.add("item-genre-ends", [Int64](repeating: 0, count: items.count))
            file.add("item-genres", [Int32]())
            file.add("rating-offsets", offsets)
            file.add("rating-items", ratedItems)
            file.add("rating-values", values)
            file.add("rating-distinct", distinct)
            file.add("rating-codes", codes)
            file.add("rating-times", [UInt32](repeating: 0, count: ratedItems.count))
            file.add("rating-times-long", longTimes)
            return file.bytes
        }
    }
}
