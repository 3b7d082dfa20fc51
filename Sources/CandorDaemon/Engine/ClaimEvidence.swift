// SPDX-License-Identifier: GPL-3.0-or-later

import CandorProtocol
import Trust

/// Writes where a claim's value is found again, as a request and a place in its reply.
struct ClaimEvidence {
    let user: String
    let item: String
    let head: HeadName
    let top: Int

    /// The evidence in words, such as `SHOW item 2858 -> mean`.
    func text(_ evidence: Claim.Evidence) -> String {
        switch evidence {
        case .user(let field): "\(Request.showUser(user, limit: 1).line) -> \(field)"
        case .history:
            "SHOW user \(Quoting.word(user)) limit=\(Limits.rowsMax), and SHOW item of each row "
                + "-> genres"
        case .item(let field): "\(Request.showItem(item).line) -> \(field)"
        case .list(let rank, let column): list(rank: rank, column: column)
        case .candidates: "INFO -> items, less RECOMMEND \(Quoting.word(user)) k=1 -> excluded"
        case .prediction(let field): "\(prediction) -> \(field)"
        case .explanation(let field): "\(explanation(head)) -> \(field)"
        case .explanationLines(let lines, let column):
            lines.count == 1
                ? "\(explanation(head)) -> row \(lines.lowerBound) \(column)"
                : "\(explanation(head)) -> rows \(lines.lowerBound) to \(lines.upperBound) "
                    + "\(column), summed"
        case .meaning: "HELP EXPLAIN"
        case .reply: "\(prediction) -> generation"
        }
    }

    private var prediction: String { Request.predict(user: user, item: item, time: nil).line }

    private func explanation(_ head: HeadName) -> String {
        "EXPLAIN \(Quoting.word(user)) \(Quoting.word(item)) head=\(head.rawValue) top=\(top)"
    }

    /// The item's row of a list that is long enough; what no list reaches is explained.
    private func list(rank: Int?, column: String) -> String {
        if let rank, rank <= Limits.rowsMax {
            return "RECOMMEND \(Quoting.word(user)) k=\(rank) -> row \(rank) \(column)"
        }
        return column == "score"
            ? "\(explanation(.ranking)) -> score"
            : "RECOMMEND \(Quoting.word(user)) k=\(Limits.rowsMax) -> no row of the item"
    }
}
