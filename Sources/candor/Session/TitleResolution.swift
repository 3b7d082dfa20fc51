// SPDX-License-Identifier: GPL-3.0-or-later

internal import CandorProtocol

/// Decides which item a person means by a title, once the daemon has said it is no identifier.
enum TitleResolution: Equatable {
    /// Exactly this one.
    case item(Completion.TitleMatch)
    /// One of these.
    case several([Completion.TitleMatch])
    case none

    /// Chooses among the items that a search for `words` found.
    ///
    /// A title that equals `words`, case and a year in parentheses aside, wins over longer ones.
    /// Otherwise a single match is meant, unless `mustEqual`.
    init(_ words: String, among matches: [Completion.TitleMatch], mustEqual: Bool) {
        let wanted = words.lowercased()
        let equal = matches.filter {
            $0.title.lowercased() == wanted || Self.withoutYear($0.title).lowercased() == wanted
        }
        if let only = equal.first, equal.count == 1 {
            self = .item(only)
        } else if let only = matches.first, matches.count == 1, !mustEqual {
            self = .item(only)
        } else {
            self = matches.isEmpty ? .none : .several(equal.isEmpty ? matches : equal)
        }
    }

    private static func withoutYear(_ title: String) -> String {
        guard title.hasSuffix(")"), let open = title.lastIndex(of: "("),
            title[open...].dropFirst().dropLast().allSatisfy(\.isNumber)
        else { return title }
        return String(title[..<open].reversed().drop { $0 == " " }.reversed())
    }
}

extension Request {
    /// The item this request names, if it names one.
    var item: String? {
        switch self {
        case .predict(_, let item, _), .explain(_, let item, _), .similar(let item, _),
            .whyNot(_, let item, _, _, _), .showItem(let item), .rate(_, let item, _, _),
            .unrate(_, let item),
            .facts(_, let item, _, _, _), .verify(_, let item, _, _):
            item
        case .flip(_, let item, _, _): item
        case .exportExplanation(_, let item, _): item
        default: nil
        }
    }

    /// The user this request names, if it names one.
    var user: String? {
        switch self {
        case .recommend(let user, _, _, _), .predict(let user, _, _),
            .explain(let user, _, _), .flip(let user, _, _, _),
            .whyNot(let user, _, _, _, _), .showUser(let user, _), .rate(let user, _, _, _),
            .unrate(let user, _), .exportUser(let user, _),
            .exportExplanation(let user, _, _), .recommendUnprofiled(let user, _, _),
            .facts(let user, _, _, _, _), .verify(let user, _, _, _), .forget(let user):
            user
        default: nil
        }
    }

    /// This request about another item.
    func about(item: String) -> Request {
        switch self {
        case .predict(let user, _, let time): .predict(user: user, item: item, time: time)
        case .explain(let user, _, let options):
            .explain(user: user, item: item, options)
        case .flip(let user, _, let count, let head):
            .flip(user: user, item: item, count: count, head: head)
        case .whyNot(let user, _, let count, let top, let head):
            .whyNot(user: user, item: item, count: count, top: top, head: head)
        case .exportExplanation(let user, _, let head):
            .exportExplanation(user: user, item: item, head: head)
        case .facts(let user, _, let head, let form, let top):
            .facts(user: user, item: item, head: head, form: form, top: top)
        case .verify(let user, _, let text, let head):
            .verify(user: user, item: item, text: text, head: head)
        case .similar(_, let count): .similar(item: item, count: count)
        case .showItem: .showItem(item)
        case .rate(let user, _, let rating, let timestamp):
            .rate(user: user, item: item, rating: rating, timestamp: timestamp)
        case .unrate(let user, _): .unrate(user: user, item: item)
        default: self
        }
    }
}
