// SPDX-License-Identifier: GPL-3.0-or-later

import Ratings

/// How a generation's data lies in its section file.
///
/// | section | content |
/// |---|---|
/// | `name`, `users`, `items`, `titles`, `genres`, `attributes` | texts: the data's name; identifiers; titles; the distinct genres in order of first use; attribute names |
/// | `synthetic` | UInt8: 1 when the data was made up |
/// | `scale` | Float: lowest and highest rating |
/// | `item-years` | Int32 per item; -2³¹ where unknown |
/// | `item-genre-ends`, `item-genres` | Int64 per item, Int32: positions in `genres` |
/// | `attribute-N-categories`, `attribute-N-codes` | texts; Int32 per user, -1 where unknown |
/// | `rating-offsets`, `rating-items`, `rating-values`, `rating-times` | Int64 per user and one more, Int32, Float, Int64: the ratings by user, then item |
///
/// Equal data gives equal bytes, so the file's hash is the data's.
enum GenerationDataFile {
    private static let unknownYear = Int32.min

    /// The file's content.
    static func encode(_ data: GenerationData) -> [UInt8] {
        var file = SectionFileBuilder()
        file.add("name", texts: [data.name])
        file.add("synthetic", [UInt8(data.isSynthetic ? 1 : 0)])
        file.add("scale", [data.scale.minimum, data.scale.maximum])
        file.add("users", texts: data.users.ids.map(\.token))
        file.add("attributes", texts: data.users.attributes.map(\.name))
        for (number, attribute) in data.users.attributes.enumerated() {
            file.add("attribute-\(number)-categories", texts: attribute.categories)
            file.add("attribute-\(number)-codes", attribute.codes)
        }
        encode(data.items, into: &file)
        let rows = data.matrix.byUser
        file.add("rating-offsets", rows.offsets.map(Int64.init))
        file.add("rating-items", Array(rows.columns))
        file.add("rating-values", Array(rows.values))
        file.add("rating-times", Array(data.matrix.timestamps))
        return file.bytes
    }

    private static func encode(_ items: Catalogue, into file: inout SectionFileBuilder) {
        file.add("items", texts: items.items.map(\.id.token))
        file.add("titles", texts: items.items.map(\.title))
        file.add(
            "item-years", items.items.map { $0.year.map { Int32(clamping: $0) } ?? unknownYear })
        var genres: [String] = []
        var codes: [String: Int32] = [:]
        var itemGenres: [Int32] = []
        var ends: [Int64] = []
        for item in items.items {
            for genre in item.genres {
                if let code = codes[genre] {
                    itemGenres.append(code)
                } else {
                    let code = Int32(genres.count)
                    genres.append(genre)
                    codes[genre] = code
                    itemGenres.append(code)
                }
            }
            ends.append(Int64(itemGenres.count))
        }
        file.add("genres", texts: genres)
        file.add("item-genre-ends", ends)
        file.add("item-genres", itemGenres)
    }

    /// The data in a file's content; every contradiction is an error, never a trap.
    static func decode(_ bytes: [UInt8]) throws(SectionFileError) -> GenerationData {
        let file = try SectionFile(bytes)
        let names = try file.texts("name")
        let synthetic = try file.array("synthetic", of: UInt8.self)
        let scale = try file.array("scale", of: Float.self)
        guard names.count == 1, synthetic.count == 1, scale.count == 2,
            scale[0].isFinite, scale[1].isFinite, scale[0] <= scale[1]
        else { throw SectionFileError("its name, origin or rating scale is invalid") }
        let users = try decodeUsers(file)
        let items = try decodeItems(file)
        return GenerationData(
            name: names[0], isSynthetic: synthetic[0] == 1, users: users, items: items,
            matrix: try decodeRatings(file, userCount: users.count, itemCount: items.count),
            scale: RatingScale(minimum: scale[0], maximum: scale[1]))
    }

    private static func decodeUsers(_ file: SectionFile) throws(SectionFileError) -> UserTable {
        let tokens = try file.texts("users")
        let ids = tokens.compactMap(UserID.init)
        guard ids.count == tokens.count, Set(ids).count == ids.count else {
            throw SectionFileError("its user identifiers are invalid or not distinct")
        }
        var attributes: [UserAttribute] = []
        for (number, name) in try file.texts("attributes").enumerated() {
            let categories = try file.texts("attribute-\(number)-categories")
            let codes = try file.array("attribute-\(number)-codes", of: Int32.self)
            guard codes.count == ids.count,
                codes.allSatisfy({ $0 >= -1 && $0 < categories.count })
            else { throw SectionFileError("attribute \(name) is invalid") }
            attributes.append(UserAttribute(name: name, categories: categories, codes: codes))
        }
        return UserTable(ids, attributes: attributes)
    }

    private static func decodeItems(_ file: SectionFile) throws(SectionFileError) -> Catalogue {
        let tokens = try file.texts("items")
        let ids = tokens.compactMap(ItemID.init)
        let titles = try file.texts("titles")
        let years = try file.array("item-years", of: Int32.self)
        let genres = try file.texts("genres")
        let ends = try file.array("item-genre-ends", of: Int64.self)
        let itemGenres = try file.array("item-genres", of: Int32.self)
        guard ids.count == tokens.count, Set(ids).count == ids.count else {
            throw SectionFileError("its item identifiers are invalid or not distinct")
        }
        guard titles.count == ids.count, years.count == ids.count, ends.count == ids.count,
            ends.last ?? 0 == itemGenres.count, zip([0] + ends, ends).allSatisfy(<=),
            itemGenres.allSatisfy({ $0 >= 0 && $0 < genres.count })
        else { throw SectionFileError("its titles, years and genres do not fit its items") }
        var items: [Item] = []
        items.reserveCapacity(ids.count)
        var start = 0
        for (position, id) in ids.enumerated() {
            let end = Int(ends[position])
            let year = years[position]
            items.append(
                Item(
                    id: id, title: titles[position],
                    genres: itemGenres[start..<end].map { genres[Int($0)] },
                    year: year == unknownYear ? nil : Int(year)))
            start = end
        }
        return Catalogue(items)
    }

    private static func decodeRatings(
        _ file: SectionFile, userCount: Int, itemCount: Int
    ) throws(SectionFileError) -> RatingMatrix {
        let offsets = try file.array("rating-offsets", of: Int64.self).map(Int.init)
        let items = try file.array("rating-items", of: Int32.self)
        let values = try file.array("rating-values", of: Float.self)
        let times = try file.array("rating-times", of: Int64.self)
        guard offsets.count == userCount + 1, offsets.first == 0, offsets.last == items.count,
            values.count == items.count, times.count == items.count,
            zip(offsets, offsets.dropFirst()).allSatisfy(<=),
            values.allSatisfy(\.isFinite),
            hasAscendingRows(items, offsets: offsets, itemCount: itemCount)
        else { throw SectionFileError("its ratings contradict each other") }
        return RatingMatrix(
            byUser: SparseRows(
                columnCount: itemCount, offsets: offsets, columns: FrozenArray(items),
                values: RatingValues(values)),
            timestamps: RatingTimes(times))
    }

    /// Whether each row's items ascend strictly within 0 ..< itemCount.
    private static func hasAscendingRows(
        _ items: [Int32], offsets: [Int], itemCount: Int
    ) -> Bool {
        items.withUnsafeBufferPointer { items in
            for row in 0..<offsets.count - 1 {
                var earlier: Int32 = -1
                for entry in offsets[row]..<offsets[row + 1] {
                    guard items[entry] > earlier else { return false }
                    earlier = items[entry]
                }
                guard Int(earlier) < itemCount else { return false }
            }
            return true
        }
    }
}
