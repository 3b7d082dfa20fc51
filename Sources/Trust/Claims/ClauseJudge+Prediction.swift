// SPDX-License-Identifier: GPL-3.0-or-later

extension ClauseJudge {
    /// Statements about the predicted rating.
    func prediction(
        _ kind: StatementKind, _ bindings: ClauseBindings, _ previous: Clause?
    ) -> Judgement {
        switch kind {
        case .predicted:
            guard isAboutCandidate(bindings) else { return .unknown }
            let judgement = check(
                bindings.quantities["s"], sheet.rating.stars, tolerance: sheet.starTolerance,
                .stars)
            guard let half = bindings.quantities["half"] else { return judgement }
            return judgement && self.half(half)
        case .interval: return interval(bindings)
        case .deviation:
            guard let uncertainty = sheet.rating.uncertainty else { return .unknown }
            return check(
                bindings.quantities["n"], uncertainty.deviation, tolerance: sheet.starTolerance,
                .deviation)
        case .compareOn:
            guard let quantity = previous.flatMap({ Self.quantity(of: $0.kind) }) else {
                return .unknown
            }
            return compare(quantity, bindings)
        default:
            guard let name = Self.flag(bindings, "q:") else { return .unknown }
            return compare(name, bindings)
        }
    }

    /// `± 0.8` is half of the 80% interval; where it is the deviation instead, nothing is settled.
    private func half(_ stated: Quantity) -> Judgement {
        guard let uncertainty = sheet.rating.uncertainty else { return .unknown }
        let judgement = check(stated, uncertainty.half, tolerance: sheet.starTolerance, .half)
        let isDeviation =
            stated.verdict(on: uncertainty.deviation, tolerance: sheet.starTolerance)
            != .contradicted
        return judgement.verdict == .contradicted && isDeviation ? .unknown : judgement
    }

    private func interval(_ bindings: ClauseBindings) -> Judgement {
        guard let uncertainty = sheet.rating.uncertainty else { return .unknown }
        let bounds =
            check(
                bindings.quantities["low"], uncertainty.low, tolerance: sheet.starTolerance, .low)
            && check(
                bindings.quantities["high"], uncertainty.high, tolerance: sheet.starTolerance,
                .high)
        if let level = bindings.quantities["level"] {
            guard level.relation == .equal else { return .unknown }
            guard level.number.value != 80 else { return bounds }
            return bounds.verdict == .supported ? bounds.negated : .unknown
        }
        let flags = bindings.flags
        if flags.contains("four") { return flags.contains("five") ? bounds : .unknown }
        if flags.contains("eight") { return flags.contains("ten") ? bounds : .unknown }
        return bounds
    }

    private func compare(_ name: String, _ bindings: ClauseBindings) -> Judgement {
        guard isAboutCandidate(bindings), let other = Self.flag(bindings, "q2:"), other != name,
            let (left, leftKey) = value(of: name), let (right, rightKey) = value(of: other)
        else { return .unknown }
        let difference = left - right
        let holds =
            bindings.flags.contains("above")
            ? difference > 0 : bindings.flags.contains("below") ? difference < 0 : difference == 0
        var judgement = Judgement(.of(holds), leftKey, rightKey)
        if bindings.flags.contains("same"), !holds, abs(difference) < 0.05 {
            judgement = .unknown
        }
        if let stated = bindings.quantities["q"] {
            judgement =
                judgement && check(stated, left, tolerance: sheet.starTolerance, leftKey)
        }
        if let stated = bindings.quantities["q2"] {
            judgement =
                judgement && check(stated, right, tolerance: sheet.starTolerance, rightKey)
        }
        if let stated = bindings.quantities["by"] {
            judgement =
                judgement
                && check(stated, abs(difference), tolerance: sheet.starTolerance, leftKey)
        }
        return judgement
    }

    private static func flag(_ bindings: ClauseBindings, _ prefix: String) -> String? {
        bindings.flags.first { $0.hasPrefix(prefix) }.map { String($0.dropFirst(prefix.count)) }
    }

    private static func quantity(of kind: StatementKind) -> String? {
        switch kind {
        case .predicted: "predicted"
        case .itemMean: "itemMean"
        case .userMean: "userMean"
        default: nil
        }
    }

    private func value(of name: String) -> (Double, FactKey)? {
        switch name {
        case "predicted": (sheet.rating.stars, .stars)
        case "userMean": sheet.user.mean.map { ($0, .userMean) }
        case "itemMean": sheet.item.mean.map { ($0, .itemMean) }
        default: nil
        }
    }
}
