// SPDX-License-Identifier: GPL-3.0-or-later

import Ratings

/// Writes ratings as the lines `user::item::rating::timestamp`.
struct RatingLines: ~Copyable, RatingSink {
    private var file: OutputFile
    private let users: TokenTable
    private let items: TokenTable
    /// The rating's text for the values met so far.
    private var texts: [Float: [UInt8]] = [:]
    /// The number of lines so far.
    private(set) var count = 0

    /// Lines of a new file at `path`, which name users and items by their identifiers.
    init(_ path: String, users: UserTable, items: Catalogue) throws(WriteError) {
        file = try OutputFile(path)
        // Because the identifiers of a table are distinct, the token tables are never nil.
        self.users = TokenTable(users.ids.lazy.map(\.token)) ?? TokenTable()
        self.items = TokenTable(items.items.lazy.map(\.id.token)) ?? TokenTable()
    }

    mutating func append(user: UserIndex, item: ItemIndex, value: Float, timestamp: Int64) {
        count += 1
        let text = text(of: value)
        // Two identifiers of 128 bytes, three separators, 15 for a Float, 20 for an Int64, one end.
        file.append(atMost: 298) { line in
            var end = Self.copy(users, user.rawValue, to: line)
            end = Self.copy(items, item.rawValue, to: Self.separate(end))
            end = Self.separate(end)
            end.update(from: text, count: text.count)
            end = Self.separate(end + text.count)
            end = Self.decimal(timestamp, to: end)
            end[0] = 0x0A
            return end + 1 - line
        }
    }

    /// Brings the lines to disk.
    consuming func finish() throws(WriteError) { try file.finish() }

    private mutating func text(of value: Float) -> [UInt8] {
        if let known = texts[value] { return known }
        let text = Int(exactly: value).map { "\($0)" } ?? value.description
        texts[value] = Array(text.utf8)
        return Array(text.utf8)
    }

    private static func copy(
        _ table: TokenTable, _ number: Int32, to target: UnsafeMutablePointer<UInt8>
    ) -> UnsafeMutablePointer<UInt8> {
        table.withBytes(of: number) { bytes in
            if let base = bytes.baseAddress { target.update(from: base, count: bytes.count) }
            return target + bytes.count
        }
    }

    private static func separate(
        _ target: UnsafeMutablePointer<UInt8>
    ) -> UnsafeMutablePointer<UInt8> {
        target[0] = 0x3A
        target[1] = 0x3A
        return target + 2
    }

    private static func decimal(
        _ number: Int64, to target: UnsafeMutablePointer<UInt8>
    ) -> UnsafeMutablePointer<UInt8> {
        var target = target
        if number < 0 {
            target[0] = 0x2D
            target += 1
        }
        var rest = number.magnitude
        var count = 1
        while rest >= 10 {
            rest /= 10
            count += 1
        }
        rest = number.magnitude
        for place in (0..<count).reversed() {
            target[place] = UInt8(0x30 + rest % 10)
            rest /= 10
        }
        return target + count
    }
}
