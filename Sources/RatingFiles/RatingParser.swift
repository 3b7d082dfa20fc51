// SPDX-License-Identifier: GPL-3.0-or-later

import Ratings

/// Turns the lines of ratings files into columns, numbering users and items through token tables.
///
/// Where a table is closed (it came from a users or movies file), a token it lacks is a bad line;
/// where it is open, a new token gets the next number.
struct RatingParser {
    /// The tokens of the users so far.
    private(set) var users: TokenTable
    /// The tokens of the items so far.
    private(set) var items: TokenTable
    /// The range that the format declares, or nil where the data decides.
    let scale: RatingScale?
    /// Where closed tables come from, for messages, for example `users.dat`; nil: open.
    let usersSource: String?
    let itemsSource: String?
    /// The lines seen so far, headers apart.
    private(set) var lineCount = 0

    init(
        users: TokenTable = TokenTable(), usersSource: String? = nil,
        items: TokenTable = TokenTable(), itemsSource: String? = nil, scale: RatingScale? = nil
    ) {
        self.users = users
        self.usersSource = usersSource
        self.items = items
        self.itemsSource = itemsSource
        self.scale = scale
    }

    /// Parses one whole file into `sink`; bad lines go to `ledger`.
    ///
    /// `layout` tells from the first line what the fields mean. Throws when there is no line.
    mutating func parse(
        _ path: String, into sink: inout some RatingSink & ~Copyable,
        ledger: inout BadLineLedger,
        layout: (UnsafeBufferPointer<UInt8>) throws(ReadError) -> RatingLayout
    ) throws(ReadError) {
        var lines = try FileLines(path, followsLinks: ledger.followsLinks)
        guard var cursor = try lines.next() else { throw .empty(path: path) }
        var peek = cursor
        guard let first = peek.next() else { throw .empty(path: path) }
        let layout = try layout(first)
        if layout.hasHeader { cursor = peek }
        var splitter = LineSplitter(layout.delimiter)
        var parsedCount = 0
        while true {
            try ledger.goOn()
            if let most = ledger.ratingsMax, parsedCount > most {
                throw .tooManyRatings(path: path, most: most)
            }
            while let line = cursor.next() {
                lineCount += 1
                do {
                    try splitter.split(line)
                    try append(splitter, layout: layout, to: &sink)
                    parsedCount += 1
                } catch {
                    try ledger.record(error, file: path, line: cursor.line, bytes: line)
                }
            }
            guard let next = try lines.next() else { break }
            cursor = next
        }
        if let most = ledger.ratingsMax, parsedCount > most {
            throw .tooManyRatings(path: path, most: most)
        }
        guard parsedCount > 0 else {
            throw .nothingLeft(path: path, sample: ledger.samples.first)
        }
    }

    private mutating func append(
        _ fields: borrowing LineSplitter, layout: RatingLayout,
        to sink: inout some RatingSink & ~Copyable
    ) throws(LineFault) {
        guard fields.count == layout.fieldCount else {
            throw LineFault(
                .fieldCount, expected: "\(layout.fieldCount) fields: \(layout.shape)")
        }
        let value = try rating(fields[layout.ratingField])
        var timestamp: Int64 = 0
        if let field = layout.timestampField {
            guard let seconds = FieldNumber.seconds(fields[field]) else {
                throw LineFault(
                    .timestamp, found: BadLine.excerpt(fields[field]),
                    expected: "seconds since 1970, as in 978300760")
            }
            timestamp = seconds
        }
        // Both tokens are checked before either is added, so that a bad line adds nothing.
        let user = try known(
            fields[layout.userField], in: users, source: usersSource, fault: .unknownUser,
            encoding: layout.encoding)
        let item = try known(
            fields[layout.itemField], in: items, source: itemsSource, fault: .unknownItem,
            encoding: layout.encoding)
        sink.append(
            user: UserIndex(rawValue: user.number ?? Self.add(user.token, to: &users)),
            item: ItemIndex(rawValue: item.number ?? Self.add(item.token, to: &items)),
            value: value, timestamp: timestamp)
    }

    private func rating(_ field: LineSplitter.Field) throws(LineFault) -> Float {
        guard let decimal = FieldNumber.decimal(field), Float(decimal).isFinite else {
            throw LineFault(
                .rating, found: BadLine.excerpt(field), expected: "a decimal number, as in 4 or 3.5"
            )
        }
        let value = Float(decimal)
        if let scale, !scale.contains(value) {
            throw LineFault(
                .ratingRange, found: BadLine.excerpt(field),
                expected: "\(scale.minimum) to \(scale.maximum)")
        }
        return value
    }

    /// The number of a token, or the checked token that is to get one.
    private func known(
        _ field: LineSplitter.Field, in table: TokenTable, source: String?, fault: LineProblem,
        encoding: TextEncoding
    ) throws(LineFault) -> (number: Int32?, token: String) {
        if let number = table.find(field) { return (number, "") }
        var token = try IdentifierField.text(field, encoding: encoding)
        // Tables hold UTF-8: a Latin-1 token may be known under its other bytes.
        if let number = token.withUTF8(table.find) { return (number, "") }
        if let source {
            throw LineFault(
                fault, found: BadLine.excerpt(field), expected: "an identifier listed in \(source)")
        }
        return (nil, token)
    }

    private static func add(_ token: String, to table: inout TokenTable) -> Int32 {
        var token = token
        return token.withUTF8 { table.insert($0) }
    }
}
