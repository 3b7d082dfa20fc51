// SPDX-License-Identifier: GPL-3.0-or-later

/// Reads one sentence as clauses, in every way in which all of its words are understood.
struct SentenceReader {
    /// One way to read a sentence.
    typealias Reading = [Clause]

    private let matcher: FormMatcher
    private let end: Int
    private var readings: [Reading] = []
    private var fits: [Key: [(rule: StatementRule, fit: FormMatcher.Fit)]] = [:]

    private struct Key: Hashable {
        let position: Int
        let subject: SentenceForm.Subject?
        let isTail: Bool
    }

    /// A sentence with more readings than this is too ambiguous to judge.
    private static let readingsMax = 64
    private static let clausesMax = 8

    /// The readings of the tokens that `matcher` holds; nil when there are too many.
    static func readings(_ matcher: FormMatcher) -> [Reading]? {
        var reader = SentenceReader(matcher: matcher, end: matcher.tokens.count)
        reader.read()
        return matcher.isExhausted || reader.readings.count > readingsMax ? nil : reader.readings
    }

    private init(matcher: FormMatcher, end: Int) {
        self.matcher = matcher
        self.end = end
    }

    private mutating func read() {
        for start in leads() {
            clauses(from: start, after: [], subject: nil, canTail: false)
            clausesBehindTail(from: start)
        }
    }

    /// Where the first clause may begin: behind `In short,` and the like.
    private func leads() -> [Int] {
        var starts = [0]
        if matcher.word(0) == "dash" { starts.append(1) }
        for lead in Self.leads where matches(lead, at: 0) {
            let end = lead.count
            starts.append(matcher.word(end) == "," ? end + 1 : end)
        }
        return starts
    }

    private func matches(_ words: [String], at position: Int) -> Bool {
        words.indices.allSatisfy { matcher.word(position + $0) == words[$0] }
    }

    /// Goes on with every clause that fits at `position`.
    private mutating func clauses(
        from position: Int, after read: Reading, subject: SentenceForm.Subject?, canTail: Bool,
        reasonFor main: Clause? = nil
    ) {
        guard read.count < Self.clausesMax, readings.count <= Self.readingsMax,
            !matcher.isExhausted
        else { return }
        for isTail in canTail ? [true, false] : [false] {
            for (rule, fit) in fits(at: position, subject, isTail) where fit.end > position {
                let clause = Clause(
                    kind: rule.kind, subject: rule.subject ?? subject, bindings: fit.bindings,
                    range: position..<fit.end)
                if let main, !Self.isReason(clause, for: main) { continue }
                goOn(after: read + [clause])
            }
        }
    }

    /// `Because you rated X, it is recommended`, `With 24 ratings, …`: what stands in front is held
    /// against the clause that follows it.
    private mutating func clausesBehindTail(from start: Int) {
        for (rule, tail) in fits(at: start, nil, true)
        where tail.end > start && matcher.word(tail.end) == "," {
            for (main, fit) in fits(at: tail.end + 1, nil, false) {
                let isAboutBoth =
                    rule.subject == nil || main.subject == nil || rule.subject == main.subject
                guard isAboutBoth else { continue }
                let clause = Clause(
                    kind: main.kind, subject: main.subject, bindings: fit.bindings,
                    range: tail.end + 1..<fit.end)
                goOn(after: [
                    clause,
                    Clause(
                        kind: rule.kind, subject: clause.subject, bindings: tail.bindings,
                        range: start..<tail.end),
                ])
            }
        }
        guard ["because", "since", "as"].contains(matcher.word(start)) else { return }
        for (rule, reason) in fits(at: start + 1, nil, false)
        where matcher.word(reason.end) == "," {
            for (main, fit) in fits(at: reason.end + 1, nil, false) {
                let clause = Clause(
                    kind: main.kind, subject: main.subject, bindings: fit.bindings,
                    range: reason.end + 1..<fit.end)
                let why = Clause(
                    kind: rule.kind, subject: rule.subject, bindings: reason.bindings,
                    range: start..<reason.end)
                if Self.isReason(why, for: clause) { goOn(after: [clause, why]) }
            }
        }
    }

    private mutating func goOn(after read: Reading) {
        guard let last = read.map(\.range.upperBound).max(), let clause = read.last else { return }
        for place in clauseEnds(last) {
            if isEnd(place) {
                readings.append(read)
            } else {
                clauses(from: place, after: read, subject: clause.subject, canTail: true)
                for next in joined(place, clause) {
                    clauses(from: next, after: read, subject: clause.subject, canTail: true)
                }
                if let next = reason(place) {
                    clauses(
                        from: next, after: read, subject: nil, canTail: false, reasonFor: clause)
                }
            }
        }
    }

    private mutating func fits(
        at position: Int, _ subject: SentenceForm.Subject?, _ isTail: Bool
    ) -> [(rule: StatementRule, fit: FormMatcher.Fit)] {
        let key = Key(position: position, subject: subject, isTail: isTail)
        if let known = fits[key] { return known }
        var found: [(rule: StatementRule, fit: FormMatcher.Fit)] = []
        for rule in matcher.rules(at: position, isTail: isTail, elided: subject) {
            if isTail, let needed = rule.subject, let subject, needed != subject { continue }
            for fit in matcher.fits(rule.form, from: position, elided: subject) {
                found.append((rule, fit))
            }
        }
        fits[key] = found
        return found
    }

    /// Whether only the final mark is left.
    private func isEnd(_ position: Int) -> Bool {
        (position..<end).allSatisfy { matcher.tokens[$0].isStop || matcher.tokens[$0].word == ":" }
    }

    /// The end of a clause, and the end behind phrases that say nothing.
    private func clauseEnds(_ end: Int) -> [Int] {
        var ends = [end]
        var position = matcher.skippingFillers(end)
        if position > end { ends.append(position) }
        while let phrase = Self.endings.first(where: { matches($0, at: position) }) {
            position += phrase.count
            ends.append(position)
        }
        return ends
    }

    /// Where the next clause begins, behind a conjunction.
    private func joined(_ position: Int, _ clause: Clause) -> [Int] {
        let hasComma = [",", ";", "dash", ":"].contains(matcher.word(position))
        let place = hasComma ? position + 1 : position
        var starts = hasComma ? [place] : []
        if Self.conjunctions.contains(matcher.word(place)) { starts.append(place + 1) }
        if hasComma, matcher.word(place) == "which", clause.subject == .item, !clause.namesOthers {
            starts.append(place + 1)
        }
        return starts
    }

    /// Where a reason begins that is no rating.
    private func reason(_ position: Int) -> Int? {
        let place = matcher.word(position) == "," ? position + 1 : position
        let isReason = ["because", "since", "as"].contains(matcher.word(place))
        return isReason ? place + 1 : nil
    }

    /// Whether a clause may tell why: a place in the ranking, or that the item is rated, of a
    /// recommendation; that there are no ratings, of where the answer comes from.
    private static func isReason(_ clause: Clause, for main: Clause) -> Bool {
        switch (main.kind, clause.kind) {
        case (.recommended, .rank), (.recommended, .topOf): true
        case (.recommended, .ratedAny): clause.bindings.titles["of"] == nil
        case (.userSource, .userNone): true
        default: false
        }
    }

    private static let conjunctions: Set<String> = [
        "and", "but", "while", "whereas", "though", "although", "yet",
    ]

    private static let leads: [[String]] = [
        "in short", "in other words", "note that", "please note that", "also", "overall",
        "according to candor", "according to the model", "for you", "as a result",
        "in addition", "moreover", "finally", "specifically", "in fact", "however", "here",
        "and", "but", "still", "furthermore", "besides", "in total", "for your information",
        "to sum up", "in summary", "that said", "first", "second", "all in all", "yes",
        "in detail", "so far", "together", "until now", "to date", "interestingly", "notably",
        "the facts say that", "what is more", "meanwhile", "by contrast",
        "the system says that", "for this reason", "as it happens", "of course",
    ].map { $0.split(separator: " ").map(String.init) }

    private static let endings: [[String]] = [
        "as well", "here", "in total", "so far", "too", "for you", "in all", "of course",
        ", though", ", too", ", however", "after all",
    ].map { $0.split(separator: " ").map(String.init) }
}
