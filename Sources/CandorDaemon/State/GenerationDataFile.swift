// SPDX-License-Identifier: GPL-3.0-or-later

import RatingFiles
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
/// | `rating-offsets`, `rating-items` | Int64 per user and one more, Int32: the rated items by user, then item |
/// | `rating-distinct`, `rating-codes`, `rating-values` | Float, UInt8, Float: the ratings' values as `RatingValues` has them, either coded or plain |
/// | `rating-times`, `rating-times-long` | UInt32, Int64: when they were given as `RatingTimes` has it, either short or long |
///
/// Equal data gives equal bytes, so the file's hash is the data's.
enum GenerationDataFile {
    private static let unknownYear = Int32.min

    /// Writes the file, which must not exist, and flushes it.
    ///
    /// Returns its length and its hash in hexadecimal. O(ratings); memory for users and items alone.
    static func write(
        _ data: GenerationData, to path: String
    ) throws(FileError) -> (byteCount: Int, hash: String) {
        let file = encode(data)
        let hash = try DurableFile.create(path) { write throws(FileError) in try file.write(write) }
        return (file.byteCount, ContentHash.text(hash))
    }

    /// The file, ready to be written.
    static func encode(_ data: GenerationData) -> SectionFileBuilder {
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
        file.add("rating-items", rows.columns)
        file.add("rating-distinct", rows.values.distinct)
        file.add("rating-codes", rows.values.codes)
        file.add("rating-values", rows.values.plain)
        file.add("rating-times", data.matrix.timestamps.short)
        file.add("rating-times-long", data.matrix.timestamps.long)
        return file
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
    ///
    /// The ratings stay where the file has them. `isWanted` is asked between the passes over users,
    /// items and ratings; false ends it with `SectionFileError.cancelled`.
    static func decode(
        _ file: SectionFile, isWanted: () -> Bool = { true }
    ) throws(SectionFileError) -> GenerationData {
        func goOn() throws(SectionFileError) {
            guard isWanted() else { throw .cancelled }
        }
        let names = try file.texts("name")
        let synthetic = try file.array("synthetic", of: UInt8.self)
        let scale = try file.array("scale", of: Float.self)
        guard names.count == 1, synthetic.count == 1, scale.count == 2,
            scale[0].isFinite, scale[1].isFinite, scale[0] <= scale[1]
        else { throw SectionFileError("its name, origin or rating scale is invalid") }
        try goOn()
        let users = try decodeUsers(file)
        try goOn()
        let items = try decodeItems(file)
        try goOn()
        let matrix = try decodeRatings(file, userCount: users.count, itemCount: items.count)
        try goOn()
        return GenerationData(
            name: names[0], isSynthetic: synthetic[0] == 1, users: users, items: items,
            matrix: matrix,
            scale: RatingScale(minimum: scale[0], maximum: scale[1]))
    }

    /// How many ratings of `user` a file's content has; nil when it does not know the user.
    static func ratingCount(
        of user: UserID, in file: SectionFile
    ) throws(SectionFileError) -> Int? {
        let tokens = try file.texts("users")
        guard let place = tokens.firstIndex(of: user.token) else { return nil }
        let offsets = try file.array("rating-offsets", of: Int64.self)
        guard offsets.count == tokens.count + 1, offsets[place + 1] >= offsets[place] else {
            throw SectionFileError("its ratings contradict each other")
        }
        return Int(offsets[place + 1] - offsets[place])
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
            attributes.append(
                UserAttribute(name: name, categories: categories, codes: Array(codes)))
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
            ends.last ?? 0 == itemGenres.count, zip([0] + Array(ends), ends).allSatisfy(<=),
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
        let offsets = try file.array("rating-offsets", of: Int64.self).map { Int($0) }
        let items = try file.array("rating-items", of: Int32.self)
        let values = try decodeValues(file)
        let times = try decodeTimes(file)
        guard offsets.count == userCount + 1, offsets.first == 0, offsets.last == items.count,
            values.count == items.count, times.count == items.count,
            zip(offsets, offsets.dropFirst()).allSatisfy(<=),
            hasAscendingRows(items, offsets: offsets, itemCount: itemCount)
        else { throw SectionFileError("its ratings contradict each other") }
        return RatingMatrix(
            byUser: SparseRows(
                columnCount: itemCount, offsets: offsets, columns: items, values: values),
            timestamps: times)
    }

    private static func decodeValues(_ file: SectionFile) throws(SectionFileError) -> RatingValues {
        let distinct = try file.array("rating-distinct", of: Float.self)
        let codes = try file.array("rating-codes", of: UInt8.self)
        let plain = try file.array("rating-values", of: Float.self)
        let highest = codes.withUnsafeBufferPointer { $0.max() }
        guard codes.isEmpty || plain.isEmpty, distinct.allSatisfy(\.isFinite),
            plain.withUnsafeBufferPointer({ $0.allSatisfy(\.isFinite) }),
            distinct.count <= RatingValues.distinctMax, highest.map({ $0 < distinct.count }) ?? true
        else { throw SectionFileError("its ratings contradict each other") }
        return plain.isEmpty
            ? RatingValues(distinct: distinct, codes: codes) : RatingValues(plain: plain)
    }

    private static func decodeTimes(_ file: SectionFile) throws(SectionFileError) -> RatingTimes {
        let short = try file.array("rating-times", of: UInt32.self)
        let long = try file.array("rating-times-long", of: Int64.self)
        guard short.isEmpty || long.isEmpty else {
            throw SectionFileError("its ratings contradict each other")
        }
        return long.isEmpty ? RatingTimes(short: short) : RatingTimes(long: long)
    }

    /// Whether each row's items ascend strictly within 0 ..< itemCount.
    private static func hasAscendingRows(
        _ items: FrozenArray<Int32>, offsets: [Int], itemCount: Int
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
