// SPDX-License-Identifier: GPL-3.0-or-later

/// A number in a sentence with what stands before it: `about 50`, `more than four`.
struct Quantity: Sendable, Equatable {
    /// How the value of a fact must stand to the number.
    enum Relation: Sendable, Equatable {
        case equal, about, above, atLeast, below, atMost, almost, justAbove
    }

    var number: WrittenNumber
    var relation = Relation.equal

    /// Whether `value`, which a text may round by `tolerance` at most, is what is said.
    func verdict(on value: Double, tolerance: Double) -> Verdict {
        let written = number.value
        let slack = 1e-9 * max(1, value.magnitude)
        let distance = abs(value - written)
        switch relation {
        case .equal:
            let rounding = tolerance > 0 ? number.halfUnit : 0
            if distance <= min(rounding, tolerance) + slack { return .supported }
            return distance <= rounding + slack ? .unverifiable : .contradicted
        case .about:
            let reach =
                tolerance > 0
                ? max(min(number.halfUnit, tolerance), tolerance)
                : min(number.roundedHalfUnit, 0.1 * value.magnitude)
            if distance <= reach + slack { return .supported }
            return distance > max(2 * reach, 0.25 * value.magnitude) + slack
                ? .contradicted : .unverifiable
        case .above: return value > written + slack ? .supported : .contradicted
        case .atLeast: return value >= written - slack ? .supported : .contradicted
        case .below: return value < written - slack ? .supported : .contradicted
        case .atMost: return value <= written + slack ? .supported : .contradicted
        case .almost: return near(written - value, value, tolerance, slack)
        case .justAbove: return near(value - written, value, tolerance, slack)
        }
    }

    /// Whether a value lies on the right side of the number, and close to it.
    private func near(
        _ gap: Double, _ value: Double, _ tolerance: Double, _ slack: Double
    ) -> Verdict {
        if gap < -slack { return .contradicted }
        let reach = tolerance > 0 ? tolerance : 0.1 * value.magnitude
        if gap > slack, gap <= reach + slack { return .supported }
        return gap > max(2 * reach, 0.25 * value.magnitude) + slack ? .contradicted : .unverifiable
    }
}
