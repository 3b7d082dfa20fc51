// SPDX-License-Identifier: GPL-3.0-or-later

/// What a figure ought to be.
enum Target: Equatable {
    /// No more than this.
    case atMost(Double)
    /// No less than this.
    case atLeast(Double)
    /// Between these.
    case within(ClosedRange<Double>)
    /// No more than so many times the figure beside it.
    case timesPeer(Double)
    /// No less than so many times the figure beside it.
    case atLeastTimesPeer(Double)
    /// No more than the figure beside it and so much.
    case peerPlus(Double)

    /// Whether `value` is what it ought to be; nil when the peer's figure is needed and missing.
    ///
    /// What is not a number meets no target.
    func isMet(by value: Double, beside peer: Double?) -> Bool? {
        switch self {
        case .atMost(let limit): value <= limit
        case .atLeast(let limit): value >= limit
        case .within(let range): range.contains(value)
        case .timesPeer(let factor): peer.map { value <= factor * $0 }
        case .atLeastTimesPeer(let factor): peer.map { value >= factor * $0 }
        case .peerPlus(let margin): peer.map { value <= $0 + margin }
        }
    }

    /// The target in a few signs: `≤ 0.8165`.
    var text: String {
        switch self {
        case .atMost(let limit): "≤ \(Self.short(limit))"
        case .atLeast(let limit): "≥ \(Self.short(limit))"
        case .within(let range):
            "\(Self.short(range.lowerBound))…\(Self.short(range.upperBound))"
        case .timesPeer(let factor): factor == 1 ? "≤ peer" : "≤ \(Self.short(factor)) × peer"
        case .atLeastTimesPeer(let factor): "≥ \(Self.short(factor)) × peer"
        case .peerPlus(let margin): "≤ peer + \(Self.short(margin))"
        }
    }

    private static func short(_ number: Double) -> String {
        let text = "\(number)"
        return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
    }
}
