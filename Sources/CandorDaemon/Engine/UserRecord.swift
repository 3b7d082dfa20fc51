// SPDX-License-Identifier: GPL-3.0-or-later

import CandorProtocol
import Ratings

/// One record of what is held of a user, as EXPORT lists it.
struct UserRecord: Sendable {
    /// What a record tells.
    enum Kind: String {
        case attribute, rating, replaced, change, generation, derived
    }

    /// The table's columns.
    static let columns = [
        "record", "origin", "name", "value", "item", "title", "rating", "time", "date", "sequence",
        "recorded",
    ]
    /// More than the status line, or all of a JSON reply around its rows, can take.
    static let statusBytesMax = 4096

    let kind: Kind
    let origin: String
    let name: String?
    let value: String?
    let item: String?
    let title: String?
    let rating: Float?
    let timestampSeconds: Int64?
    let sequence: Int64?
    let recordedAtSeconds: Int64?

    init(
        _ kind: Kind, origin: String, name: String? = nil, value: String? = nil,
        item: String? = nil, title: String? = nil, rating: Float? = nil,
        timestampSeconds: Int64? = nil, sequence: Int64? = nil, recordedAtSeconds: Int64? = nil
    ) {
        self.kind = kind
        self.origin = origin
        self.name = name
        self.value = value
        self.item = item
        self.title = title
        self.rating = rating
        self.timestampSeconds = timestampSeconds
        self.sequence = sequence
        self.recordedAtSeconds = recordedAtSeconds
    }

    /// The record as a row of the table; times that are unknown (0) are missing.
    var row: [Value] {
        func text(_ text: String?) -> Value { text.map { .text($0) } ?? .missing }
        func integer(_ number: Int64?) -> Value { number.map { .integer(Int($0)) } ?? .missing }
        let time = timestampSeconds.flatMap { $0 == 0 ? nil : $0 }
        let date = time.flatMap { CalendarDate(unixSeconds: $0) }
        return [
            .text(kind.rawValue), .text(origin), text(name), text(value), text(item), text(title),
            rating.map { .number(Double($0)) } ?? .missing, integer(time), text(date?.description),
            integer(sequence), integer(recordedAtSeconds),
        ]
    }

    /// At least what the row takes in any format.
    ///
    /// A byte of text is at most 10 when it is escaped; JSON adds 150 for the columns' names, and
    /// numbers take under 20 each.
    var byteCountMax: Int {
        let texts = [origin, name, value, item, title].reduce(0) { $0 + ($1?.utf8.count ?? 0) }
        return 300 + 10 * texts
    }
}
