// SPDX-License-Identifier: GPL-3.0-or-later

import CandorProtocol

extension ForgetWork.Outcome {
    /// The answer: what was erased, what still embeds the user, and what was not touched.
    func reply(_ token: String, ratingCount: Int) -> Reply {
        Reply(
            [
                .init("user", .text(token)), .init("ratings", .integer(ratingCount)),
                .init("changes", .integer(erasedCount)),
                .init("rewritten", Self.list(generations.filter { $0.ratingCount != nil })),
                .init("embedded", Self.list(embedding)),
            ],
            columns: ["place", "state"],
            rows: rows.map { [.text($0.place), .text($0.state)] })
    }

    /// The generations whose factors were trained with the user's ratings.
    private var embedding: [ForgottenGeneration] {
        generations.filter { $0.ratingCount ?? 0 > 0 }
    }

    private static func list(_ generations: [ForgottenGeneration]) -> Value {
        generations.isEmpty
            ? .missing : .text(generations.map { "\($0.number)" }.joined(separator: ","))
    }

    private static func count(_ count: Int, _ noun: String) -> String {
        "\(count) \(noun)" + (count == 1 ? "" : "s")
    }

    private var rows: [(place: String, state: String)] {
        var rows = [
            (
                place: "journal",
                state: erasedCount == 0
                    ? "held no changes of this user" : "erased \(Self.count(erasedCount, "change"))"
            )
        ]
        for forgotten in generations {
            let name = "generation \(forgotten.number)"
            switch forgotten.outcome {
            case .rewritten(let count):
                rows.append(
                    (name, "data rewritten without this user and \(Self.count(count, "rating"))"))
            case .removed:
                rows.append((name, "removed: it was damaged and could not be rewritten"))
            }
        }
        for forgotten in embedding {
            rows.append(
                (
                    "generation \(forgotten.number) factors",
                    "item factors were trained with these ratings among others'; RETRAIN makes "
                        + "new ones as if this user had never been there"
                ))
        }
        for forgotten in generations where !forgotten.inputs.isEmpty {
            rows.append(
                (
                    "generation \(forgotten.number) attributes",
                    "\(forgotten.inputs.joined(separator: ", ")) of this user erased from the rating "
                        + "model, which was given them; what it learned of groups stays until RETRAIN"
                ))
        }
        if !removedExports.isEmpty {
            rows.append(("exports", "removed " + removedExports.joined(separator: ", ")))
        }
        if !removedAside.isEmpty {
            rows.append(("set-aside", "removed " + removedAside.joined(separator: ", ")))
        }
        rows.append(("memory", "ratings, vectors and measurements of this user dropped"))
        rows.append(
            (
                "sources",
                "not touched: the files that the data set \(datasetName) was read from; a daemon "
                    + "that starts anew from them knows this user again"
            ))
        rows.append(
            ("elsewhere", "not touched: backups, and logs and histories of clients"))
        return rows
    }
}

extension ForgottenGeneration {
    /// How many ratings of the user a rewritten generation had; nil when it was removed.
    fileprivate var ratingCount: Int? {
        if case .rewritten(let count) = outcome { count } else { nil }
    }
}
