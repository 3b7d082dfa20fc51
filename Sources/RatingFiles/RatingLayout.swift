// SPDX-License-Identifier: GPL-3.0-or-later

/// Which field of a ratings line means what.
struct RatingLayout: Sendable, Equatable {
    let delimiter: FieldDelimiter
    let fieldCount: Int
    let userField: Int
    let itemField: Int
    let ratingField: Int
    let timestampField: Int?
    let hasHeader: Bool
    let encoding: TextEncoding
    /// A whole line in words, for messages: `user::item::rating::timestamp`.
    let shape: String

    /// `user, item, rating[, timestamp]` in this order.
    init(
        _ delimiter: FieldDelimiter, fieldCount: Int, encoding: TextEncoding = .utf8
    ) {
        self.delimiter = delimiter
        self.fieldCount = fieldCount
        self.encoding = encoding
        userField = 0
        itemField = 1
        ratingField = 2
        timestampField = fieldCount > 3 ? 3 : nil
        hasHeader = false
        shape = ["user", "item", "rating", "timestamp"].prefix(fieldCount)
            .joined(separator: delimiter.shown)
    }

    private init(_ delimiter: FieldDelimiter, header: Header, names: [String]) {
        self.delimiter = delimiter
        encoding = .utf8
        fieldCount = names.count
        userField = header.user
        itemField = header.item
        ratingField = header.rating
        timestampField = header.timestamp
        hasHeader = true
        shape = names.joined(separator: delimiter.shown)
    }
}

extension RatingLayout {
    /// Reads the layout off the first line of a ratings file.
    ///
    /// The delimiter is `::`, else a tab, else a comma, whichever the line has first. A line that
    /// names columns for user, item and rating is a header, whatever their order and whatever else
    /// it names; else the line must have three or four fields and all others as many.
    static func detect(
        firstLine: UnsafeBufferPointer<UInt8>, path: String
    ) throws(ReadError) -> RatingLayout {
        let delimiter = delimiter(of: firstLine)
        let names = SideTable.columnNames(in: firstLine, delimiter: delimiter ?? .comma)
        if let delimiter, let header = Header(names) {
            return RatingLayout(delimiter, header: header, names: names)
        }
        guard let delimiter, names.count == 3 || names.count == 4, isDecimal(names[2]) else {
            throw .header(
                path: path, found: BadLine.excerpt(firstLine),
                expected: "user, item, rating and optionally timestamp with commas, tabs or '::' "
                    + "between them, or their names")
        }
        return RatingLayout(
            delimiter, fieldCount: names.count,
            encoding: delimiter == .doubleColon ? .utf8OrLatin1 : .utf8)
    }

    /// Reads the layout off a header line, which must name the columns for user, item and rating;
    /// `expected` says so in an error.
    static func header(
        _ line: UnsafeBufferPointer<UInt8>, delimiter: FieldDelimiter, path: String,
        expected: String
    ) throws(ReadError) -> RatingLayout {
        let names = SideTable.columnNames(in: line, delimiter: delimiter)
        guard let header = Header(names) else {
            throw .header(path: path, found: BadLine.excerpt(line), expected: expected)
        }
        return RatingLayout(delimiter, header: header, names: names)
    }

    private static func isDecimal(_ text: String) -> Bool {
        var text = text
        return text.withUTF8(FieldNumber.decimal) != nil
    }

    private static func delimiter(of line: UnsafeBufferPointer<UInt8>) -> FieldDelimiter? {
        if zip(line, line.dropFirst()).contains(where: { $0 == 0x3A && $1 == 0x3A }) {
            return .doubleColon
        }
        if line.contains(0x09) { return .tab }
        return line.contains(0x2C) ? .comma : nil
    }

    /// The columns that a header line names.
    private struct Header {
        let user: Int
        let item: Int
        let rating: Int
        let timestamp: Int?

        init?(_ names: [String]) {
            // RecBole appends the type, as in `user_id:token`.
            let plain = names.map { name in
                name.lowercased().prefix { $0 != ":" }.filter { $0 != "_" && $0 != " " }
            }
            func position(_ accepted: Set<String>) -> Int? {
                plain.firstIndex { accepted.contains($0) }
            }
            guard let user = position(["user", "userid", "uid"]),
                let item = position(["item", "itemid", "iid", "movie", "movieid"]),
                let rating = position(["rating", "score", "stars", "value"])
            else { return nil }
            self.user = user
            self.item = item
            self.rating = rating
            timestamp = position(["timestamp", "time", "ts"])
        }
    }
}
