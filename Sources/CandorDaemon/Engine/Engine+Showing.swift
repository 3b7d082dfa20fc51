// SPDX-License-Identifier: GPL-3.0-or-later

import CandorProtocol
import Factors
import Ratings

extension Engine {
    func search(_ text: String, limit: Int) -> Reply {
        let found = serving.titles.search(text, limit: limit)
        let fields: [Reply.Field] = found.isEmpty ? [.init("short", .text("no-match"))] : []
        return Reply(
            fields, columns: ["item", "title", "year", "ratings"],
            rows: found.map { index in
                let item = serving.items[index]
                return [
                    .text(item.id.token), .text(item.title),
                    item.year.map { .integer($0) } ?? .missing,
                    .integer(serving.popularity.counts[index.position]),
                ]
            })
    }

    func showUser(_ token: String, limit: Int) throws(WireError) -> Reply {
        let user = servedUser(token)
        guard user.isKnown else { throw unknownUser(token) }
        let profile = user.profile
        var fields: [Reply.Field] = [
            .init("user", .text(token)), .init("source", .text(user.source.rawValue)),
            .init("ratings", .integer(profile.count)),
        ]
        if !profile.isEmpty {
            let sum = profile.values.reduce(0) { $0 + Double($1) }
            fields.append(.init("mean", .number(sum / Double(profile.count))))
        }
        if let index = UserID(token).flatMap(serving.users.index(of:)) {
            for attribute in serving.users.attributes {
                let label = attribute.label(of: index)
                fields.append(.init(attribute.name, label.map { .text($0) } ?? .missing))
            }
        }
        let order = profile.items.indices.sorted { left, right in
            if profile.values[left] != profile.values[right] {
                return profile.values[left] > profile.values[right]
            }
            if profile.timestamps[left] != profile.timestamps[right] {
                return profile.timestamps[left] > profile.timestamps[right]
            }
            return left < right
        }
        if order.count > limit { fields.append(.init("shown", .integer(limit))) }
        return Reply(
            fields, columns: ["item", "title", "rating", "date"],
            rows: order.prefix(limit).map { place in
                let item = serving.items[ItemIndex(rawValue: profile.items[place])]
                return [
                    .text(item.id.token), .text(item.title),
                    .number(Double(profile.values[place])),
                    CalendarDate(unixSeconds: profile.timestamps[place])
                        .map { .text($0.description) } ?? .missing,
                ]
            })
    }

    func showItem(_ token: String) throws(WireError) -> Reply {
        let index = try item(token)
        let item = serving.items[index]
        let range = serving.matrix.byItem.range(ofRow: index.position)
        var counts: [Float: Int] = [:]
        var sum = 0.0
        for value in serving.matrix.byItem.values[range] {
            counts[value, default: 0] += 1
            sum += Double(value)
        }
        var fields: [Reply.Field] = [
            .init("item", .text(token)), .init("title", .text(item.title)),
            .init("year", item.year.map { .integer($0) } ?? .missing),
            .init(
                "genres", item.genres.isEmpty ? .missing : .text(item.genres.joined(separator: "|"))
            ),
            .init("ratings", .integer(range.count)),
        ]
        if !range.isEmpty {
            fields.append(.init("mean", .number(sum / Double(range.count))))
        }
        return Reply(
            fields, columns: ["rating", "count"],
            rows: counts.sorted { $0.key > $1.key }
                .map { [.number(Double($0.key)), .integer($0.value)] })
    }
}
