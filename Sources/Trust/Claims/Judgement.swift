// SPDX-License-Identifier: GPL-3.0-or-later

/// What the facts say of one clause or sentence, and which facts these are.
struct Judgement: Equatable {
    var verdict: Verdict
    /// The facts it was held against.
    var used: [FactKey] = []
    /// Those that it is in conflict with.
    var conflicts: [FactKey] = []

    /// Not settled by the facts.
    static let unknown = Judgement(verdict: .unverifiable)

    /// One fact's verdict.
    init(_ verdict: Verdict, _ keys: FactKey...) {
        self.verdict = verdict
        used = keys
        conflicts = verdict == .contradicted ? keys : []
    }

    /// A verdict without a fact.
    init(verdict: Verdict) { self.verdict = verdict }

    /// Both together.
    static func && (left: Judgement, right: Judgement) -> Judgement {
        var both = Judgement(verdict: left.verdict && right.verdict)
        both.used = left.used + right.used.filter { !left.used.contains($0) }
        both.conflicts = left.conflicts + right.conflicts.filter { !left.conflicts.contains($0) }
        return both
    }

    /// The opposite.
    var negated: Judgement {
        var opposite = self
        opposite.verdict = verdict.negated
        opposite.conflicts = opposite.verdict == .contradicted ? used : []
        return opposite
    }

    /// What holds whichever of some readings is meant: unverifiable where they differ.
    static func agreed(_ readings: [Judgement]) -> Judgement {
        guard let first = readings.first else { return .unknown }
        return readings.allSatisfy { $0.verdict == first.verdict } ? first : .unknown
    }

    /// All of some parts together; not settled when there are none.
    static func all(_ parts: [Judgement]) -> Judgement {
        guard let first = parts.first else { return .unknown }
        return parts.dropFirst().reduce(first) { $0 && $1 }
    }
}
