// SPDX-License-Identifier: GPL-3.0-or-later

import Factors
import Foundation
import Ratings
import Trust

/// Everything an audit is computed from, and what it says, as tables for other programs.
struct AuditTables {
    private let subject: AuditSubject
    private let report: AuditReport
    private let users: UserTable

    /// `users` are those of the data.
    init(_ subject: AuditSubject, _ report: AuditReport, users: UserTable) {
        self.subject = subject
        self.report = report
        self.users = users
    }

    /// Writes all tables into a folder, which is made if it does not exist.
    func write(into folder: String) throws {
        try FileManager.default.createDirectory(
            atPath: folder, withIntermediateDirectories: true)
        let tables = [
            ("train", train()), ("predictions", predictions()), ("lists", lists()),
            ("users", groups()), ("items", items()), ("audit", audit()),
        ]
        for (name, table) in tables { try table.write(to: "\(folder)/\(name).tsv") }
        for head in subject.heads {
            try vectors(head.head).write(to: "\(folder)/vectors-\(head.name).tsv")
        }
    }

    private func token(_ user: UserIndex) -> String { users.ids[user.position].token }

    private func token(_ item: Int32) -> String {
        subject.catalogue[ItemIndex(rawValue: item)].id.token
    }

    private func train() -> PredictionTable {
        var table = PredictionTable()
        table.append("user", "item", "rating")
        for position in 0..<subject.train.userCount {
            let user = UserIndex(position)
            let profile = subject.train.profile(of: user)
            for (item, value) in zip(profile.items, profile.values) {
                table.append(token(user), token(item), "\(value)")
            }
        }
        return table
    }

    private func predictions() -> PredictionTable {
        var table = PredictionTable()
        table.append("user", "item", "rating", "prediction")
        for user in subject.measurements.users {
            for place in user.items.indices {
                table.append(
                    token(user.user), token(user.items[place]), "\(user.ratings[place])",
                    "\(Double(user.ratings[place]) + user.errors[place])")
            }
        }
        return table
    }

    private func lists() -> PredictionTable {
        var table = PredictionTable()
        table.append("user", "rank", "item")
        for user in subject.measurements.users {
            for (place, item) in user.list.enumerated() {
                table.append(token(user.user), "\(place + 1)", token(item.rawValue))
            }
        }
        return table
    }

    /// Each measured user's group of every attribute of the report, empty where unknown.
    private func groups() -> PredictionTable {
        var table = PredictionTable()
        table.append(["user"] + report.attributes.map(\.name))
        for user in subject.measurements.users {
            table.append(
                [token(user.user)]
                    + report.attributes.map { attribute in
                        let code = attribute.codes[user.user.position]
                        return code < 0 ? "" : attribute.groups[Int(code)]
                    })
        }
        return table
    }

    private func items() -> PredictionTable {
        var table = PredictionTable()
        table.append("item", "year", "genres")
        for item in subject.catalogue.items {
            table.append(
                item.id.token, item.year.map { "\($0)" } ?? "",
                item.genres.joined(separator: "|"))
        }
        return table
    }

    /// The vector of each user an attacker sees, and whether it knows the user's groups.
    private func vectors(_ head: some LinearHead) -> PredictionTable {
        var table = PredictionTable()
        table.append(["user", "known"] + (0..<head.dimensions).map { "x\($0)" })
        let halves = subject.attackHalves(seed: report.options.seed)
        for (places, known) in [(halves.known, "yes"), (halves.guessed, "no")] {
            for place in places {
                let user = subject.measurements.users[place].user
                let vector = head.foldIn(subject.train.profile(of: user)).vector
                table.append([token(user), known] + vector.coordinates.map { "\($0)" })
            }
        }
        return table
    }

    private func audit() -> PredictionTable {
        var table = PredictionTable()
        table.append(
            "section", "attribute", "group", "users", "ratings", "metric", "value", "low", "high",
            "chance", "p", "p_adjusted", "family", "detectable")
        func text(_ number: Double?) -> String { number.map { "\($0)" } ?? "" }
        for row in report.exactRows {
            table.append(
                row.section.rawValue, row.attribute, row.group, "\(row.users)", "\(row.ratings)",
                row.metric, "\(row.value)", text(row.low), text(row.high), text(row.chance),
                text(row.p), text(row.adjustedP), row.family?.rawValue ?? "",
                text(row.detectable))
        }
        return table
    }
}
