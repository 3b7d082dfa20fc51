// SPDX-License-Identifier: GPL-3.0-or-later

/// What the facts say of a statement.
public enum Verdict: String, Sendable, CaseIterable {
    /// It is understood as a whole, and holds.
    case supported
    /// It is in definite conflict with a fact.
    case contradicted
    /// It is not understood, or the facts do not settle it.
    case unverifiable

    /// Both statements together: one that is contradicted decides, then one that is unverifiable.
    static func && (left: Verdict, right: @autoclosure () -> Verdict) -> Verdict {
        guard left != .contradicted else { return left }
        let right = right()
        return left == .supported || right == .contradicted ? right : left
    }

    /// The statement's opposite.
    var negated: Verdict {
        switch self {
        case .supported: .contradicted
        case .contradicted: .supported
        case .unverifiable: .unverifiable
        }
    }

    /// Whether a condition holds.
    static func of(_ holds: Bool) -> Verdict { holds ? .supported : .contradicted }
}
